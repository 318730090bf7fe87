"""Why a customer has its priority, in words."""

from tend.figures.reading import Reading, Row
from tend.language import format

_NOT_WELL = ("at_risk", "average")


def said(reading: Reading, row: Row, most: int = 6) -> str:
    """Say why a customer has its priority, the weightiest reason first."""
    reasons = [_reason(reading, name, row) for name in row["reasons"][:most]]
    return reading.say("service.and").join(reasons) or reading.say("service.reasons.none")


def _reason(reading: Reading, name: str, row: Row) -> str:
    facts: dict[str, object] = {}
    key = name
    if name == "renewal":
        days = row["days_left"]
        key = "ends_today" if days == 0 else "renewal" if days > 0 else "overdue"
        facts = {"days": format.count(abs(days))}
    elif name == "health":
        facts = {"states": reading.listed(_states(reading, row))}
    elif name == "touch":
        days = row["days_since_touch"]
        key = "never_touched" if days is None else "touch"
        facts = {"days": format.count(days)}
    elif name == "task":
        facts = {"tasks": format.count(row["overdue_tasks"])}
    elif name == "stage":
        facts = {
            "stage": reading.say(f"stages.{row['stage']}"),
            "days": format.count(row["days_in_stage"]),
            "limit": format.count(row["limit_days"]),
        }
    return reading.say(f"service.reasons.{key}", **facts)


def _states(reading: Reading, row: Row) -> list[str]:
    """Name the axes that are not well, each with its state."""
    return [
        reading.say(f"service.reasons.{axis}", state=reading.say(f"states.{row[f'{axis}_state']}"))
        for axis in ("outcome", "experience")
        if row[f"{axis}_state"] in _NOT_WELL
    ]
