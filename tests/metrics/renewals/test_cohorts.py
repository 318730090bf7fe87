"""Quarters as they resolve: every row is what the whole model said on that very day."""

from datetime import date

import pytest
from hypothesis import given

from tend.view import View
from tests.kit.companies import UNTIL
from tests.kit.comparing import differences
from tests.kit.product import Product
from tests.kit.samples.health import Sample
from tests.kit.samples.histories import companies
from tests.metrics.renewals.test_properties import batches
from tests.oracle.facts.company import Company
from tests.oracle.renewals import figures as renewal_figures

VIEWS = (
    View(UNTIL),
    View(date(2026, 5, 17), date(2025, 1, 1), date(2026, 12, 31)),
    View(date(2025, 8, 31), filters=(("size", ("large", "unknown")), ("product", ("Base",)))),
)


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_cohorts_of_the_sample_company(english: Sample, view: View) -> None:
    """Each quarter and age, judged anew by the oracle as of that month end."""
    rows = english.rows("renewal_cohorts", view)
    assert rows
    wanted = renewal_figures.renewal_cohorts(english.health.company, view)
    assert differences("renewal_cohorts", rows, wanted) == []


@batches(6)
@given(companies(25))
def test_cohorts_of_random_companies(product: Product, drawn: tuple[Company, date]) -> None:
    """Counts of each row add up, and are those of the day."""
    company, as_of = drawn
    rows = product(company, "renewal_cohorts", View(as_of))
    for row in rows:
        assert row["contracts"] == row["renewed"] + row["lost"] + row["open"]
    wanted = renewal_figures.renewal_cohorts(company, View(as_of))
    assert differences("renewal_cohorts", rows, wanted) == []
