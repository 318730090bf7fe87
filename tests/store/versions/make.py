"""The workspace of a version: `python -m tests.store.versions.make` keeps the one of this code.

Run before a version is released (CONTRIBUTING.md). Each was made by the code of its own version, by
the same steps as far as that knew them.
"""

import json
import tarfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tend.acts import erasing, merges
from tend.people.person import LOCAL, Role
from tend.store.copies import folder as folders
from tend.store.database import migrate
from tend.store.database.connection import PUBLISHED
from tend.store.erased import stand_in
from tend.store.erasure.subject import Wanted
from tend.store.facts import entries, imports
from tend.store.people import people
from tend.store.workspace import Workspace, open_workspace

HERE = Path(__file__).parent
KEPT = HERE / "kept"
# In the order in which they came in; the last was taken back.
_FILES = ("Company.xlsx", "Contracts corrected.csv", "Tickets of another team.csv")
COMPANY = [HERE / "company" / name for name in _FILES]
WHO = "Tomas Verrick"
SETTINGS = {"hourly_cost": 250.0, "size_large_from": 400.0}
MERGED, APART = ("C0014", "C0013"), ("C0001", "C0002")
# Who may come in: address, role; and of which domain whoever asks.
PEOPLE: tuple[tuple[str, Role], ...] = (("ada@example.com", "admin"), ("tomas@example.com", "csm"))
DOMAIN = "example.org"
ERASED = "C0003"
# From which version on something could be done: one of the steps below, or a data set be entered.
SINCE = {"company": 1, "merge": 2, "touches": 4, "stages": 4, "tasks": 5, "decisions": 12}
SINCE |= {"calls": 13, "notebooks": 15, "apart": 17, "people": 18, "erased": 20}


def entered() -> dict[str, list[dict[str, object]]]:
    """Give what is entered by hand, by data set."""
    told = json.loads((HERE / "entered.json").read_text(encoding="utf-8"))
    return {name: [_read(row) for row in rows] for name, rows in told.items()}


def _read(row: dict[str, object]) -> dict[str, object]:
    return {
        name: date.fromisoformat(str(value)) if name.endswith("_on") else value
        for name, value in row.items()
    }


def fill(opened: Workspace, version: int, after: int = 0) -> None:
    """Do in a workspace what people did in it as far as a version let them, `after` another."""
    workspace = opened.seen_by(LOCAL.named(WHO))
    for name, since in SINCE.items():
        if after < since <= version:
            if name in _STEPS:
                _STEPS[name](workspace)
            else:
                entries.enter(workspace, name, entered()[name])


def _company(workspace: Workspace) -> None:
    for file in COMPANY:
        report = imports.import_file(workspace, file)
        assert report.error is None, report.error
    imports.undo(workspace, import_id=len(COMPANY))
    for key, value in SETTINGS.items():
        workspace.define(workspace.settings.changed(key, value), base=workspace.settings)


def _people(workspace: Workspace) -> None:
    for address, role in PEOPLE:
        people.invite(workspace, people.of_role(role, address=address))
    people.let_in(workspace, DOMAIN, "reviewer")


def _erased(workspace: Workspace) -> None:
    wanted = Wanted("customer", ERASED)
    erasing.erase(workspace, wanted, erasing.meant(workspace, wanted, "en").name, "en")


_STEPS: dict[str, Callable[[Workspace], None]] = {
    "company": _company,
    "merge": lambda workspace: merges.merge(workspace, *MERGED),
    "apart": lambda workspace: merges.keep_apart(workspace, *APART),
    "people": _people,
    "erased": _erased,
}


def keep(workspace: Path) -> Path:
    """Keep a closed workspace in the repository, by its newest migration."""
    target = KEPT / f"{max(migrate.migrations()):04}.tar.xz"
    with tarfile.open(target, "w:xz", preset=9) as packed:
        for file in _own(workspace):
            packed.add(file, file.relative_to(workspace))
    return target


def _own(workspace: Path) -> Iterator[Path]:
    """Give the files of a workspace that are neither the company's, nor made anew."""
    given = {_kept_as(file) for file in COMPANY}
    made = {workspace / PUBLISHED, workspace / "lock"}
    for file in sorted(workspace.rglob("*")):
        if file.is_file() and file.name not in given and not made & {file, *file.parents}:
            yield file


def unpack(version: int, folder: Path) -> Path:
    """Give the workspace of a version as it was left, with its uploads."""
    with tarfile.open(KEPT / f"{version:04}.tar.xz") as packed:
        packed.extractall(folder, filter="data")
    uploads = folder / folders.UPLOADS
    uploads.mkdir(exist_ok=True)
    for file in COMPANY:
        kept = uploads / _kept_as(file)
        if not stand_in.place(uploads, kept.stem).exists():  # else somebody in it was erased
            kept.write_bytes(file.read_bytes())
    return folder


def _kept_as(file: Path) -> str:
    return f"{folders.content_hash(file)}{file.suffix}"


def versions() -> list[int]:
    """Give the versions whose workspaces are kept, by their newest migration."""
    return sorted(int(file.name[:4]) for file in KEPT.iterdir())


def main() -> None:
    """Make the workspace of this code, and keep it."""
    with TemporaryDirectory() as folder:
        with open_workspace(Path(folder) / "w") as workspace:
            fill(workspace, max(migrate.migrations()))
        print(keep(Path(folder) / "w"))


if __name__ == "__main__":
    main()
