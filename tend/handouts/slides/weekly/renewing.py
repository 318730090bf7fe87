"""The slides of renewals and of ARR: how they go, where not, what is to come, what moved."""

from tend.figures import wording
from tend.figures.renewals import headlines, sentences
from tend.handouts import told
from tend.handouts.slides.kit import values
from tend.handouts.slides.kit.values import Chart, Series, Slide
from tend.handouts.slides.weekly import pieces
from tend.handouts.slides.weekly.pieces import Lack, Telling
from tend.language import format

_NUMBERS = ("contract_renewal_rate", "logo_renewal_rate", "net_renewal_rate", "nrr")
_AHEAD = ("forecast_due", "forecast_expected", "forecast_called")
# What moved ARR, from the ground up on both sides, and the ink of each.
_MOVES = (
    ("new", "accent"),
    ("expansion", "kin_0"),
    ("reactivation", "kin_1"),
    ("churn", "context"),
    ("contraction", "kin_2"),
)
_PERIODS, _SEGMENTS, _MONTHS = 8, 10, 12


def rates(telling: Telling) -> Slide | Lack:
    """Say how renewals go, with the rates and their path."""
    reading = telling.reading
    view = told.opened(reading, "renewals", telling.view)
    figure = pieces.shown(telling, "renewals", "renewals_by_period")
    rows = [row for row in figure.codes.to_pylist() if row["decided"]][-_PERIODS:]
    if not rows:
        return Lack(reading.say("ui.pages.renewals"), sentences.now(reading, view).sentence)
    series = Series(
        reading.say("columns.contract_renewal_rate"),
        tuple(row["contract_renewal_rate"] for row in rows),
    )
    names = tuple(_counted(telling, row["segment"], row) for row in rows)
    return Slide(
        sentences.now(reading, view).sentence,
        _with_mark(telling, figure.title, rows),
        numbers=pieces.numbers(headlines.now(reading, view), _NUMBERS),
        chart=Chart(values.COLUMN, names, (series,), values.RATE),
        notes=pieces.notes(telling, figure),
    )


def _counted(telling: Telling, name: str, row: pieces.Row) -> str:
    """Name a period or segment, with how many of how many renewed."""
    counts = {"renewed": format.count(row["renewed"]), "decided": format.count(row["decided"])}
    key = "counted_open" if row["open"] else "counted"
    return telling.say(key, name=name, open=format.count(row["open"]), **counts)


def _with_mark(telling: Telling, said: str, rows: list[pieces.Row]) -> str:
    """Say what the mark of periods and segments means that are not decided."""
    is_open = any(row["open"] for row in rows)
    return " · ".join((said, telling.say("undecided"))) if is_open else said


def segments(telling: Telling) -> Slide | Lack:
    """Draw the rate of each segment, the largest first, beside what else is to be said."""
    reading = telling.reading
    view = told.opened(reading, "renewals", telling.view)
    figure = pieces.shown(telling, "renewals", "renewals_by_segment")
    rows = [row for row in figure.codes.to_pylist() if row["decided"] and not row["is_total"]]
    if not rows:
        return Lack(figure.title, figure.empty)
    names = (wording.value(row["segment"], reading.language) for row in rows[:_SEGMENTS])
    series = Series(
        reading.say("columns.contract_renewal_rate"),
        tuple(row["contract_renewal_rate"] for row in rows[:_SEGMENTS]),
    )
    categories = tuple(_counted(telling, *pair) for pair in zip(names, rows, strict=False))
    lines = (*sentences.now(reading, view).lines, sentences.why(reading, view).sentence)
    return Slide(
        figure.title,
        _with_mark(telling, reading.say("columns.contract_renewal_rate"), rows),
        chart=Chart(values.BAR, categories, (series,), values.RATE),
        body=tuple(line for line in lines if line),
        notes=pieces.notes(telling, figure),
    )


def ahead(telling: Telling) -> Slide | Lack:
    """Draw what falls due month by month, and what of it is expected to renew."""
    reading = telling.reading
    view = told.opened(reading, "renewals", telling.view)
    figure = pieces.shown(telling, "renewals", "forecast_months")
    rows = [row for row in figure.codes.to_pylist() if not row["is_total"]][:_MONTHS]
    if not rows:
        return Lack(figure.title, figure.empty)
    series = (
        Series(telling.say("is_due"), tuple(row["arr"] for row in rows), "kin_2"),
        Series(telling.say("is_expected"), tuple(row["expected_arr"] for row in rows)),
    )
    names = tuple(row["segment"] for row in rows)
    return Slide(
        sentences.ahead(reading, view).sentence,
        telling.say("by_month", currency=reading.currency),
        numbers=pieces.numbers(headlines.ahead(reading, view), _AHEAD),
        chart=Chart(values.COLUMN, names, series, values.MONEY),
        notes=pieces.notes(telling, figure),
    )


def moved(telling: Telling) -> Slide | Lack:
    """Draw what ARR won and lost by quarter."""
    reading = telling.reading
    figure = pieces.shown(telling, "value", "arr_periods")
    rows = figure.codes.to_pylist()[-_PERIODS:]
    series = tuple(
        Series(reading.say(f"columns.{name}"), tuple(row[name] for row in rows), ink)
        for name, ink in _MOVES
        if any(row[name] for row in rows)
    )
    if not series:
        return Lack(figure.title, figure.empty)
    names = tuple(
        telling.say("not_over", name=row["period"]) if row["is_open"] else row["period"]
        for row in rows
    )
    return Slide(
        figure.title,
        telling.say("by_quarter", currency=reading.currency),
        chart=Chart(values.STACKED_COLUMN, names, series, values.MONEY),
        notes=pieces.notes(telling, figure),
    )
