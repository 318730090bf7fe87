"""Words of a column that nobody understands: each is asked for once, the others are told (M12)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.cells import arrays
from tend.ingest.sheet import Sheet
from tend.schema.words import letters

_MOST_ASKED = 8
_LONGEST = 40


@dataclass(frozen=True)
class Word:
    """A word of a column: spellings with the same letters are one (M12)."""

    key: str
    spellings: tuple[str, ...]  # the most frequent first
    count: int

    def __str__(self) -> str:
        return f"{_short(self.spellings[0])} ({self.count})"


def counted(sheet: Sheet, cells: pa.Array) -> dict[str, int]:
    """Count the words of a column, the most frequent first."""
    filled = cells.filter(pa.array(~sheet.skip)).drop_null()
    pairs = sorted(pc.value_counts(filled).to_pylist(), key=lambda one: -one["counts"])
    return {one["values"]: one["counts"] for one in pairs}


def joined(count: Mapping[str, int], words: Iterable[str]) -> list[Word]:
    """Join the spellings of words that have letters, the most frequent first."""
    spellings: dict[str, list[str]] = {}
    for word in words:
        if key := letters(word)[:_LONGEST]:
            spellings.setdefault(key, []).append(word)
    found = [Word(k, tuple(of), sum(map(count.__getitem__, of))) for k, of in spellings.items()]
    return sorted(found, key=lambda word: -word.count)


def ask(
    sheet: Sheet,
    about: tuple[str, int],
    answers: Sequence[str],
    cells: pa.Array,
    unknown: Collection[str],
) -> dict[str, str]:
    """Ask for the first words nobody understands, tell of all others; give what is answered.

    `about`: what the words are of, and where its column stands. What somebody says now of a word
    that settings know wins over them.
    """
    kind, position = about
    count = counted(sheet, cells)
    code = f"{kind}_word"
    if marks := [f"{_short(word)} ({count[word]})" for word in unknown if not letters(word)]:
        sheet.decide(f"no_letters_{kind}", position, words=few(marks))
    words = joined(count, count)
    said = [word for word in words if sheet.key(code, position, word.key) in sheet.said]
    rest = [word for word in joined(count, unknown) if word.key not in {w.key for w in said}]
    answered: dict[str, str] = {}
    for word in (*said, *rest[:_MOST_ASKED]):
        told = {"word": _short(word.spellings[0]), "count": str(word.count)}
        spellings = "\n".join(" ".join(one.split()) for one in word.spellings[:_MOST_ASKED])
        rows = arrays.mask(pc.is_in(cells, value_set=pa.array(word.spellings)))
        told["spellings"] = spellings
        taken = sheet.ask(code, answers, position, about=word.key, rows=rows, **told)
        if sheet.questions[-1].is_answered:
            answered |= dict.fromkeys(word.spellings, taken)
    if more := rest[_MOST_ASKED:]:
        sheet.decide(f"more_{kind}", position, count=str(len(more)), words=few(more))
    return answered


def few(told: Sequence[object]) -> str:
    """List the first of what is told."""
    return ", ".join(map(str, told[:_MOST_ASKED])) + (" …" if len(told) > _MOST_ASKED else "")


def _short(word: str) -> str:
    return word[:_LONGEST]
