"""Named queries: the files of `queries/metrics` with their headers, run as of a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

import duckdb
import pyarrow as pa

from tend.language.errors import TendError
from tend.settings.company import Settings
from tend.store.database.trouble import DatabaseBrokeError
from tend.store.derived import health, marks, model, sqlfiles
from tend.store.workspace import Workspace
from tend.view import DIMENSIONS, PERIODS, YEAR, View, previous_window, year_before

# Room for a million rows is held for each column of an answer otherwise, for five rows as well.
_ROWS_AT_ONCE = 2048
_COMPARED = ("previous_first_day", "previous_last_day", "year_first_day", "year_last_day")
# Parameters that narrow an answer or try another one; null leaves it as it is.
OPTIONAL = (
    *("direction", "from_quadrant", "to_quadrant", "reason_group"),
    *("known_on", "open_on", "is_decided"),
    *("scale", "satisfaction", "states"),
    *("move", "search", "strategic_draft", "core_draft", "moves_only", "due_from"),
)
# Month and quarter are labels of a contract's end date: rates and forecasts have them (E2).
# Whose rows are steps of time: nothing else groups them.
_BY_STEP = frozenset({"arr_periods"})
_GROUPED_BY_PERIOD = frozenset({"renewal_rates", "renewal_forecast_total"})
# Cohorts are by year, or by quarter, of the first contract (F1).
_COHORTS = frozenset({"cohort_retention", "retention_curve", "cohort_curves"})


@dataclass(frozen=True)
class Query:
    """One named query: what it answers, one row per what, and its SQL."""

    name: str
    question: str
    grain: str
    parameters: Mapping[str, str]
    columns: Mapping[str, str]
    sql: str

    def is_grouped_by(self, dimension: str) -> bool:
        """Tell whether the query takes this dimension as group-by."""
        if self.name in _COHORTS:
            return dimension == "quarter"
        if dimension == YEAR or self.name in _BY_STEP:
            return self.name in _BY_STEP and dimension in (*PERIODS, YEAR)
        if dimension in PERIODS:
            return self.name in _GROUPED_BY_PERIOD
        return "group_by" in self.parameters


@cache
def library() -> Mapping[str, Query]:
    """Give all named queries. Raises TendError where a header and its SQL disagree."""
    return MappingProxyType({file.name: parse(file) for file in sqlfiles.files("metrics")})


def find(name: str) -> Query:
    """Give the query of that name. Raises TendError for an unknown one."""
    try:
        return library()[name]
    except KeyError:
        raise TendError("unknown_query", name=name, known=", ".join(library())) from None


def parse(file: sqlfiles.SqlFile) -> Query:
    """Read a query file's header and hold it against the statement's own parameters."""
    header = [line[3:] for line in file.sql.splitlines() if line.startswith("-- ")]
    parts: dict[str, dict[str, str]] = {"parameters": {}, "columns": {}}
    singles: dict[str, str] = {}
    part = ""
    for line in header:
        key, _, value = line.strip().partition(":")
        if line.startswith("  ") and part:
            parts[part][key.strip()] = value.strip()
        elif key in parts:
            part = key
        elif key in ("question", "grain"):
            singles[key] = value.strip()
    statements = duckdb.extract_statements(file.sql)
    declared, used = set(parts["parameters"]), set(statements[0].named_parameters)
    if len(statements) != 1 or singles.keys() != {"question", "grain"} or not parts["columns"]:
        raise TendError(
            "query_header", file=file.name, why="question, grain, columns, one statement"
        )
    if declared != used:
        why = f"parameters {sorted(declared)} in the header, {sorted(used)} in the statement"
        raise TendError("query_header", file=file.name, why=why)
    return Query(file.name, singles["question"], singles["grain"], **parts, sql=file.sql)


def lineage(name: str) -> tuple[sqlfiles.SqlFile, ...]:
    """Give the query's file and the model and staging files behind it, nearest first."""
    wanted = [sqlfiles.SqlFile(name, find(name).sql)]
    for layer in ("model", "kept", "staging"):
        wanted += reversed(sqlfiles.behind(layer, wanted))
    return tuple(wanted)


