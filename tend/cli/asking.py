"""Commands that ask: queries, query, trace."""

import argparse
from collections.abc import Sequence
from datetime import date
from functools import partial

import pyarrow as pa

from tend.cli import output, shared
from tend.cli.shared import WrongUseError
from tend.language.errors import TendError
from tend.queries import asking, library
from tend.store.facts import row_cells
from tend.store.workspace import Workspace
from tend.view import PERIODS, YEAR, View

# What a query is about, and the flag that names it.
_ABOUT = {"customer_id": "--customer", "contract_id": "--contract"}


def list_queries(given: argparse.Namespace) -> int:
    """List the named queries."""
    known = list(library.queries().values())
    if given.format == "json":
        output.print_json([output.query_as_json(query) for query in known])
    else:
        write = output.query_index if given.format == "markdown" else output.query_text
        print(write(known))
    return 0


def ask(given: argparse.Namespace) -> int:
    """Run a named query."""
    try:
        query = library.find(given.name)
    except TendError as error:
        raise WrongUseError(error) from error
    with shared.opened(given, read_only=True) as workspace:
        view = _view(given, workspace, query)
        own = _own_parameters(given, workspace, query)
        rows = asking.run(workspace, query.name, view, **own)
        workspace.note("export", kind="query", query=query.name, rows=rows.num_rows)
        output.print_rows(rows, given.format)
        return 0


def trace(given: argparse.Namespace) -> int:
    """Show the file, sheet and row behind a fact."""
    with shared.opened(given, read_only=True) as workspace:
        given_key = {"dataset": given.dataset, "key": given.key, "of_row": None}
        rows = asking.run(workspace, "sources", View(date.today()), **given_key)
        workspace.note("export", kind="trace", dataset=given.dataset, rows=rows.num_rows)
        told = _cells(workspace, given.dataset, rows.to_pylist())
        cells = told if given.format == "json" else [_written(row) for row in told]
        output.print_rows(rows.append_column("cells", pa.array(cells)), given.format)
        return 0


def _cells(
    workspace: Workspace, dataset: str, rows: Sequence[row_cells.Row]
) -> list[list[dict[str, str]]]:
    """Give the cells of each row as they stand."""
    read = partial(row_cells.of_file, workspace)
    told = row_cells.told(workspace, dataset, rows, "en", read)
    found = (told.get(row_cells.place(row), ()) for row in rows)
    return [[{"header": head, "cell": cell} for head, cell in cells] for cells in found]


def _written(cells: Sequence[dict[str, str]]) -> str:
    return "; ".join(f"{one['header']}: {one['cell']}" for one in cells)


def chosen_view(given: argparse.Namespace, workspace: Workspace) -> View:
    """Give the view that the flags choose. Raises WrongUseError for a dimension nobody knows."""
    dimensions = (*asking.dimensions(workspace), *PERIODS)
    filters: dict[str, list[str]] = {}
    for choice in given.filter:
        name, equals, value = choice.partition("=")
        if not equals:
            raise WrongUseError(TendError("bad_filter", value=choice))
        filters.setdefault(_dimension(name, dimensions), []).append(value.strip())
    group_by = given.group_by and _dimension(given.group_by, (*dimensions, YEAR))
    split_by = given.split_by and _dimension(given.split_by, dimensions)
    chosen = tuple((name, tuple(values)) for name, values in filters.items())
    return View(given.as_of or date.today(), given.start, given.end, group_by, chosen, split_by)


def _view(given: argparse.Namespace, workspace: Workspace, query: library.Query) -> View:
    """Give the view of the flags, all of which the query has to know."""
    view = chosen_view(given, workspace)
    if view.group_by and not query.is_grouped_by(view.group_by):
        told = {"query": query.name, "name": view.group_by}
        raise WrongUseError(TendError("group_by_not_possible", **told))
    used = {
        "--from": (view.start, "first_day"),
        "--to": (view.end, "first_day"),
        "--split-by": (view.split_by, "split_by"),
    }
    for flag, (value, parameter) in used.items():
        if value is not None and parameter not in query.parameters:
            raise WrongUseError(TendError("parameter_not_used", query=query.name, parameter=flag))
    return view


def _own_parameters(
    given: argparse.Namespace, workspace: Workspace, query: library.Query
) -> dict[str, object]:
    """Give the parameters that a view does not hold."""
    own: dict[str, object] = {}
    if "dimensions" in query.parameters:
        own["dimensions"] = list(asking.dimensions(workspace))
    for parameter, flag in _ABOUT.items():
        about = getattr(given, parameter)
        if about is None:
            continue
        if parameter not in query.parameters:
            told = {"query": query.name, "parameter": flag}
            raise WrongUseError(TendError("parameter_not_used", **told))
        own[parameter] = about
    if given.exact and "exact" not in query.parameters:
        told = {"query": query.name, "parameter": "--exact"}
        raise WrongUseError(TendError("parameter_not_used", **told))
    if given.exact:
        own["exact"] = True
    if "key" in query.parameters:
        raise WrongUseError(TendError("ask_trace", query=query.name))
    if lacking := asking.missing(query, own):
        flags = ", ".join(_ABOUT.get(name, name) for name in lacking)
        raise WrongUseError(TendError("parameter_missing", query=query.name, parameter=flags))
    return own


def _dimension(name: str, known: Sequence[str]) -> str:
    for dimension in known:
        if dimension.lower() == name.strip().lower():
            return dimension
    raise WrongUseError(TendError("unknown_dimension", name=name, known=", ".join(known)))
