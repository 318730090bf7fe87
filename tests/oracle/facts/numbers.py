"""Percentile, interval and AUC, each by its definition."""

from collections.abc import Sequence
from math import floor, fsum, sqrt

Z95 = 1.96


def mean(values: Sequence[float]) -> float | None:
    """Give the mean; None of nothing."""
    return fsum(values) / len(values) if values else None


def percentile(values: Sequence[float], share: float) -> float | None:
    """Give the value at a share of the way through the ranks, straight between two (J4)."""
    if not values:
        return None
    ranked = sorted(values)
    place = share * (len(ranked) - 1)
    below = floor(place)
    if below == len(ranked) - 1:
        return ranked[below]
    return ranked[below] + (place - below) * (ranked[below + 1] - ranked[below])


def auc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """Give the share of pairs in which the positive is higher, a tie counting half."""
    pairs = len(positives) * len(negatives)
    if not pairs:
        return None
    wins = sum(one > other for one in positives for other in negatives)
    ties = sum(one == other for one in positives for other in negatives)
    return (wins + ties / 2) / pairs


def wilson(hits: int, cases: int) -> tuple[float, float]:
    """Give the 95 % interval of a rate: the rates whose own error band touches the one seen."""
    rate, square = hits / cases, Z95 * Z95
    middle = rate + square / (2 * cases)
    reach = Z95 * sqrt(rate * (1 - rate) / cases + square / (4 * cases * cases))
    return (middle - reach) / (1 + square / cases), (middle + reach) / (1 + square / cases)
