"""What a company aims at: renewal rates of a window, retention, touches, NPS; each is optional."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator

TargetName = Literal[
    "contract_renewal_rate",
    "logo_renewal_rate",
    "net_renewal_rate",
    "gross_renewal_rate",
    "on_time_rate",
    "nrr",
    "grr",
    "touch_rate",
    "nps",
]
# Growth may bring back more than was due; a hundred times more would be per cents.
_MOST = {"nrr": 5.0, "net_renewal_rate": 5.0, "nps": 100.0}
_LEAST = {"nps": -100.0}


def _without_none(given: object) -> object:
    """Leave out what has no target any more."""
    if isinstance(given, Mapping):
        return {name: target for name, target in given.items() if target is not None}
    return given


def _within_reach(given: dict[TargetName, float]) -> dict[TargetName, float]:
    for name, target in given.items():
        low, high = _LEAST.get(name, 0.0), _MOST.get(name, 1.0)
        if not low <= target <= high:
            raise ValueError(f"{name} has to lie between {low:g} and {high:g}")
    return given


Targets = Annotated[
    dict[TargetName, float], BeforeValidator(_without_none), AfterValidator(_within_reach)
]
