"""The door: what it answers, how, and that nothing of it stays behind."""

import contextlib
import threading
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tend.child import processes
from tend.ingest import temporary
from tend.language import text
from tend.people.person import Person
from tend.queries import asking
from tend.queries.door import asking as door
from tend.queries.door import vocabulary
from tend.queries.door.asking import Answer, Reads
from tend.queries.door.refused import Refused
from tend.settings.company import Settings
from tend.store.audit import log, pages, texts
from tend.store.facts import imports
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.companies import UNTIL, Companies
from tests.kit.processes import wait_until

DAY = View(UNTIL)


@pytest.fixture
def company(companies: Companies) -> Workspace:
    """Give the sample company."""
    return companies.read()


def answered(
    workspace: Workspace, sql: str, view: View = DAY, **how: object
) -> list[dict[str, object]]:
    """Give the rows of an answer."""
    found: Answer = door.ask(workspace, sql, view, **how)  # type: ignore[arg-type]
    rows: list[dict[str, object]] = found.table.to_pylist()
    return rows


def refused(work: Callable[[], object]) -> tuple[str, int | None, int | None, str]:
    """Give code and place of a refusal, which says itself in both languages."""
    with pytest.raises(Refused) as told:
        work()
    error = told.value
    for language in text.LANGUAGES:
        said = error.message(language)
        assert "{" not in said.replace("${", "")
        assert "\n" not in said
    return error.code, error.line, error.column, error.cell


def test_a_statement_sees_the_model_of_the_day_with_its_parameters(company: Workspace) -> None:
    """Tables, macros, settings and filters are those of the view, as pages have them."""
    sql = (
        "select count(*) as n, sum(arr) as arr, $as_of as day, $grace_days as grace"
        " from customers_in_force(null, $filters, [$as_of])"
    )
    for day in (UNTIL, date(2025, 3, 31)):
        view = View(day, filters=(("size", ("large", "mid")),))
        [row] = answered(company, sql, view)
        headline = asking.run(company, "concentration", view).to_pylist()
        assert row["arr"] == pytest.approx(sum(one["arr"] for one in headline))
        assert (row["day"], row["grace"]) == (day, Settings().grace_days)
    dimensions = answered(company, "select $dimensions as all_of_them")[0]["all_of_them"]
    assert dimensions == door.offered(company, DAY)["dimensions"]


def test_earlier_cells_are_tables(company: Workspace) -> None:
    """Only those that are named are run, in the order in which they read each other."""
    cells = {
        "broken": "selec",
        "Twice": 'select n * 2 as n from "of tier"; -- the end',
        "of tier": "with x as (select tier from customers) select count(*) as n from x order by n",
        "customers": "select *, 1 as mine from customers",
    }
    [found] = answered(company, "select n from twice;", cells=cells)
    [alone] = answered(company, "select 2 * count(*) as n from customers")
    assert found == alone
    rows = answered(
        company, "with a as (select 1 as x union select 2) from a order by x desc", cells=cells
    )
    assert [row["x"] for row in rows] == [2, 1]
    [mine] = answered(company, "select sum(mine) as n from customers", cells=cells)
    assert [mine] == answered(company, "select count(*) as n from customers")
    captured = "select count(*) from lives(null, $filters, $as_of)"
    named = {"contracts": "select 1 as x"}
    joined = f"select * from contracts, ({captured})"
    assert refused(lambda: door.ask(company, joined, DAY, cells=named))[0] == "door_captured"
    circle = {"a": "from b", "b": "from a"}
    assert refused(lambda: door.ask(company, "from a", DAY, cells=circle))[0] == "door_circle"


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("select\n  nope from customers", ("door_column_near", 2, 3, "")),
        ("select\n  c.nope from customers as c", ("door_column", 2, 3, "")),
        ("select 1\nfrom nothing_such", ("door_table", 2, 6, "")),
        ("select '客户', read_text('x')", ("door_function", 1, 14, "")),
        ("select 1 +\n\n selec from", ("door_syntax", None, None, "")),
        ("select 'x'::int\nfrom customers", ("door_conversion", 1, 11, "")),
        ("select * from a,\n customers where nope = 1", ("door_column_near", 2, 18, "")),
        ("select * from b", ("door_column_near", 2, 1, "b")),
        ("select $nobody from a", ("door_parameter", None, None, "")),
    ],
)
def test_errors_stand_at_their_place(
    company: Workspace, sql: str, told: tuple[str, int | None, int | None, str]
) -> None:
    """Line and column are those of the statement, whatever cells stand before it."""
    cells = {"a": "select 1 as x,\n 'ü' as y", "b": "select\nnope from a"}
    found = refused(lambda: door.ask(company, sql, DAY, cells=cells))
    assert found[0] == told[0]
    if told[1]:
        assert found == told


