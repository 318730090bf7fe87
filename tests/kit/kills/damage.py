"""A workspace with a WAL of confirmed entries, as a killed process leaves it.

`python -m tests.kit.kills.damage FOLDER` makes it and ends without closing anything.
"""

import os
import sys
from pathlib import Path

from tend.store.facts import entries, imports
from tend.store.workspace import Workspace, open_workspace
from tests.kit.kills.full_disk import book, report, touch

NOTES = ("first", "second", "third")


def leave(folder: Path) -> None:
    """Import a file, enter some touches, each confirmed, and be gone."""
    with open_workspace(folder / "w") as workspace:  # closed: the import is in the database
        report(imports.import_file(workspace, book(folder, "seed", 300)))
    workspace = open_workspace(folder / "w")
    with workspace.cursor() as reader:
        reader.execute("begin").execute("select count(*) from stg_touches").fetchall()
        for note in NOTES:  # a reader keeps them in the WAL
            entries.enter(workspace, "touches", [touch(note)])
        os._exit(9)


def facts(workspace: Workspace) -> list[object]:
    """Give what was confirmed: imports, contracts, what was entered, and the settings."""
    asked = (
        "select (select list(import_id order by import_id) from imports where undone_at is null),"
        " (select count(*) from stg_contracts), (select sum(amount) from stg_contracts),"
        " (select list(note order by note) from stg_touches)"
    )
    found = workspace.read(lambda cursor: cursor.execute(asked).fetchone())
    kept = sorted(one.name for one in workspace.uploads.iterdir())
    return [*(found or ()), kept, workspace.settings.grace_days]


if __name__ == "__main__":
    leave(Path(sys.argv[1]))
