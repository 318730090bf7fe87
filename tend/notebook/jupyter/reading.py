"""An .ipynb -> a notebook: SQL that is asked, parameters and Markdown; other Python stays text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import nbformat

from tend.language.errors import TendError
from tend.notebook import parameters, text
from tend.notebook.cells import KINDS, Cell, Kind, Notebook, check_name, plain_name
from tend.notebook.jupyter import cells_as_code
from tend.notebook.jupyter.cells_as_code import ASK, PARAMETER
from tend.notebook.jupyter.writing import FIRST, FRAME, HEAD, SAID

SUFFIX = ".ipynb"
_MOST_BYTES = 50 * 1024**2


@dataclass(frozen=True)
class Taken:
    """A notebook that was read, and the cells of Python that Tend does not run: kept as text."""

    notebook: Notebook
    left_as_text: tuple[str, ...] = ()


def read(content: bytes, name: str = "") -> Taken:
    """Read an .ipynb; `name` is what it is called where it does not say so itself.

    Raises TendError where it is none.
    """
    told = _opened(content)
    said = _mapping(told.metadata.get(SAID))
    taken = Taken(Notebook("", str(said.get("name") or name)))
    left_out = _mapping(said.get("left_out"))
    taken = _with_left_out(taken, left_out, "")
    for one in told.cells:
        about = _mapping(one.metadata.get(SAID))
        is_own = about.get("kind") in (HEAD, FIRST, FRAME)
        if is_own or not (about or str(one.source).strip()):
            continue
        before = str(about.get("name", ""))
        taken = _with_left_out(_with(taken, one, about), left_out, before)
    return taken


def _opened(content: bytes) -> Any:
    if len(content) > _MOST_BYTES:
        raise TendError("ipynb_too_large", mb=_MOST_BYTES // 1024**2)
    try:
        told = nbformat.reads(content.decode("utf-8-sig"), as_version=4)
        nbformat.validate(told)
    # a file from anywhere: what reads it knows many ways to say that it is no notebook
    except Exception as error:
        raise TendError("ipynb_unreadable") from error
    return told


def _with(taken: Taken, one: Any, about: Mapping[str, Any]) -> Taken:
    """Add what one cell of Jupyter's is here."""
    source = str(one.source)
    if one.cell_type != "code":
        return _added(taken, _markdown(taken, source, about))
    found = list(_from_code(source, about))
    if found:
        for cell in found:
            taken = _added(taken, cell)
        return taken
    cell = _markdown(taken, f"```python\n{source}\n```", {})
    return replace(_added(taken, cell), left_as_text=(*taken.left_as_text, cell.name))


def _added(taken: Taken, cell: Cell) -> Taken:
    """Add a cell; where another has its name, by a name of its own."""
    named = replace(cell, name=taken.notebook.free(cell.name))
    return replace(taken, notebook=taken.notebook.with_cell(named))


def _markdown(taken: Taken, source: str, about: Mapping[str, Any]) -> Cell:
    name = about.get("name") if about.get("kind") == "markdown" else None
    free = _name(str(name), "markdown") if name else taken.notebook.free(plain_name("markdown"))
    return Cell(free, "markdown", source, _options(about))


def _from_code(source: str, about: Mapping[str, Any]) -> Iterator[Cell]:
    """Give the cells that a cell of Python asks, sets or draws; none where it does other things."""
    calls = cells_as_code.calls(source)
    kind: Kind | None = next((one for one in KINDS if one == about.get("kind")), None)
    is_bare = kind == "chart" or (kind == "sql" and not calls)
    if kind and is_bare and calls is not None:
        yield Cell(_name(str(about.get("name")), kind), kind, _text(about), _options(about))
        return
    for call in calls or ():
        same = call.cell == about.get("name")
        if call.function == ASK and isinstance(call.value, str):
            options = _options(about) if same or kind == "sql" else ()
            yield Cell(_name(call.cell, "sql"), "sql", call.value, options)
        elif call.function == PARAMETER:
            yield _parameter(call.cell, call.value, about if kind == PARAMETER else {})


def _parameter(name: str, value: object, about: Mapping[str, Any]) -> Cell:
    """Give a parameter as it was, but for the value it has now."""
    said = dict(_options(about))
    if not about:
        said["ask"] = {int: "number", float: "number", date: "date"}.get(type(value), "text")
    cell = Cell(_name(name, "parameter"), "parameter", _text(about), tuple(said.items()))
    is_same = parameters.is_value(cell, cell.get("default"), value)
    return cell if is_same else cell.saying(default=_written(value))


def _text(about: Mapping[str, Any]) -> str:
    return str(about.get("text", ""))


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def _name(name: str, kind: Kind) -> str:
    try:
        check_name(name, ())
    except TendError:
        return plain_name(kind)
    return name


def _with_left_out(taken: Taken, left_out: Mapping[str, Any], before: str) -> Taken:
    """Put back the cells for readers of other languages, where they stood."""
    if not (written := left_out.get(before)):
        return taken
    for cell in text.read(str(written)).cells:
        taken = _added(taken, cell)
    return taken


def _options(about: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((str(k), str(v)) for k, v in _mapping(about.get("options")).items())


def _mapping(told: object) -> Mapping[str, Any]:
    return told if isinstance(told, Mapping) else {}
