"""What the pages say about health month by month: use, flows, alerts, limits, distributions."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum

from tend.view import View
from tests.oracle.facts.company import arr_on, by_customer
from tests.oracle.facts.days import DAY
from tests.oracle.facts.numbers import mean
from tests.oracle.facts.signals import Signals
from tests.oracle.health.indicators import RECENT, last_90_days, values_of
from tests.oracle.health.moves import arrs
from tests.oracle.health.queries import direction, last_month_end, standing_row
from tests.oracle.health.standings import Health, Standing
from tests.oracle.renewals.rates import Row, in_window

STANDARD = ("active_users", "licensed_users", "key_actions", "features_used")
LOW_SHARE = 0.3
BINS = 20
FEW_VALUES = 24
Key = tuple[str, str]
Span = tuple[date, date]


@dataclass(frozen=True)
class Seen:
    """A customer in force at a month end."""

    day: date
    customer_id: str
    arr: float
    standing: Standing
    actions: float  # key actions of 90 days, 0 without any

    def value(self, indicator: str) -> float | None:
        """Give the value of an indicator."""
        return self.standing.values[indicator]


def shown(found: Health, view: View) -> list[date]:
    """Give the month ends of a view."""
    days = [day for day in found.month_ends() if day <= view.as_of]
    return [day for day in days if in_window(day, view)]


def seen(found: Health, day: date, view: View) -> Iterator[Seen]:
    """Give the customers in force at a month end, in the filters."""
    for name, arr in arrs(found, day, view.filters).items():
        standing = found.standing(name, day)
        assert standing
        recent = last_90_days(found.signals, name, day)
        yield Seen(day, name, arr, standing, fsum(values_of(recent, "key_actions")))


def told(signals: Signals, measure: str | None = None) -> Span:
    """Give the days in whose last 90 the files tell of anybody's use, or have a measure."""
    ends = [one.period_end for one in signals.usage if measure in (None, one.measure)]
    return (min(ends), max(ends) + RECENT) if ends else (date.max, date.max)


def is_told(day: date, span: Span) -> bool:
    """Tell whether the files tell something of a day."""
    return span[0] <= day < span[1]


def health_flows(found: Health, view: View) -> list[Row]:
    """Give who rose and fell since the month before, and who stands where."""
    rows: list[Row] = []
    for day in shown(found, view):
        earlier = last_month_end(day.replace(day=1) - DAY)
        there = arrs(found, earlier, view.filters)
        ways: Counter[str | None] = Counter()
        states: Counter[str] = Counter()
        fallen = []
        for one in seen(found, day, view):
            before = found.standing(one.customer_id, earlier) if one.customer_id in there else None
            way = direction(before.quadrant if before else None, one.standing.quadrant)
            ways[way] += 1
            states[one.standing.state("outcome")] += 1
            if way == "fall":
                fallen.append(one.arr)
        if states:
            row: Row = {"month": day, "customers": states.total(), "fallen_arr": fsum(fallen)}
            row |= {"risen": ways["rise"], "fallen": ways["fall"], "mixed": ways["mixed"]}
            names = ("healthy", "average", "at_risk", "unknown")
            rows.append(row | {name: states[name] for name in names})
    return rows


def health_steadiness(found: Health, view: View) -> list[Row]:
    """Give how many customers moved in each of twelve months, and went back in the month after."""
    known, day, months = set(found.month_ends()), last_month_end(view.as_of), set[date]()
    compared = moved = followed = returned = 0
    for _ in range(12):
        earlier, later = (last_month_end(d) for d in (day.replace(day=1) - DAY, day + 31 * DAY))
        was, now = (standing_places(found, d, view, known) for d in (earlier, day))
        then = standing_places(found, later, view, known) if later <= view.as_of else {}
        for name in was.keys() & now.keys():
            months.add(day)
            compared += 1
            moved += was[name] != now[name]
            followed += was[name] != now[name] and name in then
            returned += was[name] != now[name] and then.get(name) == was[name]
        day = earlier
    row: Row = {"months": len(months), "compared": compared, "moved": moved}
    row |= {"moved_rate": moved / compared if compared else None, "followed": followed}
    row |= {"returned": returned, "returned_rate": returned / followed if followed else None}
    return [row]


def standing_places(found: Health, day: date, view: View, known: set[date]) -> dict[str, int]:
    """Give the quadrant of each customer in force in the filters that has one at a month end."""
    if day not in known:
        return {}
    standings = {one.customer_id: one.standing.quadrant for one in seen(found, day, view)}
    return {name: place for name, place in standings.items() if place}


def usage_states(found: Health, view: View) -> list[Row]:
    """Give who uses the product well, badly, or not at all, by count and by ARR."""
    used, counted = told(found.signals), told(found.signals, "key_actions")
    names = ("well", "badly", "not_at_all", "unknown")
    rows: list[Row] = []
    for day in shown(found, view):
        here = list(seen(found, day, view))
        parts: defaultdict[str, list[float]] = defaultdict(list)
        for one in here:
            parts[use_of(one, used, counted)].append(one.arr)
        if not here:
            continue
        arr = fsum(one.arr for one in here)
        shares = [v for one in here if (v := one.value("deployment")) is not None]
        features = [v for one in here if (v := one.value("breadth")) is not None]
        row: Row = {"month": day, "customers": len(here), "arr": arr, "active_share": mean(shares)}
        row |= {name: len(parts[name]) for name in names}
        row |= {f"{name}_arr": fsum(parts[name]) for name in names}
        row |= {f"{name}_rate": len(parts[name]) / len(here) for name in names}
        row["single_feature"] = sum(value <= 1 for value in features)
        row["well_arr_rate"] = fsum(parts["well"]) / arr if arr else None
        rows.append(row)
    return rows


