"""The sentence of Customer value: on how few customers ARR stands, and whether they pay off."""

from tend.figures import doubts
from tend.figures.limits import HEALTHY_RATIO
from tend.figures.reading import Lead, Reading, Row
from tend.language import format
from tend.view import View


def value(reading: Reading, view: View) -> Lead:
    """Say on how few customers the ARR stands, whether they pay off, and what one loss would do."""
    view = view.grouped(None)
    found = reading.first("concentration", view)
    if found is None:
        more = _undated(reading, view)
    else:
        more = [*_ratio(reading, view), _largest(reading, found)]
    more += [*_foreign(reading, view), *doubts.doubled(reading, view)]
    return Lead(_stands(reading, found), (reading.sentences(*more),))


def _stands(reading: Reading, found: Row | None) -> str:
    if found is None:
        return reading.say("value.lead_none")
    arr = reading.money(found["arr"])
    if found["customers"] == 1:
        name = format.clipped(found["largest_customer_name"])
        return reading.say("value.lead_one", name=name, arr=arr)
    return reading.say(
        "value.lead",
        top=format.count(found["top_20_percent_customers"]),
        customers=format.count(found["customers"]),
        share=reading.rate(found["top_20_percent_share"]),
        arr=arr,
    )


def _undated(reading: Reading, view: View) -> list[str]:
    """Say where there are customers, but no dates that value could be made of."""
    there = len(reading.ask("customer_values", view, search=None))
    is_undated = there and not len(reading.ask("cohort_retention", view))
    return [reading.say("value.no_dates")] if is_undated else []


def _ratio(reading: Reading, view: View) -> list[str]:
    row = reading.first("lifetime_value", view)
    if row is None or row["ltv_cac"] is None:
        return []
    key = "ratio_good" if row["ltv_cac"] > HEALTHY_RATIO else "ratio_low"
    return [reading.say(f"value.{key}", ratio=format.times(row["ltv_cac"]))]


def _largest(reading: Reading, found: Row) -> str:
    said = {
        "name": format.clipped(found["largest_customer_name"]),
        "share": reading.rate(found["largest_share"]),
    }
    if found["nrr"] is None:
        return reading.say("value.largest", **said)
    rates = {"nrr": found["nrr"], "without": found["nrr_without_largest"]}
    told = {name: reading.rate(rate) for name, rate in rates.items()}
    return reading.say("value.largest_nrr", **said, **told)


def _foreign(reading: Reading, view: View) -> list[str]:
    rows = reading.rows("arr_movements", view)
    amounts = rows[-1]["other_currencies"] if rows else None
    return [reading.say("value.other_currencies", amounts=amounts)] if amounts else []
