"""What is exported runs in Jupyter from top to bottom, and gives the numbers of the app.

One kernel runs all pages and all notebooks that ship: starting one takes seconds.
"""

import json
import math
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from nbclient import NotebookClient
from nbformat import v4

from tend.language.errors import TendError
from tend.notebook import figure_cell, pages, running, shipped
from tend.notebook.cells import Cell, Notebook
from tend.notebook.jupyter import bundle, reading
from tend.queries import asking
from tend.queries.door import asking as door
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.companies import UNTIL, Companies

FILTERS = (("size", ("Large", "mid")),)
YEAR = (date(2025, 10, 1), UNTIL)
CHART = "application/vnd.vegalite"
Row = dict[str, Any]


@pytest.fixture(scope="module")
def company(companies: Companies) -> Workspace:
    """Give the sample company, for all that only read."""
    return companies.read(customers=90)


@pytest.fixture(scope="module")
def exported(
    company: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, tuple[Notebook, View, Path]]:
    """Export every page and every notebook that ships, each with filters and a day of its own."""
    folder = tmp_path_factory.mktemp("exported")
    found = {}
    for name in pages.PAGES:
        view = pages.framed(name, View(UNTIL, filters=FILTERS if name != "week" else ()))
        found[name] = (pages.notebook(name, view, "en"), view, folder / f"{name}.ipynb")
    for one in shipped.all_of("zh"):
        found[one.id] = (one, View(UNTIL, *YEAR), folder / f"{one.id}.ipynb")
    for name, (notebook, view, file) in found.items():
        language = "en" if name in pages.PAGES else "zh"
        bundle.write(company, notebook, view, file, language)
    return found


@pytest.fixture(scope="module")
def run(
    exported: Mapping[str, tuple[Notebook, View, Path]], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, tuple[Mapping[str, pd.DataFrame], int]]:
    """Run them all in one kernel; give the answers of each by their cells, and count its charts."""
    answers = tmp_path_factory.mktemp("answers")
    cells = []
    for name, (_, _, file) in exported.items():
        written = nbformat.read(file, 4).cells
        cells += [v4.new_code_cell(one.source) for one in written if one.cell_type == "code"]
        cells.append(v4.new_code_cell(f"pd.to_pickle(answers, {str(answers / name)!r})"))
    whole = v4.new_notebook(cells=cells)
    folder = next(iter(exported.values()))[2].parent
    NotebookClient(whole, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    found, charts = {}, 0
    names = iter(exported)
    for cell in whole.cells:
        shown = [one.get("data", {}) for one in cell.get("outputs", ())]
        charts += sum(any(kind.startswith(CHART) for kind in one) for one in shown)
        if cell.source.startswith("pd.to_pickle"):
            name = next(names)
            found[name] = (pd.read_pickle(answers / name), charts)
            charts = 0
    return found


def plain(value: Any) -> Any:
    """Give a value as both sides have it: days as texts, numbers to the ninth digit."""
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, bool | str):
        return value
    return pytest.approx(float(value), rel=1e-9, abs=1e-9)


def rows(table: pa.Table) -> list[Row]:
    """Give the rows of the app's answer."""
    return [{key: plain(one) for key, one in row.items()} for row in table.to_pylist()]


def run_rows(frame: pd.DataFrame) -> list[Row]:
    """Give the rows of Jupyter's answer; its numbers are compared, not approximated."""
    told = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(key): _as_they_are(one) for key, one in row.items()} for row in told]


def _as_they_are(value: Any) -> Any:
    found = plain(value)
    return float(value) if isinstance(found, type(pytest.approx(1.0))) else found


def of_page(company: Workspace, cell: Cell, view: View) -> list[Row]:
    """Ask what the page asks: the figure's named query on the app's own connection."""
    figure = figure_cell.of(cell)
    assert figure is not None
    asked, given = figure_cell.view_of(cell, view), figure_cell.given_of(cell)
    found = rows(asking.run(company, figure.query, asked, **given))
    if not figure.with_total:
        return found
    whole = rows(asking.run(company, figure.query, asked.grouped(None), **given))
    return [
        {**row, "is_total": is_total}
        for is_total, some in ((False, found), (True, whole))
        for row in some
    ]


def of_notebook(company: Workspace, notebook: Notebook, cell: Cell, view: View) -> list[Row]:
    """Run the cell as Tend's own notebook does."""
    read = door.reads_all(notebook.sql())
    return rows(running.ask(company, running.question(notebook, cell.name, view, {}, read)).table)


def test_it_gives_the_numbers_of_the_app(
    company: Workspace,
    exported: Mapping[str, tuple[Notebook, View, Path]],
    run: Mapping[str, tuple[Mapping[str, pd.DataFrame], int]],
) -> None:
    """Each figure of each page, and each cell of the notebooks that ship, has the app's rows."""
    differing, compared = [], 0
    for name, (notebook, view, _) in exported.items():
        answers, _ = run[name]
        for cell in notebook.cells:
            if cell.kind != "sql":
                continue
            is_figure = name in pages.PAGES
            expected = (
                of_page(company, cell, view)
                if is_figure
                else of_notebook(company, notebook, cell, view)
            )
            compared += 1
            if run_rows(answers[cell.name]) != expected:
                differing.append(f"{name}: {cell.name}")
    assert differing == []
    assert compared >= 75


def test_it_draws_the_charts_of_the_app(
    exported: Mapping[str, tuple[Notebook, View, Path]],
    run: Mapping[str, tuple[Mapping[str, pd.DataFrame], int]],
) -> None:
    """Each figure with a chart is drawn by the same specification."""
    drawn = 0
    for name, (notebook, _, file) in exported.items():
        told = json.loads((file.parent / f"{file.stem}_data" / "charts.json").read_text("utf-8"))
        figures = {cell.name: figure_cell.of(cell) for cell in notebook.cells}
        for cell, chart in told.items():
            figure = figures[cell]
            if figure and figure.chart:
                assert chart["spec"] == json.loads(json.dumps(figure.chart("en", False)))
        expected = {n for n, f in figures.items() if f and f.chart}
        assert expected <= told.keys()
        assert run[name][1] >= len(told) > 0 or not told
        drawn += run[name][1]
    assert drawn >= 35


def test_it_holds_no_more_than_it_reads(
    exported: Mapping[str, tuple[Notebook, View, Path]],
) -> None:
    """Beside a notebook lie only tables that its cells read, and pinned packages."""
    for name, (notebook, _, file) in exported.items():
        folder = file.parent / f"{file.stem}_data"
        tables = json.loads((folder / "tables.json").read_text("utf-8"))
        named = {*tables["all"].values(), *(f for of in tables["of"].values() for f in of.values())}
        assert {path.name for path in folder.glob("*.parquet")} == named, name
        pins = (folder / "requirements.txt").read_text("utf-8").split()
        assert {"duckdb", "pandas", "altair"} <= {pin.split("==")[0] for pin in pins}
        assert all("==" in pin for pin in pins)
        assert reading.read(file.read_bytes()).notebook.cells == notebook.cells
    sop = exported["sop"][2].parent / "sop_data"
    assert not (sop / "tend.stg_usage.parquet").exists()


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
    pins: Sequence[str] = Path("requirements-dev.txt").read_text("utf-8").splitlines()
    assert bundle.KERNEL in pins
