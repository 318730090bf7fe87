"""Which copies are kept, and when the next one is due."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

# At night, by the machine's clock; a machine that slept makes up for it when it wakes.
_HOUR = 3
Period = Callable[[datetime], tuple[int, ...]]


@dataclass(frozen=True)
class Rule:
    """Of how many days, weeks and months the newest copy is kept; none of all: no copies."""

    days: int
    weeks: int
    months: int

    @property
    def is_off(self) -> bool:
        """Tell whether no copies are wanted."""
        return not (self.days or self.weeks or self.months)


def kept(made: Iterable[datetime], rule: Rule) -> frozenset[datetime]:
    """Choose what is kept: the newest of each of the last days, weeks and months that have one.

    A pause of a month takes none away. The newest of all always stays.
    """
    newest = sorted(made, reverse=True)
    found = set(newest[:1])
    periods: tuple[tuple[Period, int], ...] = (
        (lambda one: (one.year, one.month, one.day), rule.days),
        (lambda one: tuple(one.isocalendar()[:2]), rule.weeks),
        (lambda one: (one.year, one.month), rule.months),
    )
    for period, most in periods:
        first: dict[tuple[int, ...], datetime] = {}
        for one in newest:
            first.setdefault(period(one), one)
        found |= set(list(first.values())[:most])
    return frozenset(found)


def is_due(last: datetime | None, now: datetime) -> bool:
    """Tell whether a night has passed since the last copy; both in the machine's own zone."""
    night = now.replace(hour=_HOUR, minute=0, second=0, microsecond=0)
    if night > now:
        night -= timedelta(days=1)
    return last is None or last < night
