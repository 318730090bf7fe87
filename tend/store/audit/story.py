"""What the lines tell: commits that came or did not, texts beside the log, logs set aside."""

from collections.abc import Iterator
from pathlib import Path
from typing import Self

from tend.language.errors import TendError
from tend.store.audit import log, texts
from tend.store.audit.lines import Line, Mark
from tend.store.audit.order import Fault
from tend.store.audit.texts import Text

_ASIDE, ASIDE_SIGNS = "audit-before-{}.jsonl", 16


def aside(chain: str) -> str:
    """Name the file of a log that another took the place of, by the chain of its last line."""
    return _ASIDE.format(chain[:ASIDE_SIGNS])


class Story:
    """What the lines seen so far tell, in their order."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._texts = texts.read(path)
        self._text: Text | None = next(self._texts, None)
        self._open: list[int] = []  # lines of commits of which nothing is known yet
        self._lost: list[int] = []
        self._erased: dict[int, int] = {}  # the first line of which a line says it erased a text
        self._erasures: set[int] = set()
        self._faults: list[Fault] = []
        self.accepted = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._texts = iter(())

    def see(self, line: Line) -> None:
        """Look at the next line."""
        if line.after is not None:
            # what is taken back by a restore did come
            if line.what != "restore":
                self._lost += [number for number in self._open if number > line.after]
            self._open = []
        if line.commit is not None:
            self._open.append(line.number)
        if line.what == "erase":
            self._erasures.add(line.number)
        if line.what == "accepted":
            self.accepted = line.number
        if "text" in line.about:
            self._look_for(line)
        if "aside" in line.about and not self._is_aside(line):
            self._faults.append((line.number, TendError("audit_aside", line=line.number)))

    def faults(self) -> list[Fault]:
        """Give what lacks or was changed beside the log."""
        untold = [n for by, n in self._erased.items() if by not in self._erasures]
        return self._faults + [(n, TendError("audit_text", line=n)) for n in untold]

    def notes(self, kept: Mark | None) -> list[TendError]:
        """Tell lines of what was never kept, as the process was ended; that is nobody's fault."""
        ended = [n for n in self._open if kept is not None and n > kept.number]
        return [TendError("audit_lost", line=n) for n in self._lost + ended]

    def _look_for(self, line: Line) -> None:
        found = list(self._texts_of(line.number))
        gone = [text.erased_by for text in found if text.erased_by is not None]
        if gone:
            self._erased.setdefault(gone[0], line.number)
        elif not any(text.mark == line.about["text"] for text in found):
            self._faults.append((line.number, TendError("audit_text", line=line.number)))

    def _texts_of(self, number: int) -> Iterator[Text]:
        """Give the texts of a line; they lie in the order of the lines."""
        while self._text is not None and self._text.number <= number:
            if self._text.number == number:
                yield self._text
            self._text = next(self._texts, None)

    def _is_aside(self, line: Line) -> bool:
        """Tell whether a log that was set aside is there to its end."""
        chain, number = str(line.about["aside"]), line.about.get("aside_lines")
        there = log.find(self._path / aside(chain), int(number if isinstance(number, int) else 0))
        return there is not None and there.chain.startswith(chain)
