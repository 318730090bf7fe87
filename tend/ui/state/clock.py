"""The one clock: the real day, and the day Tend opens on. Nobody else asks for the time of day."""

from datetime import date
from typing import Any

from tend.figures import doubts
from tend.ui.state import data
from tend.view import View


def today() -> date:
    """Give the real day: what people enter is of it."""
    return date.today()


def opens_on() -> date:
    """Give today; where all that files tell of customers is stale, the newest day of it (M36)."""
    return doubts.opens_on(data.ask, today())


def activity(day: date | None = None) -> list[dict[str, Any]]:
    """Give how new each data set of activity is on a day, today by default, the newest first."""
    rows: list[dict[str, Any]] = data.ask("activity", View(day or today())).to_pylist()
    return rows
