"""What is exported runs in Jupyter from top to bottom, and gives the numbers of the app.

One kernel runs all pages and all notebooks that ship: starting one takes seconds.
`python -m benchmarks.notebooks` runs each in an environment made from its own requirements.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from nbformat import v4

from tend.language.errors import TendError
from tend.notebook import figure_cell
from tend.notebook.cells import Cell, Notebook
from tend.notebook.jupyter import bundle, reading
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.companies import UNTIL, Companies
from tests.notebook import exported
from tests.notebook.exported import Exported
from tests.walls.sources import ROOT

CHART = "application/vnd.vegalite"


@dataclass(frozen=True)
class Run:
    """What Jupyter gave: the answers by their cells, and how many charts were drawn."""

    answers: Mapping[str, pd.DataFrame]
    charts: int


@pytest.fixture(scope="module")
def company(companies: Companies) -> Workspace:
    """Give the sample company, for all that only read."""
    return companies.read(customers=90)


@pytest.fixture(scope="module")
def books(company: Workspace, tmp_path_factory: pytest.TempPathFactory) -> list[Exported]:
    """Give all pages and all notebooks that ship, as they are exported."""
    return exported.export_all(company, tmp_path_factory.mktemp("exported"))


@pytest.fixture(scope="module")
def runs(books: list[Exported], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Run]:
    """Run them all in one kernel."""
    answers = tmp_path_factory.mktemp("answers")
    cells, ends = [], {}
    for one in books:
        written = nbformat.read(one.file, 4).cells
        cells += [v4.new_code_cell(each.source) for each in written if each.cell_type == "code"]
        cells.append(v4.new_code_cell(f"pd.to_pickle(answers, {str(answers / one.name)!r})"))
        ends[one.name] = len(cells)
    whole = v4.new_notebook(cells=cells)
    place = {"metadata": {"path": str(books[0].file.parent)}}
    NotebookClient(whole, timeout=120, resources=place).execute()
    found, start = {}, 0
    for name, end in ends.items():
        drawn = sum(_charts(cell) for cell in whole.cells[start:end])
        found[name] = Run(pd.read_pickle(answers / name), drawn)
        start = end
    return found


def _charts(cell: nbformat.NotebookNode) -> int:
    shown = [one.get("data", {}) for one in cell.outputs]
    return sum(any(kind.startswith(CHART) for kind in one) for one in shown)


def test_it_gives_the_numbers_of_the_app(
    company: Workspace, books: list[Exported], runs: Mapping[str, Run]
) -> None:
    """Each figure of each page, and each cell of the notebooks that ship, has the app's rows."""
    told = [
        (one.name, cell, is_same)
        for one in books
        for cell, is_same in exported.compared(company, one, runs[one.name].answers)
    ]
    assert [(name, cell) for name, cell, is_same in told if not is_same] == []
    assert len(told) >= 75


def test_it_draws_the_charts_of_the_app(books: list[Exported], runs: Mapping[str, Run]) -> None:
    """Each figure with a chart is drawn by its page's own specification."""
    drawn = 0
    for one in books:
        told = json.loads((one.folder / "charts.json").read_text("utf-8"))
        figures = {cell.name: figure_cell.of(cell) for cell in one.notebook.cells}
        own = {name: f.chart("en", False) for name, f in figures.items() if f and f.chart}
        assert {name: told[name]["spec"] for name in own} == json.loads(json.dumps(own))
        assert runs[one.name].charts >= len(told)
        drawn += len(told)
    assert drawn >= 35


def test_it_holds_no_more_than_it_reads(books: list[Exported]) -> None:
    """Beside a notebook lie only tables that its cells read, and pinned packages; it comes back."""
    for one in books:
        tables = json.loads((one.folder / "tables.json").read_text("utf-8"))
        named = {*tables["all"].values(), *(f for of in tables["of"].values() for f in of.values())}
        assert {path.name for path in one.folder.glob("*.parquet")} == named, one.name
        pins = (one.folder / "requirements.txt").read_text("utf-8").split()
        assert {"duckdb", "pandas", "altair"} <= {pin.split("==")[0] for pin in pins}
        assert all("==" in pin for pin in pins)
        assert reading.read(one.file.read_bytes()).notebook.cells == one.notebook.cells
    sop = next(one for one in books if one.name == "sop")
    assert not (sop.folder / "tend.stg_usage.parquet").exists()


def test_a_folder_of_others_is_left_alone(company: Workspace, tmp_path: Path) -> None:
    """A folder that export did not write is never replaced, nor a notebook half written."""
    (tmp_path / "x_data").mkdir()
    (tmp_path / "x_data" / "mine.txt").write_text("mine", encoding="utf-8")
    notebook = Notebook("", "X", (Cell("a", "sql", "select 1 as n"),))
    with pytest.raises(TendError) as refused:
        bundle.write(company, notebook, View(UNTIL), tmp_path / "x.ipynb", "en")
    assert refused.value.code == "folder_taken"
    wrong = Notebook("", "X", (Cell("a", "sql", "select * from nowhere"),))
    with pytest.raises(TendError):
        bundle.write(company, wrong, View(UNTIL), tmp_path / "y.ipynb", "en")
    assert [path.name for path in tmp_path.iterdir()] == ["x_data"]
    assert (tmp_path / "x_data" / "mine.txt").exists()


def test_the_kernel_is_the_one_that_tests_run() -> None:
    """What an exported notebook is to be run with is pinned as the tests have it."""
    pins = (ROOT / "requirements-dev.txt").read_text("utf-8").splitlines()
    assert f"{bundle.KERNEL} \\" in pins
