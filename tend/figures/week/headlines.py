"""The numbers of This week: what each block begins with, and the ARR due by time to the end."""

from tend.figures.reading import Number, Reading
from tend.figures.week.block import Block
from tend.figures.week.blocks import blocks
from tend.view import View

# The ARR due, by the time to the end.
_DUE = {
    "overdue": "arr_overdue",
    "d30": "arr_due_30",
    "d60": "arr_due_60",
    "d90": "arr_due_90",
}
# Blocks whose count is a number of its own, by what it is called.
_COUNTED = {
    "due": "contracts_due",
    "fell": "customers_fell",
    "uncovered": "customers_untouched",
    "decide": "things_to_decide",
}


def week(reading: Reading, view: View) -> tuple[Number, ...]:
    """Give the ARR that is overdue, due within 30, 60 and 90 days, and what the blocks count.

    Where nothing waits in a block its number is nought; where data are missing there is none.
    """
    *horizons, _ = reading.rows("week_due", view)
    due = (
        reading.number(name, reading.say(f"week.numbers.{name}"), row["arr_within"], "money")
        for row in horizons
        for name in (_DUE[row["horizon"]],)
    )
    counted = (_number(reading, one) for one in blocks(reading, view) if one.name in _COUNTED)
    return (*due, *counted)


def _number(reading: Reading, block: Block) -> Number:
    # what is counted is the number's label; only that there is nothing is said beneath it
    said = (block.good, block.change, *block.notes)
    count = 0 if block.good else block.count
    name = _COUNTED[block.name]
    return reading.number(name, reading.say(f"week.numbers.{name}"), count, "count", *said)
