"""Hand round: a file is asked for on a page, written beside the app, and handed over."""

import argparse
import time
from datetime import date
from pathlib import Path

import pytest

from tend.cli import parser
from tend.people.person import LOCAL
from tend.ui.handouts import kinds, writer
from tend.ui.handouts.kinds import Asked
from tend.ui.handouts.writer import Job
from tend.ui.state.address import Choice
from tests.kit.driver import opened_in_frame
from tests.ui.conftest import Open

DAY = "2026-06-30"
PATIENCE = 120.0


def ended(job: Job) -> Job:
    """Wait until a file is there, or not."""
    job.future.result(PATIENCE)
    return job


def test_what_is_looked_at_is_what_is_asked_for() -> None:
    """The day, the filters, and the days of a page where they are not its own."""
    choice = Choice(
        as_of=date(2026, 6, 30),
        window="last_quarter",
        split="industry",
        filters=(("size", ("mid", "large")), ("Key account", ("yes",))),
    )
    plain: tuple[str, ...] = ("--as-of", DAY, "--filter=size=mid", "--filter=size=large")
    plain += ("--filter=Key account=yes",)
    days = ("--from", "2026-01-01", "--to", "2026-03-31")
    review = kinds.KINDS["review"].words
    assert review(Asked("renewals", choice)) == (
        *plain, *days, "--group-by=industry", "--pages", "renewals", "--language", "en,zh"
    )  # fmt: skip
    whole = review(Asked("renewals", choice, is_whole=True, is_named=False))
    assert whole == (*plain, "--group-by=industry", "--no-names", "--language", "en,zh")
    # a reader's own language comes first
    chinese = Choice(as_of=date(2026, 6, 30), language="zh")
    assert review(Asked("week", chinese))[-1] == "zh,en"
    met = Choice(as_of=date(2026, 6, 30), meeting=date(2026, 6, 22))
    assert review(Asked("week", met))[2:4] == ("--from", "2026-06-22")
    moved = Choice(as_of=date(2026, 6, 30), since="month")
    assert review(Asked("movement", moved))[2:6] == ("--from", "2026-05-31", "--to", DAY)


def test_what_begins_with_a_dash_is_a_value_and_no_option() -> None:
    """An id, a filter or a grouping of the team's own never becomes an option of the command."""
    choice = Choice(
        as_of=date(2026, 6, 30),
        customer="--internal",
        split="--no-names",
        filters=(("-own", ("--x",)),),
    )
    deck = parsed(kinds.KINDS["customer_deck"].words(Asked("customer", choice)))
    assert (deck.customer, deck.internal) == ("--internal", False)
    review = parsed(kinds.KINDS["review"].words(Asked("week", choice)))
    assert (review.group_by, review.filter, review.no_names) == ("--no-names", ["-own=--x"], False)


def parsed(words: kinds.Words) -> argparse.Namespace:
    """Give what the command understands."""
    return parser.parser().parse_args(["export", "x", *words])


def test_a_word_that_no_process_can_be_given_is_told(tmp_path: Path) -> None:
    """Whoever asks is told so, and does not wait for ever."""
    job = ended(writer.start(LOCAL, "review", "review.html", tmp_path, ("--customer=a\0b",)))
    assert job.outcome is not None
    assert "null" in job.outcome.why


def test_the_workbook_heeds_what_the_menu_says() -> None:
    """It is of all pages, in the reader's language, and without names where they are left out."""
    choice = Choice(as_of=date(2026, 6, 30), language="zh")
    workbook = kinds.KINDS["workbook"].words
    assert workbook(Asked("value", choice)) == ("--as-of", DAY, "--language", "zh")
    unnamed = workbook(Asked("value", choice, is_named=False))
    assert unnamed == ("--as-of", DAY, "--no-names", "--language", "zh")


def test_a_page_is_handed_round(opened: Open) -> None:
    """The menu begins a file and says how far it is; then it is there, under its name."""
    opened("one-customer")
    app = opened_in_frame("week", as_of=DAY, lang="en")
    assert not app.exception
    app.session_state["handing_week"] = True
    app.run()
    app.button(key="handing_review").click().run()
    assert not app.exception
    job: Job = app.session_state["tend.handout"]
    assert job.asked == ("--as-of", DAY, "--pages", "week", "--language", "en,zh")
    assert ended(job).outcome == writer.Outcome()
    app.run()
    assert not app.exception
    assert "Take review.html along" in {one.proto.label for one in app.get("download_button")}
    assert "As of 2026-06-30" in job.file.read_text("utf-8")
    folder = job.file.parent
    del app.session_state["tend.handout"], job
    app.run()
    assert not any(folder.glob("*.duckdb"))


def test_why_there_is_no_file_is_told(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the command says of wrong words; and that it was given up when it took too long."""
    folder = opened("no-usage")
    refused = ended(writer.start(LOCAL, "review", "review.html", folder, ["--filter", "nonsense"]))
    assert refused.outcome is not None
    assert "nonsense is no filter" in refused.outcome.why
    assert not refused.file.exists()
    monkeypatch.setattr(writer, "LIMIT_SECONDS", 0.2)
    began = time.monotonic()
    late = ended(writer.start(LOCAL, "review", "review.html", folder, []))
    assert late.outcome == writer.Outcome(is_late=True)
    assert time.monotonic() - began < PATIENCE / 4


def test_a_file_goes_with_whoever_asked_for_it(opened: Open) -> None:
    """Its folder is gone once nobody holds it."""
    job = ended(
        writer.start(LOCAL, "review", "review.html", opened("no-usage"), ["--page", "nothing"])
    )
    there = Path(job.folder.name)
    assert there.is_dir()
    job.folder.cleanup()
    assert not there.exists()


def test_a_customer_is_asked_for_by_its_page() -> None:
    """Its decks are of the day and of nobody else, whatever is filtered; one is for ourselves."""
    choice = Choice(
        as_of=date(2026, 6, 30), customer="C7", language="zh", filters=(("size", ("mid",)),)
    )
    own = ("--as-of", DAY, "--customer=C7", "--language", "zh")
    offered = {
        kind.name: kind.words(Asked("customer", choice)) for kind in kinds.offered("customer")
    }
    assert offered == {"customer_deck": own, "internal_deck": (*own, "--internal")}
    week = kinds.KINDS["weekly_slides"].words(Asked("week", choice, is_named=False))
    assert week == ("--as-of", DAY, "--filter=size=mid", "--no-names", "--language", "zh")
