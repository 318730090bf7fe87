"""Every query file says what it answers, one row per what, and exactly the parameters it takes."""

import re
from pathlib import Path

import duckdb
import pytest

from tend.queries import library
from tests.walls.sources import ROOT

FILES = sorted((ROOT / "queries").rglob("*.sql"))
METRICS = sorted((ROOT / "queries" / "metrics").rglob("*.sql"))
MOST_LINES = 200  # a smell, not a law: about 90 is good


@pytest.mark.parametrize("path", METRICS, ids=lambda path: path.stem)
def test_a_header_says_what_it_means_and_nothing_twice(path: Path) -> None:
    """A question, a grain, a meaning everywhere; what all queries share is said in one place."""
    query = library.queries()[path.stem]
    assert query.question
    assert query.grain.startswith("one row")
    assert all(one.meaning for one in (*query.parameters.values(), *query.columns.values()))
    header, shared = query.sql.split("-- columns:")[0], library.shared().values()
    assert [one.meaning for one in shared if f": {one.meaning}\n" in header] == []


@pytest.mark.parametrize("path", METRICS, ids=lambda path: path.stem)
def test_a_metric_only_reads(path: Path) -> None:
    """One statement, and it is a select."""
    [statement] = duckdb.extract_statements(library.queries()[path.stem].sql)
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
