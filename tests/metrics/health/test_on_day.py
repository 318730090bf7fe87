"""Ruling M34: health of a day between month ends, scored when it is asked for."""

from datetime import date

import pytest

from tend.view import View
from tests.kit.companies import UNTIL
from tests.kit.comparing import differences
from tests.kit.samples.health import FILTERS, Sample
from tests.oracle.health.queries import exact_movement


@pytest.mark.parametrize("day", [date(2026, 9, 14), date(2026, 3, 1), date(2025, 6, 29)], ids=str)
def test_every_cell_of_a_day_between(english: Sample, day: date) -> None:
    """Scores by what was known that very day, states led on from the month end before."""
    assert english.differences("health_on_day", View(day)) == []
    assert english.rows("health_on_day", View(day)) != english.rows("health", View(day))


def test_on_a_month_end_it_is_what_is_kept(english: Sample) -> None:
    """One and the same answer, to the last digit."""
    view = View(date(2026, 8, 31), filters=FILTERS["industry"])
    rows = english.rows("health_on_day", view)
    assert rows
    assert rows == english.rows("health", view)


@pytest.mark.parametrize("name", ["none", "product_and_size"])
def test_movement_between_the_very_days(english: Sample, name: str) -> None:
    """Since last Monday, with filters or without; in-flow + stay adds up."""
    view = View(UNTIL, date(2026, 9, 7), date(2026, 9, 21), filters=FILTERS[name])
    rows = english.rows("quadrant_movement", view, exact=True)
    assert rows
    assert differences("quadrant_movement", rows, exact_movement(english.health, view)) == []
    kept = english.rows("quadrant_movement", view)
    assert kept != rows
    ends = View(UNTIL, date(2026, 7, 31), date(2026, 8, 31), filters=FILTERS[name])
    exactly = english.rows("quadrant_movement", ends, exact=True)
    assert exactly == english.rows("quadrant_movement", ends)
