"""The customers: what each is, and the hidden health by month that drives all the rest."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from benchmarks.companies import columns
from benchmarks.companies.columns import Column, Draw, Table, blanked, chosen, picked, worded
from tend.sample.customers import (
    BANDS,
    HEALTH_OF,
    HEALTH_OF_BAND,
    INDUSTRIES,
    MEMORY,
    POTENTIALS,
    REGIONS,
    SHOCK,
    SOURCES,
    SPREAD,
    START_MONTHS,
)
from tend.sample.words import Words

YEARS = 6  # since when there are customers
BEFORE = 0.9  # of them were there when the data of months begin
PEOPLE_OF = {"small": (8, 99), "mid": (100, 950), "large": (1000, 8000)}
DEPARTMENTS = {"small": "online", "mid": "growth", "large": "key_accounts"}
TIERS = ("basic", "core", "strategic")
BOOK = 400  # customers to a CSM, of whom there are never fewer than six


@dataclass(frozen=True)
class People:
    """All customers, a column of each of what they are: places in lists of codes, and numbers."""

    ids: pa.Array
    names: pa.Array
    contacts: pa.Array
    csms: pa.Array
    industry: Column
    band: Column
    rest: dict[str, pa.Array]
    start: Column  # day of the first contract
    users: Column
    arr: Column
    begin: int  # month of the first data
    path: Column  # health by customer and month, from the one before the first contracts on
    path_from: int

    def health(self, who: Column, days: Column) -> Column:
        """Give customers' hidden health on days; before and after the path, its ends."""
        at = np.clip(columns.month_of(days) - self.path_from, 0, self.path.shape[1] - 1)
        return np.asarray(self.path[who, at])


def make(draw: Draw, words: Words, count: int, until: int, months: int) -> People:
    """Invent customers whose first contracts start within the last years."""
    industry, band = picked(draw, INDUSTRIES, count), picked(draw, BANDS, count)
    region = picked(draw, REGIONS, count)
    low, high = (np.array([PEOPLE_OF[one][end] for one in BANDS])[band] for end in (0, 1))
    size = np.rint(low * (high / low) ** draw.random(count)).astype(int)
    arr = _round(2400 * size**0.62 * draw.lognormal(0, 0.35, count))
    last = int(columns.month_of(np.array([until]))[0])
    start = _starts(draw, count, last - months + 1, last)
    path_from = last - 12 * YEARS - 2
    rest = {
        "size": pa.array(size).cast(pa.string()),
        "region": worded([words.one("region", one) for one in REGIONS], region),
        "province": chosen(draw, [words.many("province", one) for one in REGIONS], region),
        "account_manager": _managers(draw, words, band),
        "tier": _tiers(draw, words, arr),
        "source_channel": _word(draw, words, "source_channel", SOURCES, count),
        "go_live_date": blanked(draw, 0.06, columns.days(start + draw.integers(10, 76, count))),
        "acquisition_cost": blanked(draw, 0.2, _round(arr * draw.uniform(0.25, 0.9, count))),
        "potential": blanked(draw, 0.1, _word(draw, words, "potential", POTENTIALS, count)),
        "key_contact_role": chosen(draw, [words.many("people", "role")], np.zeros(count, int)),
    }
    return People(
        ids=pa.array([f"C{number:06}" for number in range(1, count + 1)]),
        names=_names(draw, words, industry),
        contacts=_persons(draw, words, count),
        csms=_csms(draw, words, band),
        industry=industry,
        band=band,
        rest=rest,
        start=start,
        users=np.maximum(3, np.rint(size * draw.uniform(0.15, 0.5, count))),
        arr=arr,
        begin=last - months + 1,
        path=_health(draw, industry, band, last + 7 - path_from),
        path_from=path_from,
    )


def table(people: People, words: Words) -> Table:
    """Give the customer list."""
    bands, industries = list(BANDS), list(INDUSTRIES)
    departments = [words.one("department", DEPARTMENTS[one]) for one in bands]
    own = {
        "customer_id": people.ids,
        "customer_name": people.names,
        "industry": worded([words.one("industry", one) for one in industries], people.industry),
        "department": worded(departments, people.band),
        "csm": people.csms,
        "key_contact": people.contacts,
        **people.rest,
    }
    return columns.table(**own)


