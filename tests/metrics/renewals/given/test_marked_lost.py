"""Ruling B8: a contract marked lost with its end ahead is due, and shows its mark."""

from datetime import date
from pathlib import Path

import pytest

from tend.queries import asking
from tend.store.facts import imports
from tend.store.workspace import Workspace
from tend.view import View

LAST = date(2025, 12, 31)
LINES = (
    "Contract no,Customer,Start date,End date,Amount,Status,Ended on,Signed",
    "OLD1,N1,2024-01-01,2024-12-31,100,,,",
    "OLD2,N2,2024-01-01,2024-12-31,100,,,",
    "MARKED,N1,2025-01-01,2025-12-31,100,Lost,,",
    "PLAIN,N2,2025-01-01,2025-12-31,300,,,",
    # its mark has a day of its own, from which it counts
    "DATED,N3,2025-01-01,2025-12-31,500,Terminated,2025-11-30,",
    # a successor wins over its mark (B7)
    "RENEWED,N4,2025-01-01,2025-12-31,700,Lost,,",
    "NEXT,N4,2026-01-01,2026-12-31,700,,,2025-10-15",
)
NAMES = ("renewals_due", "renewal_process", "renewal_forecast", "renewals")


@pytest.fixture
def marked(workspace: Workspace, tmp_path: Path) -> Workspace:
    """Give a company with one contract marked lost ahead of its end."""
    path = tmp_path / "book.csv"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    assert imports.import_file(workspace, path).error is None
    return workspace


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("day", [date(2025, 10, 31), LAST])
def test_the_mark_is_shown_to_the_last_day(marked: Workspace, name: str, day: date) -> None:
    """Up to its last day it is due and marked; nothing else is."""
    rows = asking.run(marked, name, View(day)).to_pylist()
    found = {row["contract_id"]: row for row in rows}
    marked_ones = {"MARKED", "DATED"} if day < date(2025, 11, 30) else {"MARKED"}
    assert {key for key, row in found.items() if row["is_marked_lost"]} == marked_ones
    assert found["MARKED"]["outcome"] == "due"
    assert found["PLAIN"]["outcome"] == "due"


def test_after_its_end_it_is_lost_and_no_mark(marked: Workspace) -> None:
    """The mark has become the outcome."""
    rows = asking.run(marked, "renewals", View(date(2026, 1, 1))).to_pylist()
    found = {row["contract_id"]: (row["outcome"], row["is_marked_lost"]) for row in rows}
    assert found["MARKED"] == ("lost", False)
    assert found["PLAIN"] == ("overdue", False)


def test_nothing_is_expected_of_it_and_the_total_says_how_much_that_is(marked: Workspace) -> None:
    """M31: its chance is 0, whatever that of others; beside the total stands what is marked."""
    view = View(LAST)
    rows = asking.run(marked, "renewal_forecast", view).to_pylist()
    told = {row["contract_id"]: (row["probability"], row["basis"]) for row in rows}
    assert told["MARKED"] == (0, "marked_lost")
    assert told["PLAIN"] == (1, "size")  # both of the past were renewed
    [total] = asking.run(marked, "renewal_forecast_total", view).to_pylist()
    assert (total["marked_contracts"], total["marked_arr"]) == (1, 100)
    assert (total["arr"], total["expected_arr"]) == (1100, 1000)


@pytest.mark.parametrize(("contract_id", "is_marked"), [("MARKED", True), ("PLAIN", False)])
def test_one_contract_says_it(marked: Workspace, contract_id: str, is_marked: bool) -> None:
    """What is known of one contract has the mark."""
    [row] = asking.run(marked, "contract", View(LAST), contract_id=contract_id).to_pylist()
    assert row["is_marked_lost"] is is_marked