def use_of(one: Seen, used: Span, counted: Span) -> str:
    """Say how a customer uses the product; where it is not told or counted, it is not known."""
    level = one.standing.levels["outcome"]
    if not is_told(one.day, used):
        return "unknown"
    if not one.actions and is_told(one.day, counted):
        return "not_at_all"
    return "unknown" if level is None else "badly" if level == 0 else "well"


# --- alerts


def health_alerts(found: Health, view: View) -> list[Row]:
    """Walk the months: a cause that was there a month before is no news, a fall always is."""
    counted = told(found.signals, "key_actions")
    last_day = last_month_end(view.as_of)
    before: dict[str, Seen] = {}
    held: set[Key] = set()
    rows: list[Row] = []
    for day in shown(found, View(view.as_of)):
        here = {one.customer_id: one for one in seen(found, day, view)}
        holding: set[Key] = set()
        for name, one in here.items():
            causes = causes_of(one, before.get(name), counted)
            holding |= {(name, cause) for cause in causes}
            rows += [
                alert(found, one, before.get(name), cause, causes[cause])
                for cause in causes
                if cause == "quadrant_fall" or (name, cause) not in held
            ]
        before, held = here, holding
    last = before if shown(found, View(view.as_of))[-1:] == [last_day] else {}
    for row in rows:
        row["is_lasting"] = is_lasting(row, last, counted)
    return [row for row in rows if in_window(as_day(row["month"]), view)]


def causes_of(one: Seen, before: Seen | None, counted: Span) -> dict[str, float | None]:
    """Give what is wrong with a customer at a month end, with the value that shows it."""
    causes: dict[str, float | None] = {}
    quadrant = before.standing.quadrant if before else None
    if direction(quadrant, one.standing.quadrant) == "fall":
        causes["quadrant_fall"] = None
    is_long_counted = counted[0] <= one.day - timedelta(days=90)
    if not one.actions and is_long_counted and is_told(one.day, counted):
        causes["not_used"] = None
    share, features = one.value("deployment"), one.value("breadth")
    if share is not None and share < LOW_SHARE:
        causes["low_active_share"] = share
    if features is not None and features <= 1:
        causes["single_feature"] = features
    return causes


def alert(found: Health, one: Seen, before: Seen | None, cause: str, value: float | None) -> Row:
    """Show an alert."""
    return {
        "month": one.day,
        "customer_id": one.customer_id,
        "customer_name": found.company.name(one.customer_id),
        "csm": found.company.customer(one.customer_id).csm,
        "cause": cause,
        "from_quadrant": before.standing.quadrant if before else None,
        "to_quadrant": one.standing.quadrant,
        "value": value,
        "arr": one.arr,
    }


def is_lasting(row: Row, last: dict[str, Seen], counted: Span) -> bool:
    """Tell whether a cause holds at the last month end; a fall, whether nothing is better now."""
    one = last.get(str(row["customer_id"]))
    if one is None:
        return False
    if row["cause"] == "quadrant_fall":
        to_quadrant = row["to_quadrant"]
        assert isinstance(to_quadrant, int)
        return direction(to_quadrant, one.standing.quadrant) in ("stay", "fall")
    return row["cause"] in causes_of(one, None, counted)


def as_day(value: object) -> date:
    """Give a cell that is a day."""
    assert isinstance(value, date)
    return value


# --- one customer


def customer_health(found: Health, view: View, customer_id: str) -> list[Row]:
    """Give the path of a customer."""
    rows: list[Row] = []
    for day in shown(found, View(view.as_of)):
        if standing := found.standing(customer_id, day):
            own = by_customer(found.company.deals(day))[customer_id]
            rows.append({"month": day, **standing_row(standing), "arr": arr_on(own, day)})
    return rows


def health_indicators(found: Health, view: View, customer_id: str) -> list[Row]:
    """Give what a customer's scores are made of."""
    month = found.months.get(last_month_end(view.as_of))
    standing = month.standings.get(customer_id) if month else None
    rows: list[Row] = []
    for one in found.definition.switched_on:
        row: Row = {"indicator": one.name, "score": one.score}
        row |= dict.fromkeys(("value", "low", "high", "points", "part"))
        if month and standing and (points := standing.points[one.name]) is not None:
            limits = month.scale.limits(one, found.company.customer(customer_id).industry)
            assert limits
            there = [
                other.weight
                for other in found.definition.switched_on
                if other.score == one.score and standing.points[other.name] is not None
            ]
            row |= {"value": standing.values[one.name], "low": limits[0], "high": limits[1]}
            row |= {"points": points, "part": one.weight * points / fsum(there)}
        rows.append(row)
    return rows
