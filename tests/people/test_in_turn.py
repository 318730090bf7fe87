"""Two of different scopes ask the same in turn while a third imports: never a foreign row.

They ask as pages do, with all that pages keep, and as notebooks do. What is imported gives a
customer to the one and to the other. Each row names its CSM: it is the one who asks.
"""

import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tend.notebook import running
from tend.notebook.running import Look, Question
from tend.people.person import Person
from tend.store.facts import imports
from tend.store.workspace import open_workspace
from tend.ui.state import data, person
from tend.view import View
from tests.kit.companies import UNTIL
from tests.people.conftest import Planted

TURNS = 1_000  # of both together
FILES = 4  # as many are imported meanwhile, at the least
ONE, OTHER = "Ines Okar", "Jonas Pell"
VIEW = View(UNTIL)
NAMES = ("customers", "directory", "nps_respondents")
CELL = Question("select customer_id, customer_name, csm from customers", Look(VIEW))
# A name that a thread has said stands for the sign-in of its session.
_who = threading.local()


@pytest.fixture
def served(company: Planted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Planted]:
    """Serve a copy, to whoever a thread says it is."""
    folder = tmp_path / "served"
    with company.workspace.whole_copy() as file:
        folder.mkdir()
        shutil.copy(file, folder / "tend.duckdb")
    open_workspace(folder).close()
    monkeypatch.setenv("TEND_WORKSPACE", str(folder))
    monkeypatch.setattr(person, "current", lambda: getattr(_who, "person", Person()))
    yield company
    data.close()


def plain(name: str) -> str:
    """Give a name in one way of writing it."""
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in name).lower()


class Turns:
    """What the two have asked and seen, and what the third has brought meanwhile."""

    def __init__(self, customer: str, folder: Path) -> None:
        self.customer, self.folder = customer, folder
        self.imported, self.over = 0, threading.Event()
        self.asked: Counter[str] = Counter()
        self.had: dict[str, set[bool]] = {ONE: set(), OTHER: set()}
        self.wrong: list[object] = []

    def ask(self, csm: str) -> None:
        """Ask as one of the two, until it is enough."""
        _who.person = Person(csm, "csm", csm[:1].lower(), csms=(csm,), sees_all=False)
        turn = 0
        while turn < TURNS // 2 or (self.imported < FILES and not self.over.is_set()):
            turn += 1
            name = NAMES[turn % len(NAMES)] if turn % 50 else "cell"
            rows = self._rows(name)
            if name != "directory":
                self.wrong += [row for row in rows if plain(row["csm"]) != plain(csm)]
            if name == "customers":
                self.had[csm].add(self.customer in {row["customer_id"] for row in rows})
            self.asked[name] += len(rows)
            self.asked[csm] += 1

    def _rows(self, name: str) -> list[dict[str, Any]]:
        if name != "cell":
            rows: list[dict[str, Any]] = data.ask(name, VIEW).to_pylist()
            return rows
        reads = running.tables_of(CELL)
        make = partial(running.ask, data.workspace(), CELL)
        result = data.while_stands("cell", CELL, reads=reads, make=make)
        told: list[dict[str, Any]] = result.table.to_pylist()
        return told

    def bring(self) -> None:
        """Bring in lists that name another CSM of the customer, and take one back now and then."""
        while not self.over.is_set():
            csm = (OTHER, ONE)[self.imported % 2]
            file = self.folder / f"list {self.imported}.csv"
            file.write_text(f"Customer ID,CSM,Tier\n{self.customer},{csm},t{self.imported}\n")
            report = imports.import_file(data.workspace(), file)
            assert report.error is None
            self.imported += 1
            if self.imported % 3 == 0:
                assert report.import_id is not None
                imports.undo(data.workspace(), report.import_id)


def test_a_thousand_turns_and_never_a_row_of_others(served: Planted, tmp_path: Path) -> None:
    """Answers are kept and shared by those of one scope only, and no longer than it stands."""
    turns = Turns(min(served.mine), tmp_path)
    asking = [threading.Thread(target=turns.ask, args=(csm,)) for csm in (ONE, OTHER)]
    bringing = threading.Thread(target=turns.bring)
    for thread in (*asking, bringing):
        thread.start()
    for thread in asking:
        thread.join(240)
    turns.over.set()
    bringing.join(60)
    assert turns.wrong == []
    assert turns.imported >= FILES
    assert min(turns.asked[csm] for csm in (ONE, OTHER)) >= TURNS // 2
    assert min(turns.asked[name] for name in (*NAMES, "cell")) > 0  # rows that were looked at
    # the customer has come and gone under their hands
    assert {True, False} in turns.had.values()
