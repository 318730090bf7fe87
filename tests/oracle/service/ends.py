"""Where the data of a company end: after that nothing is known (M36)."""

from dataclasses import dataclass
from datetime import date

from tests.oracle.service.service import Team


@dataclass(frozen=True)
class Stage:
    """One row of the renewal process."""

    contract_id: str
    stage: str
    entered_on: date
    probability: float | None


def newest_touch(team: Team, as_of: date) -> date:
    """Give the newest touch of anybody: after it nothing is known (M36)."""
    days = (touch.touched_on for touch in team.signals.touches)
    return max((day for day in days if day <= as_of), default=date.min)


def is_news(newest: date, as_of: date) -> bool:
    """Tell whether data are at most two weeks old."""
    return (as_of - newest).days <= 14
