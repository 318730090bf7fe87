"""The customers of the invented company, each with the hidden health that drives all the rest."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from tend.sample.calendar import first_day, month_index
from tend.sample.names import Names
from tend.sample.words import Words

# Weights of what a customer is; the codes are keys of words/*.toml.
INDUSTRIES = {
    "retail": 26,
    "manufacturing": 18,
    "logistics": 14,
    "education": 12,
    "healthcare": 12,
    "software": 11,
    "finance": 7,
}
BANDS = {"small": 45, "mid": 38, "large": 17}
REGIONS = {"central": 38, "west": 22, "atlantic": 24, "prairies": 16}
SOURCES = {"direct": 36, "referral": 18, "partner": 20, "website": 18, "event": 8}
POTENTIALS = {"high": 25, "medium": 50, "low": 25}
# Contracts that start on the first of January, April and July end in the busy months.
START_MONTHS = (32, 5, 5, 18, 5, 5, 18, 5, 5, 8, 5, 5)

# How a segment fares: the mean of its customers' hidden health. Mid-size retail is the sore spot.
HEALTH_OF = {("retail", "mid"): -1.4, ("software", "large"): 0.5, ("finance", "large"): 0.4}
HEALTH_OF_BAND = {"small": -0.15, "mid": 0.15, "large": 0.35}
SPREAD, MEMORY, SHOCK = 0.75, 0.86, 0.38


@dataclass(frozen=True)
class Customer:
    """One customer: codes for words, figures, and the hidden health by month."""

    customer_id: str
    name: str
    industry: str
    band: str
    size: int | str
    department: str
    region: str
    province: str
    csm: str | None
    account_manager: str | None
    tier: str | None
    source: str
    potential: str | None
    contact: str
    contact_role: str
    first_start: date
    go_live: date | None
    acquisition_cost: int | None
    users: int
    arr: int
    health: Mapping[int, float]

    def health_on(self, day: date) -> float:
        """Give the hidden health of the day's month; before and after the path, its ends."""
        months = self.health
        return months[min(max(month_index(day), min(months)), max(months))]


def pick(rng: Random, weights: Mapping[str, int]) -> str:
    """Choose a key by its weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


def make(rng: Random, words: Words, count: int, begin: date, until: date) -> list[Customer]:
    """Invent `count` customers whose first contracts start up to a year before `begin`."""
    names = Names(words, rng)
    return [_customer(rng, words, names, n + 1, begin, until) for n in range(count)]


def _customer(
    rng: Random, words: Words, names: Names, number: int, begin: date, until: date
) -> Customer:
    industry, band = pick(rng, INDUSTRIES), pick(rng, BANDS)
    region = pick(rng, REGIONS)
    people = _people(rng, band)
    arr = _arr(rng, people)
    start = _first_start(rng, begin, until)
    path = _health(rng, industry, band, month_index(begin) - 13, month_index(until) + 7)
    return Customer(
        customer_id=f"C{number:04d}",
        name=names.company(industry),
        industry=industry,
        band=band,
        size=_size(rng, words, band, people),
        department={"large": "key_accounts", "mid": "growth", "small": "online"}[band],
        region=region,
        province=rng.choice(words.many("province", region)),
        csm=_csm(rng, words, band),
        account_manager=_account_manager(rng, words, band),
        tier=_tier(rng, arr),
        source=pick(rng, SOURCES),
        potential=None if rng.random() < 0.1 else pick(rng, POTENTIALS),
        contact=names.person(),
        contact_role=rng.choice(words.many("people", "role")),
        first_start=start,
        go_live=_go_live(rng, start, until),
        acquisition_cost=None if rng.random() < 0.2 else _round(arr * rng.uniform(0.25, 0.9)),
        users=max(3, round(people * rng.uniform(0.15, 0.5))),
        arr=arr,
        health=path,
    )


def _people(rng: Random, band: str) -> int:
    low, high = {"small": (8, 99), "mid": (100, 950), "large": (1000, 8000)}[band]
    return round(low * math.exp(math.log(high / low) * rng.random()))


def _size(rng: Random, words: Words, band: str, people: int) -> int | str:
    """Most teams keep a number, a few keep a word or a range."""
    return rng.choice(words.many("size", band)) if rng.random() < 0.12 else people


def _arr(rng: Random, people: int) -> int:
    return _round(2400 * people**0.62 * rng.lognormvariate(0, 0.35))


def _round(amount: float) -> int:
    """Prices end in round hundreds."""
    return max(600, round(amount / 100) * 100)


def _csm(rng: Random, words: Words, band: str) -> str | None:
    """The first two look after large customers, the others share the rest; a few have none."""
    team = words.many("people", "csm")
    if rng.random() < 0.03:
        return None
    return rng.choice(team[:2] if band == "large" else team[1:])


def _account_manager(rng: Random, words: Words, band: str) -> str | None:
    return rng.choice(words.many("people", "account_manager")) if band == "large" else None


def _tier(rng: Random, arr: int) -> str | None:
    if rng.random() < 0.04:
        return None
    seen = arr * rng.lognormvariate(0, 0.2)
    return "strategic" if seen > 180_000 else "core" if seen > 60_000 else "basic"


def _first_start(rng: Random, begin: date, until: date) -> date:
    """More than half were customers before the data begins; the others came since."""
    start, end = month_index(begin), month_index(until)
    months = range(start - 12, start) if rng.random() < 0.58 else range(start, end - 1)
    month = rng.choices(months, [START_MONTHS[m % 12] for m in months])[0]
    on_first = rng.random() < (0.5 if START_MONTHS[month % 12] < 10 else 0.85)
    day = 1 if on_first else rng.randint(2, 28)
    return first_day(month).replace(day=day)


def _go_live(rng: Random, start: date, until: date) -> date | None:
    if rng.random() < 0.06:
        return None
    live = date.fromordinal(start.toordinal() + rng.randint(10, 75))
    return live if live <= until or rng.random() < 0.5 else None


def _health(rng: Random, industry: str, band: str, first: int, last: int) -> dict[int, float]:
    """A path by month that remembers where it was and is drawn to the customer's own mean."""
    mean = HEALTH_OF.get((industry, band), HEALTH_OF_BAND[band]) + rng.gauss(0, SPREAD)
    value = mean + rng.gauss(0, SHOCK)
    path = {}
    for month in range(first, last + 1):
        value = mean + MEMORY * (value - mean) + rng.gauss(0, SHOCK)
        path[month] = value
    return path
