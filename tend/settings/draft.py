"""A definition of health on its way: edited without being kept, checked, told in words later.

A draft is a copy of the settings whose part on health may hold anything; `faults` says what has to
be mended before it can be tried or kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tend.settings.company import Settings
from tend.settings.definition import SCORES, Indicator, Score

KEYS = (*(key for key in Settings.model_fields if key.startswith("health_")), "north_star")
Bounds = Mapping[str, tuple[float | None, float | None]]
Level = Literal["average", "healthy"]
LEVELS: tuple[Level, ...] = ("average", "healthy")
_PARTS = ("is_on", "weight", "is_more_better", "low", "high")
_SINGLES = ("health_margin", "north_star", "health_fewest_renewed", "health_fewest_peers")


@dataclass(frozen=True)
class Change:
    """One difference: what (weight, low, ...), of which indicator or score, from what to what."""

    what: str
    name: str
    before: object = None
    after: object = None


def is_same(one: Settings, other: Settings) -> bool:
    """Tell whether two settings define health alike."""
    return all(getattr(one, key) == getattr(other, key) for key in KEYS)


def onto(settings: Settings, draft: Settings) -> Settings:
    """Give settings with the draft's definition of health, all others as they are.

    Raises TendError for what no definition may hold.
    """
    return settings.with_all(draft.model_dump(include={*KEYS}))


def of_score(draft: Settings, score: Score) -> dict[str, Indicator]:
    """Give the indicators of a score, in their order."""
    return {n: one for n, one in draft.health_indicators.items() if one.score == score}


def with_indicator(draft: Settings, name: str, **parts: object) -> Settings:
    """Change parts of an indicator; what is wrong with them is told by `faults`."""
    changed = draft.health_indicators[name].model_copy(update=parts)
    return _with(draft, {**draft.health_indicators, name: changed})


def added(draft: Settings, name: str, indicator: Indicator) -> Settings:
    """Take another indicator in."""
    return _with(draft, {**draft.health_indicators, name: indicator})


def without(draft: Settings, name: str) -> Settings:
    """Let go of an indicator."""
    return _with(draft, {n: one for n, one in draft.health_indicators.items() if n != name})


def level_from(draft: Settings, level: Level, score: Score) -> float | None:
    """Give the limit of a state that is set by hand."""
    limits: dict[Score, float] = getattr(draft, f"health_{level}_from")
    return limits.get(score)


def with_level(draft: Settings, level: Level, score: Score, value: float | None) -> Settings:
    """Set the limit of a state by hand; none: it is learned."""
    limits = dict(getattr(draft, f"health_{level}_from"))
    limits.pop(score, None)
    if value is not None:
        limits[score] = value
    return draft.model_copy(update={f"health_{level}_from": limits})


def rebased(base: Settings, draft: Settings, newest: Settings) -> Settings:
    """Put what the draft changed onto a newer definition."""
    mine = {
        key: getattr(draft, key) for key in _SINGLES if getattr(draft, key) != getattr(base, key)
    }
    result = newest.model_copy(update=mine)
    for level in LEVELS:
        for score in SCORES:
            wanted = level_from(draft, level, score)
            if wanted != level_from(base, level, score):
                result = with_level(result, level, score, wanted)
    indicators = dict(newest.health_indicators)
    for name in {**base.health_indicators, **draft.health_indicators}:
        one, other = base.health_indicators.get(name), draft.health_indicators.get(name)
        if other is None:
            indicators.pop(name, None)
        elif one is None or name not in indicators:
            if other != one:
                indicators[name] = other
        else:
            parts = {p: getattr(other, p) for p in _PARTS if getattr(other, p) != getattr(one, p)}
            indicators[name] = indicators[name].model_copy(update=parts)
    return _with(result, indicators)


def faults(draft: Settings, learned: Bounds, levels: Bounds) -> dict[str, str]:
    """Tell what is wrong: place (an indicator, a score, `levels.SCORE`) -> kind.

    One limit alone may be set by hand: it is held against the learned other one.
    """
    found: dict[str, str] = {}
    for name, one in draft.health_indicators.items():
        if not one.weight or one.weight <= 0:
            found[name] = "weight"
        elif _are_crossed((one.low, one.high), learned.get(name, (None, None)), may_meet=False):
            found[name] = "limits"
    for score in SCORES:
        if not any(one.is_on for one in of_score(draft, score).values()):
            found[score] = "nothing_on"
        given = (level_from(draft, "average", score), level_from(draft, "healthy", score))
        if _are_crossed(given, levels.get(score, (None, None)), may_meet=True):
            found[f"levels.{score}"] = "levels"
    return found


def changes(before: Settings, after: Settings) -> list[Change]:
    """List what differs between two definitions."""
    found = []
    for name in {**before.health_indicators, **after.health_indicators}:
        one, other = before.health_indicators.get(name), after.health_indicators.get(name)
        if one is None or other is None:
            found.append(Change("added" if one is None else "removed", name))
        else:
            found += [
                Change(part, name, getattr(one, part), getattr(other, part))
                for part in _PARTS
                if getattr(one, part) != getattr(other, part)
            ]
    for level in LEVELS:
        for score in SCORES:
            old, new = level_from(before, level, score), level_from(after, level, score)
            if old != new:
                found.append(Change(f"{level}_from", score, old, new))
    found += [
        Change(key, "", getattr(before, key), getattr(after, key))
        for key in _SINGLES
        if getattr(before, key) != getattr(after, key)
    ]
    return found


def _are_crossed(
    given: tuple[float | None, float | None],
    learned: tuple[float | None, float | None],
    *,
    may_meet: bool,
) -> bool:
    """Tell whether a lower limit lies over the upper one; learned ones alone never do."""
    if given == (None, None):
        return False
    low, high = (
        one if one is not None else other for one, other in zip(given, learned, strict=True)
    )
    if low is None or high is None:
        return False
    return low > high or (low == high and not may_meet)


def _with(draft: Settings, indicators: dict[str, Indicator]) -> Settings:
    return draft.model_copy(update={"health_indicators": indicators})
