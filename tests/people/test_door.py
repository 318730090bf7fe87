"""The SQL door attacked by who sees a part: no table, day, macro or name gives a row of others."""

from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from tend.people.person import ALL, Person
from tend.queries import asking, library
from tend.queries.door import asking as door
from tend.queries.door import names, tables
from tend.queries.door.refused import Refused
from tend.store.derived import scoped, sqlfiles
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.companies import UNTIL
from tests.people.conftest import Planted, seen
from tests.people.test_reads import found, hidden

# Today, a past month end, and the middle of a month, for which health is scored.
SCORED = "-- question: ?\n-- scored: as_of\n"
DAYS = {UNTIL: "", date(2025, 12, 31): "", date(2026, 5, 13): SCORED}
# What is not of the vocabulary, or is everybody's under another name; {} is filled in.
ATTACKS = (
    *("from {scope}.stg_customers", "from {whole}.customers", "from tend.customers_in_scope"),
    *("from customers_in_scope", "from tend.people", "from tend.people_domains"),
    *("from tend.settings", "from tend.settings_history", "from tend.rows_customers"),
    *("from tend.mappings", "from tend.rejected_rows", "from tend.customer_merges"),
    *("from tend.main.stg_customers", "from main.customers", "from memory.main.customers"),
    *("from information_schema.tables", "from duckdb_tables()", "from duckdb_views()"),
    *("from duckdb_databases()", "from pragma_database_list()", "from sqlite_master"),
    *("from '{file}'", "from read_blob('{file}')", "from glob('{folder}/*/*')"),
    *("attach '{file}' as other", "use {scope}", "pragma show_tables", "show all tables"),
    *("from query('from tend.stg_customers')", "from query_table('tend.stg_customers')"),
    *("select getenv('TEND_WORKSPACE')", "select current_setting('search_path')"),
    "create or replace macro past_cases(days) as table from tend.stg_customers",
    "copy (from customers) to '{folder}/all.csv'",
    "with customers as (from tend.stg_customers) from customers",
    "from customers as c full join tend.stg_contracts as k on true limit 9999",
    "select tend.stg_names.* from tend.stg_names, customers",
    "from tend.stg_customers at (version => 1)",
    "from customers where customer_id = $who or csm <> 'Ines Okar' or true",
    "select * from customers_listed(map {{'csm': ['bo secret', 'jonas pell']}}, $as_of)",
    "from past_cases([$as_of])",
    "select map_keys(labels.extra), keys from customer_dimensions",
    "from tend.watched_files union all by name from tend.problems",
    "from tend.sheets union all by name from tend.imports",
)


@pytest.fixture(params=[seen(), seen(is_masked=True), seen(sees_all=True, is_masked=True)])
def person(request: pytest.FixtureRequest) -> Person:
    """Give who sees a part of the rows, of the cells, of both."""
    given: Person = request.param
    return given


def columns(workspace: Workspace) -> Mapping[str, tuple[str, ...]]:
    """Give all that can be named, with its columns."""
    with asking.reading(workspace, UNTIL, sqlfiles.files("model")) as opened:
        [(day,)] = opened.cursor.execute("select current_database()").fetchall()
        model = scoped.tables(opened.cursor, day)
        facts = scoped.tables(opened.cursor, opened.facts)
    behind = {f"{names.BEHIND}.{name}": facts[name] for name in names.behind()}
    return {**{name: model[name] for name in names.model()}, **behind}


def counts(workspace: Workspace, company: Planted, day: date) -> list[dict[str, object]]:
    """Count by the door the rows of own and of foreign customers, in each table that names one."""
    who = {"mine": sorted(company.mine), "others": sorted(company.foreign)}
    asked = " union all ".join(
        f"select '{name}' as name, count(*) as n,"
        " count(*) filter (list_contains($mine, customer_id)) as mine,"
        f" count(*) filter (list_contains($others, customer_id)) as others from {name}"
        for name, there in columns(workspace).items()
        if "customer_id" in there
    )
    rows: list[dict[str, object]] = door.ask(
        workspace, DAYS[day] + asked, View(day), given=who
    ).table.to_pylist()
    return rows


@pytest.mark.parametrize("day", DAYS)
def test_no_table_of_any_day_has_a_row_of_others(company: Planted, day: date) -> None:
    """Counted in the child, today, in the past and between month ends; own rows are there."""
    own = counts(company.workspace.seen_by(seen()), company, day)
    assert [row["name"] for row in own if row["others"]] == []
    assert sum(bool(row["mine"]) for row in own) > 25
    assert len(own) > 35
    if day == UNTIL:
        whole = counts(company.workspace, company, day)
        assert sum(bool(row["others"]) for row in whole) > 25  # the same count finds them


def attacks(company: Planted) -> Iterator[str]:
    """Give the attacks, with names and files of the whole workspace that are really there."""
    whole = company.workspace
    with tables.of(whole).lent(whole, UNTIL, ["customers"], None) as (files, _):
        file = files["customers"]
    for one in ATTACKS:
        yield one.format(
            scope=f"scope_{ALL.key}",
            whole=f"as_of_{UNTIL:%Y%m%d}",
            file=file,
            folder=file.parent.parent,
        )


def test_attacks_are_refused_or_tell_of_own_customers(company: Planted, person: Person) -> None:
    """What is read tells of own customers and no persons; all else is refused, before or then."""
    workspace, wanted = company.workspace.seen_by(person), hidden(company, person)
    every = dict(enumerate(attacks(company)))
    read = door.reads_all({str(number): sql for number, sql in every.items()})
    refused = [n for n in every if isinstance(read[str(n)], Refused)]
    told = 0
    for number in every.keys() - {*refused}:
        given = {"who": min(company.foreign)}
        try:
            rows = door.ask(workspace, every[number], View(UNTIL), given=given).table.to_pylist()
        except Refused:
            refused.append(number)
        else:
            told += len(rows)
            assert not found(rows, wanted), every[number]
    assert len(refused) > 25
    assert told > 0


def test_former_cases_in_a_cell_are_the_own_ones(company: Planted) -> None:
    """What chances are learned from is rows of everybody: a cell learns from those it may see."""
    asked = "select count(*) as n from past_cases([$as_of])"
    [[own], [whole]] = (
        door.ask(workspace, asked, View(UNTIL)).table["n"].to_pylist()
        for workspace in (company.workspace.seen_by(seen()), company.workspace)
    )
    assert 0 < own < whole


def test_a_named_query_in_a_cell_is_the_page(company: Planted) -> None:
    """With groups, health of the day, and of one's own customers alone."""
    workspace = company.workspace.seen_by(seen())
    view = View(UNTIL, date(2025, 10, 1), UNTIL)
    for name in ("customers", "week_due_list", "nps_respondents"):
        page = asking.run(workspace, name, view)
        cell = door.ask(workspace, library.find(name).sql, view).table
        assert cell.to_pylist() == page.to_pylist(), name
        assert not found(page.to_pylist(), hidden(company, seen()))
