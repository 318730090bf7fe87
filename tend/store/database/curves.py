"""Curves of retention: the shifted-beta-geometric model, and Kaplan-Meier beside it.

Fader & Hardie (2007), "How to project customer retention": each customer leaves at each renewal
with a probability of its own, and these are spread as Beta(alpha, beta). Of those still there,
alpha / (alpha + beta + t - 1) leave at renewal t.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
# The mean chance to leave (as a logit) and the logarithm of alpha + beta are looked for within
# these: where all customers are alike, the sum grows without end and only the mean counts.
_LIMITS = ((-14.0, 14.0), (-12.0, 12.0))
_STARTS = tuple((mean, size) for mean in np.linspace(-6, 4, 21) for size in np.linspace(-8, 10, 19))
_Z95 = 1.959963984540054
_FEWEST_AGES = 2


@dataclass(frozen=True)
class Fit:
    """A fitted curve, and how likely the series is under it."""

    alpha: float
    beta: float
    log_likelihood: float


@dataclass(frozen=True)
class Point:
    """Share still there at an age, with its 95 % interval."""

    age: float
    share: float
    low: float | None
    high: float | None
    at_risk: int | None = None
    lost: int | None = None


def fit(kept: Sequence[float]) -> Fit | None:
    """Fit the curve to customers kept at ages 0, 1, 2 ...; too short or without a loss: None (F7).

    A rising series is taken at its running minimum (F5).
    """
    return _fit(tuple(np.minimum.accumulate(np.asarray(kept, float)).tolist()))


@lru_cache(4096)
def _fit(kept: tuple[float, ...]) -> Fit | None:
    """Fit once: several queries of a page ask for the same cohorts."""
    from scipy.optimize import minimize  # late: no command has to wait for it

    told = np.array(kept)
    if len(told) <= _FEWEST_AGES or told[-1] >= told[0]:
        return None
    start = min(_STARTS, key=lambda at: _negative(np.array(at), told)[0])
    found = minimize(
        lambda at: _negative(at, told),
        np.array(start),
        jac=True,
        method="L-BFGS-B",
        bounds=_LIMITS,
        options={"ftol": 1e-14, "gtol": 1e-10, "maxiter": 200},
    )
    alpha, beta = _pair(_polished(found.x, told))
    return Fit(alpha, beta, _log_likelihood(alpha, beta, told))


def shares(alpha: float, beta: float, ages: int) -> Numbers:
    """Give the shares still there at ages 0 to `ages`."""
    n = np.arange(ages)
    stays: Numbers = (beta + n) / (alpha + beta + n)
    return np.concatenate(([1.0], np.cumprod(stays)))


def projected(kept: Sequence[float], ages: int) -> list[Point] | None:
    """Give the curve to an age, with the 95 % interval that comes from its fit (delta method)."""
    found = fit(kept)
    if found is None:
        return None
    told, at = _falling(kept), _place(found.alpha, found.beta)
    curve = shares(found.alpha, found.beta, ages)
    # a direction in which the likelihood is flat is one in which the curve hardly changes, too
    spread = np.linalg.pinv(_information(at, told), rcond=1e-9, hermitian=True)
    slopes = np.array([_logit_slope(at, ages, axis) for axis in (0, 1)])
    errors = np.sqrt(np.maximum(np.einsum("it,ij,jt->t", slopes, spread, slopes), 0))
    lows, highs = (_moved(curve[1:], sign * _Z95 * errors) for sign in (-1, 1))
    return [
        Point(0.0, 1.0, 1.0, 1.0),
        *(
            Point(float(age), float(share), float(min(low, share)), float(max(high, share)))
            for age, (share, low, high) in enumerate(
                zip(curve[1:], lows, highs, strict=True), start=1
            )
        ),
    ]


def kaplan_meier(durations: Sequence[float], is_lost: Sequence[bool]) -> list[Point]:
    """Give the share still there after each duration at which somebody left."""
    from scipy.stats import CensoredData, ecdf

    lengths, lost = np.asarray(durations, float), np.asarray(is_lost, bool)
    if not lost.any():
        return [Point(0.0, 1.0, None, None, len(lengths), 0)]
    found = ecdf(CensoredData.right_censored(lengths, ~lost)).sf
    with warnings.catch_warnings():  # no interval at 0 and at 1: it is left out
        warnings.simplefilter("ignore", RuntimeWarning)
        band = found.confidence_interval(method="log-log")
    ends, counts = np.unique(lengths[lost], return_counts=True)
    at_risk = len(lengths) - np.searchsorted(np.sort(lengths), ends)
    places = np.searchsorted(found.quantiles, ends)
    columns = (found.probabilities, band.low.probabilities, band.high.probabilities)
    rows = zip(ends, *(column[places] for column in columns), at_risk, counts, strict=True)
    steps = [
        Point(float(at), float(share), _known(low), _known(high), int(n), int(d))
        for at, share, low, high, n, d in rows
    ]
    start = Point(0.0, 1.0, None, None, len(lengths), 0)
    return steps if steps[0].age == 0 else [start, *steps]


def _falling(kept: Sequence[float]) -> Numbers:
    return np.minimum.accumulate(np.asarray(kept, float))


def _log_likelihood(alpha: float, beta: float, told: Numbers) -> float:
    n = np.arange(len(told) - 1)
    lost, stayed = told[:-1] - told[1:], told[1:]
    whole = np.log(alpha + beta + n)
    return float(np.sum(lost * (np.log(alpha) - whole) + stayed * (np.log(beta + n) - whole)))


def _gradient(at: Numbers, told: Numbers) -> Numbers:
    """Give the slope of the log-likelihood by the logit of the mean and the log of the sum."""
    alpha, beta = _pair(at)
    n = np.arange(len(told) - 1)
    both = np.sum(told[:-1] / (alpha + beta + n))
    by_alpha = np.sum(told[:-1] - told[1:]) / alpha - both
    by_beta = np.sum(told[1:] / (beta + n)) - both
    product = alpha * beta / (alpha + beta)
    return np.array([product * (by_alpha - by_beta), alpha * by_alpha + beta * by_beta])


def _pair(at: Numbers) -> tuple[float, float]:
    """Give alpha and beta of a logit of the mean and a logarithm of the sum."""
    logit, log_sum = (float(value) for value in at)
    whole = np.exp(log_sum)
    return float(whole / (1 + np.exp(-logit))), float(whole / (1 + np.exp(logit)))


def _place(alpha: float, beta: float) -> Numbers:
    return np.array([np.log(alpha / beta), np.log(alpha + beta)])


def _negative(at: Numbers, told: Numbers) -> tuple[float, Numbers]:
    alpha, beta = _pair(at)
    return -_log_likelihood(alpha, beta, told) / told[0], -_gradient(at, told) / told[0]


def _information(at: Numbers, told: Numbers) -> Numbers:
    """Give the curvature of the log-likelihood, from its slopes a little to each side."""
    step = 1e-5
    sides = [
        (_gradient(at - step * unit, told) - _gradient(at + step * unit, told)) / (2 * step)
        for unit in np.eye(2)
    ]
    found: Numbers = (np.array(sides) + np.array(sides).T) / 2
    return found


def _polished(at: Numbers, told: Numbers) -> Numbers:
    """Take Newton steps to where the slope is nothing, as long as they gain."""
    for _ in range(20):
        step = np.linalg.pinv(_information(at, told), rcond=1e-12) @ _gradient(at, told)
        moved = np.clip(at + step, *np.array(_LIMITS).T)
        if _negative(moved, told)[0] > _negative(at, told)[0]:
            return at
        at = moved
    return at


def _logit_slope(at: Numbers, ages: int, axis: int) -> Numbers:
    """Give how the logits of the shares change along one axis."""
    step = 1e-5 * np.eye(2)[axis]
    ends = [shares(*_pair(at + sign * step), ages)[1:] for sign in (1, -1)]
    up, down = (np.log(end) - np.log1p(-end) for end in ends)
    slope: Numbers = (up - down) / 2e-5
    return slope


def _moved(share: Numbers, by: Numbers) -> Numbers:
    """Move shares on the scale of logits, where they stay between 0 and 1."""
    moved: Numbers = 1 / (1 + (1 - share) / share * np.exp(-np.clip(by, -500, 500)))
    return moved


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
