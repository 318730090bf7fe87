"""Rulings B: successors and outcomes, by hand."""

from datetime import date

import pytest

from tests.kit.asking import Ask, contract
from tests.oracle.facts.facts import Contract

pytestmark = pytest.mark.quick

YEAR = ("2024-01-01", "2024-12-31")
NEXT = ("2025-01-01", "2025-12-31")
LATER = "2025-06-30"


def test_b1_a_successor_starts_after_its_predecessor(ask: Ask) -> None:
    """A yearly contract from January does not renew the monthly one of March."""
    contracts = [
        contract("K", "2024-03-01", "2024-03-31"),
        contract("Y", "2024-01-15", "2025-01-14"),
    ]
    assert ask.outcome(contracts, "2024-12-01") == "lost"


def test_b2_the_nearest_start_succeeds(ask: Ask) -> None:
    """Of February, March and April only February succeeds January."""
    months = [
        ("2025-01-31", "01"),
        ("2025-02-28", "02"),
        ("2025-03-31", "03"),
        ("2025-04-30", "04"),
    ]
    contracts = [contract(f"M{m}", f"2025-{m}-01", end, 100) for end, m in months]
    found = ask.renewals(contracts, LATER)
    assert [found[f"M0{n}"]["successor_id"] for n in (1, 2, 3)] == ["M02", "M03", "M04"]
    assert found["M04"]["outcome"] == "overdue"


def test_b2_of_equally_near_starts_the_earlier(ask: Ask) -> None:
    """Ten days before and ten days after: the earlier one succeeds."""
    contracts = [
        contract("K", *YEAR),
        contract("B", "2024-12-22", "2025-12-21"),
        contract("C", "2025-01-11", "2026-01-10"),
    ]
    assert ask.renewals(contracts, LATER)["K"]["successor_id"] == "B"


@pytest.mark.parametrize(
    "named",
    [
        contract("N", *NEXT, previous_contract_id="nobody"),
        contract("N", *NEXT, previous_contract_id="N"),
        contract("N", *NEXT, previous_contract_id="other"),  # another customer's
        contract("N", *NEXT, previous_contract_id="later"),
        contract("N", *NEXT, previous_contract_id="pilot"),  # a one-off
    ],
    ids=["unknown", "itself", "other_customer", "later", "one_off"],
)
def test_b3_a_wrong_link_is_no_link(ask: Ask, named: Contract) -> None:
    """A link to an unknown, the same, a stranger's, a later or a one-off contract: dates decide."""
    contracts = [
        contract("K", *YEAR),
        named,
        contract("other", *YEAR, customer="c2"),
        contract("later", "2025-03-01", "2025-09-30", product="Desk"),
        contract("pilot", *YEAR, contract_type="Pilot"),
    ]
    assert ask.renewals(contracts, LATER)["K"]["successor_id"] == "N"


def test_b4_named_but_beyond_grace_is_lost(ask: Ask) -> None:
    """Named, but 90 days late: lost, then reactivated, and no gap is bridged."""
    contracts = [
        contract("K", *YEAR, 100),
        contract("N", "2025-04-01", "2026-03-31", 100, previous_contract_id="K"),
    ]
    assert ask.outcome(contracts, "2025-12-31") == "lost"
    assert set(ask.moves(contracts, "2025-12-31")) == {("2025-01", "all"), ("2025-04", "all")}


def test_b4_named_has_no_limit_on_the_early_side(ask: Ask) -> None:
    """Named 150 days before the end: renewed, and the old one stops the day before."""
    contracts = [
        contract("K", *YEAR, 100),
        contract("N", "2024-08-04", "2025-08-03", 150, previous_contract_id="K"),
    ]
    assert ask.outcome(contracts, LATER) == "renewed_on_time"
    window = ("2024-01-01", LATER)
    assert ask.moves(contracts, LATER, window=window) == {
        ("2024-01", "all"): {"new": 100},
        ("2024-08", "all"): {"expansion": pytest.approx(50)},
    }


