"""The command sql: one SELECT, by the same door as the notebook."""

import io
import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run, asked


def test_a_question_is_answered_in_every_format(run: Run, book: Path) -> None:
    """Table, CSV and JSON hold the same rows; formulas in texts are made harmless."""
    run("import", book)
    sql = "select customer_id, count(*) as n, '=1+1' as f from contracts group by 1 order by 1"
    rows = asked(run, "sql", sql, "--format", "json")
    assert [(row["n"], row["f"]) for row in rows] == [(2, "=1+1"), (1, "=1+1")]
    _, csv, _ = run("sql", sql, "--format", "csv")
    assert csv.splitlines()[0] == "customer_id,n,f"
    assert [line.split(",")[1:] for line in csv.splitlines()[1:]] == [
        ["2", "'=1+1"],
        ["1", "'=1+1"],
    ]
    _, table, _ = run("sql", sql)
    assert [line.split()[1] for line in table.splitlines()[1:]] == ["2", "1"]


def test_day_window_and_filters_are_parameters(run: Run, book: Path) -> None:
    """They are there by name, as the flags say; nothing happens to who does not name them."""
    run("import", book)
    flags = ("--as-of", "2025-06-30", "--from", "2025-01-01", "--to", "2025-12-31")
    sql = (
        "select $as_of as day, $first_day as since, $last_day as until, count(*) as n"
        " from contract_dimensions where is_in_filters($filters, keys)"
    )
    words = ("sql", sql, "--format", "json", *flags)
    everybody = asked(run, *words)
    retail = asked(run, *words, "--filter", "industry=Retail")
    assert everybody == [
        {"day": "2025-06-30", "since": "2025-01-01", "until": "2025-12-31", "n": 3}
    ]
    assert retail[0]["n"] == 2
    code, _, err = run(*words, "--filter", "nothing=Retail")
    assert (code, len(err.splitlines())) == (2, 1)


def test_what_is_refused_says_where(run: Run) -> None:
    """Exit 1 and one line with its place, in the workspace's language."""
    code, out, err = run("sql", "select 1,\n nope from customers")
    assert (code, out) == (1, "")
    assert err.startswith("tend: Line 2, column 2: There is no column nope")
    run("set", "language", "zh")
    _, _, err = run("sql", "drop table customers")
    assert re.fullmatch(r"tend: 第 1 行第 1 列：这里不能使用 DROP：.*\n", err)


def test_rows_that_are_left_out_are_told(run: Run) -> None:
    """The first rows are printed, and that there are more goes beside them."""
    run("set", "door_rows", 2)
    code, out, err = run("sql", "from range(5) as t(x)", "--format", "json")
    assert (code, json.loads(out)) == (0, [{"x": 0}, {"x": 1}])
    assert err == "tend: Only the first 2 rows are shown; the limit is the setting door_rows.\n"


def test_a_statement_comes_from_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is a question, too."""
    monkeypatch.setattr("sys.stdin", io.StringIO("select 1 as x -- the end\n"))
    assert asked(run, "sql", "-", "--format", "json") == [{"x": 1}]
