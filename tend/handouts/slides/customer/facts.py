"""What a customer's review stands on: the answers about one customer, asked once."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tend.figures.reading import Reading
from tend.handouts.slides.customer import sieve
from tend.handouts.slides.customer.sieve import Sieve
from tend.language import format
from tend.language.errors import TendError
from tend.view import View, month_end_by, months_before, previous_window

Row = dict[str, Any]
_MONTHS, YEAR = 3, 12


@dataclass(frozen=True)
class Facts:
    """One customer in a window of months: who it is, what it got, what is ahead."""

    reading: Reading
    # The months that are told, and the day they are told from.
    view: View
    row: Row
    sieve: Sieve
    is_internal: bool = False

    @property
    def customer_id(self) -> str:
        """Give the customer's id."""
        return str(self.row["customer_id"])

    @property
    def name(self) -> str:
        """Give the customer's name, its id where it has none."""
        return format.clipped(self.row["customer_name"] or self.customer_id)

    @property
    def days(self) -> dict[str, date]:
        """Give the first and the last day of the months, and of those before."""
        assert self.view.start
        assert self.view.end
        before = previous_window(self.view.start, self.view.end)
        names = ("first", "last", "first_before", "last_before")
        return dict(zip(names, (self.view.start, self.view.end, *before), strict=True))

    @property
    def told_days(self) -> dict[str, str]:
        """Give these days as they are written."""
        return {name: self.reading.day(day) for name, day in self.days.items()}

    def own(self, query: str, view: View | None = None, **given: object) -> list[Row]:
        """Give the rows of a query about the customer."""
        asked = view or self.view
        return self.reading.rows(query, asked, customer_id=self.customer_id, **given)

    def say(self, key: str, **told: object) -> str:
        """Give a text of the deck."""
        return self.reading.say(f"deck.{key}", **told)

    def text(self, text: str | None) -> str:
        """Give a text of a file as the deck shows it: nothing where a customer may not read it."""
        return format.clipped(self.sieve.of(text), 160)


def of(reading: Reading, view: View, customer_id: str, *, is_internal: bool) -> Facts:
    """Give what is known of a customer. Raises TendError for one that is not known."""
    row = _row(reading, View(view.as_of), customer_id)
    customer_id = row["customer_id"]
    names = [row["customer_name"] or "", customer_id]
    let_through = (
        sieve.open_to_all()
        if is_internal
        else sieve.of(reading, View(view.as_of), customer_id, names)
    )
    return Facts(reading, framed(view), row, let_through, is_internal)


def _row(reading: Reading, view: View, wanted: str) -> Row:
    """Give the row of a customer by its id, else by a name that files know it by."""
    called = sieve.plain(wanted)
    named = (row for row in reading.rows("customer_names", view) if row["name"] == called)
    for customer_id in (wanted, *(row["customer_id"] for row in named)):
        for row in reading.rows("customer", view, customer_id=customer_id):
            return row
    raise TendError("no_such_customer", customer=format.clipped(wanted))


def framed(view: View) -> View:
    """Give the months that are told: those chosen, else the last three that are over."""
    if view.start and view.end:
        return View(view.as_of, view.start, view.end)
    last = month_end_by(view.as_of)
    return View(view.as_of, months_before(last.replace(day=1), _MONTHS - 1), last)


def year_to(view: View) -> View:
    """Give the 12 months that end with those told."""
    last = month_end_by(view.end or view.as_of)
    return View(view.as_of, months_before(last.replace(day=1), YEAR - 1), last)
