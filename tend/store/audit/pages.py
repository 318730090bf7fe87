"""The log as it is read: a page of lines, the newest first, without reading all before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tend.store.audit import backwards, lines, log, texts
from tend.store.audit.lines import Line, What

# Where the day stands in a line: its moment comes first.
_DAY = slice(len('{"at":"'), len('{"at":"2026-11-28'))


@dataclass(frozen=True)
class Wanted:
    """Which lines are wanted: whose (their key), of what, of which days (UTC); all, if left out."""

    who: str | None = None
    what: What | None = None
    start: date | None = None
    end: date | None = None

    def holds(self, line: Line) -> bool:
        """Tell whether a line is wanted."""
        day = date.fromisoformat(line.at[:10])
        return (
            self.who in (None, line.who)
            and self.what in (None, line.what)
            and (self.start is None or self.start <= day)
            and (self.end is None or day <= self.end)
        )


@dataclass(frozen=True)
class Page:
    """Some lines, the newest first, and where the older ones end; the texts that they speak of."""

    lines: tuple[Line, ...] = ()
    older: int | None = None
    texts: dict[int, str] = field(default_factory=dict)


def page(path: Path, wanted: Wanted, *, before: int | None = None, most: int = 50) -> Page:
    """Give the newest lines that are wanted, of those that lie before a place in the file."""
    found: list[Line] = []
    for place, line in _wanted(path, wanted, before):
        if len(found) == most:  # there is one more
            return Page(tuple(found), place, texts_of(path, found))
        found.append(line)
    return Page(tuple(found), None, texts_of(path, found))


def every(path: Path, wanted: Wanted) -> list[Line]:
    """Give all lines that are wanted, the newest first."""
    return [line for _, line in _wanted(path, wanted, None)]


def _wanted(path: Path, wanted: Wanted, before: int | None) -> Iterator[tuple[int, Line]]:
    """Give lines with the place where each ends; few of those not wanted are looked into."""
    for start, block in backwards.blocks(path / log.FILE, before):
        end = start + sum(map(len, block)) + len(block)
        for raw in reversed(block):
            if _may_be(raw, wanted):
                line = lines.read(raw)
                if line is not None and wanted.holds(line):
                    yield end, line
            end -= len(raw) + 1


def _may_be(raw: bytes, wanted: Wanted) -> bool:
    day = raw[_DAY]
    return (
        (wanted.start is None or day >= wanted.start.isoformat().encode())
        and (wanted.end is None or day <= wanted.end.isoformat().encode())
        and (wanted.who is None or f'"who":"{wanted.who}"'.encode() in raw)
        and (wanted.what is None or f'"what":"{wanted.what}"'.encode() in raw)
    )


def texts_of(path: Path, found: Sequence[Line]) -> dict[int, str]:
    """Give the texts of lines by their numbers; one that is erased or was changed is not there."""
    marks = {line.number: line.about["text"] for line in found if "text" in line.about}
    if not marks:
        return {}
    told: dict[int, str] = {}
    for text in texts.since(path, min(marks)):
        if marks.get(text.number) == text.mark:
            told[text.number] = text.words
    return told
