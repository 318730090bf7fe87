"""Nobody reads a cell of a customer outside their scope: by no query, table, file or door."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any, get_args

import pytest

from tend.acts import entered_workbook, merges, notebooks
from tend.ingest.results import Cells
from tend.language.errors import TendError
from tend.people.person import Person, Role, Scope
from tend.queries import asking, library
from tend.queries.door import asking as door
from tend.queries.door import names, tables
from tend.store.derived import sqlfiles
from tend.store.erased import uploads
from tend.store.facts import entry_export, imports, preview, rejected, reports, row_cells, twins
from tend.store.watched import log
from tend.view import View
from tests.kit.companies import UNTIL
from tests.kit.samples import planted
from tests.kit.samples.planted import mark, texts
from tests.people.conftest import CSM, INES, PINNED, Planted, seen

WINDOW = (date(2025, 10, 1), UNTIL)
ROLES: tuple[Role, ...] = get_args(Role)
GROUPS = (None, "csm", "industry", "product", "Province")
PERIODS = (None, "month", "quarter", "year")
LISTED: dict[str, list[object]] = {
    "standing": [None, "in_force", "churned"],
    "exact": [None, True],
    "search": [None, "zq"],
}


def hidden(company: Planted, person: Person) -> frozenset[str]:
    """Give what must not be found in any cell that a person gets."""
    marks = company.hidden if not person.sees_all else frozenset()
    return marks | (planted.persons(company.sheets) if person.is_masked else frozenset())


def found(value: object, wanted: frozenset[str]) -> set[str]:
    """Give what is found of these in a value, wherever it stands in it."""
    return {one for text in texts(value) for one in wanted if one in text}


def given(query: library.Query, company: Planted) -> Iterator[dict[str, Any]]:
    """Give the parameters of a query: each group, own and foreign ids, what lists are cut to."""
    choices: dict[str, list[Any]] = {
        name: values for name, values in LISTED.items() if name in query.parameters
    }
    if "customer_id" in query.parameters:
        choices["customer_id"] = [min(company.mine), min(company.foreign)]
    if "contract_id" in query.parameters:
        contracts = company.sheets["contracts"]
        choices["contract_id"] = [
            next(row["contract_id"] for row in contracts if row["customer_id"] == one)
            for one in (min(company.mine), min(company.foreign))
        ]
    if query.name == "sources":
        choices["dataset"] = ["customers", "contracts", "touches", "tasks", "decisions"]
        choices["key"] = [min(company.mine), min(company.foreign)]
    for values in product(*choices.values()):
        yield dict(zip(choices, values, strict=True))


def views(query: library.Query) -> Iterator[View]:
    """Give the views that are asked: by each dimension where the query groups."""
    groups = PERIODS if query.name == "arr_periods" else GROUPS
    for group in groups if "group_by" in query.parameters else (None,):
        yield View(UNTIL, *WINDOW, group_by=group)


@pytest.mark.parametrize(
    "person", [seen(), seen(is_masked=True), seen(sees_all=True, is_masked=True)]
)
def test_no_query_tells_of_others(company: Planted, person: Person) -> None:
    """Every named query, with its groups and ids, own and foreign; and something is told."""
    workspace, wanted = company.workspace.seen_by(person), hidden(company, person)
    asked = told = 0
    for query in library.queries().values():
        for view, own in product(views(query), given(query, company)):
            if "dimensions" in query.parameters:
                own["dimensions"] = list(asking.dimensions(workspace))
            rows = asking.run(workspace, query.name, view, **own).to_pylist()
            asked, told = asked + 1, told + len(rows)
            assert not found(rows, wanted), (query.name, view.group_by, own)
    assert (asked > 240, told > 1000) == (True, True)


def test_what_one_sees_follows_from_the_scope_alone() -> None:
    """Whatever the role: so what holds of the three scopes holds of all sixteen combinations."""
    for role, sees_all, is_masked in product(ROLES, (False, True), (False, True)):
        person = seen(role=role, sees_all=sees_all, is_masked=is_masked)
        assert person.sees == Scope(
            None if sees_all else (CSM,), is_masked, "" if sees_all else person.name
        )


@pytest.mark.parametrize("person", [seen(), seen(is_masked=True)])
def test_no_table_holds_a_row_of_others(company: Planted, person: Person) -> None:
    """Tables of the workspace, of the model, and the files that the door's child is given."""
    workspace, wanted = company.workspace.seen_by(person), hidden(company, person)
    with workspace.cursor() as cursor:
        there = [
            name
            for (name,) in cursor.execute(
                "select view_name from duckdb_views()"
                " where database_name = current_database() and not internal"
            ).fetchall()
        ]
        for name in there:
            if not name.endswith("_in_scope"):
                assert not found(cursor.execute(f"from {name}").fetchall(), wanted), name
    assert len(there) > 40
    with asking.reading(workspace, UNTIL, sqlfiles.files("model")) as opened:
        for name in names.model():
            assert not found(opened.cursor.execute(f"from {name}").fetchall(), wanted), name
    every = [*names.model(), *(f"{names.BEHIND}.{name}" for name in names.behind())]
    with tables.of(workspace).lent(workspace, UNTIL, every, None) as (files, _):
        for path in files.values():
            assert not {one for one in wanted if one.encode() in path.read_bytes().lower()}, path


