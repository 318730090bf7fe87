"""Why scores moved between two month ends: indicators, and the customers they moved."""

from dataclasses import dataclass
from datetime import date
from math import fsum

from tend.view import View
from tests.oracle.health.moves import Move, counted_moves, month_ends, moves
from tests.oracle.health.queries import steps_between
from tests.oracle.health.standings import SCORES, Health, Standing
from tests.oracle.renewals.contracts import next_renewals
from tests.oracle.renewals.rates import Row

SOON = 120  # days in which a contract that ends matters first
NO_CHANGE = 1e-9  # what two ways of adding may differ by


@dataclass(frozen=True)
class Change:
    """An indicator at two month ends, and what it moved its score."""

    score: str
    values: tuple[float | None, float | None]
    points: tuple[float | None, float | None]
    change: float | None  # None: the score is unknown at one of them, nothing to explain


def changes(found: Health, customer_id: str, before: date, after: date) -> dict[str, Change]:
    """Give what each indicator moved its score, held against the score before."""
    pair = [found.standing(customer_id, day) for day in (before, after)]
    shares = [shares_of(found, standing) for standing in pair]
    made = {}
    for one in found.definition.switched_on:
        known = [standing.points[one.name] if standing else None for standing in pair]
        values = [
            standing.values[one.name] if standing and points is not None else None
            for standing, points in zip(pair, known, strict=True)
        ]
        start = pair[0].scores[one.score] if pair[0] else None
        change = None
        if start is not None and pair[1] and pair[1].scores[one.score] is not None:
            steps = [
                0.0 if points is None else share[one.name] * (points - start)
                for share, points in zip(shares, known, strict=True)
            ]
            change = steps[1] - steps[0]
        made[one.name] = Change(one.score, (values[0], values[1]), (known[0], known[1]), change)
    return made


def shares_of(found: Health, standing: Standing | None) -> dict[str, float]:
    """Give the share of each indicator with data in its score."""
    there = [
        one
        for one in found.definition.switched_on
        if standing and standing.points[one.name] is not None
    ]
    totals = {score: fsum(o.weight for o in there if o.score == score) for score in SCORES}
    return {one.name: one.weight / totals[one.score] for one in there}


def customer_move(found: Health, view: View, customer_id: str) -> list[Row]:
    """Give the indicators of a customer at two month ends."""
    return [
        {
            "indicator": name,
            "score": one.score,
            "from_value": one.values[0],
            "to_value": one.values[1],
            "from_points": one.points[0],
            "to_points": one.points[1],
        }
        for name, one in changes(found, customer_id, *month_ends(view)).items()
    ]


def movement_summary(found: Health, view: View) -> list[Row]:
    """Give the figures over the grid, and how many fell without an indicator that moved them."""
    fallen = [row for row in movement_customers(found, view) if row["direction"] == "fall"]
    ending = [float(str(row["arr"])) for row in fallen if row["is_ending"]]
    told: Row = {
        "fallen_by_limits": sum(row["indicators"] is None for row in fallen),
        "ending": len(ending),
        "ending_arr": fsum(ending),
    }
    return [counted_moves(found, view) | told]


def movement_customers(found: Health, view: View) -> list[Row]:
    """Give who went which way, and why."""
    days = month_ends(view)
    ends = next_renewals(found.company.deals(view.as_of), found.company.settings)
    rows: list[Row] = []
    for move in moves(found, view):
        end = ends[move.customer_id].last if move.customer_id in ends else None
        customer = found.company.customer(move.customer_id)
        row: Row = {
            "customer_id": move.customer_id,
            "customer_name": found.company.name(move.customer_id),
            "csm": customer.csm,
            "direction": move.direction,
            "from_quadrant": move.from_cell,
            "to_quadrant": move.to_cell,
            "sides": move.sides,
            "arr": move.arr,
            "end_date": end,
            "days_left": (end - view.as_of).days if end else None,
            "is_ending": end is not None and (end - view.as_of).days <= SOON,
        }
        for score in SCORES:
            row[f"from_{score}_score"] = move.before.scores[score] if move.before else None
            row[f"{score}_score"] = move.after.scores[score] if move.after else None
        rows.append(row | reasons(move, changes(found, move.customer_id, *days)))
    return rows


def reasons(move: Move, changed: dict[str, Change]) -> Row:
    """Name the indicators that moved a score the way its state went, the strongest first."""
    names: list[str] = []
    if move.from_cell and move.to_cell:
        ways = dict(
            zip(SCORES, steps_between(move.from_cell, move.to_cell, move.sides), strict=True)
        )
        names = [
            name
            for name, one in changed.items()
            if (one.change or 0) * ways[one.score] > NO_CHANGE and one.values[0] != one.values[1]
        ]
    names.sort(key=lambda name: (-round(abs(changed[name].change or 0), 9), name))
    return {
        "indicators": names or None,
        "from_values": [changed[name].values[0] for name in names] or None,
        "to_values": [changed[name].values[1] for name in names] or None,
    }
