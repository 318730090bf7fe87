"""Priorities and the causes of tasks a second time, customer by customer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor, fsum

from tend.view import View
from tests.oracle.facts.company import UNKNOWN
from tests.oracle.facts.days import DAY, add_months, month_end
from tests.oracle.facts.facts import plain
from tests.oracle.facts.signals import nps_group
from tests.oracle.health.figures import health_alerts
from tests.oracle.health.queries import direction, last_month_end, quadrant
from tests.oracle.health.standings import Health
from tests.oracle.renewals.contracts import next_renewals, shows_mark
from tests.oracle.renewals.deal import Deal
from tests.oracle.renewals.rates import Row
from tests.oracle.service.ends import Stage, is_news, newest_touch
from tests.oracle.service.service import Team, in_force

LOOK_BACK = timedelta(days=90)
OPEN = ("due", "overdue")
# Days in a stage, by tier, and in which order they are gone through (S5)
STAGES = ("start talking", "plan", "quote", "commercial process", "deferred")
LIMITS = {
    "strategic": (30, 30, 21, 30, 45),
    "core": (21, 21, 14, 30, 30),
    "basic": (14, 14, 10, 21, 30),
}
OTHERS = (21, 21, 14, 30, 30)
START = timedelta(days=90)
# The rule, the customer, what it is about, and what makes it a cause of its own.
Cause = tuple[str, str, str, str]


@dataclass(frozen=True)
class Standing:
    """The stage an open contract stands in."""

    deal: Deal
    stage: str
    entered_on: date
    days: int
    limit: int | None

    @property
    def is_over(self) -> bool:
        """Tell whether it stands there for longer than it may."""
        return self.limit is not None and self.days > self.limit


def standings(team: Team, stages: Sequence[Stage], as_of: date) -> Iterator[Standing]:
    """Give where every open contract stands: in its latest stage, or not started in time."""
    for deal in team.company.deals(as_of):
        if deal.outcome not in OPEN:
            continue
        own = [s for s in stages if s.contract_id == deal.fact.contract_id]
        known = sorted((s for s in own if s.entered_on <= as_of), key=in_order)
        if known:
            tier = plain(team.company.tier(team.company.customer(deal.fact.customer_id), as_of))
            since = first_day(known)
            limits = dict(zip(STAGES, LIMITS.get(tier, OTHERS), strict=True))
            stage = plain(known[-1].stage)
            yield Standing(deal, stage, since, (as_of - since).days, limits.get(stage))
        elif deal.last and deal.last - START <= as_of:
            begun = deal.fact.start_date or date.min
            since = max(deal.last - START, begun)
            # A contract shorter than that renews as it runs: nothing of it is late.
            limit = 14 if begun <= deal.last - START else None
            yield Standing(deal, "not started", since, (as_of - since).days, limit)


def in_order(one: Stage) -> tuple[date, int]:
    """Sort words by their day, of one day the stage further on last."""
    order = (*STAGES, "renewed", "lost")
    return one.entered_on, order.index(plain(one.stage))


def first_day(known: list[Stage]) -> date:
    """Give the day on which the latest stage was entered, however often it was said since."""
    since = known[-1].entered_on
    for one in reversed(known):
        if one.stage != known[-1].stage:
            break
        since = one.entered_on
    return since


# --- priorities


def priorities(team: Team, found: Health, stages: Sequence[Stage], view: View) -> list[Row]:
    """Give each customer's parts, weighed by its place in its CSM's book."""
    here = {name: deals for (_, name), deals in in_force(team, view, view.as_of).items()}
    arrs = {n: fsum(d.arr_on(view.as_of) for d in deals) for n, deals in here.items()}
    csms = {name: team.company.customer(name).csm or UNKNOWN for name in here}
    stuck = {s.deal.fact.customer_id for s in standings(team, stages, view.as_of) if s.is_over}
    ends = next_renewals(team.company.chosen(view), team.company.settings)
    rows: list[Row] = []
    for name in here:
        if all(shows_mark(deal, team.company.settings) for deal in here[name]):
            continue  # M31: in the list "save it?"
        book = [arrs[other] for other in here if csms[other] == csms[name]]
        smaller = sum(arr <= arrs[name] for arr in book) - 1
        weight = 0.5 + smaller / max(len(book) - 1, 1)
        end = ends[name].last if name in ends else None
        points = {
            "renewal_part": 0.0 if end is None else due_points((end - view.as_of).days),
            **health_points(found, name, view.as_of),
            "touch_part": touch_points(team, name, view.as_of),
            "task_part": 0.0,
            "stage_part": 10.0 if name in stuck else 0.0,
        }
        parts = {part: tenth(weight * value) for part, value in points.items()}
        row: Row = {"csm": csms[name], "customer_id": name, "weight": weight, "arr": arrs[name]}
        row |= parts
        rows.append(row | {"priority": tenth(fsum(parts.values())), "reasons": reasons(parts)})
    return rows


def reasons(parts: dict[str, float]) -> list[str]:
    """Name the parts that are not nought, the weightiest first."""
    there = [part for part in parts if parts[part] > 0]
    ranked = sorted(there, key=lambda part: -parts[part])
    return [part.removesuffix("_part") for part in ranked]


def tenth(value: float) -> float:
    """Round to one decimal, halves up, as what is shown."""
    return floor(value * 10 + 0.5) / 10


def due_points(days_left: int) -> float:
    """Give 35 within 30 days, nothing at 120, straight in between."""
    return 35 * min(1.0, max(0.0, (120 - days_left) / 90))


def health_points(found: Health, name: str, as_of: date) -> dict[str, float]:
    """Give 12 and 8 for a score at risk, 5 and 3 for an average one; 10 for a fall in 3 months."""
    month = last_month_end(as_of)
    later = found.standing(name, month)
    before = found.standing(name, month_end(add_months(month, -3)))
    points = 0.0
    if later:
        points += {None: 0, 0: 12, 1: 5, 2: 0}[later.levels["outcome"]]
        points += {None: 0, 0: 8, 1: 3, 2: 0}[later.levels["experience"]]
    fell = direction(quadrant(before), quadrant(later)) == "fall"
    return {"health_part": points, "fall_part": 10.0 if fell else 0.0}


def touch_points(team: Team, name: str, as_of: date) -> float:
    """Give 10 where nobody touched it this month, 5 where nobody did for 60 days."""
    days = [t.touched_on for t in team.signals.of(name).touches if t.touched_on <= as_of]
    last, newest = max(days, default=date.min), newest_touch(team, as_of)
    until = as_of if is_news(newest, as_of) else newest
    is_untouched = last < as_of.replace(day=1) <= newest
    return (10.0 if is_untouched else 0.0) + (5.0 if (until - last).days > 60 else 0)


# --- causes of tasks


def causes(team: Team, found: Health, stages: Sequence[Stage], as_of: date) -> set[Cause]:
    """Give every cause that asks for a task on a day: rule, customer, and what makes it one."""
    here = {name for _, name in in_force(team, View(as_of), as_of)}
    all_of_them = (
        *renewals_due(team, as_of),
        *visits(team, as_of),
        *turns(found, as_of),
        *criticism(team, as_of),
        *silence(team, here, as_of),
        *stuck_ones(team, stages, as_of),
    )
    return {cause for cause in all_of_them if cause[1] in here}


def renewals_due(team: Team, as_of: date) -> Iterator[Cause]:
    """90 days before the end."""
    for deal in team.company.deals(as_of):
        if deal.outcome in OPEN and deal.last and (deal.last - as_of).days <= 90:
            contract = deal.fact.contract_id
            yield "renewal_due", deal.fact.customer_id, contract, str(deal.last)


def visits(team: Team, as_of: date) -> Iterator[Cause]:
    """30 days after go-live."""
    for customer in team.company.customers:
        if customer.go_live_date:
            day = customer.go_live_date + timedelta(days=30)
            if as_of - LOOK_BACK <= day <= as_of:
                yield "first_visit", customer.customer_id, str(customer.go_live_date), ""


def turns(found: Health, as_of: date) -> Iterator[Cause]:
    """A fall that still lasts, within 90 days; few active users and one feature while they last."""
    newest: dict[tuple[str, str], date] = {}
    for row in health_alerts(found, View(as_of)):
        name, cause, month = str(row["customer_id"]), str(row["cause"]), row["month"]
        assert isinstance(month, date)
        if row["is_lasting"] and cause == "quadrant_fall" and month >= as_of - LOOK_BACK:
            yield cause, name, f"{month:%Y-%m}", ""
        elif row["is_lasting"] and cause in ("low_active_share", "single_feature"):
            newest[name, cause] = max(month, newest.get((name, cause), date.min))
    for (name, cause), month in newest.items():
        yield cause, name, f"{month:%Y-%m}", ""


def criticism(team: Team, as_of: date) -> Iterator[Cause]:
    """The answer of a detractor; where there is none, a rating of 1 or 2 of 5."""
    for one in team.signals.surveys:
        if as_of - LOOK_BACK <= one.answered_on <= as_of:
            by_csat = one.nps is None and one.csat is not None and one.csat < 3
            if by_csat or (one.nps is not None and nps_group(one.nps) == "detractor"):
                yield "critical_answer", one.customer_id, str(one.answered_on), str(one.person)


def silence(team: Team, here: set[str], as_of: date) -> Iterator[Cause]:
    """Nobody touched it this month, and it is the 20th; old data say nothing of this month."""
    if as_of.day < 20 or not is_news(newest_touch(team, as_of), as_of):
        return
    first = as_of.replace(day=1)
    for name in here:
        days = [touch.touched_on for touch in team.signals.of(name).touches]
        if not any(first <= day <= as_of for day in days):
            yield "not_touched", name, f"{as_of:%Y-%m}", ""


def stuck_ones(team: Team, stages: Sequence[Stage], as_of: date) -> Iterator[Cause]:
    """A stage over its limit."""
    for one in standings(team, stages, as_of):
        if one.is_over:
            mark = f"{one.stage} {one.entered_on}"
            yield "stage_over", one.deal.fact.customer_id, one.deal.fact.contract_id, mark


def days_of(until: date, months: int) -> list[date]:
    """Give the last day of so many months up to a day, and of the last twelve the 15th as well."""
    ends = [month_end(add_months(until, -n)) for n in range(months - 1, -1, -1)]
    middles = [end.replace(day=15) for end in ends[-12:]]
    return sorted(day for day in (*middles, *ends) if day <= until + DAY)


# --- when made tasks are due, and what settles them


def due_days(made: Sequence[Row], a_day: int) -> dict[str, date]:
    """Give the day of each task made in one go: a day for each in turn, no owner's day too full."""
    found: dict[str, date] = {}
    taken: dict[tuple[object, date], int] = {}
    newest: dict[object, date] = {}
    for row in made:
        day, owner = row["earliest"], row["owner"]
        assert isinstance(day, date)
        day = max(day, newest.get(owner, day))
        while day.weekday() > 4 or taken.get((owner, day), 0) >= a_day:
            day += DAY
        taken[owner, day] = taken.get((owner, day), 0) + 1
        newest[owner] = found[str(row["task_id"])] = day
    return found


def settled_on(team: Team, task: Mapping[str, object], as_of: date) -> date | None:
    """Give the day of the touch that did what a rule asked for, or nothing."""
    made = task["there_since"]
    assert isinstance(made, date)
    if task["cause"] == "not_touched":
        since = date.fromisoformat(f"{task['about']}-01")
    elif task["cause"] == "first_visit":
        since = made
    else:
        return None
    days = [touch.touched_on for touch in team.signals.of(str(task["customer_id"])).touches]
    return min((day for day in days if since <= day <= as_of), default=None)
