"""What is asked for beside pages: a cell in SQL, a file to hand round, another definition."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from benchmarks.companies.kept import Company
from benchmarks.measures import floors
from benchmarks.measures.costs import Cost, Floor
from benchmarks.parts import Bench
from tend.cli.commands import main
from tend.queries import asking, library
from tend.queries.door import asking as door
from tend.store.copies import published
from tend.store.workspace import Workspace, open_workspace
from tend.view import View, month_end, months_before

CELL = "renewal_rates"
DEFINITION = "health_indicators.nps.weight"
READ = "quadrant_movement"
_OFTEN = 0.1  # seconds between two answers of who goes on reading


def cell(company: Company, bench: Bench) -> Iterator[Cost]:
    """Ask a query as a cell of a notebook, and as the app does."""
    view, query = View(company.until, group_by="industry"), library.find(CELL)
    with open_workspace(company.workspace) as workspace:
        known = {"dimensions": list(asking.dimensions(workspace))}
        given = {name: one for name, one in known.items() if name in query.parameters}
        app = floors.times(lambda: asking.run(workspace, CELL, view, **given), bench.runs)
        taken = floors.times(lambda: door.ask(workspace, query.sql, view, given=given), bench.runs)
        scan = floors.bare_scan(workspace, bench.runs)
    yield Cost("cell", taken, Floor("named_query", app))
    yield Cost("named_query", app, scan)


def export(company: Company, bench: Bench) -> Iterator[Cost]:
    """Write the week as a workbook, by the command."""
    path = bench.folder / "weekly.xlsx"
    words = ["export", str(path), "--workspace", str(company.workspace)]
    taken = floors.times(lambda: main(words), bench.runs)
    sheets = CalamineWorkbook.from_path(str(path))
    cells = {name: sheets.get_sheet_by_name(name).to_python() for name in sheets.sheet_names}
    plain = bench.folder / "plain.xlsx"
    bare = floors.times(lambda: _write(plain, cells), bench.runs)
    yield Cost("export", taken, Floor("bare_write", bare))


def definition(company: Company, bench: Bench) -> Iterator[Cost]:
    """Change how health is defined, again and again, while a reader goes on asking."""
    with open_workspace(company.workspace) as workspace:
        scan = floors.bare_scan(workspace, bench.runs)
        view = View(month_end(months_before(date.today(), 1)))
        alone = floors.times(lambda: asking.run(workspace, READ, view), bench.runs)
        reader, weight = _Reader(workspace, view), count(2)
        reader.start()
        taken = []
        for _ in range(floors.WARM_UP + bench.runs):
            # nobody changes definitions in a row: the copy for other processes is written first
            assert published.of_held(workspace.path), "the copy is not written"
            taken.append(floors.seconds(lambda: workspace.set(DEFINITION, next(weight))))
        reader.is_over.set()
        reader.join()
    yield Cost("definition", taken[floors.WARM_UP :], scan)
    floor = Floor("read_alone", alone)
    yield Cost("read_meanwhile", reader.taken, floor)
    yield Cost("read_slowest", [max(reader.taken)], floor)


def _write(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> None:
    """Write the same cells, and nothing else."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(
                    number, 0, [one if isinstance(one, float) else str(one) for one in row]
                )


class _Reader(threading.Thread):
    """Ask again and again, and keep how long each answer took."""

    def __init__(self, workspace: Workspace, view: View) -> None:
        super().__init__(daemon=True)
        self.taken: list[float] = []
        self.is_over = threading.Event()
        self._ask = lambda: asking.run(workspace, READ, view)

    def run(self) -> None:
        """Ask until told that it is over."""
        while not self.is_over.wait(_OFTEN):
            self.taken.append(floors.seconds(self._ask))