def test_answers_are_plain(companies: Companies) -> None:
    """Every type of DuckDB comes as one that tables, charts, JSON and CSV can show."""
    sql = """
        select 1::hugeint as huge, 2.50::decimal(9, 2) as part, [1.5, null] as list,
            {'day': date '2024-02-29', 'span': interval 14 month} as struct,
            map {'a': time '10:30'} as map, interval '1 year 3 days 02:00' as span,
            'b'::enum ('a', 'b') as word, 'nan'::double as nan, '\\x01'::blob as bytes,
            timestamp '2024-01-01 10:00' as at, null as nothing, 1::union(k int) as one_of,
            sum(x) as n, 1 as n, date 'infinity' as far,
            170141183460469231731687303715884105727 as most
        from range(4) as t(x)"""
    [row] = answered(companies.read(), sql)
    nan = row.pop("nan")
    assert nan != nan
    assert row.pop("far")
    assert row.pop("most") == 170141183460469231731687303715884105727
    assert row == {
        "huge": 1, "part": 2.5, "list": [1.5, None], "map": [("a", "10:30:00")], "word": "b",
        "struct": {"day": date(2024, 2, 29), "span": "1 year 2 months"}, "bytes": "01",
        "span": "1 year 3 days 2:00:00", "at": row["at"], "nothing": None, "one_of": "1",
        "n": 6, "n_2": 1,
    }  # fmt: skip


def test_limits_are_settings(workspace: Workspace) -> None:
    """Rows, seconds and memory are the company's to say, and counted from the next question on."""
    workspace.set("door_rows", 3)
    found = door.ask(workspace, "from range(10) as t(x) order by x desc", DAY)
    assert (found.table.column("x").to_pylist(), found.is_cut) == ([9, 8, 7], True)
    assert not door.ask(workspace, "from range(3)", DAY).is_cut
    workspace.set("door_memory_mb", 64)
    big = "select len(list(x)) from range(20000000) as t(x)"
    assert refused(lambda: door.ask(workspace, big, DAY))[0] == "door_memory"
    workspace.set("door_memory_mb", 1024)
    assert door.ask(workspace, big, DAY).table.num_rows == 1


def test_files_follow_what_changed(workspace: Workspace, tmp_path: Path) -> None:
    """What was imported since is in the next answer; tables that stand are not written anew."""
    sql = "select count(*) as n from contracts"
    assert answered(workspace, sql) == [{"n": 0}]
    csv = tmp_path / "contracts.csv"
    csv.write_text("Customer,Start date,End date,Amount\nAlder,2026-01-01,2026-12-31,100\n")
    assert imports.import_file(workspace, csv).error is None
    assert answered(workspace, sql) == [{"n": 1}]
    assert answered(workspace, sql, View(date(2020, 1, 1))) == [{"n": 0}]
    assert answered(workspace, "select count(*) as n from stg_contracts") == [{"n": 1}]
    assert answered(workspace, "select count(*) as n from tend.stg_contracts") == [{"n": 1}]


def test_a_question_can_be_stopped(workspace: Workspace) -> None:
    """It ends at once, and so does its process; those who wait for their turn leave, too."""
    endless = "select count(*) from range(1000000) a, range(1000000) b"
    told: dict[str, str] = {}

    def ask(ticket: str) -> None:
        told[ticket] = refused(
            lambda: door.ask(workspace.seen_by(Person("Ana")), endless, DAY, ticket=ticket)
        )[0]

    threads = [threading.Thread(target=ask, args=(ticket,)) for ticket in ("runs", "waits")]
    for thread in threads:
        thread.start()
    wait_until(lambda: len(door._turns._queue) == 2)
    door.stop("waits")
    door.stop("runs")
    door.stop("nobody")
    for thread in threads:
        thread.join(30)
    assert told == {"runs": "door_stopped", "waits": "door_stopped"}
    wait_until(lambda: not _children())


