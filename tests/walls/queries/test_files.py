"""Every query file says what it answers, one row per what, and exactly the parameters it takes."""

import re
from dataclasses import replace

import duckdb

from tend.queries import library
from tend.queries.kinds import KINDS
from tend.queries.library import Column, Query
from tend.store.derived import sqlfiles
from tests.walls.sources import ROOT

MOST_LINES = 200  # a smell, not a law: about 90 is good
GOOD = """\
-- question: How many?
-- grain: one row
-- parameters:
--   day (date): a day
-- columns:
--   n (date): the day
select $day as n"""


def untrue(query: Query) -> list[str]:
    """Name what a header leaves out, says too much or says of a statement that does not read."""
    [statement] = duckdb.extract_statements(query.sql)
    header = query.sql.split("-- columns:")[0]
    meant = [one.meaning for one in (*query.parameters.values(), *query.columns.values())]
    twice = [one.meaning for one in library.shared().values() if f": {one.meaning}\n" in header]
    checks = {
        "words": all([query.question, *meant]),
        "says what is said once for all queries": not twice,
        "grain": query.grain.startswith("one row"),
        "select": statement.type == duckdb.StatementType.SELECT,
    }
    return [f"{query.name}: {what}" for what, holds in checks.items() if not holds]


def unreadable(name: str, sql: str) -> list[str]:
    """Name why a file is hard to read, or would end the database."""
    body = re.sub(r"'[^']*'|--[^\n]*", "", sql)
    checks = {
        "says not what it is": not sql.startswith("-- "),
        "is endless": len(sql.splitlines()) > MOST_LINES,
        "is loud": re.search(r"\b(SELECT|FROM|WHERE|JOIN|GROUP|ORDER)\b", body),
        # On few rows it can end the whole database (DuckDB 1.5.5, its issue 25713).
        "has a window over the whole table": re.search(r"over\s*\(\s*\)", sql),
    }
    return [f"{name} {fault}" for fault, is_there in checks.items() if is_there]


def test_every_metric_is_a_query() -> None:
    """Each file of the metrics is in the library, under its own name, and no other is."""
    files = [path.stem for path in (ROOT / "queries" / "metrics").rglob("*.sql")]
    assert sorted(files) == sorted(library.queries())


def test_headers_mean_something_and_metrics_only_read() -> None:
    """All of a header has its meaning, what is shared is not said again; it is one select."""
    assert [fault for query in library.queries().values() for fault in untrue(query)] == []


def test_query_files_are_readable() -> None:
    """They say in a comment what they are, are not endless, and are written in lower case."""
    files = sorted((ROOT / "queries").rglob("*.sql"))
    assert [
        fault for path in files for fault in unreadable(path.stem, path.read_text(encoding="utf-8"))
    ] == []


def test_the_guards_bite() -> None:
    """What a header lacks, a statement that writes, and each way to be unreadable are found."""
    good = library.parse(sqlfiles.SqlFile("good", GOOD))
    assert untrue(good) == []
    assert untrue(replace(good, question="")) == ["good: words"]
    assert untrue(replace(good, columns={"n": Column(KINDS["date"], "")})) == ["good: words"]
    assert untrue(replace(good, grain="rows")) == ["good: grain"]
    assert untrue(replace(good, sql="create table x as select $day")) == ["good: select"]
    as_of = GOOD.replace("day (date): a day", f"as_of: {library.shared()['as_of'].meaning}")
    [fault] = untrue(library.parse(sqlfiles.SqlFile("twice", as_of.replace("$day", "$as_of"))))
    assert fault == "twice: says what is said once for all queries"
    assert unreadable("good", GOOD) == []
    bad = ("select 1", "-- x\n" * (MOST_LINES + 1), f"{GOOD} FROM x", f"{GOOD}, sum(n) over ( )")
    assert [len(unreadable("bad", sql)) for sql in bad] == [1, 1, 1, 1]
