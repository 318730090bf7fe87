"""Every query file says what it answers, one row per what, and exactly the parameters it takes."""

import re
from pathlib import Path

import duckdb
import pytest

from tend import queries
from tend.language.errors import TendError
from tend.store.derived import sqlfiles
from tests.walls.sources import ROOT

FILES = sorted((ROOT / "queries").rglob("*.sql"))
METRICS = sorted((ROOT / "queries" / "metrics").rglob("*.sql"))
MOST_LINES = 200  # a smell, not a law: about 90 is good
GOOD = """\
-- question: How many?
-- grain: one row
-- parameters:
--   day: a day
-- columns:
--   n: a number
select $day as n"""


@pytest.mark.parametrize("path", METRICS, ids=lambda path: path.stem)
def test_header_and_parameters_agree(path: Path) -> None:
    """The header's parameters are those that the statement takes, no fewer and no more."""
    query = queries.library()[path.stem]
    [statement] = duckdb.extract_statements(query.sql)
    assert query.parameters.keys() == statement.named_parameters
    assert query.question
    assert query.grain.startswith("one row")
    assert all(query.parameters.values())
    assert all(query.columns.values())


@pytest.mark.parametrize("path", METRICS, ids=lambda path: path.stem)
def test_a_metric_only_reads(path: Path) -> None:
    """One statement, and it is a select."""
    [statement] = duckdb.extract_statements(queries.library()[path.stem].sql)
    assert statement.type == duckdb.StatementType.SELECT


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_query_file_is_readable(path: Path) -> None:
    """It says in a comment what it is, is not endless, and is written in lower case."""
    sql = path.read_text(encoding="utf-8")
    assert sql.startswith("-- ")
    assert len(sql.splitlines()) <= MOST_LINES
    body = re.sub(r"'[^']*'|--[^\n]*", "", sql)
    assert not re.search(r"\b(SELECT|FROM|WHERE|JOIN|GROUP|ORDER)\b", body)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_window_spans_the_whole_table(path: Path) -> None:
    """`over ()` on few rows can end the whole database (DuckDB 1.5.5, its issue 25713)."""
    assert not re.search(r"over\s*\(\s*\)", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "bad",
    [
        GOOD.replace("$day", "1"),
        GOOD.replace("$day", "$day + $month"),
        GOOD.replace("-- question: How many?\n", ""),
        GOOD + ";\nselect 2",
    ],
    ids=["extra parameter", "missing parameter", "no question", "two statements"],
)
def test_the_guard_refuses_a_bad_header(bad: str) -> None:
    """A header that does not tell the truth raises."""
    assert queries.parse(sqlfiles.SqlFile("good", GOOD)).parameters == {"day": "a day"}
    with pytest.raises(TendError):
        queries.parse(sqlfiles.SqlFile("bad", bad))
