"""Words that settings begin with, as data: lists, and words by what they mean."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tend.schema.words import letters, traditional

# What the lists of status words mean; where a word stands in several, the last of them counts.
STATUS_LISTS: Mapping[str, str] = MappingProxyType(
    {
        "in_force_words": "in_force",
        "renewed_words": "renewed",
        "superseded_words": "superseded",
        "trial_words": "trial",
        "void_words": "not_counted",
        "over_words": "over",
        "ended_words": "ended",
        "lost_words": "lost",
    }
)
SHORT = 2  # letters of a word that stands for itself alone: P is no product

# Of these, what makes a deal a contract.
COUNTS = ("in_force", "renewed")


@cache
def listed(name: str) -> tuple[str, ...]:
    """Give a list of words by the name of its setting."""
    return tuple(_all()[name])


@cache
def meanings(name: str) -> dict[str, Any]:
    """Give what each word of a setting means: word -> code."""
    return {word: code for code, words in _all()[name].items() for word in words}


def statuses(lists: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Give what each word of the status lists means, by its letters (M12)."""
    return {
        letters(spelled): meaning
        for name, meaning in STATUS_LISTS.items()
        for word in lists[name]
        for spelled in (word, traditional(word))
        if letters(spelled)
    }


def reasons(groups: Mapping[str, str]) -> dict[str, str]:
    """Give the group that each word of a loss reason leads to, as the words are compared (M21)."""
    return {
        spaced(spelled): group
        for word, group in groups.items()
        for spelled in (word, traditional(word))
        if spaced(spelled)  # a word without letters stands in every text
    }


def group_of(reason: str, words: Mapping[str, str]) -> str | None:
    """Give the group of a loss reason, as `speaks_of` of `queries/macros.sql` finds it."""
    said = f" {spaced(reason)}"
    return next((g for w, g in words.items() if w and _sought(w) in f"{said} "), None)


def _sought(word: str) -> str:
    """Give what is looked for: a Latin word where one begins so, one of two letters as a whole."""
    if not word[:1].isascii():
        return word
    return f" {word} " if len(word) <= SHORT else f" {word}"


def spaced(text: str) -> str:
    """Leave the letters and digits of a text, single spaces between its words."""
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower()))


def sizes(bands: Mapping[str, str]) -> dict[str, str]:
    """Give the band that each word of a size names, as the words are compared (G1)."""
    return {plain(word): band for word, band in bands.items()}


def plain(text: str) -> str:
    """Fold width, case and spaces of a word, as `plain` of `queries/macros.sql` does."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


@cache
def standard_sizes() -> Mapping[str, str]:
    """Give what words of sizes mean as shipped."""
    return MappingProxyType(sizes(meanings("size_words")))


@cache
def standard_reasons() -> Mapping[str, str]:
    """Give what words of loss reasons mean as shipped."""
    return MappingProxyType(reasons(meanings("loss_reason_words")))


@cache
def standard_statuses() -> Mapping[str, str]:
    """Give what status words mean as shipped."""
    return MappingProxyType(statuses({name: listed(name) for name in STATUS_LISTS}))


@cache
def _all() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
