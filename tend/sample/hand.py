"""How hurried people write dates, months, money and nothing at all: another way in every row."""

from collections.abc import Mapping
from datetime import date, datetime

from tend.sample.words import Words

MONEY = ("amount", "acquisition_cost")
_MONTH = "%Y-%m"


class Hand:
    """One language's ways of writing; which one is taken follows from the number of the row."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def row(
        self, fact: Mapping[str, object], columns: Mapping[str, str], number: int, *, excel: bool
    ) -> list[object]:
        """Write the cells of a row; in Excel some dates and numbers are what they should be."""
        return [self._cell(name, fact.get(name), number, excel=excel) for name in columns]

    def in_many(self, value: object) -> str:
        """Write an amount in 万 or thousands: 12,340 is 1.234万."""
        return self._one("many").format(float(str(value)) / self.units)

    @property
    def units(self) -> int:
        """Give what 万 or k stands for."""
        return int(self._one("units"))

    def _cell(self, name: str, value: object, number: int, *, excel: bool) -> object:
        if value is None:
            return self._one("open_ended") if name == "end_date" else self._turn("blank", number)
        if isinstance(value, date):
            is_typed = excel and number % 5 == 0
            return value if is_typed else self._turn("dates", number).format(value)
        if name == "period":
            month = datetime.strptime(str(value), _MONTH).date()
            return self._turn("months", number).format(month)
        if name == "customer_name":
            return f"{value}\u00a0" if number % 7 == 3 else value
        if isinstance(value, int | float):
            return self._number(name, value, number, excel=excel)
        return value

    def _number(self, name: str, value: float, number: int, *, excel: bool) -> object:
        if name in MONEY:
            return self._turn("money", number).format(value)
        if name == "hours":
            return self._turn("hours", number).format(value)
        if name == "nps":
            return self._turn("score", number).format(value)
        if name == "probability":
            return f"{value:.0%}"
        return value if excel and number % 3 else f"{value:,}"

    def _turn(self, name: str, number: int) -> str:
        ways = self._words.many("untidy", name)
        return ways[number % len(ways)]

    def _one(self, name: str) -> str:
        return self._words.one("untidy", name)
