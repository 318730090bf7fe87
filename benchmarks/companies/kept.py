"""Companies as workspaces: made once and kept, brought in by Tend's own import, file by file."""

import json
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks import companies
from tend.store.facts import imports
from tend.store.workspace import open_workspace

# What a company of this size has raised; a slow machine is to be measured, not stopped.
LIMITS = {"read_seconds": 3600, "file_mb": 1024, "csv_rows": 20_000_000, "read_memory_mb": 8192}


@dataclass(frozen=True)
class Company:
    """Files, workspace and last day of a company, and how many rows each data set has."""

    customers: int
    files: tuple[Path, ...]
    workspace: Path
    until: date
    rows: dict[str, int]


def prepared(folder: Path, customers: int) -> Company:
    """Give the company of so many customers that lives today; what is kept is not made again."""
    workspace, notes = folder / f"company-{customers}", folder / f"company-{customers}.json"
    files = folder / f"files-{customers}"
    if not notes.exists():
        shutil.rmtree(workspace, ignore_errors=True)  # what a run that was ended left
        until = date.today()
        written = companies.write(files, customers=customers, until=until)
        rows: dict[str, int] = {}
        for path, _, count in brought(workspace, written):
            rows[companies.dataset(path)] = rows.get(companies.dataset(path), 0) + count
        told = {"until": str(until), "files": [path.name for path in written], "rows": rows}
        notes.write_text(json.dumps(told))
    told = json.loads(notes.read_text())
    listed = tuple(files / name for name in told["files"])
    return Company(customers, listed, workspace, date.fromisoformat(told["until"]), told["rows"])


def brought(workspace: Path, files: Sequence[Path]) -> Iterator[tuple[Path, float, int]]:
    """Import files into a new workspace, until all has followed; give seconds and rows of each."""
    with open_workspace(workspace) as opened:
        for name, limit in LIMITS.items():
            opened.set(name, limit)
        for path in files:
            begun = time.perf_counter()
            report = imports.import_file(opened, path)
            assert report.error is None, report.error
            [sheet] = report.sheets
            assert sheet.accepted == sheet.rows, f"{path.name}: {sheet}"
            yield path, time.perf_counter() - begun, sheet.rows
