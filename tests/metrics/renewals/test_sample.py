"""The sample company: every cell equals a calculation from the spreadsheet by pandas alone."""

from dataclasses import dataclass
from datetime import date

import pytest

from tend.queries import asking
from tend.store.workspace import Workspace
from tend.view import Filters, View
from tests.kit.asking import oracle
from tests.kit.companies import UNTIL, Companies
from tests.kit.comparing import differences
from tests.kit.samples import spreadsheets
from tests.oracle.facts.company import Company

WINDOWS = {
    "last_quarter": (date(2026, 7, 1), UNTIL),
    "year_to_date": (date(2026, 1, 1), UNTIL),
    "last_12_months": (date(2025, 10, 1), UNTIL),
    "half_year_ahead": (date(2026, 8, 1), date(2027, 1, 31)),
}
GROUPS = (None, "industry", "size", "contract_type", "csm", "quarter")
OTHER_GROUPS = ("department", "region", "tier", "source_channel", "product", "month", "Province")
FILTERS: dict[str, Filters] = {
    "none": (),
    "industry": (("industry", ("Software",)),),
    "size_and_type": (("size", ("large", "mid")), ("contract_type", ("annual",))),
    "csm_unknown": (("csm", ("unknown",)),),
    "product_and_tier": (("product", ("Base",)), ("tier", ("Basic", "unknown"))),
}


@dataclass(frozen=True)
class Sample:
    """The imported sample company and its spreadsheet read apart."""

    workspace: Workspace
    company: Company

    def differences(self, name: str, view: View) -> list[str]:
        """Compare every cell of a query, which must have some."""
        rows = asking.run(self.workspace, name, view).to_pylist()
        assert rows, f"nothing to compare in {view}"
        return differences(name, rows, oracle(self.company, name, view))


def imported(companies: Companies, language: str) -> Sample:
    """Give the imported sample company, and its spreadsheet read apart."""
    [path] = companies.books(language=language, until=UNTIL)
    workspace = companies.read(language=language, until=UNTIL)
    return Sample(workspace, spreadsheets.company(path, language))


@pytest.fixture(scope="module")
def english(companies: Companies) -> Sample:
    """Give the English sample company."""
    return imported(companies, "en")


@pytest.fixture(scope="module")
def chinese(companies: Companies) -> Sample:
    """Give the Chinese sample company."""
    return imported(companies, "zh")


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("window", WINDOWS)
def test_renewal_rates(english: Sample, window: str, filters: str) -> None:
    """Each cell of renewal_rates in 4 windows x 6 group-bys x 5 filters is the oracle's."""
    view = View(UNTIL, *WINDOWS[window], filters=FILTERS[filters])
    for group in GROUPS:
        assert english.differences("renewal_rates", view.grouped(group)) == []


@pytest.mark.parametrize("group", [*GROUPS, *OTHER_GROUPS])
def test_renewal_rates_by_every_dimension(english: Sample, group: str | None) -> None:
    """The other dimensions, without a window and as of a day in the past."""
    for as_of in (UNTIL, date(2025, 6, 15)):
        assert english.differences("renewal_rates", View(as_of, group_by=group)) == []


@pytest.mark.parametrize("as_of", [UNTIL, date(2025, 6, 15), date(2024, 2, 29)])
def test_renewals(english: Sample, as_of: date) -> None:
    """Each contract's outcome, successor and days left, with and without a window."""
    assert english.differences("renewals", View(as_of)) == []
    year = View(as_of, date(as_of.year, 1, 1), date(as_of.year, 12, 31))
    assert english.differences("renewals", year) == []


@pytest.mark.parametrize("filters", FILTERS)
def test_retention_12m(english: Sample, filters: str) -> None:
    """Opening cohort, NRR and GRR by each dimension, filtered or not, now and earlier."""
    for group in (*GROUPS[:-1], "product", "tier", "Province"):
        for as_of in (UNTIL, date(2025, 6, 15)):
            view = View(as_of, group_by=group, filters=FILTERS[filters])
            assert english.differences("retention_12m", view) == []


@pytest.mark.parametrize("group", [None, "industry", "contract_type", "product"])
def test_36_months_of_arr_movements(english: Sample, group: str | None) -> None:
    """Opening, movements and closing of 36 months, for all and by segment."""
    view = View(UNTIL, date(2023, 10, 1), UNTIL, group)
    assert english.differences("arr_movements", view) == []
    months = {
        row["month"] for row in asking.run(english.workspace, "arr_movements", view).to_pylist()
    }
    assert len(months) == 36


@pytest.mark.parametrize("filters", FILTERS)
def test_filtered_arr_movements(english: Sample, filters: str) -> None:
    """The last 12 full months as of mid June, filtered."""
    view = View(date(2025, 6, 15), filters=FILTERS[filters])
    assert english.differences("arr_movements", view) == []


@pytest.mark.parametrize("name", ["renewals", "renewal_rates", "retention_12m", "arr_movements"])
def test_the_chinese_company(chinese: Sample, name: str) -> None:
    """The same in Chinese: headers, statuses, one-off types and extra columns are understood."""
    for group in ("industry", "contract_type", "size", "省份"):
        assert chinese.differences(name, View(UNTIL, group_by=group)) == []
