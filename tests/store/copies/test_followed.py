"""Another copy takes the place of the one before: nothing is lost, kept too long, or mixed up."""

import gc
import time
from pathlib import Path

import pytest

from tend.ingest import temporary
from tend.people.person import Person
from tend.queries import asking
from tend.queries.answers import Answers
from tend.store.copies import published
from tend.store.erasure import making
from tend.store.erasure.subject import Wanted
from tend.store.facts import entries
from tend.store.workspace import Workspace, open_workspace
from tend.ui.server import reading as shown
from tend.view import View
from tests.kit.companies import UNTIL
from tests.kit.facts import AS_OF, add_contract
from tests.kit.processes import tree_mb, wait_until
from tests.kit.tools.elsewhere import copied, publish, reads_only

TOUCH = {"customer_id": "C1", "touched_on": UNTIL, "kind": "visit"}


def test_another_copy_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    """What is saved is there after a look; what has not changed keeps its answer."""
    kept = Answers(1 << 20)
    with open_workspace(tmp_path / "w") as held:
        add_contract(held, "K1")
        there = [copied(held, tmp_path / "state")]
        with reads_only(tmp_path / "state"):
            hand = shown.Reading(there[0], there.append)
            hand.close()  # its looks are called here
            for number in range(2, 5):
                add_contract(held, f"K{number}")
                publish(held)
                hand.look()
                assert there[-1].version == held.version
                rows = asking.run(there[-1], "renewals", View(AS_OF))
                assert rows.num_rows == number
            asked = _asked(there[-1], kept)
            held.set("gross_margin", 0.5)
            entries.enter(held, "touches", [TOUCH])
            publish(held)
            hand.look()
            assert _asked(there[-1], kept) is not asked  # settings are read by all
            asked = _asked(there[-1], kept)
            entries.enter(held, "touches", [{**TOUCH, "kind": "call"}])
            publish(held)
            hand.look()
            assert _asked(there[-1], kept) is asked
            assert there[-1].version == held.version
            add_contract(held, "K9")
            publish(held)
            hand.look()
            assert _asked(there[-1], kept) is not asked
            assert len({id(one) for one in there}) == len(there)


def _asked(workspace: Workspace, kept: Answers) -> object:
    """Ask what reads contracts alone, as pages ask."""
    return kept.get(
        ("renewals", workspace.line),
        asking.words("renewals"),
        workspace.snapshots.marks(workspace),
        lambda: asking.run(workspace, "renewals", View(AS_OF)),
    )


def test_a_copy_of_another_past_keeps_no_answer(tmp_path: Path) -> None:
    """After a backup was put back numbers of commits come again: nothing of before counts."""
    with open_workspace(tmp_path / "w") as held:
        add_contract(held, "K1")
        before = copied(held, tmp_path / "state")
        assert before.snapshots.marks(before).version == held.version
    with open_workspace(tmp_path / "other") as other:
        add_contract(other, "X1")
        asking.run(before, "renewals", View(AS_OF))
        after = copied(other, tmp_path / "state")
        assert after.version == before.version
        after.follow(before)
    assert after.line == before.line + 1
    [row] = asking.run(after, "renewals", View(AS_OF)).to_pylist()
    assert row["contract_id"] == "X1"


def test_who_is_erased_is_gone_from_the_next_copy(tmp_path: Path) -> None:
    """It comes at once; nothing made of the copy before counts, or lies in a folder of its own."""
    with open_workspace(tmp_path / "w") as held:
        add_contract(held, "K1", customer_id="Gone away")
        add_contract(held, "K2", customer_id="C2")
        there = [copied(held, tmp_path / "state")]
        with reads_only(tmp_path / "state"):
            hand = shown.Reading(there[0], there.append)
            hand.close()
        assert _customers(there[-1]) == {"Gone away", "C2"}
        with temporary.folder("cells") as cells:
            (cells / "of a file").write_text("Gone away")
            with making.prepared(held, Wanted("customer", "Gone away", "rows"), "en") as made:
                making.put(held, made)
            was_behind = hand.is_behind
            (cells / "of a file").write_text("Gone away")  # the reading server is another process
            wait_until(lambda: published.newest(held.path / "published") is not None)
            with reads_only(tmp_path / "state"):
                hand.look()
            assert (was_behind, hand.is_behind) == (True, False)
            assert not (cells / "of a file").exists()
        assert there[-1].line == there[0].line + 1
        assert _customers(there[-1]) == {"C2"}


def _customers(workspace: Workspace) -> set[str]:
    rows = asking.run(workspace, "renewals", View(AS_OF)).to_pylist()
    return {str(row["customer_id"]) for row in rows}


def test_a_look_that_fails_is_not_the_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it meets, such as a file that is no copy: the next one that is good is shown."""
    monkeypatch.setattr(shown, "_COPY_SECONDS", 0.05)
    monkeypatch.setattr(shown, "_AFTER_TROUBLE", 0.05)
    with open_workspace(tmp_path / "w") as held:
        add_contract(held, "K1")
        there = [copied(held, tmp_path / "state")]
        with reads_only(tmp_path / "state"):
            hand = shown.Reading(there[0], there.append)
            try:
                for name in ("tend-998877.duckdb", "tend-9 or so.duckdb"):
                    bad = held.path / "published" / name
                    bad.write_text("no copy")
                    time.sleep(0.5)  # it is looked for and met meanwhile
                    bad.unlink()
                    assert len(there) == 1
                add_contract(held, "K2")
                publish(held)
                wait_until(lambda: there[-1].version == held.version)
            finally:
                hand.close()


@pytest.mark.timeout(420)
def test_copies_are_let_go_and_memory_stays(tmp_path: Path) -> None:
    """Over 200 copies: one file is open, none of those that are gone, and no more memory."""
    with open_workspace(tmp_path / "w") as held:
        for number in range(20):
            add_contract(held, f"K{number}")
        there = [copied(held, tmp_path / "state")]
        asking.run(there[0], "renewals", View(AS_OF))

        def put(fresh: Workspace) -> None:
            there[0] = fresh

        sizes = []
        with reads_only(tmp_path / "state"):
            hand = shown.Reading(there[0], put)
            hand.close()
            in_use = there[0].seen_by(Person("Ann"))
            for number in range(200):
                with held.writing("edit") as cursor:
                    cursor.execute("select 1")
                publish(held)
                hand.look()
                asking.run(there[0], "renewals", View(AS_OF))
                if number % 20 == 19:
                    gc.collect()
                    sizes.append(tree_mb(_me()))
            # who reads the first still does
            assert asking.run(in_use, "renewals", View(AS_OF)).num_rows == 20
            del in_use, hand
            wait_until(lambda: len(_copies_open(held.path)) == 1)
        assert sizes[-1] < sizes[1] + 30, sizes


def _me() -> int:
    return int(Path("/proc/self").resolve().name)


def _copies_open(path: Path) -> list[str]:
    """Give the copies of a workspace that this process has open."""
    found = []
    for one in Path("/proc/self/fd").iterdir():
        try:
            found.append(str(one.readlink()))
        except OSError:
            continue
    return [one for one in found if str(path / "published") in one]
