"""A name as texts spell it: whole, whatever its case and width, and never inside another name."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from tend.schema.words import visible

# How quotes and strokes of a name stand in SQL, JSON and CSV.
_WRITTEN = (("'", "''"), ('"', '""'), ('"', '\\"'), ("\\", "\\\\"))
# Signs of scripts without spaces: their neighbours say nothing of where a word ends.
_UNSPACED = (
    ("\u2e80", "\u9fff"), ("\uac00", "\ud7af"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"),
)  # fmt: skip
# A name of one sign is looked for as a whole cell only: in texts it says nothing.
_LEAST = 2
_SPACES = re.compile(r"\s\s+|[^\S ]")  # all that is not one plain space
_MOST = 60  # signs of a name by which texts are chosen: a longer pattern is refused
_UNSEEN = r"\p{Cf}*"
Span = tuple[int, int]
Heads = Literal["go", "stay", "words"]


@dataclass(frozen=True)
class Names:
    """What is looked for, and the longer names of others in which it may stand."""

    wanted: tuple[str, ...]
    others: tuple[str, ...] = ()

    @cached_property
    def _needles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_needles(self.wanted)))

    @cached_property
    def _around(self) -> tuple[str, ...]:
        return tuple(map(fold, self.others))

    @cached_property
    def pattern(self) -> str:
        """Give what each folded text with the name in it matches, and few others; none is all."""
        runs = [max(_runs(fold(name)), key=len, default="")[:_MOST] for name in self.wanted]
        return "|".join(map(_UNSEEN.join, runs)) if all(runs) else ""

    def spans(self, text: str) -> list[Span]:
        """Give where the name stands as a whole, from left to right."""
        said, at = _folded(text)
        return _apart([(at[start], at[end]) for start, end in self._found(said)])

    def stands_in(self, text: str) -> bool:
        """Tell whether the name stands in a text, however long."""
        return any(True for _ in self._found(fold(text)))

    def is_it(self, text: str) -> bool:
        """Tell whether a text is the name and nothing else."""
        return fold(text).strip() in map(str.strip, map(fold, self.wanted))

    def _found(self, said: str) -> Iterator[Span]:
        if not any(needle in said for needle in self._needles):
            return
        covered = list(_all(said, self._around))
        for start, end in _all(said, self._needles):
            is_other = any(a <= start and end <= b for a, b in covered)
            if not is_other and _is_whole(said, start, end):
                yield start, end

    def without(self, text: str, label: str) -> str:
        """Give a text with the label in the place of the name."""
        for start, end in reversed(self.spans(text)):
            text = text[:start] + label + text[end:]
        return text

    def nothing_of(self, value: object, label: str, heads: Heads = "go") -> object:
        """Give a value of any depth, texts in it without the name.

        Where heads `stay`, keys that are nothing but the name do; where `words` do, all such texts.
        """
        match value:
            case str():
                is_kept = heads == "words" and self.is_it(value)
                return value if is_kept else self.without(value, label)
            case list() | tuple():
                return [self.nothing_of(one, label, heads) for one in value]
            case Mapping():
                return {
                    key
                    if heads != "go" and self.is_it(key)
                    else self.without(key, label): self.nothing_of(one, label, heads)
                    for key, one in value.items()
                }
        return value


def fold(text: str) -> str:
    """Fold case and width, spaces to one, and leave out signs that nobody sees."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _SPACES.sub(" ", plain if plain.isascii() else visible(plain))


def _folded(text: str) -> tuple[str, list[int]]:
    """Fold a text as `fold` does, and give for each sign of the outcome where it stood."""
    said: list[str] = []
    at: list[int] = []
    for start, cluster in _clusters(text):
        plain = unicodedata.normalize("NFKC", cluster).casefold()
        for sign in plain:
            if unicodedata.category(sign) == "Cf":
                continue
            sign = " " if sign.isspace() else sign
            if sign == " " and said and said[-1] == " ":
                continue
            said.append(sign)
            at.append(start)
    return "".join(said), [*at, len(text)]


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Give signs with the marks that follow them, each with its place."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not unicodedata.combining(text[place]):
            yield start, text[start:place]
            start = place


def _needles(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        plain = fold(name).strip()
        if len(plain) < _LEAST:
            continue
        yield plain
        for sign, written in _WRITTEN:
            if sign in plain:
                yield plain.replace(sign, written)


def _all(said: str, needles: Iterable[str]) -> Iterator[Span]:
    for needle in needles:
        start = said.find(needle) if needle else -1
        while start >= 0:
            yield start, start + len(needle)
            start = said.find(needle, start + 1)


def _is_whole(said: str, start: int, end: int) -> bool:
    """Tell whether no letter goes on before or after: Acme does not stand in Acmeville."""
    before, after = said[start - 1 : start], said[end : end + 1]
    return not (_goes_on(before, said[start]) or _goes_on(said[end - 1], after))


def _goes_on(left: str, right: str) -> bool:
    both = left and right and left.isalnum() and right.isalnum()
    return bool(both) and not (_is_unspaced(left) or _is_unspaced(right))


def _is_unspaced(sign: str) -> bool:
    return any(first <= sign <= last for first, last in _UNSPACED)


def _apart(found: list[Span]) -> list[Span]:
    """Leave out what lies in what was found before; the longest counts."""
    kept: list[Span] = []
    for span in sorted(found, key=lambda one: (one[0], -one[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _runs(folded_name: str) -> Iterator[str]:
    """Give runs of letters that fold alike everywhere: plain Latin ones, digits, Chinese signs."""
    run = ""
    for sign in folded_name + " ":
        if (sign.isascii() and sign.isalnum()) or "\u4e00" <= sign <= "\u9fff":
            run += sign
            continue
        if run:
            yield run
        run = ""
