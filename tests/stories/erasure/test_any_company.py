"""Whatever names there are: of who is erased, a search that knows nothing of Tend finds none."""

import logging
import random
import tempfile
from pathlib import Path

import openpyxl
import pytest

from tend.acts import erasing, erasure_words
from tend.ingest import temporary
from tend.store import maintenance
from tend.store.erasure.subject import Kind, Wanted, Way
from tend.store.facts import imports
from tend.store.upkeep import copies
from tend.store.workspace import Workspace, open_workspace
from tend.view import View, window
from tests.kit.erasing import any_company, byte_search
from tests.kit.erasing.any_company import WORDS, Drawn
from tests.kit.erasing.company import AS_OF

# Each takes some seconds; more were drawn while this was written.
SEEDS = (3,)
LOOKED = View(AS_OF, *window("last_12_months", AS_OF))
WAYS: tuple[Way, ...] = ("name", "rows")


@pytest.mark.parametrize("seed", SEEDS)
def test_no_byte_of_a_name_is_left_anywhere(
    tmp_path: Path,
    seed: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """In workspace, uploads, published copy, daily copies, what waits, temporary files and logs."""
    caplog.set_level(logging.DEBUG, "tend")
    drawn, dice = any_company.draw(seed), random.Random(seed)
    kept, elsewhere, given = (tmp_path / one for one in ("kept", "copies", "given"))
    for folder in (kept, elsewhere, given):
        folder.mkdir()
    monkeypatch.setenv("TEND_COPIES", str(elsewhere))
    monkeypatch.setattr(tempfile, "tempdir", str(kept))
    monkeypatch.setattr("tend.ingest.temporary._homes", {})
    with open_workspace(kept / "w") as workspace:
        any_company.fill(workspace, drawn, given)
        waiting, _held = _waiting(workspace, drawn)
        copies.make(workspace)
        before = _arr(workspace)
        for kind, name in _chosen(drawn, dice):
            way = dice.choice(WAYS) if kind == "customer" else "name"
            erasing.erase(workspace, Wanted(kind, name, way), name, "en")
            apart = [one for one in (*drawn.customers, *drawn.people) if name in one != name]
            assert _cells_called(workspace, name) == 0, (seed, name)
            if name not in WORDS and len(name.encode()) > 4:
                assert byte_search.found(tmp_path / "kept", [name], apart) == [], (seed, name)
                assert byte_search.found(elsewhere, [name], apart) == [], (seed, name)
            if way == "name":
                assert _arr(workspace) == before
            before = _arr(workspace)
        assert not any(one.exists() for one in waiting)
        assert maintenance.verify(workspace) == []
    told = "".join((caplog.text, *capfd.readouterr()))
    assert not [one for one in drawn.customers if len(one) > 4 and one in told]


def _chosen(drawn: Drawn, dice: random.Random) -> list[tuple[Kind, str]]:
    """Choose whom to erase: of each kind of name, in any order, those around others left out."""
    customers: list[tuple[Kind, str]] = [("customer", one) for one in drawn.customers[:-1]]
    people: list[tuple[Kind, str]] = [("person", drawn.people[0]), ("person", drawn.people[-1])]
    return dice.sample([*dice.sample(customers, 3), *people], 5)


def _waiting(workspace: Workspace, drawn: Drawn) -> tuple[list[Path], object]:
    """Let files wait: one in a page, which names all customers; one handed over, with a lock."""
    folder = temporary.lasting("upload")
    page, handed = Path(folder.name) / "upload.csv", workspace.path / "inbox" / "0.copy"
    page.write_text("\n".join(drawn.customers), "utf-16")
    handed.parent.mkdir(exist_ok=True)
    any_company.locked(handed)
    return [page, handed], folder


def _arr(workspace: Workspace) -> float:
    [[found]] = workspace.read(
        lambda cursor: cursor.execute("select round(sum(amount)) from stg_contracts").fetchall()
    )
    return float(found or 0)


def _cells_called(workspace: Workspace, name: str) -> int:
    """Count cells of names that are the name."""
    columns = ["stg_customers.customer_name", "stg_customers.csm", "rows_touches.csm"]
    columns += ["rows_touches.customer_name", "rows_decisions.owner", "rows_customers.key_contact"]
    asked = " union all ".join(
        f"select {column} as said from {column.partition('.')[0]}" for column in columns
    )
    counted = f"select count(*) from ({asked}) where lower(said) = lower(?)"
    [[count]] = workspace.read(lambda cursor: cursor.execute(counted, [name]).fetchall())
    return int(count)


def test_a_kept_file_with_a_locked_part_goes_and_is_told(
    workspace: Workspace, tmp_path: Path
) -> None:
    """It names somebody else, and nobody can tell what is in the part: only its cells stay."""
    for name in ("Alder", "Birch"):
        book = tmp_path / f"{name}.xlsx"
        made = openpyxl.Workbook()
        for row in (["Customer name", "Date", "Type", "Note"], [name, "2026-05-01", "call", "x"]):
            made.active.append(row)
        made.save(book)
        if name == "Birch":
            any_company.locked(book)
        assert imports.import_file(workspace, book).error is None
    wanted = Wanted("customer", "Alder")
    shown = erasing.preview(workspace, wanted, LOOKED, "en")
    assert (shown.found.closed, len(shown.found.packed)) == (("Birch.xlsx",), 2)
    assert any("Birch.xlsx" in said for said in erasure_words.preview(shown, "en", ""))
    subject, proof = erasing.erase(workspace, wanted, "Alder", "en")
    assert (proof.closed, proof.found) == (1, ())
    told = "".join(erasure_words.proved(subject, proof, "en"))
    assert "nobody can look into" in told
    assert byte_search.found(workspace.path, ["Birch"])
    assert maintenance.verify(workspace) == []
