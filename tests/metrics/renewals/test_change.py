"""The change of the renewal rate, explained by segments: what is left over is nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from tend.view import View, previous_window, year_before
from tests.kit.asking import Row, oracle
from tests.kit.product import Product
from tests.kit.samples.histories import companies
from tests.metrics.renewals.test_properties import batches
from tests.oracle.facts.company import Company
from tests.oracle.facts.facts import Contract, Customer
from tests.oracle.renewals import figures as renewal_figures


def explained(product: Product, company: Company, view: View) -> dict[str, Row]:
    """Ask the product, by segment."""
    return {row["segment"]: row for row in product(company, "renewal_change", view)}


def ranked(rows: list[Row]) -> list[Row]:
    """Rank what moved the same way as the whole, of segments with ten cases, by hand."""
    same = [
        row
        for row in rows
        if row["effect"] is not None
        and row["effect"] * row["change"] > 0
        and row["decided"] + row["previous_decided"] >= 10
    ]
    return sorted(same, key=lambda row: (-abs(row["effect"]), row["segment"], row["split"]))


@batches(4)
@given(companies(25))
def test_pairs_of_segments_explain_the_same_change(
    product: Product, drawn: tuple[Company, date]
) -> None:
    """By two dimensions, and against a year before: the rates are the matrix's, effects add up."""
    company, as_of = drawn
    view = View(as_of, as_of - timedelta(days=200), as_of, "size", split_by="product")
    for one in (view, view.yearly(is_yearly=True)):
        assert one.start
        assert one.end
        before = (
            year_before(one.start, one.end)
            if one.is_yearly
            else previous_window(one.start, one.end)
        )
        rows = product(company, "renewal_change", one)
        for days, names in (
            ((one.start, one.end), ("decided", "renewed", "rate")),
            (before, ("previous_decided", "previous_renewed", "previous_rate")),
        ):
            cells = renewal_figures.renewal_matrix(company, one.between(*days))
            wanted = {
                (c["segment"], c["split"]): (c["decided"], c["renewed"], c["contract_renewal_rate"])
                for c in cells
                if c["decided"]
            }
            told = {
                (row["segment"], row["split"]): tuple(row[name] for name in names)
                for row in rows
                if row[names[0]]
            }
            assert told == wanted
        known = [row for row in rows if row["change"] is not None]
        if known and known[0]["effect"] is not None:
            assert sum(row["effect"] for row in known) == pytest.approx(
                known[0]["change"], abs=1e-9
            )
        total = 0.0
        for place, row in enumerate(ranked(rows), start=1):
            total += row["effect"]
            assert row["place"] == place
            assert row["explained_share"] == pytest.approx(total / row["change"])
            others = sum(one["effect"] for one in known) - total
            assert row["explained_effect"] == pytest.approx(total, abs=1e-9)
            assert row["others_effect"] == pytest.approx(others, abs=1e-9)
        assert sum(row["place"] is not None for row in rows) == len(ranked(rows))


@batches(4)
@given(companies(25))
def test_effects_add_up_to_the_change(product: Product, drawn: tuple[Company, date]) -> None:
    """Counts are those of renewal_rates in both windows, and all effects sum to the change."""
    company, as_of = drawn
    start, end = as_of - timedelta(days=200), as_of
    before = previous_window(start, end)
    for dimension in ("industry", "size", "product", None):
        view = View(as_of, start, end, dimension)
        rows = explained(product, company, view)
        now, then = (
            {row["segment"]: row for row in oracle(company, "renewal_rates", one)}
            for one in (view, view.between(*before))
        )
        for name, row in rows.items():
            assert row["renewed"] == now.get(name, {}).get("renewed", 0)
            assert row["previous_renewed"] == then.get(name, {}).get("renewed", 0)
        whole = [
            oracle(company, "renewal_rates", one.grouped(None))
            for one in (view, view.between(*before))
        ]
        if not all(found and found[0]["contract_renewal_rate"] is not None for found in whole):
            continue
        rates = [float(str(found[0]["contract_renewal_rate"])) for found in whole]
        change = rates[0] - rates[1]
        assert sum(row["effect"] for row in rows.values()) == pytest.approx(change, abs=1e-9)
        for row in rows.values():
            assert row["change"] == pytest.approx(change, abs=1e-9)
            assert row["effect"] == pytest.approx(row["mix_effect"] + row["rate_effect"], abs=1e-12)


def test_mix_and_rate_by_hand(product: Product) -> None:
    """Two segments whose rates stay, but the weaker one grows: all of the fall is mix."""
    contracts, customers = [], []
    # 2023: 6 of 8 banks and 1 of 2 shops renew, 70 %; 2024: 3 of 4 and 3 of 6, 60 %
    plan = ((2023, "bank", 8, 6), (2023, "shop", 2, 1), (2024, "bank", 4, 3), (2024, "shop", 6, 3))
    for year, industry, count, renewed in plan:
        for number in range(count):
            name = f"{industry}-{year}-{number}"
            customers.append(Customer(name, name, industry))
            contracts.append(Contract(name, name, date(year, 1, 1), date(year, 12, 31), 100.0))
            if number < renewed:  # until after both years
                until = date(2025, 12, 31)
                contracts.append(Contract(f"N-{name}", name, date(year + 1, 1, 1), until, 100.0))
    view = View(date(2025, 6, 30), date(2024, 1, 1), date(2024, 12, 31), "industry")
    rows = explained(product, Company(contracts, customers), view)
    told = {name: (row["mix_effect"], row["rate_effect"]) for name, row in rows.items()}
    assert told == {
        "bank": (pytest.approx(-0.4 * (0.75 - 0.65)), 0),
        "shop": (pytest.approx(0.4 * (0.50 - 0.65)), 0),
    }
    assert rows["bank"]["change"] == pytest.approx(-0.1)
