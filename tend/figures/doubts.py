"""What of the numbers stands on little: a blank, a word, files that say the same, or old ones."""

from collections.abc import Callable
from datetime import date

import pyarrow as pa

from tend.figures.reading import Reading
from tend.language import format
from tend.view import View


def renewals(reading: Reading, view: View) -> list[str]:
    """Say what is lost only for a blank (M33), and renewed only by a word."""
    return [
        *_said(reading, "blank_outcomes", "contracts", view),
        *_said(reading, "given_renewals", "contracts", view),
    ]


def doubled(reading: Reading, view: View) -> list[str]:
    """Say whose ARR counts twice, by months of a matrix and by contracts (M28)."""
    return _said(reading, "doubled_arr", "customers", view)


def data_ends(reading: Reading, day: date, *datasets: str) -> list[str]:
    """Say of data sets where they end, if that is long before the day all is looked at from."""
    there = {row["dataset"]: row for row in reading.rows("activity", View(day))} if datasets else {}
    said = []
    for name in datasets:
        if name not in there or there[name]["is_stale"]:
            last = there[name]["tells_until"] if name in there else None
            key, shown = ("none_after", last) if last else ("none_until", day)
            dataset = reading.say(f"datasets.{name}")
            said.append(reading.say(f"ui.{key}", dataset=dataset, day=reading.day(shown)))
    return said


def opens_on(ask: Callable[..., pa.Table], today: date) -> date:
    """Give the day that all is looked at from where nobody has chosen one.

    It is today; where all that files tell of customers is stale, the newest day of it (M36).
    """
    told = ask("activity", View(today)).to_pylist()
    day: date = told[0]["opens_on"] if told else today
    return day


def _said(reading: Reading, name: str, counted: str, view: View) -> list[str]:
    row = reading.one(name, view)
    if not row[counted]:
        return []
    written = {
        column: reading.money(value) if column == "arr" else format.count(value)
        for column, value in row.items()
    }
    return [reading.say(f"doubts.{name}", **written)]
