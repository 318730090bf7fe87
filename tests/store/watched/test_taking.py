"""What is handed over goes in where it is clear, waits where it is not, and is refused in words."""

import io
import threading
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tend.ingest.results import LEFT_OUT, Remembered
from tend.language import text
from tend.language.errors import TendError, retold
from tend.people.person import Person
from tend.queries import asking
from tend.store import maintenance
from tend.store.erased import uploads
from tend.store.facts import imports
from tend.store.watched import log, taking
from tend.store.watched.desk import Desk
from tend.store.watched.slips import Answer, Inbox, Slip
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.processes import wait_until
from tests.kit.watched.handing import (
    ASKED,
    BOTH_WAYS,
    BROKEN,
    CLEAR,
    HALF_WRONG,
    STRANGE,
    Hand,
    stands,
)


@pytest.fixture
def hand(workspace: Workspace) -> Hand:
    """Hand files over as a watcher does."""
    return Hand(workspace)


def served(workspace: Workspace) -> list[Answer]:
    """Take in what waits, and give the answers in their order."""
    taking.serve(workspace, threading.Event(), 60)
    return [answer for _, answer in Inbox(workspace.path).answers()]


def numbers(workspace: Workspace, since: date) -> dict[str, Any]:
    """Give what This week tells."""
    view = View(date.today(), since)
    row: dict[str, Any] = asking.run(workspace, "watched_folder", view).to_pylist()[0]
    return row


def test_what_is_clear_goes_in_once(workspace: Workspace, hand: Hand) -> None:
    """Whatever its name: the second time it is in already, and after an undo it stays out."""
    hand(CLEAR)
    assert served(workspace) == [Answer("in", 1, 2, 0)]
    hand(CLEAR, "other name.csv")
    assert served(workspace) == [Answer("same", 1)]
    imports.undo(workspace, 1)
    hand(CLEAR, "third.csv")
    assert served(workspace) == [Answer("taken_back", 1)]
    assert stands(workspace) == [("a.csv", "taken_back")]
    [row] = imports.history(workspace)
    assert (row["file"], row["who"]) == ("a.csv", "ann")
    assert list((workspace.path / "inbox").iterdir()) == [workspace.path / "inbox" / "watcher"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (ASKED, "watched_questions"),
        (BOTH_WAYS, "decision_dmy_default"),
        (HALF_WRONG, "watched_rejected"),
        (STRANGE, "watched_unknown_sheet"),
        (CLEAR.replace("ARR", "Mystery").replace("Start", "Odd"), "missing_columns"),
    ],
)
def test_what_is_unclear_waits(workspace: Workspace, hand: Hand, words: str, code: str) -> None:
    """Nothing of it is in; the file is kept for a person, who imports it as if uploaded."""
    slip = hand(words)
    [answer] = served(workspace)
    assert (answer.state, answer.code) == ("waits", code)
    for language in text.LANGUAGES:
        assert "{" not in retold(answer.code, answer.params, language)
        assert "–" not in retold(answer.code, answer.params, language)
    assert imports.history(workspace) == []
    assert stands(workspace) == [("a.csv", "waits")]
    kept = log.kept(workspace, slip.content_hash, slip.name)
    assert kept.read_text(encoding="utf-8") == words
    hand(words, "again.csv")
    assert served(workspace) == [Answer("known")]
    assert maintenance.verify(workspace) == []


def test_a_person_answers_and_the_next_is_not_asked(workspace: Workspace, hand: Hand) -> None:
    """The answer is remembered: a newer file of these headers and words goes in by itself."""
    slip = hand(ASKED)
    served(workspace)
    path = log.kept(workspace, slip.content_hash, slip.name)
    read = imports.read(workspace, path, name=slip.name)
    [asked] = [one for sheet in read.sheets for one in sheet.questions]
    told = Remembered("contracts", {}, {asked.key: "in_force"})
    options = imports.ImportOptions(mappings={sheet.name: told for sheet in read.sheets})
    report = imports.import_file(workspace, path, name=slip.name, options=options)
    assert report.error is None
    assert stands(workspace) == [("a.csv", "in")]
    hand(ASKED.replace("12000", "13000"))
    assert [one.state for one in served(workspace)] == ["in"]


def test_what_is_bad_is_refused_in_words(workspace: Workspace, hand: Hand) -> None:
    """Nothing is kept of it; a corrected one of its name makes it old news."""
    slip = hand(BROKEN, "a.xlsx")
    [answer] = served(workspace)
    assert (answer.state, answer.code) == ("refused", "not_a_spreadsheet")
    with pytest.raises(TendError):
        log.kept(workspace, slip.content_hash, slip.name)
    assert stands(workspace) == [("a.xlsx", "refused")]
    hand(CLEAR, "a.xlsx")
    served(workspace)
    assert stands(workspace) == [("a.xlsx", "newer"), ("a.xlsx", "in")]


def test_a_newer_one_takes_the_place_of_one_that_waits(workspace: Workspace, hand: Hand) -> None:
    """An answer to the older one would undo the newer one's word."""
    hand(HALF_WRONG)
    hand(CLEAR)
    hand(HALF_WRONG.replace("12000", "1"), "b.csv")
    served(workspace)
    assert stands(workspace) == [("a.csv", "newer"), ("a.csv", "in"), ("b.csv", "waits")]


