"""Moves in words: where a customer stood, where it went, and which indicators say why."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from tend.language import format, text
from tend.settings.definition import MEASURE, SCORES

Row = Mapping[str, object]
# From the lower level to the upper one, by the sides of the grid; each with its shape.
STATES = MappingProxyType({3: ("at_risk", "average", "healthy"), 2: ("lower", "upper")})
_REASONS = 2
SIDES = 3  # of the grid that states are told by


def states(cell: int, sides: int) -> dict[str, str]:
    """Give the states of a cell by axis; cells are numbered by outcome, then by experience."""
    outcome, experience = divmod(cell - 1, sides)
    return {"outcome": STATES[sides][outcome], "experience": STATES[sides][experience]}


def place(cell: int, sides: int, language: str) -> str:
    """Name a cell: outcome ● healthy, experience ◆ average."""
    found = states(cell, sides)
    parts = {axis: text.say(f"states.{state}", language) for axis, state in found.items()}
    return text.say("movement.place", language, **parts)


def way(before: int, after: int, sides: int, language: str) -> str:
    """Name a way from cell to cell: outcome ● healthy, experience ● healthy → ◆ average."""
    was, now = states(before, sides), states(after, sides)
    said = {axis: text.say(f"states.{was[axis]}", language) for axis in SCORES}
    for axis in SCORES:
        if was[axis] != now[axis]:
            said[axis] += f" → {text.say(f'states.{now[axis]}', language)}"
    return text.say("movement.place", language, **said)


def way_of(row: Row, language: str) -> str:
    """Name the way a customer went; nothing where one of its ends is not known."""
    before, after, sides = row["from_quadrant"], row["to_quadrant"], row.get("sides", SIDES)
    if not isinstance(before, int) or not isinstance(after, int) or not isinstance(sides, int):
        return ""
    return way(before, after, sides, language)


def changed(row: Row) -> list[tuple[str, str, str]]:
    """Give axis, state before and state after, of the axes that changed their state."""
    sides, before, after = row["sides"], row["from_quadrant"], row["to_quadrant"]
    assert isinstance(sides, int)
    if not isinstance(before, int) or not isinstance(after, int):
        return []
    was, now = states(before, sides), states(after, sides)
    return [(axis, was[axis], now[axis]) for axis in SCORES if was[axis] != now[axis]]


def why(row: Row, language: str) -> str:
    """Say which indicators moved the customer, the two strongest first."""
    if row["direction"] in (None, "stay"):
        return ""
    names, before, after = (row[n] or [] for n in ("indicators", "from_values", "to_values"))
    assert isinstance(names, list)
    assert isinstance(before, list)
    assert isinstance(after, list)
    said = [
        change(name, was, now, language)
        for name, was, now in zip(names[:_REASONS], before, after, strict=False)
    ]
    if not said:
        return text.say("movement.limits_moved", language)
    joined = text.say("movement.and", language).join(said)
    return text.say("movement.why", language, reasons=joined[:1].upper() + joined[1:])


def change(name: str, before: float | None, after: float | None, language: str) -> str:
    """Say how an indicator changed: key actions per user fell from 243 to 116."""
    called = indicator(name, language)
    was, now = value(name, before, language), value(name, after, language)
    if before is None or after is None:
        key = "movement.new" if before is None else "movement.gone"
    else:
        key = "movement.fell" if after < before else "movement.rose"
    return text.say(key, language, name=called, before=was, after=now)


def indicator(name: str, language: str) -> str:
    """Give an indicator's name; a measure of the files goes by its own."""
    key = f"indicators.{name}"
    return text.say(key, language) if text.has(key) else name.removeprefix(MEASURE)


def value(name: str, found: float | None, language: str) -> str:
    """Write an indicator's value in its own unit."""
    if found is None:
        return format.MISSING
    return WRITTEN.get(name, _number)(found, language)


def _share(found: float, language: str) -> str:
    return _percent(format.number(found * 100, ".0f"), language)


def _growth(found: float, language: str) -> str:
    whole = round(found * 100)
    return _percent(format.signed(whole) if whole else "0", language)


def _percent(said: str, language: str) -> str:
    return said + ("%" if language == "zh" else " %")


def _number(found: float, _language: str) -> str:
    """Write a number with one decimal where it has any, and is small."""
    is_whole = found == round(found) or abs(found) >= 100
    return format.number(found, ",.0f" if is_whole else ",.1f")


WRITTEN: Mapping[str, Callable[[float, str], str]] = MappingProxyType(
    {
        "deployment": _share,
        "trend": _growth,
        "ticket_csat": _share,
        "solved_in_time": _share,
    }
)