def test_b4_a_late_link_keeps_dates_away(ask: Ask) -> None:
    """A contract named by a link, even a late one, is not renewed by another by dates."""
    contracts = [
        contract("K", *YEAR),
        contract("N", "2025-04-01", "2026-03-31", previous_contract_id="K"),
        contract("D", *NEXT),
    ]
    assert ask.outcome(contracts, "2025-12-31") == "lost"


def test_b5_a_linked_contract_succeeds_only_what_it_names(ask: Ask) -> None:
    """N names K1: K2, which ends the same day, has nothing after it; two ids name a merger."""
    old = [contract("K1", *YEAR, 60), contract("K2", *YEAR, 40)]
    one = [*old, contract("N", *NEXT, 90, previous_contract_id="K1")]
    assert [ask.outcome(one, LATER, of) for of in ("K1", "K2")] == ["renewed_on_time", "lost"]
    both = [*old, contract("N", *NEXT, 90, previous_contract_id="K1; K2")]
    found = ask.renewals(both, LATER)
    assert [found[of]["successor_arr"] for of in ("K1", "K2")] == [pytest.approx(54), 36]


def test_b6_a_split_is_on_time_when_any_part_is(ask: Ask) -> None:
    """Split in two, one signed in time, the other late: on time, both named."""
    contracts = [
        contract("K", *YEAR, 100),
        contract("B", *NEXT, 70, signed_date="2024-12-20"),
        contract("C", *NEXT, 50, signed_date="2025-02-01"),
    ]
    row = ask.renewals(contracts, LATER)["K"]
    assert (row["outcome"], row["successor_id"]) == ("renewed_on_time", "B, C")
    assert row["successor_arr"] == pytest.approx(120)


def test_b7_a_successor_wins_over_a_mark(ask: Ask) -> None:
    """Marked terminated and renewed all the same: renewed, and ARR goes on."""
    contracts = [contract("K", *YEAR, status="terminated"), contract("N", *NEXT)]
    assert ask.outcome(contracts, LATER) == "renewed_on_time"
    assert ask.moves(contracts, LATER) == {}


def test_b8_a_mark_counts_from_the_day_after_the_end(ask: Ask) -> None:
    """Marked lost with the end ahead: due; lost on the day after the end, without grace."""
    marked = [contract("K", *YEAR, status="Lost")]
    assert ask.outcome(marked, "2024-12-31") == "due"
    assert ask.outcome(marked, "2025-01-01") == "lost"


def test_b8_b10_the_day_of_termination(ask: Ask) -> None:
    """`ended_on`: lost from that day and in force to it; window and term keep the agreed end."""
    ended = [contract("K", *YEAR, 1200, ended_on="2024-06-30")]
    assert ask.outcome(ended, "2024-06-29") == "due"
    row = ask.renewals(ended, "2024-06-30", window=("2024-12-31", "2024-12-31"))["K"]
    assert (row["outcome"], row["arr"], row["end_date"]) == ("lost", 1200, date(2024, 12, 31))
    moves = ask.moves(ended, "2024-12-31", window=("2024-01-01", None))
    assert moves == {
        ("2024-01", "all"): {"new": 1200},
        ("2024-07", "all"): {"churn": -1200},
    }


def test_b7_b8_a_successor_wins_over_the_day_of_termination(ask: Ask) -> None:
    """Ended in November, followed in January: renewed, and its ARR goes on in between."""
    ended = contract("K", *YEAR, 100, ended_on="2024-11-10")
    contracts = [ended, contract("N", *NEXT, 100)]
    assert ask.outcome(contracts, LATER) == "renewed_on_time"
    assert ask.moves(contracts, LATER) == {}
    assert ask.outcome([ended], LATER) == "lost"


