"""What figures of the forecast say in one line: picks rows and writes them, computes nothing."""

from typing import Any

import pyarrow as pa

from tend.figures.limits import FEW_CASES, LEAD
from tend.language import format, text

Row = dict[str, Any]


def forecast(table: pa.Table, language: str) -> str | None:
    """Say what is to be expected of all open contracts shown, and how sure that is."""
    rows = table.to_pylist()
    [total] = [row for row in rows if row["is_total"]]
    if total["expected_arr"] is None:
        return None
    months = [row["segment"] for row in rows if not row["is_total"]]
    amounts = {"arr": "arr", "expected": "expected_arr", "low": "low", "high": "high"}
    amounts |= {"marked": "marked_arr"}
    key = "finding_marked" if total["marked_contracts"] else "finding"
    return text.say(
        f"figures.forecast_months.{key}",
        language,
        month=max(months),
        contracts=format.count(total["marked_contracts"]),
        **{name: format.money(total[column], language) for name, column in amounts.items()},
    )


def check(table: pa.Table, language: str) -> str | None:
    """Say in how many months of the past what came lay in the interval, and where it missed."""
    rows = [row for row in table.to_pylist() if row["lead"] == LEAD]
    if not rows or not rows[0]["months_checked"]:
        return None
    row = rows[0]
    below, above = row["months_below"], row["months_above"]
    side = "both" if below and above else "below" if below else "above" if above else "none"
    said = text.say(
        "figures.forecast_check.finding",
        language,
        inside=format.count(row["months_inside"]),
        checked=format.count(row["months_checked"]),
    )
    return said + text.say(
        f"figures.missed.{side}",
        language,
        below=format.count(below),
        above=format.count(above),
    )


def record(table: pa.Table, language: str) -> str | None:
    """End the forecast's title with how many such forecasts of the past held."""
    rows = [row for row in table.to_pylist() if row["lead"] == LEAD and row["months_checked"]]
    if not rows:
        return None
    return text.say(
        "figures.forecast_check.record",
        language,
        inside=format.count(rows[0]["months_inside"]),
        checked=format.count(rows[0]["months_checked"]),
    )


def calls(table: pa.Table, language: str) -> str | None:
    """Say what became of what was committed, and of what was given up."""
    rows = {row["call_code"]: row for row in table.to_pylist()}
    said = [
        text.say(
            f"figures.call_outcomes.{call}",
            language,
            renewed=format.count(rows[call]["renewed"]),
            contracts=format.count(rows[call]["contracts"]),
            rate=format.rate(rows[call]["rate"], language),
        )
        for call in ("commit", "lost")
        if call in rows
    ]
    return text.say("figures.call_outcomes.and", language).join(said) or None


def call_record(table: pa.Table, language: str) -> str | None:
    """Hold the calls of all CSMs against the model: who was right how often."""
    [total] = [row for row in table.to_pylist() if row["is_total"]] or [None]
    if total is None or not total["sure_calls"]:
        return None
    counts = {name: format.count(total[name]) for name in ("sure_calls", "hits_call", "hits_model")}
    return text.say("figures.call_record.finding", language, **counts)


def calibration(table: pa.Table, language: str) -> str | None:
    """Name the group whose chances were the most wrong; where none was, the largest."""
    rows = [row for row in table.to_pylist() if row["contracts"] >= FEW_CASES]
    if not rows:
        return None
    wrong = [row for row in rows if not row["is_as_expected"]]
    row = max(wrong, key=_miss) if wrong else max(rows, key=lambda one: one["contracts"])
    key = "finding"
    if wrong:
        key = "too_high" if row["expected_rate"] > row["rate_high"] else "too_low"
    rates = {"rate": "rate", "expected": "expected_rate"}
    rates |= {"from_chance": "chance_from", "to_chance": "chance_to"}
    return text.say(
        f"figures.forecast_calibration.{key}",
        language,
        renewed=format.count(row["renewed"]),
        contracts=format.count(row["contracts"]),
        **{name: format.rate(row[column], language) for name, column in rates.items()},
    )


def _miss(row: Row) -> float:
    """Give how far what was expected lies outside the interval of what came."""
    return float(
        max(row["expected_rate"] - row["rate_high"], row["rate_low"] - row["expected_rate"])
    )
