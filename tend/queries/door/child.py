"""The child that answers: it parses, tells what it needs, and runs one statement with all shut.

It is a copy of a warm process that holds a database in memory with the macros of the model; each
copy has one of its own. The server hands it files with one table each, which it opens read-only.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from tend.child import inside
from tend.queries.door import cells, exchange, names, parsing, plain, wrong
from tend.queries.door.cells import OWN, Whole
from tend.queries.door.exchange import MOST_COLUMNS, Answered, Asked, Given, Limits, Value
from tend.queries.door.parsing import Parsed
from tend.queries.door.refused import Refused
from tend.store.database import functions
from tend.store.database.connection import quoted
from tend.store.derived import sqlfiles

_MEGA = 1024**2
_AS_A_PAGE = 1.0  # seconds in which a question is worth as much as a page
_ROWS_AT_ONCE = 2048
# Of the memory that a question may take, so much is DuckDB's; the rest is for what it gives.
_SHARE = 0.7
# Threads and their heaps are set apart before anything is in them.
_APART = 256 * _MEGA
_DEEPEST = 3000
_LONGEST = 200
_SHUT: dict[str, str | bool | int | float | list[str]] = {
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "errors_as_json": "true",
    "temp_directory": "",
    "threads": "1",  # more would not be copied with the process
}
_REHEARSED = """
    with a as (select x, $day as day, x::varchar as text from range(2) as t(x))
    select
        text, day, sum(x) as n, count(*) filter (x > 0) / nullif(count(*), 0) as rate,
        list(x order by x desc) as list, {'a': date_trunc('month', day)} as struct,
        case when x in (1, 2) then wilson_low(1, 2) end as low, interval 1 day as span,
        row_number() over (partition by text order by n desc) as place,
    from a left join range(2) as b(x) using (x) where x between 0 and 9 and text like '%'
    group by text, day, x having n >= 0 order by x"""
_ready: list[duckdb.DuckDBPyConnection] = []


def load() -> None:
    """Open a database in memory with all that has no tables: functions and macros."""
    import scipy.optimize  # noqa: F401 - the fits of curves need it

    connection = duckdb.connect(config=_SHUT)
    # DuckDB's own default one has threads, and a process of threads is not safely copied.
    with duckdb.default_connection():
        duckdb.set_default_connection(connection)
    functions.register(connection)
    connection.execute(sqlfiles.macros("model"))
    connection.execute(f"attach ':memory:' as {names.BEHIND}")
    _ready.append(connection)
    _rehearse()


def _rehearse() -> None:
    """Answer a statement of many kinds: what is loaded when it is first needed is loaded here."""
    asked = Asked({OWN: _REHEARSED}, True, Limits(1, 1, 1, _MEGA), 1)
    plan = _plan(asked.statements)
    names.needed(plan.together(_tables), plan.together(_called))
    with tempfile.TemporaryDirectory() as folder:
        answered = _run(plan.whole, Given({}, {"day": Value(date.min)}), asked.limits)
        exchange.write_answer(Path(folder), answered)


def main(folder: Path) -> int:
    """Do what is asked; leave an answer whatever happens, as long as the process lives."""
    asked = exchange.asked(folder)

    def refuse() -> None:
        exchange.write_refusal(folder, Refused("door_memory", {"mb": asked.limits.memory_mb}))

    return inside.within_memory(lambda: _work(folder, asked), refuse)


def _work(folder: Path, asked: Asked) -> int:
    limits = asked.limits
    memory = inside.taken() + limits.memory_mb * _MEGA + _APART
    inside.limit(inside.Bounds(memory, limits.seconds, 2 * limits.answer_bytes, _AS_A_PAGE))
    sys.setrecursionlimit(_DEEPEST)
    try:
        if asked.is_answered:
            exchange.write_answer(folder, _answer(folder, asked))
        else:
            exchange.write_said(folder, _reads(asked.statements))
    except Refused as refused:
        exchange.write_refusal(folder, refused)
    return 0


def _reads(statements: Mapping[str, str]) -> Mapping[str, object]:
    """Tell of each statement what it reads, or why it is refused."""
    found: dict[str, object] = {}
    for name, text in statements.items():
        try:
            parsed = _parsed(text, None)
            tables = [*parsed.tables, *parsed.earlier]
            found[name] = {"tables": tables, "parameters": list(parsed.parameters)}
        except Refused as refused:
            found[name] = {"refused": exchange.as_json(refused)}
    return {"reads": found}


def _parsed(text: str, known: Collection[str] | None) -> Parsed:
    try:
        return parsing.parse(_ready[0], text, known)
    except RecursionError:
        raise Refused("door_nested") from None
    except duckdb.Error as error:
        raise wrong.refused(error, cells.whole(text, {}), 0) from None


@dataclass(frozen=True)
class _Plan:
    """A statement with the cells it reads, in their order, and all that these read together."""

    whole: Whole
    read: Mapping[str, Parsed]

    def together(self, what: Callable[[Parsed], Iterable[str]]) -> set[str]:
        """Give what is read by any of them."""
        return {one for parsed in self.read.values() for one in what(parsed)}


def _plan(statements: Mapping[str, str]) -> _Plan:
    """Parse a statement and the cells that it reads, directly or through others."""
    others = {names.folded(name): name for name in statements if name != OWN}
    read: dict[str, Parsed] = {}
    waiting = [OWN]
    while waiting:
        name = waiting.pop()
        try:
            read[name] = _parsed(statements[name], others.keys() - {names.folded(name)})
        except Refused as refused:
            raise refused.inside(name) from None
        waiting += [others[one] for one in read[name].earlier if others[one] not in read]
    reads = {name: [others[one] for one in parsed.earlier] for name, parsed in read.items()}
    *order, _ = cells.in_order(reads)
    bare = {name: parsing.bare(statements[name]) for name in (*order, OWN)} if order else statements
    whole = cells.whole(bare[OWN], {name: bare[name] for name in order})
    if order:
        _read_again(whole)
    return _Plan(whole, read)


def _read_again(whole: Whole) -> None:
    """Parse what will run, too: texts that are sound each by itself may be others together."""
    try:
        _parsed(whole.text, ())
    except Refused as refused:
        raise Refused(refused.code, refused.params) from None


def _answer(folder: Path, asked: Asked) -> Answered:
    plan = _plan(asked.statements)
    named, called = (plan.together(what) for what in (_tables, _called))
    tables, macros = names.needed(named, called)
    parameters = plan.together(lambda parsed: parsed.parameters)
    _refuse_captured(plan, tables - named)
    print(json.dumps({"tables": sorted(tables), "parameters": sorted(parameters)}), flush=True)
    sys.stdin.read()
    given = exchange.given(folder)
    for name, parsed in plan.read.items():
        for parameter, place in parsed.parameters.items():
            if parameter not in given.parameters:
                raise Refused("door_parameter", {"name": parameter}, place).inside(name)
    try:
        _open(given, [file.statement for file in macros], asked)
        return _run(plan.whole, given, asked.limits)
    except (duckdb.Error, MemoryError, pa.ArrowException, OSError) as error:
        if getattr(error, "errno", None):  # of the system, not told by DuckDB through Arrow
            raise
        raise wrong.refused(error, plan.whole, asked.limits.memory_mb) from None


def _tables(parsed: Parsed) -> Iterable[str]:
    return parsed.tables


def _called(parsed: Parsed) -> Iterable[str]:
    return parsed.called


def _refuse_captured(plan: _Plan, of_macros: Collection[str]) -> None:
    """Refuse a cell named like a table that a macro reads: the macro would read the cell."""
    for cell in plan.read:
        if names.folded(cell) in of_macros:
            raise Refused("door_captured", {"name": cell})


def _open(given: Given, macros: Iterable[str], asked: Asked) -> None:
    """Open the files read-only, give the tables their names, and shut everything."""
    connection = _ready[0]
    connection.execute(f"set threads = {asked.threads}")
    connection.execute(f"set memory_limit = '{round(asked.limits.memory_mb * _SHARE)}MB'")
    for number, (name, path) in enumerate(given.files.items()):
        connection.execute(f"attach '{quoted(path)}' as file{number} (type duckdb, read_only)")
        place = name if "." in name else f"memory.main.{name}"
        connection.execute(f"create view {place} as from file{number}.{path.stem}")
    for statement in macros:
        connection.execute(statement)
    connection.execute(f"set search_path = 'memory.main,{names.BEHIND}.main'")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def _run(whole: Whole, given: Given, limits: Limits) -> Answered:
    """Run the statement until it ends, or gives more than an answer may have."""
    parameters = {name: value.bound() for name, value in given.parameters.items()}
    reader = _ready[0].execute(whole.text, parameters).to_arrow_reader(_ROWS_AT_ONCE)
    if len(reader.schema) > MOST_COLUMNS:
        raise Refused("door_columns", {"most": MOST_COLUMNS})
    batches: list[pa.RecordBatch] = []
    rows, size, is_cut = 0, 0, False
    for batch in reader:
        fits = batch.slice(0, limits.rows - rows)
        size += fits.nbytes
        if size > limits.answer_bytes:
            raise Refused("door_bytes", {"mb": limits.answer_bytes // _MEGA})
        batches.append(fits)
        rows += fits.num_rows
        if is_cut := fits.num_rows < batch.num_rows:
            break
    try:
        return Answered(plain.table(batches, reader.schema), is_cut)
    except ValueError as error:
        raise Refused("door_shown", {"why": str(error)[:_LONGEST]}) from None
