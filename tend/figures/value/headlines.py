"""The numbers of Customer value: ARR, what stays of it, growth, lifetime, LTV/CAC, effort."""

from dataclasses import replace

from tend.figures.limits import CRITICAL_RATE
from tend.figures.reading import Number, Reading, Row
from tend.figures.value import findings
from tend.language import format
from tend.view import View


def value(reading: Reading, view: View) -> tuple[Number, ...]:
    """Give ARR, what stays of it, growth against loss, lifetime, LTV/CAC and service cost."""
    lifetime = reading.first("lifetime_value", view)
    if lifetime is not None and lifetime["logo_renewal_rate"] is None:
        lifetime = None
    return (
        _arr(reading, reading.first("concentration", view)),
        _retention(reading, reading.first("retention_12m", view)),
        _quick(reading, reading.first("arr_growth", view)),
        _lifetime(reading, lifetime),
        _pays_off(reading, lifetime),
        _effort(reading, reading.first("service_effort", view)),
    )


def _number(reading: Reading, name: str, value: float | None, kind: str, *lines: str) -> Number:
    label = reading.say(f"value.cards.{name}")
    definition = reading.say(f"definitions.value_{name}")
    return reading.number(name, label, value, kind, *lines, definition=definition)


def _arr(reading: Reading, row: Row | None) -> Number:
    if row is None:
        return _number(reading, "arr", 0, "money")
    customers = format.count(row["customers"])
    late = row["overdue_arr"]
    return _number(
        reading,
        "arr",
        row["arr"],
        "money",
        reading.say("value.cards.mrr", mrr=reading.money(row["mrr"]), customers=customers),
        reading.say("value.cards.overdue", arr=reading.money(late)) if late else "",
    )


def _retention(reading: Reading, row: Row | None) -> Number:
    if row is None:
        return _number(reading, "nrr", None, "rate")
    counts = {name: format.count(row[f"{name}_customers"]) for name in ("kept", "opening")}
    return _number(
        reading,
        "nrr",
        row["nrr"],
        "rate",
        reading.say("value.cards.grr", grr=reading.rate(row["grr"])),
        reading.say("value.cards.of_opening", **counts),
    )


def _quick(reading: Reading, row: Row | None) -> Number:
    if row is None:
        return _number(reading, "quick", None, "number")
    said = reading.say(
        "value.cards.quick_of",
        **{name: reading.money(row[name]) for name in ("won", "lost")},
        open=findings.so_far(row, reading.language),
    )
    return _number(reading, "quick", row["quick_ratio"], "number", said)


def _lifetime(reading: Reading, row: Row | None) -> Number:
    """Give the years that customers stay; where nobody left, as many as are seen at least."""
    if row is None:
        return _number(reading, "lifetime", None, "number", reading.say("value.cards.nothing"))
    said = reading.say(
        "value.cards.lifetime_of",
        rate=reading.rate(row["logo_renewal_rate"]),
        renewed=format.count(row["customers_renewed"]),
        decided=format.count(row["customers_decided"]),
    )
    is_low = row["logo_renewal_rate"] < CRITICAL_RATE
    lines = (
        said,
        reading.say("value.cards.below_line") if is_low else "",
        reading.say("charts.few") if row["is_few_cases"] else "",
    )
    years, least = row["lifetime_years"], row["at_least_years"]
    written = (
        reading.say("value.cards.lifetime_more", years=format.count(least))
        if years is None
        else reading.say("value.cards.lifetime_years", years=format.times(years))
    )
    number = _number(reading, "lifetime", least if years is None else years, "number", *lines)
    return replace(number, written=written)


def _pays_off(reading: Reading, row: Row | None) -> Number:
    if row is None or row["ltv"] is None:
        return _number(reading, "ltv_cac", None, "number", reading.say("value.cards.nothing"))
    ltv = reading.money(row["ltv"])
    if row["cac"] is None:
        said = reading.say("value.cards.no_cac", ltv=ltv)
        return _number(reading, "ltv_cac", None, "number", said)
    said = reading.say(
        "value.cards.ltv_of",
        ltv=ltv,
        cac=reading.money(row["cac"]),
        customers=format.count(row["customers_with_cac"]),
    )
    return _number(reading, "ltv_cac", row["ltv_cac"], "number", said)


def _effort(reading: Reading, row: Row | None) -> Number:
    if row is None:
        return _number(reading, "effort", None, "rate", reading.say("value.cards.no_hours"))
    said = reading.say(
        "value.cards.effort_of",
        cost=reading.money(row["service_cost"]),
        arr=reading.money(row["arr"]),
    )
    return _number(reading, "effort", row["effort_share"], "rate", said)