def _word(draw: Draw, words: Words, name: str, weights: dict[str, int], count: int) -> pa.Array:
    return worded([words.one(name, code) for code in weights], picked(draw, weights, count))


def _names(draw: Draw, words: Words, industry: Column) -> pa.Array:
    """Put names together from syllables, no two alike: each place of the list is drawn once."""
    starts, ends, seconds = (words.many("names", part) for part in ("start", "end", "second"))
    trades = [words.many("trade", one) for one in INDUSTRIES]
    sizes = (len(starts), len(ends), len(ends), len(seconds), min(map(len, trades)))
    places = draw.permutation(int(np.prod(sizes)))[: len(industry)]
    assert len(places) == len(industry), "there are no more names"
    parts = zip(*np.unravel_index(places, sizes), industry, strict=True)
    return pa.array(
        [
            f"{starts[a]}{ends[b]}{ends[c]} & {seconds[d]} {trades[i][e]}"
            for a, b, c, d, e, i in parts
        ]
    )


def _persons(draw: Draw, words: Words, count: int) -> pa.Array:
    join = words.one("people", "join")
    firsts, lasts = (words.many("people", part) for part in ("first", "last"))
    everybody = [f"{first}{join}{last}" for first in firsts for last in lasts]
    return worded(everybody, draw.integers(0, len(everybody), count))


def _csms(draw: Draw, words: Words, band: Column) -> pa.Array:
    """A third of the team looks after large customers, the others the rest; a few have none."""
    team = max(6, len(band) // BOOK)
    firsts, lasts = (words.many("people", part) for part in ("first", "last"))
    names = [
        f"{firsts[n % len(firsts)]} {lasts[n // len(firsts) % len(lasts)]}" for n in range(team)
    ]
    is_large = band == list(BANDS).index("large")
    third = team // 3
    place = np.where(
        is_large, draw.integers(0, third, len(band)), draw.integers(third, team, len(band))
    )
    return blanked(draw, 0.03, worded(names, place))


def _managers(draw: Draw, words: Words, band: Column) -> pa.Array:
    names = words.many("people", "account_manager")
    place = draw.integers(0, len(names), len(band))
    is_large = band == list(BANDS).index("large")
    return worded(names, np.where(is_large, place, -1))


def _tiers(draw: Draw, words: Words, arr: Column) -> pa.Array:
    seen = arr * draw.lognormal(0, 0.2, len(arr))
    names = [words.one("tier", one) for one in TIERS]
    return blanked(draw, 0.04, worded(names, np.digitize(seen, [60_000, 180_000])))


def _starts(draw: Draw, count: int, begin: int, last: int) -> Column:
    """First contracts start over the years, most on the first of a busy month."""
    months = np.arange(last - 12 * YEARS, last - 1)
    weights = np.array(START_MONTHS, float)[months % 12]
    is_before = months < begin
    weights *= np.where(is_before, BEFORE / weights[is_before].sum(), 1)
    weights[~is_before] *= (1 - BEFORE) / weights[~is_before].sum()
    month = draw.choice(months, count, p=weights)
    is_first = draw.random(count) < np.where(np.array(START_MONTHS)[month % 12] < 10, 0.5, 0.85)
    return columns.first_day(month) + np.where(is_first, 0, draw.integers(1, 28, count))


def _health(draw: Draw, industry: Column, band: Column, months: int) -> Column:
    """A path by month that remembers where it was and is drawn to the customer's own mean."""
    means = np.array(
        [[HEALTH_OF.get((i, b), HEALTH_OF_BAND[b]) for b in BANDS] for i in INDUSTRIES]
    )
    mean = means[industry, band] + draw.normal(0, SPREAD, len(band))
    path = np.empty((len(band), months), "float32")
    value = mean + draw.normal(0, SHOCK, len(band))
    for month in range(months):
        value = mean + MEMORY * (value - mean) + draw.normal(0, SHOCK, len(band))
        path[:, month] = value
    return path


def _round(amount: Column) -> Column:
    """Prices end in round hundreds."""
    return np.asarray(np.maximum(600, np.rint(amount / 100) * 100).astype(int))
