"""Named queries asked for a view: as the workspace is, or as another definition would have it."""

import contextlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import duckdb
import pyarrow as pa

from tend import tally
from tend.language.errors import TendError
from tend.people.person import ALL, Scope
from tend.queries import library
from tend.queries.library import Query
from tend.settings.company import Settings
from tend.store.database.connection import CATALOGUE
from tend.store.database.trouble import DatabaseBrokeError
from tend.store.derived import model, scoped, sqlfiles, table_versions
from tend.store.derived.health import daily, health
from tend.store.derived.table_versions import Marks
from tend.store.workspace import Workspace
from tend.view import DIMENSIONS, View, folded, previous_window, year_before

# Room for a million rows is held for each column of an answer otherwise, for five rows as well.
_ROWS_AT_ONCE = 2048
_COMPARED = ("previous_first_day", "previous_last_day", "year_first_day", "year_last_day")


def run(workspace: Workspace, name: str, view: View, **extra: object) -> pa.Table:
    """Run a named query for a view; `extra` gives parameters the view does not hold.

    Raises TendError for an unknown query, and KeyError for a missing or an extra parameter.
    """
    query = library.find(name)
    if surplus := extra.keys() - query.parameters.keys():
        raise KeyError(f"{name} has no parameter {sorted(surplus)}")
    with tally.timed("named"):
        try:
            return _answer(workspace, query, view, extra)
        except DatabaseBrokeError:  # it, not the question: on a sound one it is asked once more
            return _answer(workspace, query, view, extra)


@cache
def words(name: str) -> frozenset[str]:
    """Give all words of a query and of the model behind it: what it reads is among them."""
    behind = table_versions.words_behind(library.file(name))
    return behind | daily.READS if library.find(name).scored else behind


def dimensions(workspace: Workspace) -> tuple[str, ...]:
    """Give all dimensions of the workspace: the named ones, then extra customer columns (D5)."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            "select distinct unnest(map_keys(extra)) as header from stg_customers order by header"
        ).fetchall()
    return (*DIMENSIONS, *(header for (header,) in rows if header not in DIMENSIONS))


def rehearse(
    workspace: Workspace, draft: Settings, view: View, names: Iterable[str], **extra: object
) -> dict[str, pa.Table]:
    """Answer named queries as they would be with other settings; nothing is kept.

    Raises TendError for who may not change settings or does not see all: it tells of all customers.
    """
    workspace.require("settings")
    if not workspace.person.sees.is_whole:
        raise TendError("rehearsal_of_all")
    asked = [library.find(name) for name in names]
    files = sqlfiles.behind("model", [library.file(query.name) for query in asked])
    with health.drafted(workspace, draft) as cursor, model.beside(cursor):
        model.make(cursor, files, model.parameters(draft, view.as_of))
        given = {**offered(draft, view), **extra}
        return {query.name: _run(cursor, query, given) for query in asked}


def missing(query: Query, given: Iterable[str]) -> list[str]:
    """Name the query's parameters that neither settings, a view nor what is `given` holds."""
    known = {*offered(Settings(), View(date.min)), *given}
    needed = (name for name, one in query.parameters.items() if not one.is_optional)
    return sorted(name for name in needed if name not in known)


def comparison(view: View) -> dict[str, object]:
    """Give the parameters of the period before and the year before the view's window."""
    if view.start is None or view.end is None:
        nothing = date.min  # no window, nothing to compare with: windows in which nothing ends
        return dict.fromkeys(_COMPARED, nothing)
    a_year_before = year_before(view.start, view.end)
    before = a_year_before if view.is_yearly else previous_window(view.start, view.end)
    days = (*before, *a_year_before)
    return dict(zip(_COMPARED, days, strict=True))


def _answer(
    workspace: Workspace, query: Query, view: View, extra: Mapping[str, object]
) -> pa.Table:
    days = scored_days(query.scored, view, extra)
    with reading(workspace, view.as_of, _model_behind(query.name), days) as seen:
        given = {**offered(seen.marks.settings, view), **extra}
        return _run(seen.cursor, query, given, seen.facts)


@dataclass(frozen=True)
class Seen:
    """What a question is asked of: workspace and model of one version, as its asker sees them."""

    cursor: duckdb.DuckDBPyConnection
    marks: Marks
    facts: str = CATALOGUE
    scope: Scope = ALL


@contextlib.contextmanager
def reading(
    workspace: Workspace,
    as_of: date,
    behind: Sequence[sqlfiles.SqlFile],
    days: Collection[date] | None = None,
) -> Iterator[Seen]:
    """Lend a cursor that sees the model of a day, and health of certain days where it is asked for.

    The tables of these days go by their name alone, those that are kept by that of the workspace.
    """
    with contextlib.ExitStack() as stack:
        scored = None
        if days is not None:
            marks = workspace.snapshots.marks(workspace)
            scored = stack.enter_context(workspace.health_days.on_days(workspace, days, marks))
        scope = workspace.person.sees
        cursor, found, facts = stack.enter_context(
            workspace.snapshots.seen(workspace, as_of, behind, scope)
        )
        if scored:
            scoped.keep_own(cursor, scored, facts)
            own = cursor.execute("select current_database()").fetchone()
            assert own is not None
            cursor.execute(f"set search_path = '{own[0]}.main,{scored}.main'")
        yield Seen(cursor, found, facts, scope)


def scored_days(
    scored: Collection[str], view: View, extra: Mapping[str, object]
) -> frozenset[date] | None:
    """Give the days on which health is scored for a query: its own, or where it is to be exact."""
    if not scored:
        return None
    until = min(view.end or view.as_of, view.as_of)
    since = min(view.start, view.as_of) if view.start else until.replace(day=1) - timedelta(days=1)
    both = {since, until}
    days = {"as_of": {view.as_of}, "since": both, "window": both if extra.get("exact") else set()}
    return frozenset(day for name in scored for day in days[name])


def _run(
    cursor: duckdb.DuckDBPyConnection,
    query: Query,
    given: Mapping[str, object],
    facts: str = CATALOGUE,
) -> pa.Table:
    chosen = {
        name: given.get(name) if one.is_optional else given[name]
        for name, one in query.parameters.items()
    }
    sql = scoped.seen_from(query.sql, facts)
    return _compact(cursor.execute(sql, chosen).to_arrow_table(_ROWS_AT_ONCE))


def _compact(table: pa.Table) -> pa.Table:
    """Give the table in as many bytes as its values take.

    DuckDB hands over columns in buffers with room for many more rows: five rows of fifteen columns
    hold 250 KB, of which `nbytes` tells 562. Answers are kept, so this was what filled the memory.
    """
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return pa.ipc.open_stream(pa.py_buffer(sink.getvalue().to_pybytes())).read_all()


def offered(settings: Settings, view: View) -> dict[str, object]:
    """Give what every query may ask for: definitions, the view, and the periods before it."""
    return {**model.parameters(settings, view.as_of), **_from_view(view), **comparison(view)}


def _from_view(view: View) -> dict[str, object]:
    chosen: dict[str, list[str]] = {}
    for dimension, values in view.filters:
        chosen.setdefault(dimension, []).extend(folded(value) for value in values)
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
    return sqlfiles.behind("model", (library.file(name),))