def test_nothing_stays_behind(workspace: Workspace) -> None:
    """No process, no file beside those of tables, nothing in the workspace but the log."""
    before = {path.name for path in workspace.path.iterdir()}
    for sql in ("select 1", "selec", "select repeat('x', 2000000000)", "from contracts"):
        with contextlib.suppress(Refused):
            door.ask(workspace.seen_by(Person("Ana")), sql, DAY)
    made = {path.name for path in workspace.path.iterdir()} - before
    assert made <= {log.FILE, log.LAST, texts.FILE}
    kept = list(temporary._home().glob("door-*/*/*"))
    assert {path.suffix for path in kept} <= {".duckdb"}
    wait_until(lambda: not _children())
    page = pages.page(workspace.path, pages.Wanted(what="sql"))
    asked = [(page.texts[one.number], one.about.get("refused")) for one in reversed(page.lines)]
    assert asked[:3] == [
        ("select 1", None),
        ("selec", "door_syntax"),
        ("select repeat('x', 2000000000)", "door_memory"),
    ]
    assert page.lines[-1].about["rows"] == 1
    for name in made:
        assert (workspace.path / name).stat().st_mode & 0o777 == 0o600


def test_a_killed_child_is_one_sentence(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever ends it; also where processes cannot be copied; the next question is answered."""
    assert answered(workspace, "select 1 as x") == [{"x": 1}]
    for one in [one for one in processes.running if one.work == door._CHILD]:
        one.process.kill()
        one.process.wait()
    assert answered(workspace, "select 2 as x") == [{"x": 2}]
    monkeypatch.setattr(processes, "_IS_COPIED", False)
    assert answered(workspace, "select count(*) as x from contracts") == [{"x": 0}]
    assert refused(lambda: door.ask(workspace, "from nothing_such", DAY))[0] == "door_table"


def test_what_statements_read_is_told_in_one_go() -> None:
    """Tables, earlier cells among them, and parameters; one that is no SQL hides no other."""
    found: Mapping[str, Reads | Refused] = door.reads_all(
        {
            "a": "select * from renewals join mine using (customer_id) where end_date > $since",
            "b": "with x as (from contracts) select * from x, lateral (from y)",
            "bad": "selec",
            "closed": "select getenv('HOME')",
        }
    )
    assert found["a"] == Reads(frozenset({"renewals", "mine"}), frozenset({"since"}))
    assert found["b"] == Reads(frozenset({"contracts", "y"}), frozenset())
    codes = [one.code for one in (found["bad"], found["closed"]) if isinstance(one, Refused)]
    assert codes == ["door_syntax", "door_function"]
    assert refused(lambda: door.reads("from a; from b"))[0] == "door_several"


def test_the_vocabulary_means_something(workspace: Workspace) -> None:
    """Every table that is offered can be asked, each column has its meaning in both languages."""
    tables = vocabulary.vocabulary(workspace)
    assert [table.name for table in tables] == list(vocabulary.OFFERED)
    sql = " union all ".join(
        f"select '{one.name}' as name, count({', '.join([one.columns[0][0]])}) as n from {one.name}"
        for one in tables
    )
    assert len(answered(workspace, sql)) == len(tables)
    for table in (*tables, *vocabulary.vocabulary(workspace, "zh")):
        assert table.grain
        assert all(meaning for _, _, meaning in table.columns)
    known = {
        name
        for (name,) in duckdb.execute("select function_name from duckdb_functions()").fetchall()
    }
    own = set(vocabulary.FUNCTIONS["curves"])
    offered = {one for of in vocabulary.FUNCTIONS.values() for one in of} - own
    # Some are made by the parser alone, under no name of the catalogue.
    assert offered - known <= {"row", "unnest", "current_timestamp", "current_date"}


def _children() -> list[str]:
    pids = [one.process.pid for one in processes.running]
    return [
        child
        for pid in pids
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    ]
