"""Rulings M12, M19 and M24: what a status does to its contract, and ends that nobody wrote down."""

import pytest

from tests.kit.asking import Ask, contract
from tests.oracle.facts.facts import Contract

pytestmark = pytest.mark.quick

YEAR = ("2024-01-01", "2024-12-31")
NEXT = ("2025-01-01", "2025-12-31")
LATER = "2025-06-30"


def arr_at(ask: Ask, contracts: list[Contract], month: str, as_of: str = LATER) -> float:
    """Give the ARR with which a month closes."""
    rows = ask.rows("arr_movements", contracts, as_of, window=("2023-01-01", None))
    return sum(float(row["closing"]) for row in rows if f"{row['month']:%Y-%m}" == month)


@pytest.mark.parametrize("word", ["Inactive", "Expired", "Closed Lost", "已解约", "已过期"])
def test_m12_words_of_an_end_mark(ask: Ask, word: str) -> None:
    """They mark a contract lost within its grace; a successor wins."""
    ended = contract("K", *YEAR, status=word)
    assert ask.outcome([ended], "2025-01-15") == "lost"
    assert ask.outcome([ended, contract("N", *NEXT)], LATER) == "renewed_on_time"


@pytest.mark.parametrize("word", ["Ended", "已到期", "已结束"])
def test_m12_a_term_that_is_over_may_still_be_renewed(ask: Ask, word: str) -> None:
    """It says no more than its end date; without one it is lost."""
    over = contract("K", *YEAR, status=word)
    assert ask.outcome([over], "2025-01-15") == "overdue"
    assert ask.outcome([over], LATER) == "lost"
    assert arr_at(ask, [contract("K", "2024-01-01", None, 1200, status=word)], "2024-06") == 0


@pytest.mark.parametrize("word", ["Superseded", "replaced", "已变更", "被替换"])
def test_m12_a_superseded_contract_ends_with_its_follower(ask: Ask, word: str) -> None:
    """It does not count twice, and is not due: its follower is."""
    old = contract("K", *YEAR, 1200, status=word)
    new = contract("N", "2024-07-01", "2024-12-31", 900)  # 1,800 a year
    assert [arr_at(ask, [old, new], m) for m in ("2024-06", "2024-07", "2024-12")] == [
        1200,
        1800,
        1800,
    ]
    assert ask.renewals([old, new], LATER).keys() == {"N"}


@pytest.mark.parametrize(
    ("more", "follows"),
    [
        ({"product": "Core"}, True),
        ({"product": "Desk"}, False),
        ({"customer": "c2"}, False),
        ({"status": "Draft"}, False),
    ],
)
def test_m12_who_follows(ask: Ask, more: dict[str, str], follows: bool) -> None:
    """The same customer's contract, of the same product where both name one."""
    old = contract("K", *YEAR, 1200, status="Superseded", product="Core")
    found = ask.renewals([old, contract("N", "2024-07-01", "2025-06-30", 1200, **more)], LATER)
    assert ("K" not in found) is follows


def test_m12_without_a_follower_its_dates_decide(ask: Ask) -> None:
    """Replaced by what starts on the day after its end: an ordinary renewal."""
    old = contract("K", *YEAR, status="Superseded")
    assert ask.outcome([old, contract("N", *NEXT)], LATER) == "renewed_on_time"
    assert ask.outcome([old], LATER) == "lost"


@pytest.mark.parametrize("word", ["trialing", "In Trial", "试用中"])
def test_m12_a_trial_is_a_one_off(ask: Ask, word: str) -> None:
    """No ARR and no renewal."""
    contracts = [contract("K", *YEAR, status=word)]
    assert not ask.renewals(contracts, LATER)
    assert arr_at(ask, contracts, "2024-06") == 0


@pytest.mark.parametrize("word", ["Contract Sent", "contract_sent", "审批中", "待签"])
def test_m12_what_nobody_signed_is_not_counted(ask: Ask, word: str) -> None:
    """It has no ARR, is not due, and succeeds nobody."""
    contracts = [contract("K", *YEAR), contract("N", *NEXT, status=word)]
    assert ask.renewals(contracts, LATER).keys() == {"K"}
    assert ask.outcome(contracts, LATER) == "lost"


@pytest.mark.parametrize(
    ("stage", "counts"),
    [("Closed Won", True), ("赢单", True), (None, True), ("Closed Lost", False),
     ("Demo 3", False), ("输单", False)],
)  # fmt: skip
def test_m24_of_deals_the_won_are_contracts(ask: Ask, stage: str | None, counts: bool) -> None:
    """A deal that was lost, or is open, was never a contract."""
    assert bool(ask.renewals([contract("K", *YEAR, deal_status=stage)], LATER)) is counts


@pytest.mark.parametrize("outcome", ["renewed", "undecided", None])
def test_m19_an_open_end_is_never_due(ask: Ask, outcome: str | None) -> None:
    """With a start and no end it is in force, whatever the outcome says."""
    contracts = [contract("K", "2024-01-01", None, 100, amount_basis="monthly", outcome=outcome)]
    assert not ask.renewals(contracts, LATER)
    assert not ask.rates(contracts, LATER)
    assert arr_at(ask, contracts, "2025-05") == 1200


def test_m19_lost_without_a_day_is_in_force_on_none(ask: Ask) -> None:
    """Nobody wrote down when: neither due nor in force; with the day it ends there."""
    lost = contract("K", "2024-01-01", None, 1200, outcome="lost")
    assert not ask.renewals([lost], LATER)
    assert arr_at(ask, [lost], "2024-06") == 0
    ended = contract("K", "2024-01-01", None, 1200, outcome="lost", ended_on="2024-09-30")
    assert [arr_at(ask, [ended], m) for m in ("2024-09", "2024-10")] == [1200, 0]


def test_m19_a_table_without_dates_is_kept_against_lost(ask: Ask) -> None:
    """Without any date the outcome is all there is."""
    contracts = [
        contract("K", None, None, 1200, outcome="renewed"),
        contract("L", None, None, 1200, "c2", outcome="lost"),
    ]
    assert ask.rates(contracts, LATER)["all"]["contract_renewal_rate"] == 0.5
