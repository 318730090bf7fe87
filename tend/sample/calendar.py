"""Days and months of the generator."""

import calendar
from datetime import date, timedelta

DAY = timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """Step whole months; a day the month does not have is clamped to its end (A5)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def month_index(day: date) -> int:
    """Number the months, so that they can be counted."""
    return day.year * 12 + day.month - 1


def first_day(index: int) -> date:
    """Give the first day of a numbered month."""
    return date(index // 12, index % 12 + 1, 1)


def last_day(index: int) -> date:
    """Give the last day of a numbered month."""
    return first_day(index + 1) - DAY
