"""Who began when, stayed how long and kept how much: the list behind cohorts and lifetimes."""

from collections import Counter
from datetime import date

import pytest

from tend.view import View
from tests.kit.companies import UNTIL
from tests.kit.samples.health import Sample
from tests.oracle.facts.days import add_months
from tests.oracle.value.lives import lives


def months(first: date, last: date) -> int:
    """Count whole months from a day to the one after another, by steps of one."""
    return next(n for n in range(600) if add_months(first, n + 1) > last)


def test_lives_by_the_oracle(english: Sample) -> None:
    """Since when, whether in force, for how many months, and with what ARR a year on."""
    found = {row["customer_id"]: row for row in english.rows("customer_lives", View(UNTIL), age=1)}
    wanted = {one.customer_id: one for one in lives(english.health.company, View(UNTIL))}
    wanted = {name: one for name, one in wanted.items() if one.first <= UNTIL}
    assert found.keys() == wanted.keys()
    latest = Counter[int]()
    for one in wanted.values():
        latest[one.first.year] = max(latest[one.first.year], one.first.toordinal())
    looked = 0
    for name, one in wanted.items():
        row = found[name]
        assert (row["first_start"], row["is_in_force"]) == (one.first, bool(one.in_force))
        last = one.last
        if last is not None:
            after = date.fromordinal(last.toordinal() + 1)
            assert row["months"] == months(one.first, after)
        if add_months(date.fromordinal(latest[one.first.year]), 12) <= UNTIL:
            looked += 1
            then = one.arr_at(add_months(one.first, 12))
            start = one.arr_at(one.first)
            assert row["years_on"] == 1
            assert (row["arr_at_start"], row["arr_then"]) == pytest.approx((start, then))
            assert row["is_kept"] == (then > 0)
            assert row["kept_arr"] == pytest.approx(max(0, min(start, then)))
    assert looked > 50
