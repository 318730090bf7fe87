"""The numbers of the SOP matrix and the workbench."""

from tend.figures import doubts
from tend.figures.reading import Number, Reading, Row
from tend.language import format
from tend.view import View


def sop(reading: Reading, view: View) -> tuple[Number, ...]:
    """Give who is critical, who fell, who was not asked, the NPS, and the steps that wait."""
    row = reading.one("sop_summary", view)
    answers = reading.say("service.sop.answers", answers=format.count(row["answers"]))
    late = reading.say("service.sop.overdue", steps=format.count(row["overdue_steps"]))
    return (
        _customers(reading, row, "critical", "critical"),
        _customers(reading, row, "less_satisfied", "fallen"),
        _customers(reading, row, "not_asked", "not_asked"),
        _number(reading, "nps", row["nps"], "nps", answers),
        _number(reading, "open_steps", row["open_steps"], "count", late),
    )


def workbench(reading: Reading, view: View) -> tuple[Number, ...]:
    """Give tasks late and due, renewals, stages over their limit, and the touch rate."""
    row = reading.one("workbench_summary", view)
    late = reading.say("service.work.forgotten", tasks=format.count(row["forgotten"]))
    due = reading.say("service.work.due", tasks=format.count(row["due"]))
    arr = reading.say("movement.arr", arr=reading.money(row["renewals_arr"]))
    counts = {name: format.count(row[name]) for name in ("touched", "customers")}
    touched = reading.say("service.work.touched", **counts)
    if row["touched"] is None:
        touched = reading.sentences(*doubts.data_ends(reading, view.as_of, "touches"))
    return (
        _number(reading, "overdue", row["overdue"], "count", late),
        _number(reading, "open", row["open"], "count", due),
        _number(reading, "renewals", row["renewals"], "count", arr),
        _number(reading, "stuck", row["stuck"], "count", reading.say("service.work.stuck")),
        _number(reading, "touch_rate", row["touch_rate"], "rate", touched),
    )


def _customers(reading: Reading, row: Row, name: str, column: str) -> Number:
    """Give how many customers, of how many, and their ARR."""
    return reading.number(
        name,
        reading.say(f"service.cards.{column}"),
        row[column],
        "count",
        reading.say("movement.customers_of", whole=format.count(row["customers"])),
        reading.say("movement.arr", arr=reading.money(row[f"{column}_arr"])),
    )


def _number(reading: Reading, name: str, value: float | None, kind: str, line: str) -> Number:
    return reading.number(name, reading.say(f"service.cards.{name}"), value, kind, line)
