"""The workspace of a version: `python -m tests.store.versions.make` keeps the one of this code.

Run before a version is released (CONTRIBUTING.md). What versions up to 17 kept was
made by their own code, by the same steps as far as they knew them.
"""

import json
import tarfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tend.acts import merges
from tend.people.person import LOCAL
from tend.store.copies.folder import content_hash
from tend.store.database import migrate, record
from tend.store.database.connection import FILE
from tend.store.facts import entries, imports
from tend.store.workspace import Workspace, open_workspace

HERE = Path(__file__).parent
KEPT = HERE / "kept"
# In the order in which they came in; the last was taken back.
_FILES = ("Company.xlsx", "Contracts corrected.csv", "Tickets of another team.csv")
COMPANY = [HERE / "company" / name for name in _FILES]
WHO = "Tomas Verrick"
SETTINGS = {"hourly_cost": 250.0, "size_large_from": 400.0}
MERGED, APART = ("C0014", "C0013"), ("C0001", "C0002")
# From which version on something could be done: a data set be entered, customers be merged.
SINCE = {"merge": 2, "touches": 4, "stages": 4, "tasks": 5, "decisions": 12, "calls": 13}
SINCE |= {"notebooks": 15, "apart": 17}


def entered() -> dict[str, list[dict[str, object]]]:
    """Give what is entered by hand, by data set."""
    told = json.loads((HERE / "entered.json").read_text(encoding="utf-8"))
    return {name: [_read(row) for row in rows] for name, rows in told.items()}


def _read(row: dict[str, object]) -> dict[str, object]:
    return {
        name: date.fromisoformat(str(value)) if name.endswith("_on") else value
        for name, value in row.items()
    }


def fill(opened: Workspace, version: int) -> None:
    """Do in a workspace what people did in it as far as a version let them."""
    workspace = opened.seen_by(LOCAL.named(WHO))
    for file in COMPANY:
        assert imports.import_file(workspace, file).error is None, file
    imports.undo(workspace, import_id=len(COMPANY))
    for key, value in SETTINGS.items():
        workspace.define(workspace.settings.changed(key, value), base=workspace.settings)
    if version >= SINCE["merge"]:
        merges.merge(workspace, *MERGED)
    if version >= SINCE["apart"]:
        merges.keep_apart(workspace, *APART)
    for dataset, rows in entered().items():
        if version >= SINCE[dataset]:
            entries.enter(workspace, dataset, rows)


def keep(folder: Path) -> Path:
    """Keep a workspace in the repository, by its newest migration; uploads are the company's."""
    target = KEPT / f"{max(migrate.migrations()):04}.tar.xz"
    with tarfile.open(target, "w:xz", preset=9) as packed:
        for name in (FILE, record.FILE):
            packed.add(folder / name, name)
    return target


def unpack(version: int, folder: Path) -> Path:
    """Give the workspace of a version as it was left, with its uploads."""
    with tarfile.open(KEPT / f"{version:04}.tar.xz") as packed:
        packed.extractall(folder, filter="data")
    (folder / "uploads").mkdir()
    for file in COMPANY:
        name = f"{content_hash(file)}{file.suffix}"
        (folder / "uploads" / name).write_bytes(file.read_bytes())
    return folder


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
