"""Rulings D: renewal rates, segments, filters and retention, by hand."""

from typing import Any

import pytest

from tests.kit.asking import Ask, contract
from tests.oracle.facts.facts import Contract, Customer, Settings

pytestmark = pytest.mark.quick

YEAR = ("2024-01-01", "2024-12-31")
NEXT = ("2025-01-01", "2025-12-31")
LATER = "2025-06-30"
DUE_2024: dict[str, Any] = {"window": ("2024-01-01", "2024-12-31")}


def test_d1_early_renewals_are_renewed_on_time(ask: Ask) -> None:
    """As of 2025-10-15, window to 2026-03: early ones are in renewed, on time and the rates."""
    contracts = [
        contract("K1", "2024-11-01", "2025-10-31", 100),
        contract("N1", "2025-11-01", "2026-10-31", 120, signed_date="2025-10-01"),
        contract("K2", "2025-01-01", "2025-12-31", 100, "c2"),
        contract("K3", "2024-09-01", "2025-08-31", 100, "c3"),
        contract("K4", "2024-08-01", "2025-07-31", 100, "c4", status="lost"),
    ]
    window = ("2025-07-01", "2026-03-31")
    row = ask.rates(contracts, "2025-10-15", window=window)["all"]
    names = ("contracts", "renewed", "renewed_on_time", "renewed_late", "lost", "overdue", "due")
    assert [row[name] for name in names] == [4, 1, 1, 0, 1, 1, 1]
    assert (row["contract_renewal_rate"], row["on_time_rate"]) == (0.5, 0.5)
    assert (row["due_arr"], row["renewed_arr"], row["kept_arr"]) == (200, 120, 100)
    assert (row["net_renewal_rate"], row["gross_renewal_rate"]) == (0.6, 0.5)
    assert ask.renewals(contracts, "2025-10-15")["K1"]["outcome"] == "renewed_early"


TWO = [
    contract("K1", *YEAR, 100, product="Chat"),
    contract("N1", *NEXT, 150, product="Chat"),
    contract("K2", *YEAR, 100, product="Desk"),
]


def test_d2_the_cap_is_per_customer(ask: Ask) -> None:
    """One customer, 100 -> 150 and 100 -> lost: gross 75 %; per product 100 % and 0 %."""
    row = ask.rates(TWO, LATER, **DUE_2024)["all"]
    assert row["gross_renewal_rate"] == pytest.approx(0.75)
    assert (row["logo_renewal_rate"], row["contract_renewal_rate"]) == (1, 0.5)
    parts = ask.rates(TWO, LATER, group_by="product", **DUE_2024)
    assert {name: part["gross_renewal_rate"] for name, part in parts.items()} == {
        "Chat": 1,
        "Desk": 0,
    }
    assert {name: part["kept_arr"] for name, part in parts.items()} == {"Chat": 100, "Desk": 0}


def test_d2_growth_at_one_customer_hides_no_loss_at_another(ask: Ask) -> None:
    """100 -> 200 at one and 100 -> lost at the other: net 100 %, gross 50 %."""
    contracts = [
        contract("K1", *YEAR, 100),
        contract("N1", *NEXT, 200),
        contract("K2", *YEAR, 100, "c2"),
    ]
    row = ask.rates(contracts, LATER, **DUE_2024)["all"]
    assert (row["net_renewal_rate"], row["gross_renewal_rate"]) == (1, 0.5)


def test_d3_rates_with_nothing_decided_are_null(ask: Ask) -> None:
    """Only due contracts: counts, and null rates; a window without contracts: no row."""
    contracts = [contract("K", *NEXT)]
    row = ask.rates(contracts, LATER)["all"]
    names = ("contract", "logo", "net", "gross")
    assert [row[f"{name}_renewal_rate"] for name in names] == [None] * 4
    assert (row["on_time_rate"], row["contracts"], row["due"]) == (None, 1, 1)
    assert ask.rates(contracts, LATER, window=("2027-01-01", None)) == {}


PEOPLE = [
    Customer("c1", industry="Retail", size="40", size_number=40, region="North", csm="Ann"),
    Customer("c2", industry="retail", size="KA", csm="Bo", extra={"Province": "Hunan"}),
    Customer("c3", industry=None, size="100-499", size_number=100, source_channel="referral"),
    Customer("c4", industry="Bank", size="1000+", size_number=1000, department="D1"),
    Customer("c5", industry="Bank", size="huge", tier="gold"),
]
FIVE = [contract(f"K{n}", *YEAR, 100, f"c{n}", contract_type="Annual") for n in range(1, 6)]


def segments(ask: Ask, dimension: str) -> dict[str, int]:
    """Count the five contracts by a dimension."""
    rates = ask.rates(FIVE, LATER, group_by=dimension, customers=PEOPLE)
    return {name: row["contracts"] for name, row in rates.items()}


