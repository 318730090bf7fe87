"""A company in whose texts everybody's customers can be found, with all that people do to it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from tend.acts import decisions, merges, notebooks, tasks
from tend.notebook.cells import Cell, Notebook
from tend.people.person import Person, Role
from tend.store.facts import entries, imports
from tend.store.watched import log
from tend.store.watched.slips import Answer, Slip
from tend.store.workspace import Workspace, open_workspace
from tend.ui.state import data
from tests.kit import people
from tests.kit.companies import UNTIL, Companies
from tests.kit.samples import planted
from tests.kit.samples.planted import Sheets, mark

CSM, OTHER = "Ines Okar", "Bo Secret"
# Words of nobody's customers: what Bo wrote and pinned, what came by the folder, what Ines wrote.
BO, PINNED, CAME, INES, DRAFT = (mark(number) for number in (900, 901, 902, 903, 904))


# People of every role, the customers of one CSM, and all others, with their names.
Everyone = tuple[dict[str, Person], dict[str, str], dict[str, str]]


@dataclass(frozen=True)
class Planted:
    """The workspace, the sheets it was made of, and whose customers are whose at the end."""

    workspace: Workspace
    sheets: Sheets
    mine: frozenset[str]
    foreign: frozenset[str]

    @property
    def hidden(self) -> frozenset[str]:
        """Give the marks that the CSM may not find."""
        marks = {mark(int(one[1:5])) for one in self.foreign}
        return frozenset({*marks, mark(0), BO, CAME, DRAFT})


def seen(*, role: Role = "csm", sees_all: bool = False, is_masked: bool = False) -> Person:
    """Give somebody of a role who has the CSM's customers."""
    return Person(
        *("Ines", role, "p1"), csms=(CSM,), sees_all=sees_all, is_masked=is_masked, may_import=True
    )


def _named(workspace: Workspace, sheets: Sheets, mine: list[str]) -> None:
    """Enter what names persons: of their customer, and of none."""
    bo = workspace.seen_by(Person(OTHER))
    for row in sheets["customers"]:
        if row["key_contact"]:
            said = f"Thank {row['key_contact']} for the visit"
            tasks.add(bo, {row["customer_id"]: "Bo"}, said, due_on=UNTIL, day=UNTIL)
            whose = row["customer_id"] if row["customer_id"] in mine else None
            decisions.write(bo, said, day=UNTIL, customer_id=whose)


@pytest.fixture(scope="session")
def company(companies: Companies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    """Open the company, made once a run, for all who only read."""
    made, (sheets, mine) = companies.once("planted", _made)
    folder = tmp_path_factory.mktemp("planted") / "workspace"
    shutil.copytree(made / "workspace", folder)
    every = frozenset(row["customer_id"] for row in sheets["customers"])
    with open_workspace(folder) as workspace:
        yield Planted(workspace, sheets, frozenset(mine), every - {*mine})


def _made(folder: Path) -> tuple[Sheets, list[str]]:
    sheets = planted.sheets()
    mine = planted.of_csm(sheets, CSM)
    foreign = [row["customer_id"] for row in sheets["customers"] if row["customer_id"] not in mine]
    with open_workspace(folder / "workspace") as workspace, workspace.together():
        workspace.set("read_seconds", 300)
        report = imports.import_file(
            workspace, planted.written(folder / "all.xlsx", planted.untidy(sheets))
        )
        assert report.error is None
        _files(workspace, folder, mine[0], foreign[0])
        _entered(workspace, mine, foreign)
        _named(workspace, sheets, mine)
        # one customer comes to the CSM, one goes, of foreign ones two become one
        for number, csm in ((foreign[1], CSM), (mine[-1], "Jonas Pell")):
            entries.enter(workspace, "customers", [{"customer_id": number, "csm": csm}])
        merges.merge(workspace, foreign[3], foreign[4])
        merges.keep_apart(workspace, mine[0], foreign[5])
    return sheets, [*mine[:-1], foreign[1]]


def _files(workspace: Workspace, folder: Path, own: str, foreign: str) -> None:
    """Bring in a book with a sheet per customer, and files of one with rows that are refused."""
    book = Workbook()
    book.remove(book.active)
    for customer in (own, foreign):
        sheet = book.create_sheet(f"of {customer[-6:]}")
        sheet.append(["Customer ID", "Date", "Touch type", f"Mood {customer[-6:]}"])
        sheet.append([customer, date(2026, 9, 1), "Call", "fine"])
    book.save(folder / "touches.xlsx")
    for customer in (own, foreign):
        lines = f"Customer ID,Date,Touch type,Note\n{customer},2026-09-02,Call,once\n"
        lines += f"{customer},no day,Call,{customer[-6:]}\n"
        (folder / f"touches {customer[-6:]}.csv").write_text(lines, encoding="utf-8")
    for path in sorted(folder.glob("touches*")):
        assert imports.import_file(workspace, path).error is None
    slip = Slip("0" * 64, f"{CAME}.csv", "/drop", "bo", 1)
    with workspace.writing("import") as cursor:
        log.note(cursor, slip, Answer("waits", code="watched_conflict"))


def _entered(workspace: Workspace, mine: list[str], foreign: list[str]) -> None:
    """Enter a task and a decision of each, decisions and notebooks of nobody's customers."""
    bo, ines = workspace.seen_by(Person(OTHER)), workspace.seen_by(Person("Ines"))
    for customer in (mine[0], foreign[0]):
        said = f"Call {customer[-6:]}"
        tasks.add(bo, {customer: "Bo"}, said, due_on=UNTIL, day=UNTIL)
        decisions.write(bo, said, day=UNTIL, customer_id=customer)
    for who, word, pin in ((bo, BO, False), (bo, PINNED, True), (ines, INES, False)):
        decisions.write(who, f"Word {word}" if not pin else f"Word {BO}", day=UNTIL)
        book = Notebook(f"nb-{word}", f"Book {word}", (Cell("a", "markdown", f"Text {word}"),))
        # what stood in a page before it was pinned is a draft
        draft = Notebook(book.id, book.name, (Cell("a", "markdown", f"Text {DRAFT}"),))
        first = notebooks.keep(who, draft if pin else book)
        if pin:
            notebooks.keep(who, book, seen=first)
            notebooks.pin(who, notebooks.find(who, book.id, "en"))
    decisions.hold(bo, "Meeting", day=date(2026, 9, 7))


@pytest.fixture
def everyone(companies: Companies, monkeypatch: pytest.MonkeyPatch) -> Iterator[Everyone]:
    """Give people, the customers of one CSM, and all others, in a sample company of its own."""
    monkeypatch.setenv("TEND_WORKSPACE", str(companies.sample(customers=60, years=2)))
    workspace = data.workspace()
    csm = people.largest_csm(workspace)
    own, others = people.customers(workspace, csm)
    # a name that stands within another is no witness
    others = {one: name for one, name in others.items() if not any(name in o for o in own.values())}
    yield people.everybody(csm), own, others
    data.close()
