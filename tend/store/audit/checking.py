"""Whether the log is as it was written: what was changed, taken out, put in or cut is found.

Each line is held against the one before it, and the last against what was noted of it: beside the
log with each line, and inside the database with each commit.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path

from tend.language.errors import TendError
from tend.store.audit import lines, log
from tend.store.audit.lines import Mark
from tend.store.audit.order import Order
from tend.store.audit.story import Story

_MOST = 20


@dataclass
class Checked:
    """What is not as it was written, and what is merely told, each as a sentence."""

    faults: list[TendError] = field(default_factory=list)
    notes: list[TendError] = field(default_factory=list)


def check(path: Path, kept: Mark, known: Mark | None = None, *, is_newest: bool = True) -> Checked:
    """Hold the log against itself, and against lines that were noted in the database or are known.

    A database that is a copy (`is_newest` is off) may know fewer commits than the log.
    """
    with log.held(path):
        beside = log.last(path)
        if not (path / log.FILE).exists():
            return _missing(max(one.number for one in (kept, beside, known) if one))
        file, story = (path / log.FILE).open("rb"), Story(path)
        end = file.seek(0, 2)
    order = Order([one for one in (kept, beside, known) if one])
    with file, story:
        is_half = _walked(order, story, file, end)
    faults = [*order.faults(), *story.faults()]
    if beside is None and order.last.number > 1:
        faults.append((order.last.number, TendError("audit_unnoted", file=log.LAST)))
    fresh = [fault for line, fault in faults if line >= story.accepted]
    found = Checked(fresh[:_MOST])
    if len(fresh) > _MOST:
        found.faults.append(TendError("audit_more", count=len(fresh) - _MOST))
    if old := len(faults) - len(fresh):
        found.notes.append(TendError("audit_accepted", count=old, line=story.accepted))
    if is_half:
        found.notes.append(TendError("audit_half", line=order.last.number))
    if not faults:
        found.notes += story.notes(kept if is_newest else None)
    return found


def _missing(known: int) -> Checked:
    return Checked([TendError("audit_missing", file=log.FILE, count=known)] if known else [])


def _walked(order: Order, story: Story, file: BufferedReader, end: int) -> bool:
    """Look at all lines in turn; tell whether but half of one stands at the end."""
    raws = _raws(file, end)
    raw = next(raws, None)
    line = None if raw is None else lines.read(raw)
    while raw is not None:
        after = next(raws, None)
        following = None if after is None else lines.read(after)
        if order.see(raw, line, following.number if following else None) and line:
            story.see(line)
        raw, line = after, following
    return file.tell() < end


def _raws(file: BufferedReader, end: int) -> Iterator[bytes]:
    file.seek(0)
    while (place := file.tell()) < end:
        raw = file.readline(end - place)
        if not raw.endswith(b"\n"):
            file.seek(place)
            return
        yield raw[:-1]
