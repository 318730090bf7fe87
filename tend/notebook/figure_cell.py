"""A figure of a page as a cell: its query's text, and how its page looked at it.

The cell says which figure it is, what of the view was the page's own (`view`), and what further
parameters it was asked with (`given`), both written as addresses are. The day, the window and
the filters of the frame are not written down: the cell follows them.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

import pyarrow as pa

from tend.figures.collection import FIGURES
from tend.figures.figure import Figure
from tend.notebook.cells import Cell
from tend.queries import library
from tend.queries.door import names
from tend.view import View
from tend.view import day as read_day

_DAYS = ("as_of", "start", "end")
_GROUPS = ("group_by", "split_by")
_YEARLY, _FILTER = "is_yearly", "is."
_NOTHING = ""


def opened(figure: Figure, view: View, frame: View, given: Mapping[str, object]) -> Cell:
    """Give the cell of a figure as a page shows it, held against what the frame says by itself."""
    known = dict(FIGURES[figure.name].given) if figure.name in FIGURES else {}
    own = {name: value for name, value in given.items() if known.get(name) != value}
    said = {"figure": figure.name, "view": turned(view, frame), "given": written(own)}
    # some figures are called as a table of the model, which another cell may want to read
    taken = {*names.model(), *names.behind(), *names.macros()}
    called = f"{figure.name}_figure" if figure.name in taken else figure.name
    return Cell(called, "sql", library.find(figure.query).sql, tuple(said.items()))


def of(cell: Cell) -> Figure | None:
    """Give the figure that a cell came from, where it did."""
    name = cell.get("figure")
    if not name:
        return None
    return FIGURES.get(name) or (Figure(name, name) if name in library.queries() else None)


def is_untouched(cell: Cell) -> bool:
    """Tell whether the cell still asks what its figure asks."""
    figure = of(cell)
    return figure is not None and cell.text == library.find(figure.query).sql.strip()


def fits(figure: Figure, table: pa.Table) -> bool:
    """Tell whether an answer still has the columns, in their types, that its figure draws."""
    types = {field.name: str(field.type) for field in table.schema}
    said = library.find(figure.query).kinds.items()
    return all(n in types and (k.is_list or not k.types or types[n] in k.types) for n, k in said)


def restored(cell: Cell) -> Cell:
    """Give the cell as its figure asks, drawn as its page draws it."""
    figure = of(cell)
    if figure is None:
        return cell
    own = replace(cell, text=library.find(figure.query).sql)
    return own.saying(mark=None, x=None, y=None, color=None, facet=None)


def view_of(cell: Cell, frame: View) -> View:
    """Give the view a cell is asked for: the frame's, turned as the page and the figure turn it."""
    figure, view = of(cell), _turn(cell.get("view"), frame)
    return view if figure is None else figure.ask(view)


def given_of(cell: Cell) -> dict[str, object]:
    """Give the further parameters of the figure that a cell came from."""
    figure = of(cell)
    if figure is None:
        return {}
    optional = {
        n: None for n, one in library.find(figure.query).parameters.items() if one.is_optional
    }
    return {**optional, **dict(figure.given), **read(cell.get("given"))}


def turned(view: View, frame: View) -> str:
    """Write what a view has that the frame does not say."""
    said: list[tuple[str, str]] = []
    for name in (*_DAYS, *_GROUPS):
        value = getattr(view, name)
        if value != getattr(frame, name):
            said.append((name, _NOTHING if value is None else str(value)))
    if view.is_yearly != frame.is_yearly:
        said.append((_YEARLY, "yes" if view.is_yearly else _NOTHING))
    there = dict(frame.filters)
    for dimension, values in view.filters:
        if there.get(dimension) != values:
            said += [(_FILTER + dimension, value) for value in values]
    return urlencode(said)


def _turn(said: str, frame: View) -> View:
    own: dict[str, object] = {}
    filters: dict[str, tuple[str, ...]] = {}
    for name, value in parse_qsl(said, keep_blank_values=True):
        if name in _DAYS:
            own[name] = read_day(value)
        elif name in _GROUPS:
            own[name] = value or None
        elif name == _YEARLY:
            own[name] = bool(value)
        elif name.startswith(_FILTER):
            dimension = name.removeprefix(_FILTER)
            filters[dimension] = (*filters.get(dimension, ()), value)
    if own.get("as_of", frame.as_of) is None:
        del own["as_of"]
    both = tuple((dict(frame.filters) | filters).items())
    return replace(frame, **own, filters=both)  # type: ignore[arg-type]


def written(given: Mapping[str, object]) -> str:
    """Write parameters as an address; a kind stands before what is no text."""
    said: list[tuple[str, str]] = []
    for name, value in given.items():
        if value is None:
            continue
        parts = value if isinstance(value, list | tuple) else (value,)
        key = f"{name}[]" if isinstance(value, list | tuple) else name
        said += [(key, _typed(part)) for part in parts]
    return urlencode(said)


def read(said: str) -> dict[str, object]:
    """Read parameters as `written` writes them."""
    found: dict[str, object] = {}
    for name, value in parse_qsl(said, keep_blank_values=True):
        if name.endswith("[]"):
            listed = found.setdefault(name.removesuffix("[]"), [])
            assert isinstance(listed, list)
            listed.append(_value(value))
        else:
            found[name] = _value(value)
    return found


def _typed(value: object) -> str:
    match value:
        case bool():
            return f"flag:{'yes' if value else 'no'}"
        case int() | float():
            return f"number:{value}"
        case date():
            return f"day:{value.isoformat()}"
    return f"text:{value}"


def _value(written: str) -> object:
    kind, _, value = written.partition(":")
    match kind:
        case "flag":
            return value == "yes"
        case "number":
            return float(value) if "." in value or "e" in value else int(value)
        case "day":
            return read_day(value)
    return value
