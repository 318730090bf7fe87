"""The order of the lines: each has the next number, and follows from the one before."""

from collections.abc import Iterable

from tend.language.errors import TendError
from tend.store.audit import lines
from tend.store.audit.lines import Line, Mark

# A fault, and the line it is at.
Fault = tuple[int, TendError]


class Order:
    """What the lines seen so far say of themselves, held against what was noted of some."""

    def __init__(self, noted: Iterable[Mark]) -> None:
        self.last = Mark()
        self._is_known = True  # whether the chain of the line before is
        self._noted = {(mark.number, mark.chain) for mark in noted if mark.number}
        self._at = {number for number, _ in self._noted}
        self._gone: set[int] = set()
        self._odd: list[tuple[int, int | None]] = []  # behind which line, and what it says it is
        self._faults: list[Fault] = []

    def see(self, raw: bytes, line: Line | None, following: int | None) -> bool:
        """Look at a line, knowing the number of the next; tell whether it stands in its place."""
        due = self.last.number + 1
        if line and line.number == due:
            if self._is_known and not lines.follows(raw, self.last.chain):
                self._say("audit_broken", due)
            self._go_on(line.mark)
            return True
        if following == due + 1:  # what stands here is not what was written here
            self._gone.add(due)
            self._odd.append((due - 1, line.number if line else None))
            self._go_on(Mark(due), is_known=False)
        elif line and line.number > due and not self._is_odd(line, following):
            self._gone.update(range(due, line.number))
            self._go_on(line.mark)
            return True
        else:
            self._odd.append((due - 1, line.number if line else None))
        return False

    def faults(self) -> list[Fault]:
        """Give what is not in order, each with its line."""
        written = max(self._at, default=0)
        cut = set(range(self.last.number + 1, written + 1))
        for behind, number in self._odd:
            if number is not None and number in self._gone | cut:
                self._gone.discard(number)
                cut.discard(number)
                self._say(_place("audit_moved", behind), number, behind=behind)
            elif behind + 1 in self._gone | cut:
                self._gone.discard(behind + 1)
                cut.discard(behind + 1)
                self._say("audit_changed", behind + 1)
            else:
                self._say(_place("audit_put_in", behind), behind)
        for start, end in _spans(sorted(self._gone)):
            self._gap(start, end)
        if cut:
            self._say(_place("audit_cut", self.last.number), self.last.number, count=written)
        return sorted(self._faults, key=lambda fault: fault[0])

    def _is_odd(self, line: Line, following: int | None) -> bool:
        """Tell whether a line is not one behind a gap: no other comes, or one that shows no gap."""
        if following is None:
            return line.number > max(self._at, default=line.number)
        return following == self.last.number + 1

    def _go_on(self, mark: Mark, *, is_known: bool = True) -> None:
        self.last, self._is_known = mark, is_known
        noted = {chain for number, chain in self._noted if number == mark.number}
        if is_known and noted - {mark.chain}:
            self._say("audit_rewritten", mark.number)

    def _say(self, code: str, line: int, **more: int) -> None:
        self._faults.append((line, TendError(code, line=line, **more)))

    def _gap(self, start: int, end: int) -> None:
        if start == end:
            self._say("audit_gone", start)
        else:
            self._say("audit_gone_lines", start, to=end)


def _place(code: str, behind: int) -> str:
    """Name a fault that is before the first line by words of its own."""
    return code if behind else f"{code}_first"


def _spans(numbers: list[int]) -> list[tuple[int, int]]:
    """Give numbers as spans, each from its first to its last."""
    spans: list[tuple[int, int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return spans
