"""Movement between two month ends, from the standings: the grid and the figures over it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import fsum

from tend.view import Filters, View
from tests.oracle.facts.company import arr_on, by_customer
from tests.oracle.facts.numbers import mean
from tests.oracle.health.indicators import is_in_force
from tests.oracle.health.queries import direction, last_month_end
from tests.oracle.health.standings import SCORES, Health, Limits, Month, Standing
from tests.oracle.renewals.rates import Row


@dataclass(frozen=True)
class Move:
    """A customer at two month ends; a standing is None where it is not in force in the filters."""

    customer_id: str
    before: Standing | None
    after: Standing | None
    is_there: bool
    from_cell: int | None
    to_cell: int | None
    arr: float
    sides: int

    @property
    def direction(self) -> str | None:
        """Name the way it went."""
        return direction(self.from_cell, self.to_cell, self.sides)


def month_ends(view: View) -> tuple[date, date]:
    """Give the two month ends of a view: from its start, or from a month before its end."""
    after = last_month_end(min(view.end or view.as_of, view.as_of))
    start = min(view.start, view.as_of) if view.start else after.replace(day=1)
    return last_month_end(start), after


def arrs(found: Health, day: date, filters: Filters) -> dict[str, float]:
    """Give the ARR of each customer with a chosen contract in force on a day, as of it (D6)."""
    deals = [
        deal for deal in found.company.chosen(View(day, filters=filters)) if is_in_force(deal, day)
    ]
    return {name: arr_on(own, day) for name, own in by_customer(deals).items()}


def moves(found: Health, view: View) -> list[Move]:
    """Give every customer that is there at one of the two month ends, in the filters."""
    sides = 2 if view.group_by == "2x2" else 3
    days = month_ends(view)
    there, here = (arrs(found, day, view.filters) for day in days)
    made = []
    for name in sorted(there.keys() | here.keys()):
        before = found.standing(name, days[0]) if name in there else None
        after = found.standing(name, days[1]) if name in here else None
        made.append(
            Move(
                name,
                before,
                after,
                name in here,
                cell(before, found.months.get(days[0]), sides),
                cell(after, found.months.get(days[1]), sides),
                here.get(name, 0.0),
                sides,
            )
        )
    return made


def cell(standing: Standing | None, month: Month | None, sides: int) -> int | None:
    """Number the cell of a grid of three or two sides; None where a state is unknown."""
    if standing is None or month is None or standing.quadrant is None:
        return None
    if sides == 3:
        return standing.quadrant
    outcome, experience = (side(standing, name, month.state_limits[name]) for name in SCORES)
    return 2 * outcome + experience + 1


def side(standing: Standing, name: str, limits: Limits | None) -> int:
    """Put average on the side whose limit is nearer to the score (J10)."""
    level, score = standing.levels[name], standing.scores[name]
    assert level is not None
    assert score is not None
    assert limits
    if level != 1:
        return level // 2
    average, healthy = limits
    return int(abs(healthy - score) <= abs(score - average))


def movement_grid(found: Health, view: View) -> list[Row]:
    """Give the cells with who came and went, and the ways from cell to cell."""
    went = moves(found, view)
    sides = 2 if view.group_by == "2x2" else 3
    numbers = range(1, sides * sides + 1)
    ways = way_rows(went, sides)
    left = [row for row in ways if row["direction"] != "stay" and not row["is_drawn"]]
    mixed = [row for row in left if row["direction"] == "mixed"]
    told: Row = {
        "left_ways": len(left),
        "left_customers": sum(int(str(row["customers"])) for row in left),
        "left_mixed": sum(int(str(row["customers"])) for row in mixed),
        "left_arr": fsum(float(str(row["arr"])) for row in left),
    }
    cells = (cell_row(went, number, sides) for number in numbers)
    return [row | told for row in (*cells, *ways)]


def cell_row(went: list[Move], number: int, sides: int) -> Row:
    """Give a cell at the later month end."""
    inside = [move for move in went if move.to_cell == number]
    into = Counter(move.direction for move in inside)
    out = Counter(move.direction for move in went if move.from_cell == number)
    return {
        "kind": "cell",
        "from_quadrant": None,
        "to_quadrant": number,
        "direction": None,
        "is_drawn": None,
        "place": None,
        "customers": len(inside),
        "arr": total(inside),
        "fell_in": into["fall"],
        "rose_in": into["rise"],
        "fell_out": out["fall"],
        "rose_out": out["rise"],
        **coordinates("to", number, sides),
        **coordinates("from", None, sides),
    }


def way_rows(went: list[Move], sides: int) -> list[Row]:
    """Give the ways that customers went, counted within their direction."""
    ways: defaultdict[tuple[str, int, int], list[Move]] = defaultdict(list)
    for move in went:
        if move.from_cell and move.to_cell and (name := move.direction):
            ways[name, move.from_cell, move.to_cell].append(move)
    ranked = sorted(ways, key=lambda way: (-len(ways[way]), -round(total(ways[way]), 4), way))
    places: Counter[str] = Counter()
    rows: list[Row] = []
    for way in ranked:
        name, start, end = way
        places[name] += 1
        row: Row = dict.fromkeys(("fell_in", "rose_in", "fell_out", "rose_out"))
        row |= {"kind": "way", "direction": name, "from_quadrant": start, "to_quadrant": end}
        row |= {"place": places[name], "customers": len(ways[way]), "arr": total(ways[way])}
        most = {"fall": 10, "rise": 7}.get(name, 0)  # arrows that one can still tell apart
        is_some = len(ways[way]) > 1 or places[name] <= 3
        row["is_drawn"] = is_some and places[name] <= most
        row |= coordinates("from", start, sides) | coordinates("to", end, sides)
        rows.append(row)
    return rows


def coordinates(which: str, number: int | None, sides: int) -> Row:
    """Give where a cell lies."""
    pair = (None, None) if number is None else divmod(number - 1, sides)
    return {f"{which}_{axis}": step for axis, step in zip(SCORES, pair, strict=True)}


def total(went: Iterable[Move]) -> float:
    """Add up the ARR at the later month end."""
    return fsum(move.arr for move in went)


def counted_moves(found: Health, view: View) -> Row:
    """Give the figures over the grid."""
    went = moves(found, view)
    before, after = month_ends(view)
    sides = 2 if view.group_by == "2x2" else 3
    here = [move for move in went if move.is_there]
    standings = [move.after for move in here]
    parts = {
        "fallen": [m for m in went if m.direction == "fall"],
        "risen": [m for m in went if m.direction == "rise"],
        "mixed": [m for m in went if m.direction == "mixed"],
        "at_risk": [m for m in here if m.after and m.after.levels["outcome"] == 0],
        "pleased": [m for m in here if m.to_cell == sides],
        "succeeding": [m for m in here if m.to_cell == sides * (sides - 1) + 1],
        "unknown": [m for m in here if m.to_cell is None],
    }
    row: Row = {"from_month": before, "to_month": after, "customers": len(here)}
    row |= {"arr": total(here), "compared": sum(m.direction is not None for m in went)}
    for name, part in parts.items():
        row |= {name: len(part), f"{name}_arr": total(part)}
    for score in SCORES:
        row[f"without_{score}"] = sum(s is None or s.scores[score] is None for s in standings)
    row["coverage"] = mean([s.coverage if s else 0.0 for s in standings])
    row["is_learned"] = is_learned(found.months.get(after))
    return row


def is_learned(month: Month | None) -> bool | None:
    """Tell whether renewed customers taught all limits of states; None where there are none."""
    if month is None or not any(month.state_limits.values()):
        return None
    return all(teaches(month, name) for name in SCORES if month.state_limits[name])


def teaches(month: Month, score: str) -> bool:
    """Tell whether renewed customers taught the limits of a score."""
    return month.is_learned and any(one[score] is not None for one in month.scored[0])
