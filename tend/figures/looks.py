"""How a page's view is turned for a figure: further back, without a window, by something else."""

from datetime import date, timedelta
from types import MappingProxyType

from tend.view import PERIODS, View, month_end, months_before, quarter_start, window

# How far trend and matrix look back from the end of the window, in months.
SHOWN = MappingProxyType({"month": 18, "quarter": 36})
# What is due in these days is what a meeting decides on.
_SOON = timedelta(days=120)
# How many months back a forecast looks for contracts that ended and are undecided.
_OVERDUE_MONTHS = 3
# How many months of movements each step shows.
STEPS = MappingProxyType({"month": 12, "quarter": 36, "year": 120})
_TREND = 24


def look_back(view: View) -> View:
    """Show the periods that lead to the window: one alone makes no trend."""
    if view.end is None:
        return view
    last = month_end(months_before(quarter_start(view.end), -2))
    months = SHOWN["month" if view.group_by == "month" else "quarter"]
    first = months_before(date(last.year, last.month, 1), months - 1)
    return view.between(min(first, view.start or first), last)


def across(view: View) -> View:
    """Show the periods that lead to the window, where the second dimension is one."""
    view = view if view.split_by else view.split("quarter")
    if view.split_by not in PERIODS:
        return view
    return look_back(view.grouped(view.split_by)).grouped(view.group_by)


def whatever_the_window(view: View) -> View:
    """Ask without the window: what is due is due, whenever."""
    return view.between(None, None)


def calls_by_csm(view: View) -> View:
    """Ask for the record of all calls, by who made them."""
    return view.between(None, None).grouped("csm")


def soon(view: View) -> View:
    """Ask for what is overdue, and what is due in the time in which one acts on it."""
    return view.between(None, view.as_of + _SOON)


def quarters_around(view: View) -> View:
    """Show the quarters that lead to the window, and the one ahead, which begins to resolve."""
    back = look_back(view.grouped("quarter"))
    last = back.end and month_end(months_before(back.end, -3))
    return back.between(back.start, last).grouped(None)


def this_quarter(view: View) -> View:
    """Ask for what ends in the quarter of the as-of date."""
    return view.between(*window("this_quarter", view.as_of))


def months_ahead(view: View) -> View:
    """Show what is to come in the next twelve months, and what ended and is still undecided."""
    first = months_before(view.as_of.replace(day=1), _OVERDUE_MONTHS)
    return view.between(first, month_end(months_before(view.as_of, -12))).grouped("month")


def year_ahead(view: View) -> View:
    """Ask for the same as a whole."""
    return months_ahead(view).grouped(None)


def months_before_end(view: View) -> View:
    """Show the months that lead to the later date: what moves is seen against them."""
    end = view.end or view.as_of
    return view.between(months_before(end, SHOWN["month"]), end)


def at_large(view: View) -> View:
    """Ask without window and grouping: for all there is, or what the query itself looks back."""
    return view.between(None, None).grouped(None)


def year_to_day(view: View) -> View:
    """Ask for the 12 months to the as-of date."""
    first = months_before(view.as_of + timedelta(days=1), 12)
    return view.between(first, view.as_of).grouped(None)


def as_a_whole(view: View) -> View:
    """Ask without a grouping."""
    return view.grouped(None)


def by_potential(view: View) -> View:
    """Split every cell by the third axis."""
    return view.grouped("potential")


def nps_by_size(view: View) -> View:
    """Ask for the NPS of the last 12 months by size."""
    return view.between(None, None).grouped("size")


def by_step(view: View) -> View:
    """Show as many periods of the step as tell something, up to the as-of date."""
    months = STEPS[view.group_by or "quarter"]
    return view.between(months_before(view.as_of + timedelta(days=1), months), view.as_of)


def two_years(view: View) -> View:
    """Show 24 months, as they lead to the as-of date."""
    first = months_before(view.as_of + timedelta(days=1), _TREND)
    return view.between(first, view.as_of).grouped(None)
