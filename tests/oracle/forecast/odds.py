"""What a contract's chance may be, and what a sum of outcomes may come to, by moments."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import NormalDist

PRIOR = 10  # the rate of all weighs as much as ten contracts


@dataclass(frozen=True)
class Odds:
    """A chance as it is told, and the mean and variances of what it may truly be.

    `shared` is the deviation that comes with the rate of all, `within` the variance of its pool.
    """

    chance: float | None
    likely: float = 0.0
    shared: float = 0.0
    within: float = 0.0
    pool: object = None


def given(chance: float | None) -> Odds:
    """Give the odds of a chance that is not in doubt: somebody said it."""
    return Odds(chance, chance or 0.0)


def learned(pool: object, alike: Sequence[bool], everybody: Sequence[bool]) -> Odds:
    """Learn from those alike, drawn to everybody: a beta whose mean is itself a beta."""
    hits, cases = sum(alike), len(alike)
    renewed, decided = sum(everybody), len(everybody)
    mean = (renewed + 1) / (decided + 2)  # one more of each: three of three make nothing certain
    square = mean * (renewed + 2) / (decided + 3)
    weight = cases + PRIOR
    likely = (hits + PRIOR * mean) / weight
    likely_square = (hits**2 + 2 * hits * PRIOR * mean + PRIOR**2 * square) / weight**2
    return Odds(
        (hits + PRIOR * renewed / decided) / weight,
        likely,
        sqrt(max(0.0, likely_square - likely**2)),
        (likely - likely_square) / (weight + 1),
        pool,
    )


def interval(cases: Sequence[tuple[Odds, float]]) -> tuple[float, float]:
    """Give the 80 % interval of a sum, each part an ARR that comes or not.

    Where all of it coming lies within, nothing lies above: then the 20 % outside are all below.
    """
    known = [(odds, odds.chance, arr) for odds, arr in cases if odds.chance is not None]
    expected = fsum(chance * arr for _, chance, arr in known)
    most = fsum(arr for *_, arr in known)
    parts = [(odds, arr) for odds, _, arr in known]
    high = percentile(parts, 0.9)
    low = percentile(parts, 0.1 if high < most else 0.2)
    return max(0.0, min(expected, low)), min(most, max(expected, high))


def percentile(parts: Sequence[tuple[Odds, float]], share: float) -> float:
    """Give a percentile of the sum by its first three moments."""
    pools: dict[object, float] = defaultdict(float)
    doubts: dict[object, float] = {None: 0.0}
    for odds, arr in parts:
        pools[odds.pool] += arr
        doubts[odds.pool] = odds.within
    by_chance = fsum(arr**2 * _of_outcome(odds) for odds, arr in parts)
    by_pool = fsum(arr**2 * doubts[pool] for pool, arr in pools.items())
    by_all = fsum(arr * odds.shared for odds, arr in parts) ** 2
    spread = sqrt(max(0.0, by_chance + by_pool + by_all))
    middle, z = fsum(odds.likely * arr for odds, arr in parts), NormalDist().inv_cdf(share)
    if not spread:
        return middle
    skewness = fsum(_third(odds.likely) * arr**3 for odds, arr in parts) / spread**3
    return middle + spread * (z + skewness * (z**2 - 1) / 6)


def _of_outcome(odds: Odds) -> float:
    """Give what the outcome alone adds: the mean of P(1 - P) over what P may be."""
    mean_square = odds.likely**2 + odds.within + odds.shared**2
    return odds.likely - mean_square


def _third(p: float) -> float:
    """Give the third moment of an outcome around its mean."""
    return p * (1 - p) ** 3 - (1 - p) * p**3
