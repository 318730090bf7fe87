"""Files on their way from a watched folder: handed over in the workspace, each with a slip.

Who watches may not be who holds the workspace, so it lays a copy of a file and a slip, which names
its content, into `inbox/`. Whoever holds the workspace takes the file in and puts its answer in the
place of the slip. A slip stands until it is answered, whoever is killed meanwhile.
"""

import contextlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path, PurePath
from typing import Any, BinaryIO

from tend.language.errors import TendError
from tend.store.copies.folder import INBOX, Lock, content_hash

_COPY, _SLIP, _ANSWER, _PART = ".copy", ".slip", ".answer", ".part"
_PIECE = 1 << 20


@dataclass(frozen=True)
class Slip:
    """A file that was handed over: its content, its place in the folder, and how to take it."""

    content_hash: str
    file: str  # below the folder
    folder: str
    who: str
    order: int  # the first handed over is the first taken in
    date_order: str | None = None
    rejected: float = 0.0  # of its rows, at most; of more a person decides

    @property
    def name(self) -> str:
        """Give the name of the file itself."""
        return PurePath(self.file).name


@dataclass(frozen=True)
class Answer:
    """What became of a file: `in`, `same`, `waits`, `refused`; `later` where it cannot be now."""

    state: str
    import_id: int | None = None
    rows: int = 0
    rejected: int = 0
    code: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def of(state: str, error: TendError) -> "Answer":
        """Give an answer that says why."""
        params = {key: str(value) for key, value in error.params.items()}
        return Answer(state, code=error.code, params=params)


class Inbox:
    """The folder of a workspace in which files are handed over."""

    def __init__(self, workspace: Path) -> None:
        self._folder = workspace / INBOX

    def watching(self) -> Lock:
        """Be the one who watches, and clear what a killed one left half. Raises TendError."""
        self._folder.mkdir(0o700, parents=True, exist_ok=True)
        refusal = TendError("watched_already", path=self._folder.parent)
        lock = Lock(self._folder / "watcher", refusal)
        for left in self._folder.glob(f"*{_PART}"):
            left.unlink()
        known = {one.content_hash for one in self.slips()}
        for copy in self._folder.glob(f"*{_COPY}"):
            if copy.stem not in known:
                copy.unlink()
        return lock

    def hand_over(self, slip: Slip, source: BinaryIO) -> bool:
        """Lay down a copy and its slip; tell whether the file still is what the slip names."""
        copy = self.copy(slip)
        part = copy.with_suffix(_PART)
        try:
            with part.open("wb") as outside:
                shutil.copyfileobj(source, outside, _PIECE)
            if content_hash(part) != slip.content_hash:
                return False
            part.replace(copy)
        finally:
            part.unlink(missing_ok=True)
        self._write(slip, _SLIP, asdict(slip))
        return True

    def slips(self) -> list[Slip]:
        """Give what waits to be taken in, the first first."""
        found = [Slip(**said) for said in map(_read, self._folder.glob(f"*{_SLIP}")) if said]
        return sorted(found, key=lambda one: one.order)

    def copy(self, slip: Slip) -> Path:
        """Give where the copy of a file lies."""
        return self._folder / f"{slip.content_hash}{_COPY}"

    def answer(self, slip: Slip, answer: Answer) -> None:
        """Say what became of a file; slip and copy go."""
        self._write(slip, _ANSWER, {**asdict(slip), **asdict(answer)})
        self.copy(slip).unlink(missing_ok=True)
        self._place(slip, _SLIP).unlink(missing_ok=True)

    def answers(self) -> list[tuple[Slip, Answer]]:
        """Take the answers that are there, in the order in which the files were handed over."""
        found = []
        for place in self._folder.glob(f"*{_ANSWER}"):
            said = _read(place)
            place.unlink(missing_ok=True)
            if said:
                found.append((_only(Slip, said), _only(Answer, said)))
        return sorted(found, key=lambda one: one[0].order)

    def _place(self, slip: Slip, kind: str) -> Path:
        return self._folder / f"{slip.content_hash}{kind}"

    def _write(self, slip: Slip, kind: str, said: Mapping[str, object]) -> None:
        part = self._folder / f"{slip.content_hash}{kind}{_PART}"
        try:
            part.write_text(json.dumps(said), encoding="utf-8")
            part.replace(self._place(slip, kind))
        finally:
            part.unlink(missing_ok=True)


def _only(kind: Any, said: Mapping[str, Any]) -> Any:
    return kind(**{one.name: said[one.name] for one in fields(kind)})


def _read(place: Path) -> dict[str, Any]:
    """Read a slip; nothing where it has just gone, or is none."""
    with contextlib.suppress(OSError, ValueError):
        said = json.loads(place.read_text(encoding="utf-8"))
        return said if isinstance(said, dict) else {}
    return {}
