"""A day before anything has ended: what is in force, and when the first contract ends."""

from tend.figures.reading import Number, Reading, Row
from tend.language import format
from tend.view import View


def is_early(reading: Reading, view: View) -> bool:
    """Tell whether contracts are in force, and none was ever renewed or lost."""
    return any(not row["decided"] for row in _rows(reading, view))


def said(reading: Reading, view: View) -> str:
    """Say it in the sentence that the page begins with."""
    [row] = _rows(reading, view)
    key = "lead" if row["first_end"] else "lead_open"
    return reading.say(
        f"renewals.early.{key}",
        arr=reading.money(row["arr"]),
        contracts=format.count(row["contracts"]),
        day=reading.day(row["first_end"]),
    )


def in_force(reading: Reading, view: View) -> tuple[Number, ...]:
    """Give the ARR in force and the first end: rates of nothing would be empty cards."""
    [row] = _rows(reading, view)
    customers = reading.say("renewals.early.customers", customers=format.count(row["customers"]))
    arr, contracts = (reading.say(f"renewals.early.{name}") for name in ("in_force", "running"))
    first = reading.say("renewals.early.first_end")
    whose = reading.say(
        "renewals.early.first",
        customer=format.clipped(row["first_customer"] or ""),
        arr=reading.money(row["first_arr"]),
    )
    none = reading.say("renewals.early.contracts")
    shown = (
        reading.number("in_force", arr, row["arr"], "money", customers),
        reading.number("running", contracts, row["contracts"], "count", none),
        reading.number("first_end", first, row["first_end"], "date", whose),
    )
    return tuple(one for one in shown if one.value is not None)


def first_contract(reading: Reading, view: View) -> str:
    """Name the contract that ends first."""
    [row] = _rows(reading, view)
    return str(row["first_contract_id"])


def _rows(reading: Reading, view: View) -> list[Row]:
    return reading.rows("in_force", view.between(None, None))
