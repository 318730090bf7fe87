"""What is aimed at, and whether what was measured meets it."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measures.costs import significant

UNITS = ("s", "mb", "times", "count")  # one of which each cost has
AIMS = Path(__file__).with_name("aims.toml")


@dataclass(frozen=True)
class Held:
    """One aim at one cost and size: what was measured, if it was, and the most that it may be."""

    said: str
    cost: str
    size: int
    most: float
    found: float | None

    @property
    def is_met(self) -> bool | None:
        """Say whether it is met; none where it was not measured."""
        return None if self.found is None else self.found <= self.most


def held(sizes: Mapping[str, Mapping[str, Any]]) -> Iterator[Held]:
    """Hold what was measured against each aim."""
    for aim in tomllib.loads(AIMS.read_text(encoding="utf-8"))["aims"]:
        for cost in aim["costs"]:
            for size in aim["sizes"]:
                found = _found(sizes, str(size), cost, aim["of"])
                yield Held(aim["said"], cost, size, aim["most"], found)


def _found(sizes: Mapping[str, Mapping[str, Any]], size: str, cost: str, of: str) -> float | None:
    """Give a cost in what its aim counts."""
    costs = sizes.get(size, {}).get("costs", {})
    if cost not in costs:
        return None
    if of == "floor":
        return float(costs[cost]["ratio"])
    if of == "itself":
        return _amount(costs[cost])
    other = sizes.get(of, {}).get("costs", {}).get(cost) if of.isdigit() else costs.get(of)
    return other and significant(_amount(costs[cost]) / _amount(other))


def _amount(cost: Mapping[str, Any]) -> float:
    return next(float(cost[unit]) for unit in UNITS if unit in cost)