@pytest.mark.parametrize(
    "word",
    ["lost", "Terminated", "churned", " CANCELLED ", "已流失", "流失", "已终止", "终止"],
)
def test_b9_words_that_mark(ask: Ask, word: str) -> None:
    """Each word of the list marks a contract lost within its grace."""
    assert ask.outcome([contract("K", *YEAR, status=word)], "2025-01-15") == "lost"


def test_b9_what_marks_nothing(ask: Ask) -> None:
    """A loss reason alone marks nothing; "renewed" alone renews nothing."""
    reason = [contract("K", *YEAR, loss_reason="price")]
    assert ask.outcome(reason, "2025-01-15") == "overdue"
    assert ask.outcome([contract("K", *YEAR, status="renewed")], LATER) == "lost"


@pytest.mark.parametrize("word", ["draft", "Void", "草稿", "作废"])
def test_b9_drafts_are_not_counted(ask: Ask, word: str) -> None:
    """A draft or void contract is neither due nor a successor."""
    contracts = [contract("K", *YEAR), contract("N", *NEXT, status=word)]
    found = ask.renewals(contracts, LATER)
    assert {name: row["outcome"] for name, row in found.items()} == {"K": "lost"}


@pytest.mark.parametrize(
    ("old", "new", "link", "outcome"),
    [
        ("Chat", " chat ", None, "renewed_on_time"),
        ("Chat", None, None, "renewed_on_time"),
        (None, "Chat", None, "renewed_on_time"),
        ("Chat", "Desk", None, "lost"),
        ("Chat", "Desk", "K", "renewed_on_time"),
    ],
)
def test_b11_products(ask: Ask, old: str, new: str, link: str | None, outcome: str) -> None:
    """Products match without regard to case, a blank matches any, a change needs a link."""
    contracts = [
        contract("K", *YEAR, product=old),
        contract("N", *NEXT, product=new, previous_contract_id=link),
    ]
    assert ask.outcome(contracts, LATER) == outcome


@pytest.mark.parametrize(
    ("kind", "is_counted"),
    [
        ("Training", False),
        (" POC ", False),
        ("实施", False),
        ("Annual training subscription", True),
        (None, True),
    ],
)
def test_b12_one_off_types(ask: Ask, kind: str | None, is_counted: bool) -> None:
    """One-off types are outside every renewal and ARR query; only equal words count."""
    contracts = [contract("K", *YEAR, contract_type=kind)]
    assert bool(ask.renewals(contracts, LATER)) is is_counted
    assert bool(ask.rates(contracts, LATER)) is is_counted
    assert bool(ask.retention(contracts, LATER)) is is_counted
    rows = ask.rows("arr_movements", contracts, LATER, window=("2024-01-01", None))
    assert bool(rows) is is_counted


def test_b13_a_merger_is_shared_by_arr(ask: Ask) -> None:
    """60 + 40 into 90: 54 and 36; the file's loss reason is kept; lost carries no successor."""
    contracts = [
        contract("K1", *YEAR, 60),
        contract("K2", *YEAR, 40),
        contract("N", *NEXT, 90),
        contract("K3", *YEAR, 10, "c2", status="lost", loss_reason="太贵"),
    ]
    found = ask.renewals(contracts, LATER)
    assert [found[of]["successor_arr"] for of in ("K1", "K2")] == [pytest.approx(54), 36]
    assert (found["K3"]["loss_reason"], found["K3"]["successor_id"]) == ("太贵", None)
    assert not found["K3"]["successor_arr"]


def test_b13_without_arr_a_merger_is_shared_equally(ask: Ask) -> None:
    """Two contracts of amount 0 into 90: 45 each."""
    contracts = [contract("K1", *YEAR, 0), contract("K2", *YEAR, 0), contract("N", *NEXT, 90)]
    found = ask.renewals(contracts, LATER)
    assert [found[of]["successor_arr"] for of in ("K1", "K2")] == [45, 45]
