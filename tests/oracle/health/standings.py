"""Health of every customer at every month end: values, points, scores, states, quadrant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from math import fsum

from tend.view import Filters, View
from tests.oracle.facts.company import Company
from tests.oracle.facts.days import DAY, month_end
from tests.oracle.facts.numbers import percentile
from tests.oracle.facts.signals import Signals
from tests.oracle.health.indicators import Readings, Values, is_in_force

SCORES = ("outcome", "experience")
STATES = ("at_risk", "average", "healthy")
BEFORE_END = timedelta(days=90)  # J5: a renewal's values are those 90 days before its last day
Limits = tuple[float, float]
Pool = Sequence[tuple[str, Values]]
Scored = Sequence[Values]


@dataclass(frozen=True)
class Indicator:
    """One indicator; `low` and `high` set by hand replace the percentiles."""

    name: str
    score: str
    weight: float = 1.0
    is_on: bool = True
    more_is_better: bool = True
    low: float | None = None
    high: float | None = None


INDICATORS = (
    *(Indicator(n, "outcome") for n in ("deployment", "depth", "trend", "breadth", "engagement")),
    *(Indicator(n, "experience") for n in ("nps", "ticket_csat", "solved_in_time")),
    Indicator("open_severe", "experience", more_is_better=False),
    Indicator("sentiment", "experience"),
)


@dataclass(frozen=True)
class Definition:
    """What a team may set about health."""

    indicators: tuple[Indicator, ...] = INDICATORS
    margin: float = 3.0
    min_renewed: int = 20
    min_peers: int = 30

    @property
    def switched_on(self) -> list[Indicator]:
        """Give the indicators that count."""
        return [indicator for indicator in self.indicators if indicator.is_on]


@dataclass
class Standing:
    """One customer at one month end; a level is 0 at risk, 1 average, 2 healthy, None unknown."""

    values: Values
    points: Values
    scores: dict[str, float | None]
    coverage: float
    levels: dict[str, int | None] = field(default_factory=dict)

    def state(self, score: str) -> str:
        """Name the state of a score."""
        level = self.levels[score]
        return "unknown" if level is None else STATES[level]

    @property
    def quadrant(self) -> int | None:
        """Number the pair of states from 1 to 9; None when one is unknown."""
        outcome, experience = (self.levels[score] for score in SCORES)
        return None if outcome is None or experience is None else 3 * outcome + experience + 1

    @property
    def both(self) -> float | None:
        """Give the mean of the two scores where both are there."""
        known = [score for score in self.scores.values() if score is not None]
        return fsum(known) / 2 if len(known) == 2 else None


@dataclass
class Month:
    """One month end: who is in force, and by which limits they are judged."""

    day: date
    is_learned: bool
    state_limits: dict[str, Limits | None]
    standings: dict[str, Standing]
    scale: "Scale"
    pools: Sequence[Pool]  # the first that has a value or a score teaches its limits
    scored: Sequence[Scored]


class Scale:
    """Turns values into points by where they lie among peers, or among all."""

    def __init__(self, pools: Sequence[Pool], definition: Definition, company: Company) -> None:
        self._pools = pools  # the first that has an indicator gives its limits
        self._definition = definition
        self._company = company
        self._limits: dict[tuple[str, str | None], Limits | None] = {}

    def points(self, customer_id: str, values: Values) -> Values:
        """Give the points of each indicator that has a value and limits."""
        industry = self._company.customer(customer_id).industry
        return {
            one.name: points(values[one.name], self.limits(one, industry), one.more_is_better)
            for one in self._definition.switched_on
        }

    def limits(self, indicator: Indicator, industry: str | None) -> Limits | None:
        """Give the values of 0 and of 100 points: by hand, else of peers, else of all."""
        key = (indicator.name, industry)
        if key not in self._limits:
            self._limits[key] = self._find(indicator, industry)
        return self._limits[key]

    def _find(self, indicator: Indicator, industry: str | None) -> Limits | None:
        pool = next(
            (p for p in self._pools if any(v[indicator.name] is not None for _, v in p)), []
        )
        values = self._values(pool, indicator.name, industry) if industry else []
        if len(values) < self._definition.min_peers:
            values = self._values(pool, indicator.name, None)
        low, high = percentile(values, 0.1), percentile(values, 0.9)
        low = low if indicator.low is None else indicator.low
        high = high if indicator.high is None else indicator.high
        return None if low is None or high is None else (low, high)

    def _values(self, pool: Pool, name: str, industry: str | None) -> list[float]:
        return [
            value
            for customer_id, values in pool
            if industry in (None, self._company.customer(customer_id).industry)
            and (value := values[name]) is not None
        ]


def points(value: float | None, limits: Limits | None, more_is_better: bool) -> float | None:
    """Place a value between its limits: 0 to 100, straight in between (J4)."""
    if value is None or limits is None:
        return None
    low, high = limits
    if low >= high:
        return 100.0 if (value >= high if more_is_better else value <= low) else 0.0
    share = min(1.0, max(0.0, (value - low) / (high - low)))
    return 100 * (share if more_is_better else 1 - share)


def next_level(known: int | None, score: float, limits: Limits, margin: float) -> int:
    """Give the state after a month: plain limits first, later only what is crossed by a margin."""
    if known is None:
        return sum(score >= limit for limit in limits)
    level = known
    while level < 2 and score >= round(limits[level] + margin, 9):
        level += 1
    if level == known:
        while level > 0 and score <= round(limits[level - 1] - margin, 9):
            level -= 1
    return level


def walk(month: Month, known: dict[tuple[str, str], int], margin: float) -> None:
    """Give each customer its states of a day, from where it was last known to be."""
    for customer_id, standing in month.standings.items():
        for name in SCORES:
            score, limits = standing.scores[name], month.state_limits[name]
            standing.levels[name] = None
            if score is not None and limits is not None:
                before = known.get((customer_id, name))
                level = next_level(before, score, limits, margin)
                standing.levels[name] = known[customer_id, name] = level


class Health:
    """A company's health from the month of its first contract to the last month end there was."""

    def __init__(
        self,
        company: Company,
        signals: Signals,
        definition: Definition | None = None,
        today: date | None = None,
    ) -> None:
        self.company = company
        self.definition = definition or Definition()
        self.signals = signals
        self._today = today or date.today()
        self._readings = Readings(company, signals)

    def __repr__(self) -> str:
        return f"health of {self.company}"

    def month_ends(self) -> list[date]:
        """Give every month end that is judged."""
        begun = [one.start_date or one.signed_date for one in self.company.contracts]
        first_day = min((day for day in begun if day), default=None)
        if first_day is None:
            return []
        days, day = [], month_end(first_day)
        while day <= self._today:
            days.append(day)
            day = month_end(day + DAY)
        return days

    @cached_property
    def months(self) -> dict[date, Month]:
        """Judge every month end, each from what was known then; states follow one another (J7)."""
        months = {day: self.month(day) for day in self.month_ends()}
        known: dict[tuple[str, str], int] = {}
        for month in months.values():
            walk(month, known, self.definition.margin)
        return months

    def standing(self, customer_id: str, day: date | None) -> Standing | None:
        """Give a customer at a month end; None where it has no row."""
        month = self.months.get(day) if day else None
        return month.standings.get(customer_id) if month else None

    def in_force(self, day: date, filters: Filters = ()) -> list[str]:
        """List the customers with a chosen contract in force on a day, as of it (C3, D6, J2)."""
        deals = self.company.chosen(View(day, filters=filters))
        return sorted({deal.fact.customer_id for deal in deals if is_in_force(deal, day)})

    def month(self, day: date) -> Month:
        """Judge a day from what was known then, but for the states."""
        here = {name: self._on(name, day, day) for name in self.in_force(day)}
        renewed = self._renewed(day)
        is_learned = len(renewed) >= self.definition.min_renewed
        # J4: those in force stand in where renewals are too few, or all without the indicator
        pools = [renewed, list(here.items())] if is_learned else [list(here.items())]
        scale = Scale(pools, self.definition, self.company)
        scored = [[self._scores(scale.points(*case)) for case in pool] for pool in pools]
        return Month(
            day,
            is_learned,
            {name: state_limits(name, scored) for name in SCORES},
            {name: self._standing(scale, name, values) for name, values in here.items()},
            scale,
            pools,
            scored,
        )

    def _renewed(self, day: date) -> list[tuple[str, Values]]:
        """Give the values, 90 days before the end, of each contract renewed by a day (J5)."""
        return [
            (deal.fact.customer_id, self._on(deal.fact.customer_id, deal.last - BEFORE_END, day))
            for deal in self.company.deals(day)
            if deal.outcome in ("renewed_on_time", "renewed_late") and deal.last
        ]

    def _on(self, customer_id: str, day: date, as_of: date) -> Values:
        return self._readings.on(customer_id, day, as_of)

    def _standing(self, scale: Scale, customer_id: str, values: Values) -> Standing:
        found = scale.points(customer_id, values)
        weights = {one.name: one.weight for one in self.definition.switched_on}
        there = fsum(weights[name] for name, value in found.items() if value is not None)
        coverage = there / fsum(weights.values())
        return Standing(values, found, self._scores(found), coverage)

    def _scores(self, found: Values) -> dict[str, float | None]:
        return {name: self._score(name, found) for name in SCORES}

    def _score(self, score: str, found: Values) -> float | None:
        """Average the points there are by weight; None without any (J9)."""
        parts = [
            (one.weight, value)
            for one in self.definition.switched_on
            if one.score == score and (value := found[one.name]) is not None
        ]
        total = fsum(weight for weight, _ in parts)
        # equal scores, added up from different points, may differ in their last digits
        added = fsum(weight * value for weight, value in parts)
        return round(added / total, 9) if total else None


def state_limits(name: str, scored: Iterable[Scored]) -> Limits | None:
    """Give where average and healthy begin: 25th percentile and median of the first who have it."""
    pools = ([value for one in scores if (value := one[name]) is not None] for scores in scored)
    known = next((pool for pool in pools if pool), [])
    average, healthy = percentile(known, 0.25), percentile(known, 0.5)
    return None if average is None or healthy is None else (round(average, 9), round(healthy, 9))
