"""A view: what a reader looks at (as-of date, window, grouping, filters), as one frozen value."""

import calendar
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType

Filters = tuple[tuple[str, tuple[str, ...]], ...]

# Dimensions every workspace has; extra customer columns come on top, by their header (D5).
DIMENSIONS = (
    "size",
    "industry",
    "contract_type",
    "department",
    "region",
    "csm",
    "tier",
    "source_channel",
    "product",
)
PERIODS = ("month", "quarter")
# Movements are added up by year, too; it is no dimension of contracts.
YEAR = "year"
# How far back movement looks, in months; own: between two chosen month ends.
SINCE = MappingProxyType({"month": 1, "quarter": 3, "year": 12, "own": None})
GRIDS = ("3x3", "2x2")
# Days that can be asked for: the years that files are read for. All arithmetic on them holds.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
WINDOWS = ("this_quarter", "last_quarter", "year_to_date", "last_12_months", "own")


@dataclass(frozen=True)
class View:
    """As-of date, window (both days included; None: no limit), up to two groupings and filters."""

    as_of: date
    start: date | None = None
    end: date | None = None
    group_by: str | None = None
    filters: Filters = ()
    split_by: str | None = None
    # Held against the same window a year before, not against the one just before.
    is_yearly: bool = False
    # What the window is called, where it was chosen by a name: by it a change is told.
    named: str | None = field(default=None, compare=False)

    @property
    def window(self) -> str:
        """Name the window (see WINDOWS): as it was chosen, else by its days."""
        days = (self.start, self.end)
        own = (name for name in WINDOWS[:-1] if window(name, self.as_of) == days)
        return self.named or next(own, WINDOWS[-1])

    def grouped(self, group_by: str | None) -> "View":
        """Give the same view, grouped by another dimension."""
        return replace(self, group_by=group_by)

    def split(self, split_by: str | None) -> "View":
        """Give the same view, grouped by a second dimension as well."""
        return replace(self, split_by=split_by)

    def yearly(self, is_yearly: bool) -> "View":
        """Give the same view, held against a year before or against the period before."""
        return replace(self, is_yearly=is_yearly)

    def between(self, start: date | None, end: date | None) -> "View":
        """Give the same view with another window."""
        return replace(self, start=start, end=end, named=None)


# Extra customer columns go by their header, which may be any word: kept apart from our own.
EXTRA = "x."


def written_filters(filters: Filters) -> dict[str, list[str]]:
    """Write filters as addresses do."""
    return {
        dimension if dimension in DIMENSIONS else EXTRA + dimension: list(values)
        for dimension, values in filters
    }


# Wide signs, as East Asian keyboards write them, and the narrow ones they stand for.
_NARROW = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: 0x20}


def folded(words: str) -> str:
    """Give words without regard to case and width, as `queries/macros.sql` does (M29)."""
    return "".join(sign.lower()[0] for sign in words.translate(_NARROW))


def day(written: str) -> date | None:
    """Read a day that can be asked for, written as 2026-09-30; None for anything else."""
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if FIRST_DAY <= found <= LAST_DAY else None


def months_before(day: date, months: int) -> date:
    """Go back whole months; a day the month does not have is clamped to its end (A9)."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def month_end(day: date) -> date:
    """Give the last day of the day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def month_end_by(day: date) -> date:
    """Give the last month end that is not after the day (J2)."""
    return day if day == month_end(day) else day.replace(day=1) - timedelta(days=1)


def since(name: str, as_of: date) -> tuple[date, date]:
    """Give the two month ends that movement holds against each other (see SINCE)."""
    months = SINCE[name]
    if months is None:
        raise KeyError(name)
    last = month_end_by(as_of)
    return month_end(months_before(last, months)), last


def period_days(written: str) -> tuple[date, date]:
    """Give first and last day of 2026-03, 2026-Q1 or 2026; a day stands for its month."""
    year, _, part = written[:7].partition("-")
    if part.startswith("Q"):
        first, months = 3 * int(part[1:]) - 2, 3
    else:
        first, months = (int(part), 1) if part else (1, 12)
    start = date(int(year), first, 1)
    return start, month_end(months_before(start, 1 - months))


def quarter_start(day: date) -> date:
    """Give the first day of the day's calendar quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def window(name: str, as_of: date) -> tuple[date, date]:
    """Give first and last day of a named window (see WINDOWS) as seen from `as_of`."""
    first = quarter_start(as_of)
    if name == "this_quarter":
        return first, month_end(months_before(first, -2))
    if name == "last_quarter":
        return months_before(first, 3), first - timedelta(days=1)
    if name == "year_to_date":
        return date(as_of.year, 1, 1), as_of
    if name == "last_12_months":
        return months_before(as_of, 12) + timedelta(days=1), as_of
    raise KeyError(name)


def previous_window(start: date, end: date) -> tuple[date, date]:
    """Give the period of the same length just before: whole months stay whole months."""
    if start.day == 1 and end == month_end(end):
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        return months_before(start, months), start - timedelta(days=1)
    return start - (end - start) - timedelta(days=1), start - timedelta(days=1)


def year_before(start: date, end: date) -> tuple[date, date]:
    """Give the same window one year earlier; a window of whole months stays one."""
    whole = end == month_end(end)
    earlier = months_before(end, 12)
    return months_before(start, 12), month_end(earlier) if whole else earlier