def test_a_copy_of_a_conflict_waits(workspace: Workspace, hand: Hand) -> None:
    """A sync client could not decide which is right: a person does."""
    for number, name in enumerate(("a (Ann's conflicted copy).csv", "a.冲突.csv", "a.csv")):
        hand(CLEAR.replace("12000", str(12000 + number)), name)
    assert [one.code or one.state for one in served(workspace)] == [*["watched_conflict"] * 2, "in"]


def test_how_many_rows_may_be_rejected_is_told(workspace: Workspace, hand: Hand) -> None:
    """Up to the share it goes in, one row of two."""
    hand(HALF_WRONG, rejected=0.5)
    assert served(workspace) == [Answer("in", 1, 1, 1)]


def test_a_sheet_that_was_let_go_is_let_go_again(workspace: Workspace, hand: Hand) -> None:
    """A person imports a book without a sheet of no data set: the next goes in without it; one
    that a person left out waits."""
    book = openpyxl.Workbook()
    for name, words in (("Deals", CLEAR), ("Planets", STRANGE)):
        sheet = book.create_sheet(name)
        for row in words.splitlines():
            sheet.append(row.split(","))
    states = []
    for number, is_left_out in enumerate((False, False, True, True)):
        book["Deals"]["E2"] = 12000 + number
        written = io.BytesIO()
        book.save(written)
        slip = hand(written.getvalue(), "a.xlsx")
        states += [one.code or one.state for one in served(workspace)]
        if number % 2 == 0:
            read = imports.read(workspace, _kept(workspace, slip), name=slip.name)
            deals = next(one for one in read.sheets if one.name == "Deals")
            out = replace(deals, dataset=None, reason=LEFT_OUT, facts=None, accepted=0)
            sheets = tuple(out if one is deals and is_left_out else one for one in read.sheets)
            imports.commit(workspace, replace(read, sheets=sheets))
    assert states == ["watched_unknown_sheet", "in", "in", "watched_left_out"]


def _kept(workspace: Workspace, slip: Slip) -> Path:
    return uploads.place(workspace, slip.name, slip.content_hash)


def test_left_out_and_brought_back(workspace: Workspace, hand: Hand) -> None:
    """Nobody asks about it any more; what takes that back is given."""
    slip = hand(BOTH_WAYS)
    served(workspace)
    back = log.leave_out(workspace.seen_by(Person("ann")), slip.content_hash)
    assert stands(workspace) == [("a.csv", "left_out")]
    back(workspace.seen_by(Person("bo")))
    assert stands(workspace) == [("a.csv", "waits")]


def test_what_this_week_tells(workspace: Workspace, hand: Hand) -> None:
    """Counted by hand: two in, of which one is taken back, one waits, one is refused."""
    today = date.today()
    assert numbers(workspace, today) == {"taken_in": 0, "waits": 0, "refused": 0, "files": 0}
    for name, words in (
        ("a", CLEAR),
        ("b", CLEAR + "K3,Elm,2024-05-20,2025-05-19,11000,renewed\n"),
    ):
        hand(words, f"{name}.csv")
    hand(BOTH_WAYS, "c.csv")
    hand(BROKEN, "d.xlsx")
    served(workspace)
    imports.undo(workspace, 1)
    assert numbers(workspace, today) == {"taken_in": 1, "waits": 1, "refused": 1, "files": 4}
    tomorrow = numbers(workspace, today + timedelta(days=1))
    assert tomorrow == {"taken_in": 0, "waits": 1, "refused": 0, "files": 4}


def test_a_file_that_is_not_what_its_slip_says_is_not_taken(
    workspace: Workspace, hand: Hand
) -> None:
    """It is asked for again later, and nothing is noted of it."""
    slip = hand(CLEAR)
    Inbox(workspace.path).copy(slip).write_text(CLEAR.replace("12000", "1"), encoding="utf-8")
    [answer] = served(workspace)
    assert answer.state == "later"
    assert stands(workspace) == []
    assert imports.history(workspace) == []


def test_the_holder_takes_in_what_is_handed_over(workspace: Workspace, hand: Hand) -> None:
    """While it holds the workspace, without being asked; after its end nothing more."""
    with Desk(workspace):
        hand(CLEAR)
        wait_until(lambda: stands(workspace) == [("a.csv", "in")])
    hand(BOTH_WAYS)
    assert len(Inbox(workspace.path).slips()) == 1


def test_one_watches_and_clears_what_a_killed_one_left(workspace: Workspace, hand: Hand) -> None:
    """Halves go, slips stay; a second watcher is refused."""
    slip = hand(CLEAR)
    folder = workspace.path / "inbox"
    for name in ("x.part", "lonely.copy"):
        (folder / name).write_bytes(b"half")
    lock = Inbox(workspace.path).watching()
    assert Inbox(workspace.path).slips() == [slip]
    assert not (folder / "x.part").exists()
    assert not (folder / "lonely.copy").exists()
    with pytest.raises(TendError) as refused:
        Inbox(workspace.path).watching()
    assert refused.value.code == "watched_already"
    lock.release()
