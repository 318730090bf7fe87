"""Bringing files in: the whole company, and a thousand rows more."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from pyarrow import csv

from benchmarks import companies, large_files
from benchmarks.companies import kept
from benchmarks.companies.kept import Company
from benchmarks.measures import floors
from benchmarks.measures.costs import Cost, Floor
from benchmarks.parts import Bench
from tend.store.facts import imports
from tend.store.workspace import Workspace, open_workspace

ROWS = 1_000
LARGE = 100_000  # rows of fifteen columns
AGAIN = 20_000  # customers up to which a whole import is done more than once


def whole(company: Company, bench: Bench) -> Iterator[Cost]:
    """Import everything into a new workspace, until health of all months has followed."""
    often = bench.runs if company.customers <= AGAIN else 1
    each = [_imported(company, bench.folder / "again") for _ in range(often)]
    taken = [sum(one.values()) for one in each]
    yield Cost("import", taken, floors.bare_read(company.files, bench.runs))
    touches = [path for path in company.files if companies.dataset(path) == "touches"]
    taken = [sum(one[path] for path in touches) for one in each]
    yield Cost("import_touches", taken, floors.bare_read(touches, bench.runs))


def excel(_: Company, bench: Bench) -> Iterator[Cost]:
    """Import a large workbook, whatever the company's size: until its facts are committed."""
    path = bench.folder / "contracts.xlsx"
    large_files.write_list(bench.folder / large_files.LIST, LARGE // 4)
    large_files.write_xlsx(path, LARGE)
    times, _peaks = large_files.raced(path, ("tend", "calamine"), bench.runs)
    floor = Floor("bare_reader", [seconds for seconds, *_ in times["calamine"]])
    yield Cost("import_xlsx", [committed for committed, _ in times["tend"]], floor)


def more(company: Company, bench: Bench) -> Iterator[Cost]:
    """Import a thousand touches that nobody has brought yet."""
    customers = csv.read_csv(company.files[0])["Customer ID"].to_pylist()
    paths = [
        _written(bench.folder / f"touches-{number}.csv", company, customers)
        for number in range(floors.WARM_UP + bench.runs)
    ]
    with open_workspace(company.workspace) as workspace:
        taken = [floors.seconds(partial(_brought, workspace, path)) for path in paths]
    floor = floors.bare_insert(bench.folder, ROWS, bench.runs)
    yield Cost("import_1000", taken[floors.WARM_UP :], floor)


def _imported(company: Company, workspace: Path) -> dict[Path, float]:
    took = {path: seconds for path, seconds, _ in kept.brought(workspace, company.files)}
    shutil.rmtree(workspace)
    return took


def _written(path: Path, company: Company, customers: list[str]) -> Path:
    day = company.until - timedelta(days=1)
    rows = [f"{customers[n % len(customers)]},{day},call,{path.stem} {n}" for n in range(ROWS)]
    path.write_text("\n".join(["Customer ID,Touched on,Kind,Note", *rows]), encoding="utf-8")
    return path


def _brought(workspace: Workspace, path: Path) -> None:
    report = imports.import_file(workspace, path)
    assert report.error is None, report.error
    assert [sheet.accepted for sheet in report.sheets] == [ROWS], report.sheets
