"""A notebook to take along: the .ipynb, and beside it a folder with all that it needs."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path

from tend.language.errors import TendError
from tend.notebook import charts, figure_cell, order, running
from tend.notebook.cells import Cell, Notebook
from tend.notebook.jupyter import drawn, writing
from tend.notebook.jupyter.drawn import Drawn
from tend.notebook.running import Look, Read
from tend.queries.door import along as taking
from tend.queries.door import asking as door
from tend.queries.door.along import Along
from tend.queries.door.exchange import Value
from tend.store.database import curves, functions
from tend.store.workspace import Workspace
from tend.view import View

# What the view says: a reader of the exported notebook may say it otherwise.
_OF_VIEW = ("as_of", "first_day", "last_day", "filters")
_WHERE_CHOSEN = ("group_by", "split_by")
_PACKAGES = ("altair", "duckdb", "pandas")
_OF_FITS = ("numpy", "pyarrow", "scipy")
# The file by which a folder is known to be of this making.
_MARK = "tables.json"
# What runs it where there is no Jupyter yet.
KERNEL = "ipykernel==7.4.0"


@dataclass
class _Bundle:
    """A notebook on its way: what its cells read, and what it is written with."""

    workspace: Workspace
    notebook: Notebook
    frame: View
    chosen: Mapping[str, str]
    language: str
    read: Read
    folder: taking.Folder
    cells: dict[str, Along] = field(default_factory=dict)
    charts: dict[str, Drawn] = field(default_factory=dict)


def write(
    workspace: Workspace,
    notebook: Notebook,
    frame: View,
    file: Path,
    language: str,
    chosen: Mapping[str, str] | None = None,
) -> Path:
    """Write a notebook for Jupyter as of a view, and its data beside it; give their folder.

    Raises TendError where a cell cannot be understood, or is refused.
    """
    folder = file.with_name(f"{file.stem}_data")
    file.parent.stat()  # said of the folder that is missing, not of what would lie in it
    if folder.exists() and not (folder / _MARK).is_file():
        raise TendError("folder_taken", folder=folder.name)
    with tempfile.TemporaryDirectory(prefix=".tend-", dir=file.parent) as beside:
        fresh = Path(beside) / folder.name
        fresh.mkdir()
        read = running.read_all(notebook)
        taken = taking.Folder(fresh)
        along = _fill(_Bundle(workspace, notebook, frame, chosen or {}, language, read, taken))
        written = writing.write(notebook, along, folder.name, frame.as_of, language)
        if folder.exists():
            shutil.rmtree(folder)
        fresh.rename(folder)
    file.write_text(written, encoding="utf-8")
    return folder


def _fill(given: _Bundle) -> writing.Along:
    """Write the folder, and give what the notebook is to be written with."""
    for cell in given.notebook.cells:
        if cell.kind == "sql" and cell.text:
            given.cells[cell.name] = _take(given, cell)
    given.charts.update(_charts(given))
    given.folder.finish()
    _write_folder(given)
    return _along(given)


def _take(given: _Bundle, cell: Cell) -> Along:
    """Take along what one cell reads; parameters of the notebook are not among it."""
    told = given.read[cell.name]
    look = _look(given, cell)
    assert isinstance(told, door.Reads)
    others = {name.lower() for name in given.notebook.sql()} - {cell.name.lower()}
    tables = frozenset(name for name in told.tables if name.lower() not in others)
    read = door.Reads(tables, told.parameters)
    more = {name: list(v) if isinstance(v, tuple) else v for name, v in look.given}
    found = given.folder.take(given.workspace, cell.text, read, look.view, more)
    own = {one.name for one in given.notebook.cells if one.kind == "parameter"}
    return Along(found.tables, {n: one for n, one in found.parameters.items() if n not in own})


def _look(given: _Bundle, cell: Cell) -> Look:
    """Give how a cell looks at the data. Raises TendError where it cannot be understood."""
    return running.question(given.notebook, cell.name, given.frame, given.chosen, given.read).look


def _charts(given: _Bundle) -> Iterator[tuple[str, Drawn]]:
    """Give the charts: of figures as pages draw them, of answers as their cells ask for."""
    for cell in given.notebook.cells:
        if figure := drawn.figure_of(cell):
            yield cell.name, drawn.of_figure(cell, figure, given.language)
        elif chart := charts.of(cell):
            of = given.notebook.find(cell.get("of") or cell.name)
            if of is not None and of.name in given.cells:
                name = of.name
                asked = running.question(
                    given.notebook, name, given.frame, given.chosen, given.read
                )
                table = running.ask(given.workspace, asked).table
                if found := drawn.of_answer(name, chart, table, given.language):
                    yield cell.name, found


def _along(given: _Bundle) -> writing.Along:
    """Give the order of cells, and the parameters that the reader sees."""
    shared, frame = _shared(given), {}
    for name in (*_OF_VIEW, *_WHERE_CHOSEN):
        is_shown = name in shared and (name in _OF_VIEW or shared[name].value is not None)
        if is_shown and any(name in one.parameters for one in given.cells.values()):
            frame[name] = _shown(shared[name])
    own: dict[str, dict[str, object]] = {}
    for name, one in given.cells.items():
        differing = {n: v for n, v in one.parameters.items() if shared.get(n) != v}
        own[name] = {n: _shown(value) for n, value in differing.items()}
        if _has_total(given, name):
            own[name] = {"total": True, **own[name]}
    return writing.Along(_order(given), frame, own, frozenset(given.charts), given.chosen)


def _has_total(given: _Bundle, name: str) -> bool:
    cell = given.notebook.find(name)
    figure = figure_cell.of(cell) if cell else None
    untouched = cell is not None and figure_cell.is_untouched(cell)
    return figure is not None and figure.with_total and untouched


def _order(given: _Bundle) -> tuple[str, ...]:
    """Order cells as they stand, but each after what it reads: other cells and parameters."""
    reads = {cell.name: _needs(given, cell) for cell in given.notebook.cells}
    there = {name.lower(): name for name in reads}
    ordered = (one for name in reads for one in (*order.behind(name, reads), name.lower()))
    return tuple(there[name] for name in dict.fromkeys(ordered))


def _needs(given: _Bundle, cell: Cell) -> frozenset[str]:
    told = given.read.get(cell.name)
    if isinstance(told, door.Reads):
        return told.tables | told.parameters
    return frozenset({cell.get("of")} - {""})


def _shared(given: _Bundle) -> dict[str, Value]:
    """Give the parameters as most cells have them: by the frame, else as the first cell has it."""
    offered = door.offered(given.workspace, given.frame)
    found: dict[str, Value] = {}
    for one in given.cells.values():
        for name, value in one.parameters.items():
            if name in offered:
                found[name] = Value.of(offered[name])
            elif value.value is None:
                found[name] = value
    return found


def _shown(value: Value) -> object:
    """Give a value as a reader of Python sees it; chosen values by dimension as a dict."""
    told = value.value
    if value.type and isinstance(told, dict):
        return dict(zip(told["key"], told["value"], strict=True))
    return told


def _write_folder(given: _Bundle) -> None:
    folder, cells = given.folder.path, given.cells
    together: dict[str, str] = {}
    for one in cells.values():
        together = {**one.tables, **together}
    of = {name: _differing(one.tables, together) for name, one in cells.items()}
    _json(folder / _MARK, {"all": together, "of": {n: o for n, o in of.items() if o}})
    _json(folder / "parameters.json", {n: _told(v) for n, v in sorted(_shared(given).items())})
    _json(folder / "charts.json", {name: one.told() for name, one in given.charts.items()})
    is_fitted = any(taking.is_fitted(text) for text in given.notebook.sql().values())
    if is_fitted:
        _write_fits(folder)
    names = (*_PACKAGES, *_OF_FITS) if is_fitted else _PACKAGES
    pins = sorted((*(f"{name}=={version(name)}" for name in names), KERNEL))
    (folder / "requirements.txt").write_text("\n".join(pins) + "\n", encoding="utf-8")


def _differing(tables: Mapping[str, str], together: Mapping[str, str]) -> dict[str, str]:
    return {name: file for name, file in tables.items() if together[name] != file}


def _write_fits(folder: Path) -> None:
    """Write the functions that fit curves as they are here, but for where they lie."""
    for module in (curves, functions):
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        own = source.replace(f"from {curves.__package__} import curves", "import curves")
        (folder / Path(str(module.__file__)).name).write_text(own, encoding="utf-8")


def _told(value: Value) -> dict[str, object]:
    if isinstance(value.value, date):
        return {"day": value.value.isoformat()}
    return {"value": value.value, **({"type": value.type} if value.type else {})}


def _json(path: Path, told: object) -> None:
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
