"""Two of different scopes ask the same in turn, while customers change hands: never a foreign row.

They ask as pages do, with all that pages keep. Each row names its CSM: it is the one who asks.
"""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tend.people.person import Person
from tend.store.facts import entries
from tend.store.workspace import open_workspace
from tend.ui.state import data, person
from tend.view import View
from tests.kit.companies import UNTIL
from tests.people.conftest import Planted

TURNS = 1_000
ONE, OTHER = "Ines Okar", "Jonas Pell"
VIEW = View(UNTIL)
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


def test_a_thousand_turns_and_never_a_row_of_others(served: Planted) -> None:
    """Answers are kept and shared by those of one scope only, and no longer than it stands."""
    wrong: list[object] = []
    seen: dict[str, set[int]] = {ONE: set(), OTHER: set()}
    over = threading.Event()

    def ask(csm: str) -> None:
        own = Person(csm, "csm", csm[:1], csms=(csm,), sees_all=False)
        for turn in range(TURNS // 2):
            _who.person = own
            name = ("customers", "directory", "nps_respondents")[turn % 3]
            rows = data.ask(name, VIEW).to_pylist()
            seen[csm].add(len(rows))
            if name != "directory":
                wrong.extend(row for row in rows if plain(row["csm"]) != plain(csm))

    def plain(name: str) -> str:
        return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in name).lower()

    def move() -> None:
        number, turn = min(served.mine), 0
        while not over.is_set():
            turn += 1
            fact = {"customer_id": number, "csm": (OTHER, ONE)[turn % 2]}
            entries.enter(data.workspace(), "customers", [fact])

    asking = [threading.Thread(target=ask, args=(csm,)) for csm in (ONE, OTHER)]
    moving = threading.Thread(target=move)
    for thread in (*asking, moving):
        thread.start()
    for thread in asking:
        thread.join(240)
    over.set()
    moving.join(60)
    assert wrong == []
    assert all(max(counts) > 0 for counts in seen.values())
