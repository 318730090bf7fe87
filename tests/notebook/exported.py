"""All pages and all notebooks that ship, exported; and their answers held against the app's."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from tend.figures.pages import PAGES, framed
from tend.notebook import figure_cell, pages, running, shipped
from tend.notebook.cells import Cell, Notebook
from tend.notebook.jupyter import bundle
from tend.queries import asking
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.companies import UNTIL

_FILTERS = (("size", ("Large", "mid")),)
_YEAR = (date(2025, 10, 1), UNTIL)
Row = dict[str, Any]


@dataclass(frozen=True)
class Exported:
    """A page or a notebook as a file for Jupyter."""

    name: str
    notebook: Notebook
    view: View
    file: Path

    @property
    def is_page(self) -> bool:
        """Tell whether it is a page of the app."""
        return self.name in PAGES

    @property
    def folder(self) -> Path:
        """Give the folder with its data."""
        return self.file.with_name(f"{self.file.stem}_data")


def export_all(company: Workspace, folder: Path) -> list[Exported]:
    """Export every page, most of them filtered, and every notebook that ships."""
    found = []
    for name in PAGES:
        view = framed(name, View(UNTIL, filters=_FILTERS if name != "week" else ()))
        one = Exported(name, pages.notebook(name, view, "en"), view, folder / f"{name}.ipynb")
        bundle.write(company, one.notebook, view, one.file, "en")
        found.append(one)
    for notebook in shipped.all_of("zh"):
        view = View(UNTIL, *_YEAR)
        one = Exported(notebook.id, notebook, view, folder / f"{notebook.id}.ipynb")
        bundle.write(company, notebook, view, one.file, "zh")
        found.append(one)
    return found


def compared(
    company: Workspace, one: Exported, answers: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[str, bool]]:
    """Hold the answers of a run against the app's: each cell, and whether its rows are the same."""
    for cell in one.notebook.cells:
        if cell.kind == "sql":
            ask = _of_page if one.is_page else _of_notebook
            yield cell.name, _run_rows(answers[cell.name]) == ask(company, one, cell)


def _plain(value: Any) -> Any:
    """Give a value as both sides have it: days as texts, numbers to the ninth digit."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, bool | str):
        return value
    return pytest.approx(float(value), rel=1e-9, abs=1e-9)


def _rows(table: pa.Table) -> list[Row]:
    """Give the rows of the app's answer."""
    return [{key: _plain(one) for key, one in row.items()} for row in table.to_pylist()]


def _run_rows(frame: pd.DataFrame) -> list[Row]:
    """Give the rows of Jupyter's answer; its numbers are compared, not approximated."""
    told = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(key): _as_they_are(one) for key, one in row.items()} for row in told]


def _as_they_are(value: Any) -> Any:
    found = _plain(value)
    return float(value) if isinstance(found, type(pytest.approx(1.0))) else found


def _of_page(company: Workspace, one: Exported, cell: Cell) -> list[Row]:
    """Ask what the page asks: the figure's named query on the app's own connection."""
    figure = figure_cell.of(cell)
    assert figure is not None
    asked, given = figure_cell.view_of(cell, one.view), figure_cell.given_of(cell)
    found = _rows(asking.run(company, figure.query, asked, **given))
    if not figure.with_total:
        return found
    whole = _rows(asking.run(company, figure.query, asked.grouped(None), **given))
    both = ((False, found), (True, whole))
    return [{**row, "is_total": is_total} for is_total, some in both for row in some]


def _of_notebook(company: Workspace, one: Exported, cell: Cell) -> list[Row]:
    """Run the cell as Tend's own notebook does."""
    read = running.read_all(one.notebook)
    asked = running.question(one.notebook, cell.name, one.view, {}, read)
    return _rows(running.ask(company, asked).table)
