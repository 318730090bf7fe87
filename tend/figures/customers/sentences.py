"""The sentence of All customers: how many have how much ARR, and what waits for somebody."""

from tend.figures.reading import Lead, Reading, Row
from tend.language import format
from tend.view import View


def customers(reading: Reading, view: View) -> Lead:
    """Say how many customers have how much ARR, and beneath it what waits for somebody."""
    row = summary(reading, view)
    counts = {name: format.count(row[name]) for name in ("customers", "at_risk")}
    money = {name: reading.money(row[name]) for name in ("arr", "at_risk_arr")}
    key = "lead_none" if not row["customers"] else "lead" if row["at_risk"] else "lead_well"
    day = reading.day(view.as_of)
    said = reading.say(f"customers.{key}", **counts, **money, day=day, currency=reading.currency)
    more = [
        reading.say(
            f"customers.{name}",
            customers=format.count(row[name]),
            arr=reading.money(row.get(f"{name}_arr")),
        )
        for name in ("due", "untouched", "without_csm")
        if row[name]
    ]
    return Lead(said, (reading.sentences(*more),))


def summary(reading: Reading, view: View) -> Row:
    """Give the one row that the sentence speaks of."""
    return reading.one("customers_summary", view.between(None, None))
