"""Costs: each the median of its runs, as so many times a floor measured in the same run."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Floor:
    """The least that could be done, and what each run of it took."""

    name: str
    taken: Sequence[float]


@dataclass(frozen=True)
class Cost:
    """One thing that was done, what each run of it took, and what it is held against."""

    name: str
    taken: Sequence[float]
    floor: Floor
    unit: str = "s"
    server: Sequence[float] = ()  # of what was taken, until the server had said all

    def told(self) -> dict[str, object]:
        """Give the median, how many times the floor it is, and of how many runs."""
        found = median(self.taken)
        own = {
            self.unit: significant(found),
            "runs": len(self.taken),
            "least": significant(min(self.taken)),
            "most": significant(max(self.taken)),
            "floor": self.floor.name,
            f"floor_{self.unit}": significant(median(self.floor.taken)),
            "ratio": significant(ratio(self.taken, self.floor.taken)),
        }
        return own | ({"server_s": significant(median(self.server))} if self.server else {})


def ratio(taken: Sequence[float], floor: Sequence[float]) -> float:
    """Give how often the median of the floor goes into the median of what was taken."""
    return median(taken) / median(floor)


def growth(by_size: Mapping[int, float]) -> float | None:
    """Give the exponent with which a cost grows: 0 not at all, 1 with the size, 2 with its square.

    It is the slope of the line through the logarithms; of fewer than two sizes there is none.
    """
    points = [(math.log(size), math.log(cost)) for size, cost in by_size.items()]
    if len(points) < 2:
        return None
    x_mean, y_mean = (sum(values) / len(points) for values in zip(*points, strict=True))
    above = sum((x - x_mean) * (y - y_mean) for x, y in points)
    slope: float = above / sum((x - x_mean) ** 2 for x, _ in points)
    return slope


def significant(value: float, digits: int = 3) -> float:
    """Round to so many digits that mean something."""
    return float(f"{value:.{digits}g}")
