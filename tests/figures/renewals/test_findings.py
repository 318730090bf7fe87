"""What figures of renewals say, held against small tables: the news, not the mildest number."""

import pyarrow as pa
import pytest

from tend.figures.forecast import findings as forecast_findings
from tend.figures.renewals import findings

pytestmark = pytest.mark.quick


def headline(**changes: float | None) -> list[findings.Row]:
    """Give measures with their change, the contract rate first."""
    return [
        {"measure": name, "change_previous": change, "is_few_cases": False}
        for name, change in changes.items()
    ]


def test_the_rate_that_moved_clearly_more_is_named() -> None:
    """The amount fell by seven points while the contracts hardly moved."""
    rows = headline(contract_renewal_rate=-0.007, logo_renewal_rate=-0.02, net_renewal_rate=-0.071)
    row = findings.moved_most(rows, "change_previous")
    assert row is not None
    assert row["measure"] == "net_renewal_rate"


def test_no_rate_is_named_that_moved_alike() -> None:
    """Less than two points further is no news; without a period before there is nothing."""
    alike = headline(contract_renewal_rate=-0.05, net_renewal_rate=-0.06)
    assert findings.moved_most(alike, "change_previous") is None
    unknown = headline(contract_renewal_rate=None, net_renewal_rate=-0.06)
    assert findings.moved_most(unknown, "change_previous") is None


def explained(*effects: float) -> pa.Table:
    """Give segments that add up to a change, ranked as the query ranks them."""
    change, total, rows = sum(effects), 0.0, []
    for number, effect in enumerate(effects):
        is_same = effect * change > 0
        total += effect if is_same else 0
        rows.append(
            {
                "segment": f"S{number}",
                "split": None,
                "effect": effect,
                "change": change,
                "place": number + 1 if is_same else None,
                "explained_share": total / change if is_same else None,
                "explained_effect": total if is_same else None,
                "others_effect": change - total if is_same else None,
            }
        )
    return pa.Table.from_pylist(rows)


def test_a_segment_that_others_outweigh_does_not_explain_most() -> None:
    """-2.4 points of -0.7: it alone did more than came of it, and the others are told."""
    said = findings.change(explained(-0.024, 0.017), "en")
    assert said == "S0 alone: −2.4 pts; all others together: +1.7 pts; in all −0.7 pts"
    assert findings.change(explained(-0.03, -0.01), "en") == "S0: −3.0 pts, of −4.0 pts in all"


def test_one_segment_alone_explains_nothing() -> None:
    """Where the filter leaves one segment, it is the whole."""
    assert findings.explainers(explained(-0.03)) == []
    assert findings.change(explained(-0.03), "en") is None


def periods(*rates: float, still_open: int = 0, start: int = 0) -> pa.Table:
    """Give quarters from 2024 on; the last may have open contracts."""
    quarters = [f"{2024 + number // 4}-Q{number % 4 + 1}" for number in range(len(rates))]
    return pa.Table.from_pylist(
        [
            {
                "segment": quarters[number],
                "segment_code": quarters[number],
                "contract_renewal_rate": rate,
                "is_few_cases": False,
                "open": still_open if number == len(rates) - 1 else 0,
            }
            for number, rate in enumerate(rates)
        ][start:]
    )


def test_the_trend_compares_the_newest_finished_period() -> None:
    """With the one before and the year before, and the lowest where it stands out."""
    told = periods(0.9, 0.88, 0.6, 0.9, 0.92, 0.8, 0.99, still_open=3)
    assert findings.trend(told, "en") == (
        "2025-Q2: 80.0 % renewed, after 92.0 % in 2025-Q1 and 88.0 % in 2024-Q2;"
        " lowest: 60.0 % in 2024-Q3"
    )
    assert findings.trend(periods(0.9, 0.88), "en") == (
        "2024-Q2: 88.0 % renewed, after 90.0 % in 2024-Q1"
    )
    assert findings.trend(periods(0.9, 0.88, still_open=1), "en") is None


def lost(**reasons: tuple[int, float]) -> pa.Table:
    """Give groups of reasons with contracts and ARR."""
    return pa.Table.from_pylist(
        [
            {
                "reason_group": name,
                "contracts": count,
                "arr": arr,
                "reason_group_code": "unknown" if name == "blank" else name,
            }
            for name, (count, arr) in reasons.items()
        ]
    )


def test_losses_are_told_by_money_where_the_orders_differ() -> None:
    """Seven small contracts do not hide the five that cost most, nor what has no reason."""
    table = lost(product=(7, 178e3), blank=(6, 774e3), natural=(5, 903e3))
    assert findings.reasons(table, "en") == (
        "Most ARR lost: natural (903.0K, 5 contracts); most often: product (7, 178.0K);"
        " 774.0K without a reason (6)"
    )
    same = lost(product=(7, 978e3), natural=(5, 903e3))
    assert findings.reasons(same, "en") == (
        "Most often lost, and most ARR: product (7 contracts, 978.0K)"
    )
    tied = lost(blank=(5, 333e3), natural=(3, 422e3), target=(3, 330e3))
    assert findings.reasons(tied, "en") == (
        "Most ARR lost: natural (422.0K, 3 contracts); 333.0K without a reason (5)"
    )
    assert findings.reasons(lost(price=(2, 97e3), blank=(5, 1e3)), "en") is None


def test_every_miss_is_told_with_its_side() -> None:
    """Twenty-seven of 34, and all seven misses on one side: not a harmless 79 %."""
    row = {"lead": 3, "months_checked": 34, "months_inside": 27}
    said = forecast_findings.check(
        pa.Table.from_pylist([row | {"months_below": 7, "months_above": 0}]), "en"
    )
    assert said is not None
    assert said.endswith(
        "in 27 of 34 months what came lay in the 80 % interval; every miss (7) came in lower"
    )
    both = forecast_findings.check(
        pa.Table.from_pylist([row | {"months_below": 4, "months_above": 3}]), "en"
    )
    assert both is not None
    assert both.endswith("; 4 came in lower, 3 higher")


def test_the_most_wrong_chances_are_named() -> None:
    """The group whose interval misses most, not the largest that happens to fit."""
    names = (
        *("chance_from", "chance_to", "contracts", "renewed", "expected_rate", "rate"),
        *("rate_low", "rate_high", "is_as_expected"),
    )
    right = (0.8, 0.9, 257, 222, 0.87, 0.864, 0.816, 0.9, True)
    wrong = (0.9, 1.0, 193, 169, 0.939, 0.876, 0.822, 0.915, False)
    table = pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in (right, wrong)])
    said = forecast_findings.calibration(table, "en")
    assert said is not None
    assert said.startswith(
        "Chances of 90.0 % to 100.0 % were too high: 87.6 % renewed (169 of 193)"
    )
    fitting = forecast_findings.calibration(table.slice(0, 1), "en")
    assert fitting is not None
    assert fitting.startswith("Chances were right")