def test_the_door_answers_of_own_customers(company: Planted) -> None:
    """A table asked through the child has the own customers, and no other."""
    workspace = company.workspace.seen_by(seen())
    for sql in ("select customer_id from customers", "select customer_id from tend.stg_customers"):
        answered = door.ask(workspace, sql, View(UNTIL)).table.column(0).to_pylist()
        assert {*answered} == company.mine
    whole = door.ask(company.workspace, sql, View(UNTIL)).table.num_rows
    assert whole == len(company.mine | company.foreign) - 1  # two were made one


def test_what_the_store_tells(company: Planted) -> None:
    """History, reports, rejected rows, cells of files, merges, twins, exports: of one's own."""
    workspace, wanted = company.workspace.seen_by(seen()), hidden(company, seen())
    told: list[object] = []
    for row in imports.history(workspace):
        number = row["import_id"]
        assert isinstance(number, int)
        told.append(row)
        with workspace.cursor() as cursor:
            report = reports.of_import(cursor, number)
        told += [report.as_json("en"), report.as_json("zh")]
        with pytest.raises(TendError):  # cells as they came, of whoever they are
            rejected.table(workspace, number, 1, "en")
    told += [imports.status(workspace), merges.standing(workspace), merges.apart(workspace)]
    told += [workspace.read(twins.found), entry_export.facts(workspace)]
    told += [[*log.seen(workspace)], log.sheets_before(workspace)]
    told += [notebooks.listed(workspace, "en"), asking.dimensions(workspace)]
    assert not found([repr(one) for one in told], wanted)
    assert b"zq" in entered_workbook.workbook(workspace, "en") or told
    kept = {one.notebook.id for one in notebooks.listed(workspace, "en") if not one.is_shipped}
    assert kept == {f"nb-{PINNED}", f"nb-{INES}"}
    assert len(notebooks.versions(workspace, f"nb-{PINNED}")) == 1


def test_what_names_nobody_is_of_who_wrote_it(company: Planted) -> None:
    """Ines sees what she has written, and on which days there were meetings."""
    rows = company.workspace.seen_by(seen()).read(
        lambda cursor: cursor.execute(
            "select decision from stg_decisions where customer_id is null order by decision"
        ).fetchall()
    )
    assert rows == [("Meeting",), (f"Word {INES}",)]


def test_cells_of_a_file_are_those_of_own_rows(company: Planted) -> None:
    """Places of others give nothing, whoever names them; persons are not shown where masked."""
    whole = company.workspace
    key = {"dataset": "customers", "of_row": None}

    def cells(person: Person, customer: str) -> list[tuple[tuple[str, str], ...]]:
        rows = asking.run(whole, "sources", View(date.max), key=customer, **key).to_pylist()
        workspace = whole.seen_by(person)

        def read(name: str, content: str, wanted: row_cells.Wanted) -> Cells:
            return row_cells.of_file(workspace, name, content, wanted)

        return [*row_cells.told(workspace, "customers", rows, "en", read).values()]

    own, foreign = min(company.mine), min(company.foreign)
    assert cells(seen(), own)
    assert cells(Person("Ann"), foreign)
    assert cells(seen(), foreign) == []
    masked = [cell for row in cells(seen(is_masked=True), own) for cell in row]
    assert not found(masked, planted.persons(company.sheets))
    assert any("zq" in cell for _, cell in masked)


def test_a_file_as_it_came_is_for_who_sees_all_of_it(company: Planted) -> None:
    """The kept file holds everybody's rows, and names."""
    [first] = [row for row in imports.history(company.workspace) if row["file"] == "all.xlsx"]
    asked = "select content_hash from imports where import_id = ?"
    [(content,)] = company.workspace.read(
        lambda cursor: cursor.execute(asked, [first["import_id"]]).fetchall()
    )
    for person in (seen(), seen(is_masked=True), seen(sees_all=True, is_masked=True)):
        assert uploads.own_file(company.workspace.seen_by(person), "all.xlsx", content) is None
    assert uploads.own_file(company.workspace, "all.xlsx", content) is not None


def test_a_rehearsal_tells_of_all(company: Planted) -> None:
    """So it is for who sees all: of settings not at all, of files but counts."""
    own = company.workspace.seen_by(seen(role="admin"))
    with pytest.raises(TendError, match="sees all"):
        asking.rehearse(own, own.settings, View(UNTIL), ["renewal_headline"])
    with pytest.raises(TendError):
        preview.rehearse(company.workspace.seen_by(Person("R", "reviewer", "p2")), [])
    assert preview.rehearse(own, []) == preview.Rehearsal(())


def test_the_marks_are_there_for_who_sees_all(company: Planted) -> None:
    """Else nothing of the above would say anything."""
    rows = asking.run(company.workspace, "customers", View(UNTIL, *WINDOW)).to_pylist()
    assert len(found(rows, frozenset(map(mark, range(1, planted.CUSTOMERS + 1))))) > 10
