"""The numbers of Renewals: rate, of how many, against target and before; and what comes next."""

from collections.abc import Iterator

from tend.figures.reading import Line, Number, Reading, Row
from tend.figures.renewals import early, explained
from tend.figures.renewals.sentences import forecast, measures
from tend.language import format
from tend.view import View

_BANDED, _AMOUNT, _GROSS = "contract_renewal_rate", "net_renewal_rate", "gross_renewal_rate"
_DATED = "on_time_rate"  # without dates nothing is on time or late
_BY_MONEY = (_AMOUNT, _GROSS)


def now(reading: Reading, view: View) -> tuple[Number, ...]:
    """Give the rates; before anything has ended, what is in force."""
    view = view.grouped(None).split(None)
    if early.is_early(reading, view):
        return (*early.in_force(reading, view), *_retention(reading, view))
    return (*_renewals(reading, view), *_retention(reading, view))


def ahead(reading: Reading, view: View) -> tuple[Number, ...]:
    """Give what is due, what the model expects of it, and what the CSMs say."""
    row = forecast(reading, view)
    if row is None:
        return ()
    low, high, at_risk, lost, uncalled = (
        reading.money(row[name])
        for name in ("low", "high", "doubted_arr", "given_up_arr", "uncalled_arr")
    )
    contracts = format.count(row["contracts"])
    lines = {
        "due": (reading.say("renewals.next.contracts", contracts=contracts),),
        "expected": (
            reading.say("renewals.next.share", rate=reading.rate(row["expected_rate"])),
            reading.say("renewals.next.between", low=low, high=high),
        ),
        "called": (
            reading.say("renewals.next.rest", at_risk=at_risk, lost=lost),
            reading.say("renewals.next.uncalled", arr=uncalled),
        ),
    }
    called = {
        "due": ("due", "arr"),
        "expected": ("expected", "expected_arr"),
        "called": ("committed", "committed_arr"),
    }
    return tuple(
        reading.number(f"forecast_{name}", reading.say(f"renewals.next.{key}"), arr, "money", *said)
        for name, said in lines.items()
        for key, arr in ((called[name][0], row[called[name][1]]),)
    )


def missed(reading: Reading, view: View) -> dict[str, int]:
    """Give how many of each rate's members were missed: those its number leads to."""
    found = measures(reading, view)
    rates = {name: row["missed"] for name, row in found.items() if row["value"] is not None}
    row = reading.first("retention_12m", view.between(None, None))
    return rates | (dict.fromkeys(("nrr", "grr"), row["shrunk_customers"]) if row else {})


def _renewals(reading: Reading, view: View) -> Iterator[Number]:
    found = measures(reading, view)
    rates = reading.first("renewal_rates", view)
    more = {_AMOUNT: _without_growth(reading, found[_GROSS])}
    if rates and rates["open"]:
        more[_BANDED] = (_between(reading, rates),)
    for name, row in found.items():
        if view.start is not None or name != _DATED:
            yield _rate(reading, row, view, more.get(name, ()))


def _rate(reading: Reading, row: Row, view: View, more: tuple[Line, ...]) -> Number:
    name, is_told = row["measure"], row["value"] is not None
    few = reading.say("charts.few") if row["is_few_cases"] and is_told else ""
    return reading.number(
        name,
        reading.say(f"columns.{name}"),
        row["value"],
        "rate",
        Line(_of(reading, row), note=few),
        *more,
        against_target(reading, row["from_target"], row["target"]),
        *_changes(reading, row, view),
        definition=reading.say(f"definitions.{name}"),
    )


def _retention(reading: Reading, view: View) -> Iterator[Number]:
    """NRR and GRR of the last 12 months; none while there is no ARR of then."""
    row = reading.first("retention_12m", view.between(None, None))
    for name, kept in (("nrr", "arr_now"), ("grr", "kept_arr")):
        if row:
            part, whole = (reading.money(row[column]) for column in (kept, "opening_arr"))
            yield reading.number(
                name,
                reading.say(f"columns.{name}"),
                row[name],
                "rate",
                reading.say(f"renewals.of.{name}", part=part, whole=whole),
                against_target(reading, row[f"{name}_from_target"], row[f"{name}_target"]),
                definition=reading.say("definitions.value_nrr"),
            )


def against_target(reading: Reading, by: float | None, target: float | None) -> Line:
    """Say how far a rate lies from its target; nothing where there is none."""
    if by is None:
        return Line("")
    key = "at" if not format.is_visible(by) else "over" if by > 0 else "under"
    points, rate = format.size_of_change(by), format.share(target or 0, reading.language)
    said = reading.say(f"renewals.target.{key}", points=points, target=rate)
    return Line(said, about="aim")


def _between(reading: Reading, row: Row) -> Line:
    """Say between which rates the open contracts can still bring it."""
    rates = {name: reading.rate(row[f"rate_at_{name}"]) for name in ("best", "worst")}
    return Line(reading.say("figures.between", **rates))


def _without_growth(reading: Reading, row: Row) -> tuple[Line, ...]:
    """Say beneath the amount what it is without growth."""
    if row["value"] is None:
        return ()
    said = reading.say("renewals.without_growth", rate=reading.rate(row["value"]))
    aim = against_target(reading, row["from_target"], row["target"])
    return Line(said, hint=reading.say(f"definitions.{_GROSS}")), aim


def _of(reading: Reading, row: Row) -> str:
    if row["value"] is None:
        return reading.say("renewals.nothing_decided")
    written = reading.money if row["measure"] in _BY_MONEY else format.count
    part, whole = written(row["numerator"]), written(row["denominator"])
    return reading.say(f"renewals.of.{row['measure']}", part=part, whole=whole)


def _changes(reading: Reading, row: Row, view: View) -> Iterator[Line]:
    """Say how it changed: a window of a year is held against the year before alone."""
    keys = {"previous": "versus", "year_before": "versus_year"}
    if view.window in explained.ONCE_A_YEAR:
        del keys["previous"]
    for column, key in keys.items():
        if row[column] is not None:
            yield Line(
                reading.say(f"renewals.{key}.{view.window}"),
                strong=format.points(row[f"change_{column}"], reading.language),
                note=reading.say("charts.few") if row[f"is_few_{column}"] else "",
                about="change",
            )
