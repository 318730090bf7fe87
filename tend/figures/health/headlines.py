"""The numbers of Health movement: who fell, rose, is at risk, and stands in a trap."""

from tend.figures.health.sentences import summary
from tend.figures.reading import Number, Reading, Row
from tend.language import format
from tend.view import View

COUNTED = ("fallen", "risen", "at_risk", "pleased", "succeeding")


def movement(reading: Reading, view: View) -> tuple[Number, ...]:
    """Give customers and their ARR; what nobody knows is not nought."""
    row = summary(reading, view)
    return tuple(_number(reading, row, name) for name in COUNTED)


def _number(reading: Reading, row: Row, name: str) -> Number:
    label = reading.say(f"movement.cards.{name}")
    if not _is_known(row, name):
        return reading.number(name, label, None, "count", reading.say("movement.not_known"))
    return reading.number(
        name,
        label,
        row[name],
        "count",
        reading.say("movement.customers_of", whole=format.count(row["customers"])),
        reading.say("movement.arr", arr=reading.money(row[f"{name}_arr"])),
        definition=reading.say(f"definitions.{name}"),
    )


def _is_known(row: Row, name: str) -> bool:
    """Tell whether anybody could be counted."""
    if name in ("fallen", "risen"):
        return bool(row["compared"])
    return bool(row["customers"] > row["without_outcome" if name == "at_risk" else "unknown"])
