"""Rulings M on what a contract means: add-ons, credits, leap years; by hand."""

import pytest

from tests.kit.asking import Ask, contract

pytestmark = pytest.mark.quick

YEAR = ("2024-01-01", "2024-12-31")
NEXT = ("2025-01-01", "2025-12-31")
LATER = "2025-06-30"


@pytest.mark.parametrize(
    "kind", ["Add-on", "ADD-ON", "Upsell", "ｅｘｐａｎｓｉｏｎ", "增购", "补充协议"]
)
@pytest.mark.parametrize("start", ["2024-11-01", "2024-12-20", "2025-01-01", "2025-02-10"])
def test_m8_an_add_on_renews_nothing_by_dates(ask: Ask, kind: str, start: str) -> None:
    """However near its start is to the end, the base stays due, then overdue, then lost."""
    contracts = [
        contract("K", *YEAR, 12_000),
        contract("A", start, "2025-10-31", 2_400, contract_type=kind),
    ]
    assert ask.outcome(contracts, "2024-12-10") == "due"
    assert ask.outcome(contracts, "2025-02-20") == "overdue"
    assert ask.outcome(contracts, "2025-03-10") == "lost"


def test_m8_a_link_makes_an_add_on_the_renewal(ask: Ask) -> None:
    """What is named is named, whatever it is called."""
    contracts = [
        contract("K", *YEAR, 12_000),
        contract("A", *NEXT, 12_000, contract_type="Amendment", previous_contract_id="K"),
    ]
    assert ask.outcome(contracts, LATER) == "renewed_on_time"


@pytest.mark.parametrize(
    ("products", "renewed"),
    [
        ((None, None, None), True),
        (("Chat", "Chat", "Chat"), True),
        (("Chat", "More seats", "Chat"), True),  # its own product has no base: it belongs to any
        (("Chat", None, "Chat"), True),
        (("Chat", "Chat", "Desk"), False),
    ],
    ids=str,
)
def test_m8_what_renews_the_base_renews_the_add_on(
    ask: Ask, products: tuple[str | None, ...], renewed: bool
) -> None:
    """Base of 12,000 and add-on of 2,400 become one contract of 15,000, shared out by ARR."""
    contracts = [
        contract("K", *YEAR, 12_000, product=products[0], amount_basis="annual"),
        contract(
            *("A", "2024-11-01", "2024-12-31", 2_400),
            product=products[1],
            contract_type="Add-on",
            amount_basis="annual",
        ),
        contract("N", *NEXT, 15_000, product=products[2], amount_basis="annual"),
    ]
    found = ask.renewals(contracts, LATER)
    outcomes = {found[name]["outcome"] for name in "KA"}
    assert outcomes == {"renewed_on_time" if renewed else "lost"}
    if renewed:
        assert found["K"]["successor_arr"] == pytest.approx(12_500)
        assert found["A"]["successor_arr"] == pytest.approx(2_500)


@pytest.mark.parametrize(
    ("start", "amount", "outcome"),
    [
        ("2024-11-29", 5_999, "due"),  # 33 days before the day after the end
        ("2024-11-30", 5_999, "due"),  # 32
        ("2024-11-30", 6_000, "renewed_early"),  # exactly half
        ("2024-12-01", 5_999, "renewed_early"),  # 31 days: dates alone will do
        ("2024-10-03", 6_000, "renewed_early"),
        ("2025-01-01", 100, "renewed_early"),
    ],
)
def test_m8_what_starts_early_brings_at_least_half(
    ask: Ask, start: str, amount: float, outcome: str
) -> None:
    """More than 31 days before, a contract of less than half is no renewal of 12,000."""
    contracts = [
        contract("K", *YEAR, 12_000, amount_basis="annual"),
        contract("N", start, "2025-12-31", amount, amount_basis="annual", signed_date="2024-10-01"),
    ]
    assert ask.outcome(contracts, "2024-12-10") == outcome


