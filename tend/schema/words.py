"""The words cells use, and how words are compared; headers have theirs in `datasets.toml`."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any


@cache
def table(name: str) -> Mapping[str, Any]:
    """Give a file of this folder; what reads it gives its tables, lists and words their types."""
    path = Path(__file__).parent / f"{name}.toml"
    return MappingProxyType(tomllib.loads(path.read_text(encoding="utf-8")))


def normal(text: str) -> str:
    """Fold width, case, traditional characters, spaces and punctuation: only the word is left."""
    return "".join(ch for ch in folded(text) if ch.isalnum())


def folded(text: str) -> str:
    """Fold width, case, traditional characters and outer spaces; punctuation stays."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_simplified()).strip()


def letters(text: str) -> str:
    """Leave only the letters and digits of a word, as `letters` of `queries/macros.sql` does."""
    return "".join(ch for ch in unicodedata.normalize("NFKC", text).lower() if ch.isalnum())


def traditional(text: str) -> str:
    """Write a word of simplified characters in traditional ones."""
    return text.translate(_traditional())


def name_key(name: str) -> str:
    """Bring a customer's name to the form names are compared in (K4)."""
    return " ".join(visible(unicodedata.normalize("NFKC", name)).split()).casefold()


def visible(text: str) -> str:
    """Leave out signs that nobody sees: zero-width ones, marks of direction, soft hyphens (M7)."""
    for sign in () if text.isascii() else set(text):  # few, however long the text
        if unicodedata.category(sign) == "Cf":
            text = text.replace(sign, "")
    return text


@cache
def vocabulary(name: str) -> Mapping[str, str]:
    """Give a vocabulary as folded word -> meaning."""
    meanings = table("words")["vocabulary"][name]
    return MappingProxyType(
        {folded(word): code for code, words in meanings.items() for word in words}
    )


@cache
def listed(name: str) -> frozenset[str]:
    """Give a list of words (blank, totals ...), folded."""
    return frozenset(folded(word) for word in table("words")["lists"][name])


@cache
def scales() -> Mapping[str, float]:
    """Give the words that make a number larger: 万 -> 10,000."""
    return MappingProxyType({word: float(by) for word, by in table("words")["scales"].items()})


@cache
def abbreviations() -> Mapping[str, str]:
    """Give the words that headers shorten: amt -> amount."""
    return MappingProxyType(dict(table("words")["abbreviations"]))


@cache
def variants(character: str) -> str:
    """Give a simplified character and the traditional ones that stand for it."""
    return character + "".join(chr(code) for code, ch in _simplified().items() if ch == character)


def pattern(words: Iterable[str]) -> str:
    """Give the pattern of any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _simplified() -> Mapping[int, str]:
    pairs: str = table("words")["fold"]["pairs"]
    return {ord(pair[0]): pair[1] for pair in pairs.split()}


@cache
def _traditional() -> Mapping[int, str]:
    pairs: str = table("words")["fold"]["pairs"]
    return {ord(pair[1]): pair[0] for pair in reversed(pairs.split()) if pair[0] != pair[1]}
