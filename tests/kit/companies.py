"""Companies for tests: each is made once a run, and copied for whoever asks."""

import inspect
import itertools
import pickle
import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

from tend import sample
from tend.store.facts import imports
from tend.store.facts.reports import ImportReport
from tend.store.workspace import Workspace, open_workspace

Made = TypeVar("Made")
_WHOLE = inspect.signature(sample.write)
# The day on which the companies of tests live, so that their numbers stay.
UNTIL = date(2026, 9, 30)


class Companies:
    """What a run makes lies in one folder, shared by all its processes; copies lie in their own."""

    def __init__(self, shared: Path, own: Path) -> None:
        shared.mkdir(exist_ok=True)
        self._shared, self._own = shared, own
        self._numbers = itertools.count()
        self._read: dict[str, tuple[Workspace, int]] = {}

    def once(self, name: str, make: Callable[[Path], Made]) -> tuple[Path, Made]:
        """Give a folder that is filled once a run, and what filling it gave."""
        folder, given = self._shared / name, self._shared / f"{name}.given"
        with FileLock(self._shared / f"{name}.lock"):
            if not given.exists():
                shutil.rmtree(folder, ignore_errors=True)  # of one that was interrupted
                folder.mkdir(parents=True)
                given.write_bytes(pickle.dumps(make(folder)))
        found: Made = pickle.loads(given.read_bytes())
        return folder, found

    def books(self, **how: object) -> list[Path]:
        """Give the sample company's files, as `sample.write` names what can be chosen."""
        return self.once(f"books {_named(how)}", lambda folder: _written(folder, how))[1]

    def sample(self, **how: object) -> Path:
        """Give a copy of a workspace that holds the sample company."""
        return self.copy(f"sample {_named(how)}", lambda _: self.books(**how))[0]

    def copy(
        self, name: str, files: Callable[[Path], Sequence[Path]]
    ) -> tuple[Path, list[ImportReport]]:
        """Give a copy of a workspace that holds these files, and what was told as they came in.

        They may be written to the folder that `files` is given.
        """
        made, reports = self.once(name, lambda folder: filled(folder / "workspace", files(folder)))
        target = self._own / f"{next(self._numbers)} {name}"
        shutil.copytree(made / "workspace", target)
        return target, reports

    def empty(self, target: Path) -> Path:
        """Give a copy of a workspace that holds nothing: sooner there than a new one."""
        made, _ = self.once("empty", lambda folder: filled(folder / "workspace", []))
        shutil.copytree(made / "workspace", target)
        return target

    def read(self, **how: object) -> Workspace:
        """Give the sample company for all in this process that only read: opened once."""
        name = _named(how)
        if name not in self._read:
            opened = open_workspace(self.sample(**how))
            self._read[name] = (opened, opened.version)
        return self._read[name][0]

    def close(self) -> None:
        """Close what was opened to be read; nobody has written to it."""
        written = [name for name, (one, version) in self._read.items() if one.version != version]
        for opened, _ in self._read.values():
            opened.close()
        assert written == []


def filled(folder: Path, files: Sequence[Path]) -> list[ImportReport]:
    """Make a workspace that holds these files, and close it."""
    with open_workspace(folder) as workspace, workspace.together():
        reports = [imports.import_file(workspace, file) for file in files]
    assert [report.error for report in reports] == [None] * len(files)
    return reports


def _written(folder: Path, how: dict[str, object]) -> list[Path]:
    return sample.write(folder, **{"until": UNTIL} | how)  # type: ignore[arg-type]


def _named(how: dict[str, object]) -> str:
    """Name a choice in full, so that two who ask for the same get the same."""
    bound = _WHOLE.bind(Path(), **{"until": UNTIL} | how)
    bound.apply_defaults()
    return " ".join(str(value) for value in list(bound.arguments.values())[1:])
