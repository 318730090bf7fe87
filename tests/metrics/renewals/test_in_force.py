"""A day before anything has ended: what is in force, and when the first contract ends."""

from datetime import date
from pathlib import Path

import pytest

from tend.queries import asking
from tend.store.facts import imports
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.asking import Row
from tests.kit.companies import UNTIL
from tests.kit.samples.health import Sample
from tests.oracle.facts.company import arr_on, by_customer
from tests.oracle.renewals.rates import up_for_renewal

BOOK = """Contract no,Customer,Start date,End date,Amount,Contract type
K1,Alder,2025-01-01,2025-12-31,1200,Annual
K2,Birch,2025-02-01,2026-01-31,600,Annual
K3,Birch,2025-02-01,2025-12-31,1100,Annual
K4,Cedar,2025-03-01,2025-03-31,900,Training
"""


def test_the_first_contracts(workspace: Workspace, tmp_path: Path) -> None:
    """Trainings are none of them; of two that end on a day the larger is named."""
    path = tmp_path / "book.csv"
    path.write_text(BOOK, encoding="utf-8")
    assert imports.import_file(workspace, path).error is None

    def row(day: date) -> list[Row]:
        found: list[Row] = asking.run(workspace, "in_force", View(day)).to_pylist()
        return found

    [then] = row(date(2025, 6, 30))
    assert (then["contracts"], then["customers"], then["decided"]) == (3, 2, 0)
    assert then["arr"] == pytest.approx(1200 + 600 + 1200)
    assert (then["first_end"], then["first_contract_id"]) == (date(2025, 12, 31), "K1")
    assert then["first_arr"] == pytest.approx(1200)
    [later] = row(date(2026, 6, 30)) or [{"decided": None}]
    assert later["decided"] is None  # nothing is in force any more
    assert row(date(2024, 6, 30)) == []


@pytest.mark.parametrize("day", [UNTIL, date(2024, 2, 29)])
def test_the_sample_company(english: Sample, day: date) -> None:
    """ARR, customers and what was decided, by the judged contracts of the spreadsheet."""
    view = View(day, filters=(("size", ("mid",)),))
    company = english.health.company
    [row] = english.rows("in_force", view)
    deals = company.chosen(view)
    assert row["arr"] == pytest.approx(arr_on(deals, day))
    worth = {name: arr_on(own, day) for name, own in by_customer(deals).items()}
    assert row["customers"] == sum(arr > 0 for arr in worth.values())
    up = up_for_renewal(company, view)
    assert row["decided"] == sum(deal.outcome not in ("due", "overdue") for deal in up)
    ends = [deal.last for deal in up if deal.outcome == "due" and deal.last]
    assert row["first_end"] == min(ends)