def dimensions(workspace: Workspace) -> tuple[str, ...]:
    """Give all dimensions of the workspace: the named ones, then extra customer columns (D5)."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            "select distinct unnest(map_keys(extra)) as header from stg_customers order by header"
        ).fetchall()
    return (*DIMENSIONS, *(header for (header,) in rows if header not in DIMENSIONS))


def run(workspace: Workspace, name: str, view: View, **extra: object) -> pa.Table:
    """Run a named query for a view; `extra` gives parameters the view does not hold.

    Raises TendError for an unknown query, and KeyError for a missing or an extra parameter.
    """
    query = find(name)
    if surplus := extra.keys() - query.parameters.keys():
        raise KeyError(f"{name} has no parameter {sorted(surplus)}")
    try:
        return _answer(workspace, query, view, extra)
    except DatabaseBrokeError:  # it, not the question: on a sound database it is asked once more
        return _answer(workspace, query, view, extra)


def words(name: str) -> frozenset[str]:
    """Give all words of a query and of the model behind it: what it reads is among them."""
    return marks.words_behind(_file(name))


def _answer(
    workspace: Workspace, query: Query, view: View, extra: Mapping[str, object]
) -> pa.Table:
    with workspace.snapshots.lend(workspace, view.as_of, _model_behind(query.name)) as (
        cursor,
        there,
    ):
        offered = {**_offered(there.settings, view), **extra}
        return _run(cursor, query, offered)


def _run(
    cursor: duckdb.DuckDBPyConnection, query: Query, offered: Mapping[str, object]
) -> pa.Table:
    chosen = {parameter: offered[parameter] for parameter in query.parameters}
    return _compact(cursor.execute(query.sql, chosen).to_arrow_table(_ROWS_AT_ONCE))


def _compact(table: pa.Table) -> pa.Table:
    """Give the table in as many bytes as its values take.

    DuckDB hands over columns in buffers with room for many more rows: five rows of fifteen columns
    hold 250 KB, of which `nbytes` tells 562. Answers are kept, so this was what filled the memory.
    """
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return pa.ipc.open_stream(pa.py_buffer(sink.getvalue().to_pybytes())).read_all()


def rehearse(
    workspace: Workspace, draft: Settings, view: View, names: Iterable[str]
) -> dict[str, pa.Table]:
    """Answer named queries as they would be with another definition of health; nothing is kept."""
    found = [find(name) for name in names]
    wanted = tuple(file for query in found for file in _model_behind(query.name))
    offered = _offered(draft, view)
    # The model is made by a cursor of its own (a transaction may write to one database only), and
    # while this one has the writer's turn: nothing is committed between the two.
    with (
        health.drafted(workspace, draft) as cursor,
        workspace.snapshots.lend(workspace, view.as_of, wanted) as (built, _),
    ):
        place = built.execute("select current_database()").fetchone()
        assert place is not None
        cursor.execute(f"use {place[0]}")
        return {query.name: _run(cursor, query, offered) for query in found}


def missing(query: Query, given: Iterable[str]) -> list[str]:
    """Name the query's parameters that neither settings, a view nor what is `given` holds."""
    offered = _offered(Settings(), View(date.min))
    return sorted(query.parameters.keys() - offered.keys() - set(given))


def comparison(view: View) -> dict[str, object]:
    """Give the parameters of the period before and the year before the view's window."""
    if view.start is None or view.end is None:
        nothing = date.min  # no window, nothing to compare with: windows in which nothing ends
        return dict.fromkeys(_COMPARED, nothing)
    a_year_before = year_before(view.start, view.end)
    before = a_year_before if view.is_yearly else previous_window(view.start, view.end)
    days = (*before, *a_year_before)
    return dict(zip(_COMPARED, days, strict=True))


def _offered(settings: Settings, view: View) -> dict[str, object]:
    """Give what every query may ask for: definitions, the view, and the periods before it."""
    return {
        **dict.fromkeys(OPTIONAL),
        **model.parameters(settings, view.as_of),
        **_from_view(view),
        **comparison(view),
    }


def _from_view(view: View) -> dict[str, object]:
    chosen: dict[str, list[str]] = {}
    for dimension, values in view.filters:
        chosen.setdefault(dimension, []).extend(value.lower() for value in values)
    return {
        "as_of": view.as_of,
        "first_day": view.start,
        "last_day": view.end,
        "group_by": view.group_by,
        "split_by": view.split_by,
        "filters": model.as_map(chosen, "varchar[]"),
    }


@cache
def _model_behind(name: str) -> tuple[sqlfiles.SqlFile, ...]:
    return sqlfiles.behind("model", (_file(name),))


def _file(name: str) -> sqlfiles.SqlFile:
    return sqlfiles.SqlFile(name, find(name).sql)