def test_m8_the_nearest_is_chosen_of_those_that_remain(ask: Ask) -> None:
    """A small contract 40 days early is left out; the renewal 50 days late is the successor."""
    contracts = [
        contract("K", *YEAR, 12_000),
        contract("S", "2024-11-22", "2025-11-21", 1_000),
        contract("N", "2025-02-20", "2026-02-19", 12_000),
    ]
    assert ask.renewals(contracts, LATER)["K"]["successor_id"] == "N"


def test_m8_without_a_rate_amounts_of_one_currency_tell(ask: Ask) -> None:
    """Two contracts in a currency without a rate are held against each other all the same."""
    contracts = [
        contract("K", *YEAR, 12_000, currency="EUR"),
        contract("S", "2024-11-01", "2025-10-31", 2_400, currency="EUR"),
    ]
    assert ask.outcome(contracts, "2024-12-10") == "due"


def test_m14_a_credit_is_neither_due_nor_a_renewal(ask: Ask) -> None:
    """12,000 renewed as 12,000 is 100 %, with a credit of 4,000 a year in its days."""
    contracts = [
        contract("K", *YEAR, 12_000),
        contract("C", "2024-04-01", "2024-12-31", -3_000),
        contract("D", "2025-01-01", "2025-03-31", -300, previous_contract_id="K"),
        contract("N", *NEXT, 12_000),
    ]
    assert set(ask.renewals(contracts, LATER)) == {"K", "N"}
    row = ask.rates(contracts, LATER, window=("2024-10-01", "2024-12-31"))["all"]
    assert (row["contracts"], row["renewed"]) == (1, 1)
    assert (row["due_arr"], row["net_renewal_rate"]) == (pytest.approx(12_000), pytest.approx(1))
    moves = ask.moves(contracts, LATER, window=("2024-01-01", LATER))
    assert moves["2024-04", "all"] == {"contraction": pytest.approx(-4_000)}
    assert moves["2025-01", "all"] == {"expansion": pytest.approx(4_000 - 1_200)}
    assert moves["2025-04", "all"] == {"expansion": pytest.approx(1_200)}


def test_m14_what_is_kept_is_never_negative(ask: Ask) -> None:
    """A customer whose credit is larger than what stays keeps nothing, not less."""
    contracts = [
        contract("K", *YEAR, 1_000),
        contract("C", *NEXT, -500),
        contract("L", *YEAR, 1_000, "c2"),
        contract("M", *NEXT, 1_000, "c2"),
    ]
    row = ask.retention(contracts, "2025-12-31")["all"]
    assert (row["kept_arr"], row["arr_now"]) == (pytest.approx(1_000), pytest.approx(500))
    ledger = [contract("G", *YEAR, 1_000, outcome="renewed", renewed_amount=-200)]
    assert ask.rates(ledger, LATER)["all"]["kept_arr"] == 0


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("2024-02-29", "2025-02-28", 1),
        ("2024-02-29", "2026-02-28", 2),
        ("2020-02-29", "2023-02-28", 3),
        ("2024-02-29", "2028-02-28", 4),  # a day before the 29th, as ever
        ("2024-02-29", "2025-02-27", 1),
    ],
)
def test_m16_from_29_to_28_february_are_whole_years(
    ask: Ask, start: str, end: str, years: int
) -> None:
    """The day after, 1 March, adds no thirty-first of a month."""
    [row] = ask.renewals([contract("K", start, end, 12_000 * years)], "2024-03-31").values()
    assert row["arr"] == pytest.approx(12_000, abs=1e-9)


def test_m16_one_29_february_is_one_day(ask: Ask) -> None:
    """From 29 to 29 February is a day, not no time at all (A2)."""
    [row] = ask.renewals([contract("K", "2024-02-29", "2024-02-29", 100)], "2024-06-30").values()
    assert row["arr"] == pytest.approx(100 * 12 * 29)
