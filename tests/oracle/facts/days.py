"""Days and months: one form for end dates, and terms in months."""

import calendar
from datetime import date, timedelta

DAY = timedelta(days=1)


def month_end(day: date) -> date:
    """Give the last day of the day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """Step whole months; a day that the month does not have becomes its last (A5)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    return first.replace(day=min(day.day, month_end(first).day))


def last_day(start: date | None, end: date | None) -> date | None:
    """Give the last day in force: an end on the start's day number is the day after (A1, A2)."""
    if start and end and end > start and end.day == start.day:
        return end - DAY
    return end


def term_months(start: date, last: date) -> float:
    """Count whole months to the day after the last one, the rest as a share of its month (A5)."""
    after = last + DAY
    days = [(day.month, day.day) for day in (start, after)]
    if days == [(2, 29), (3, 1)] and start < last:
        return 12.0 * (after.year - start.year)  # M16: whole years
    whole = 0
    while add_months(start, whole + 1) <= after:
        whole += 1
    here, there = add_months(start, whole), add_months(start, whole + 1)
    return whole + (after - here).days / (there - here).days


def month_label(day: date | None) -> str:
    """Label a month as `2024-03` (D4)."""
    return f"{day:%Y-%m}" if day else "unknown"


def quarter_label(day: date | None) -> str:
    """Label a quarter as `2024-Q1` (D4)."""
    return f"{day.year}-Q{(day.month + 2) // 3}" if day else "unknown"
