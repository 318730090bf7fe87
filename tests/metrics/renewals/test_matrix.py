"""The matrix of any two dimensions: every cell recounted, its margins are the rates."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given

from tend.view import View
from tests.kit.asking import oracle
from tests.kit.companies import UNTIL
from tests.kit.comparing import differences
from tests.kit.product import Product
from tests.kit.samples.health import Sample
from tests.kit.samples.histories import companies
from tests.metrics.renewals.test_properties import batches
from tests.oracle.facts.company import Company
from tests.oracle.renewals import figures as renewal_figures

PAIRS = (
    ("industry", None),
    ("industry", "size"),
    ("size", "month"),
    ("csm", "contract_type"),
    (None, "tier"),
)


@pytest.mark.parametrize("pair", PAIRS, ids=str)
@pytest.mark.parametrize("as_of", [UNTIL, date(2025, 8, 14)], ids=str)
def test_matrix_of_the_sample_company(
    english: Sample, pair: tuple[str | None, str | None], as_of: date
) -> None:
    """Cell by cell, today and at a day in the past, with and without a filter."""
    for filters in ((), (("size", ("large", "mid")),)):
        view = View(as_of, date(2025, 1, 1), date(2026, 12, 31), pair[0], filters, pair[1])
        rows = english.rows("renewal_matrix", view)
        assert rows
        wanted = renewal_figures.renewal_matrix(english.health.company, view)
        assert differences("renewal_matrix", rows, wanted) == []


@batches(4)
@given(companies(25))
def test_cells_add_up_to_the_segments(product: Product, drawn: tuple[Company, date]) -> None:
    """Every cell is the oracle's, and a segment's cells hold all of its contracts."""
    company, as_of = drawn
    by_quarter = View(as_of, group_by="product", split_by="quarter")
    wanted = renewal_figures.renewal_matrix(company, by_quarter)
    assert (
        differences("renewal_matrix", product(company, "renewal_matrix", by_quarter), wanted) == []
    )
    for pair in (("industry", "product"), ("size", "contract_type"), ("size", "industry")):
        view = View(as_of, group_by=pair[0], split_by=pair[1])
        rows = product(company, "renewal_matrix", view)
        wanted = renewal_figures.renewal_matrix(company, view)
        assert differences("renewal_matrix", rows, wanted) == []
        for measure in ("contracts", "renewed", "lost", "overdue", "due"):
            found: Counter[str] = Counter()
            for row in rows:
                found[row["segment"]] += row[measure]
            rates = oracle(company, "renewal_rates", view)
            assert found == Counter({str(row["segment"]): row[measure] for row in rates})


def test_places_go_by_size_and_by_time(english: Sample) -> None:
    """The largest segment stands first; quarters follow each other."""
    view = View(UNTIL, group_by="industry", split_by="size")
    rows = english.rows("renewal_matrix", view)
    sizes: Counter[str] = Counter()
    for row in rows:
        sizes[row["split"]] += row["contracts"]
    places = {row["split"]: row["split_place"] for row in rows}
    assert sorted(places, key=places.__getitem__) == [name for name, _ in sizes.most_common()]
    rows = english.rows("renewal_matrix", view.split("quarter"))
    places = {row["split"]: row["split_place"] for row in rows}
    assert sorted(places, key=places.__getitem__) == sorted(places)
