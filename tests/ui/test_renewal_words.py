"""What figures of renewals say, held against small tables: the news, not the mildest number."""

import pyarrow as pa

from tend import renewal_findings as findings


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
    assert said == "S0 alone: -2.4 pts; all others together: +1.7 pts; in all -0.7 pts"
    assert findings.change(explained(-0.03, -0.01), "en") == "S0: -3.0 pts, of -4.0 pts in all"


def test_one_segment_alone_explains_nothing() -> None:
    """Where the filter leaves one segment, it is the whole."""
    assert findings.explainers(explained(-0.03)) == []
    assert findings.change(explained(-0.03), "en") is None