def test_d4_labels_of_segments(ask: Ask) -> None:
    """Missing is "unknown"; size shows its band; month and quarter are by the last day."""
    assert segments(ask, "size") == {"small": 1, "large": 2, "mid": 1, "unknown": 1}
    assert segments(ask, "region") == {"North": 1, "unknown": 4}
    assert segments(ask, "month") == {"2024-12": 5}
    assert segments(ask, "quarter") == {"2024-Q4": 5}
    assert segments(ask, "contract_type") == {"Annual": 5}
    assert segments(ask, "product") == {"unknown": 5}
    assert segments(ask, "Province") == {"Hunan": 1, "unknown": 4}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ([("industry", ("RETAIL",))], {"K1", "K2"}),
        ([("industry", ("unknown",))], {"K3"}),
        ([("industry", ("Bank", "unknown"))], {"K3", "K4", "K5"}),
        ([("industry", ("bank",)), ("size", ("large",))], {"K4"}),
        ([("industry", ("nothing",))], set()),
        ([("Province", ("hunan",))], {"K2"}),
        ([("contract_type", ("annual",)), ("csm", ("Bo",))], {"K2"}),
        ([("product", ("unknown",))], {"K1", "K2", "K3", "K4", "K5"}),
    ],
)
def test_d5_filters(
    ask: Ask, filters: list[tuple[str, tuple[str, ...]]], expected: set[str]
) -> None:
    """Dimensions all hold, values are either-or, case does not matter, unknown is missing."""
    found = ask.renewals(FIVE, LATER, filters=filters, customers=PEOPLE)
    assert set(found) == expected


MOVED = [
    contract("K", *YEAR, 100, product="Chat"),
    contract("N", *NEXT, 100, product="Desk", previous_contract_id="K"),
]


def test_d6_segments_restrict_facts_to_their_contracts(ask: Ask) -> None:
    """From product Chat to Desk: churn in Chat, new in Desk, and a renewal all the same."""
    assert ask.moves(MOVED, "2025-12-31", group_by="product") == {
        ("2025-01", "Chat"): {"churn": -100},
        ("2025-01", "Desk"): {"new": 100},
    }
    chat = ask.moves(MOVED, "2025-12-31", filters=[("product", ("Chat",))])
    assert chat == {("2025-01", "all"): {"churn": -100}}
    retention = ask.retention(MOVED, "2025-12-31", group_by="product")
    assert {name: row["nrr"] for name, row in retention.items()} == {"Chat": 0}
    rates = ask.rates(MOVED, LATER, group_by="product", **DUE_2024)
    assert rates["Chat"]["net_renewal_rate"] == 1


def test_d7_a_contract_is_its_customers_csm_of_now(ask: Ask) -> None:
    """The CSM of an old contract is the customer's present one."""
    rates = ask.rates(FIVE[:1], "2024-06-30", group_by="csm", customers=PEOPLE)
    assert set(rates) == {"Ann"}


def test_d8_tiers_of_the_file_win(ask: Ask) -> None:
    """One customer has a tier in the file: the others are unknown."""
    assert segments(ask, "tier") == {"gold": 1, "unknown": 4}


def test_d8_tiers_by_arr_where_no_file_gives_any(ask: Ask) -> None:
    """Of 6 customers with ARR: 2 strategic, 2 core, the rest and those without ARR basic."""
    contracts = [contract(f"K{n}", *NEXT, 100 - n // 2, f"c{n}") for n in range(6)]
    contracts.append(contract("K9", *YEAR, 900, "c9"))
    rows = ask.rows("renewals", contracts, LATER, filters=[("tier", ("strategic",))])
    assert {row["contract_id"] for row in rows} == {"K0", "K1"}
    rates = ask.rates(contracts, LATER, group_by="tier")
    assert {name: row["contracts"] for name, row in rates.items()} == {
        "strategic": 2,
        "core": 2,
        "basic": 3,
    }


def test_d9_segments_without_opening_customers_are_left_out(ask: Ask) -> None:
    """Gone customers count 0 now, new ones do not count, a new segment has no row."""
    people = [Customer("c1", industry="A"), Customer("c2", industry="A"), Customer("c3")]
    contracts = [
        contract("K1", *YEAR, 100, "c1"),
        contract("N2", *NEXT, 70, "c2"),
        contract("N3", *NEXT, 70, "c3"),
    ]
    rows = ask.retention(contracts, "2025-12-31", group_by="industry", customers=people)
    assert set(rows) == {"A"}
    assert (rows["A"]["arr_now"], rows["A"]["nrr"], rows["A"]["logo_retention"]) == (0, 0, 0)
    assert rows["A"]["opening_customers"] == 1


def test_a_reactivation_inside_the_window_counts_as_kept(ask: Ask) -> None:
    """Lost in January, back in June with more: kept up to its opening ARR."""
    contracts = [contract("K", *YEAR, 100), contract("N", "2025-06-01", "2026-05-31", 130)]
    row = ask.retention(contracts, "2025-12-31")["all"]
    assert (row["kept_customers"], row["kept_arr"], row["arr_now"]) == (1, 100, 130)


def test_k18_a_currency_without_a_rate_is_in_counts_only(ask: Ask) -> None:
    """CNY, USD with a rate of 7 and EUR without one: 3 contracts, 100 + 700 of ARR."""
    contracts: list[Contract] = [
        contract("K1", *YEAR, 100, "c1", currency="CNY"),
        contract("K2", *YEAR, 100, "c2", currency="USD"),
        contract("K3", *YEAR, 100, "c3", currency="EUR"),
    ]
    rates = Settings(rates={"USD": 7.0})
    row = ask.rates(contracts, LATER, settings=rates)["all"]
    assert (row["contracts"], row["lost"], row["due_arr"]) == (3, 3, pytest.approx(800))


def test_k18_a_currency_without_a_rate_takes_no_share(ask: Ask) -> None:
    """Amount 0 and an amount without a rate, merged into 90: all of it falls to the known one."""
    contracts = [
        contract("K1", *YEAR, 0),
        contract("K2", *YEAR, 50, currency="EUR"),
        contract("N", *NEXT, 90),
    ]
    found = ask.renewals(contracts, LATER)
    assert (found["K1"]["successor_arr"], found["K2"]["successor_arr"]) == (90, None)
    assert ask.rates(contracts, LATER, **DUE_2024)["all"]["renewed_arr"] == 90
