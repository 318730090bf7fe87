"""A matrix of months, customers down and months across, is read as revenue or as usage (M28)."""

from datetime import date

import pytest

from tend.ingest.results import Options, Remembered, SheetResult
from tests.ingest.conftest import Rows, check_all, codes, facts

pytestmark = pytest.mark.quick
MONTHS = [
    ["2024-01", "2024-02", "2024-03"],
    ["Jan-24", "Feb-24", "Mar-24"],
    ["January 2024", "February 2024", "March 2024"],
    ["2024-01-01 00:00:00", "2024-02-01 00:00:00", "2024-03-01 00:00:00"],
    ["2024-01-31", "2024-02-29", "2024-03-31"],
    ["2024年1月", "2024年2月", "2024年3月"],
    ["24年1月", "24年2月", "24年3月"],
    ["202401", "202402", "202403"],
    ["01/2024", "02/2024", "03/2024"],
    ["2024-01 MRR", "2024-02 MRR", "2024-03 MRR"],
    ["2024年1月收入", "2024年2月收入", "2024年3月收入"],
]


def one(rows: Rows, name: str = "MRR", answers: dict[str, str] | None = None) -> SheetResult:
    """Read a sheet; `answers` as a mapping file gives them."""
    told = {name: Remembered("contracts", {}, answers)} if answers else {}
    return check_all({name: rows}, options=Options(mappings=told))[name]


def amounts(result: SheetResult) -> list[tuple[object, ...]]:
    """Give customer, month and amount of each fact."""
    return sorted(
        (str(f["customer_name"]), f["start_date"], f["amount"])
        for f in facts(result)
        if f["amount_basis"] == "month"
    )


JAN, FEB, MAR = date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)


@pytest.mark.parametrize("months", MONTHS)
@pytest.mark.parametrize("who", ["Customer", "客户名称"])
def test_months_in_all_their_forms(months: list[str], who: str) -> None:
    """Each month of each row is a fact of that row; nothing is 0."""
    found = one([[who, *months], ["Ada", "100", "100", "200"], ["乙", None, "0", "50"]])
    assert (found.dataset, found.rows, found.accepted, found.unused) == ("contracts", 2, 2, ())
    assert amounts(found) == [
        ("Ada", JAN, 100), ("Ada", FEB, 100), ("Ada", MAR, 200),
        ("乙", JAN, 0), ("乙", FEB, 0), ("乙", MAR, 50),
    ]  # fmt: skip
    assert {f["row_no"] for f in facts(found) if f["customer_name"] == "乙"} == {3}
    assert [d.code for d in found.decisions] == ["matrix_monthly"]
    assert not found.questions


@pytest.mark.parametrize(
    "head",
    [
        [["2024 MRR", None, None, None], ["Customer", "Jan", "Feb", "Mar"]],
        [["客户", "1月", "2月", "3月"]],
        [["Customer", "2024", None, "2025", None], ["", "Nov", "Dec", "Jan", "Feb"]],
        [["客户", "2024年", None, "2025年", None], ["", "11月", "12月", "1月", "2月"]],
    ],
)
def test_months_without_a_year_take_it_from_above_or_from_the_name(head: Rows) -> None:
    """A title, the sheet's name, or a line of years says which year it is."""
    width = len(head[-1])
    found = one([*head, ["Ada", *["7"] * (width - 1)]], name="MRR 2024" if width == 4 else "MRR")
    own = [month for _, month, _ in amounts(found)]
    by_year = [date(2024, 11, 1), date(2024, 12, 1), date(2025, 1, 1), date(2025, 2, 1)]
    assert own == ([JAN, FEB, MAR] if width == 4 else by_year)


def test_totals_are_left_out_and_told() -> None:
    """A line called a total that adds up is none; one that does not is a customer."""
    rows: Rows = [
        ["Customer", "Region", "2024-01", "2024-02", "2024-03", "Total", "Q1"],
        ["Ada", "North", 1, 2, 3, 6, 6],
        ["Total Energies", "South", 4, 5, 6, 15, 15],
        ["Total MRR", None, 5, 7, 9, 21, 21],
    ]
    found = one(rows)
    assert (found.rows, found.accepted, found.skipped) == (4 - 1, 2, 1)
    told = {d.code: d.params for d in found.decisions}
    assert told["skipped_totals"]["rows"] == "4"
    assert told["matrix_left_out"]["columns"] == "Total, Q1"
    assert found.unused == ("Total", "Q1")
    assert found.also[0].columns == ("customer_name", "region")


def test_a_measure_of_usage_in_the_same_form_is_usage() -> None:
    """The name of the sheet, a title, or a column of measures says so; a blank is no fact."""
    rows: Rows = [["客户名称", "2024-01", "2024-02", "2024-03"], ["甲", 5, None, 7]]
    found = one(rows, name="活跃用户数")
    assert found.dataset == "usage"
    assert [(f["period_start"], f["measure"], f["value"]) for f in facts(found)] == [
        (JAN, "active_users", 5),
        (MAR, "active_users", 7),
    ]
    assert [d.code for d in found.decisions] == ["matrix_usage"]
    with_measure: Rows = [["Customer", "Metric", *MONTHS[0]], ["Ada", "logins", 1, 2, 3]]
    assert one(with_measure, name="x").dataset == "usage"


def test_where_nothing_says_what_the_values_are_it_is_asked() -> None:
    """Recurring revenue until somebody answers; the answer is kept by headers without months."""
    rows: Rows = [["Customer", *MONTHS[0]], ["Ada", 120, 120, 240]]
    found = one(rows, name="Sheet1")
    [question] = found.questions
    assert (question.key, question.taken) == ("matrix", "monthly")
    assert "3" in question.message("zh")
    yearly = one(rows, name="Sheet1", answers={"matrix": "yearly"})
    assert [a for _, _, a in amounts(yearly)] == [10, 10, 20]
    assert one(rows, name="Sheet1", answers={"matrix": "usage"}).dataset == "usage"
    later = one([["Customer", *MONTHS[0], "2024-04"], ["Ada", 1, 1, 1, 1]], name="Sheet1")
    assert later.fingerprint == found.fingerprint


def test_rows_of_one_customer_are_added_up_and_broken_cells_reject_their_row() -> None:
    """Both are told at their row."""
    rows: Rows = [["客户", *MONTHS[5]], ["甲", 1, 2, 3], ["乙", "x1y", 2, 3], ["甲", 10, 10, 10]]
    found = one(rows)
    assert codes(found) == [(3, "unreadable_value"), (4, "added_up")]
    assert amounts(found) == [("甲", JAN, 11), ("甲", FEB, 12), ("甲", MAR, 13)]


def test_a_contract_list_with_months_beside_stays_one() -> None:
    """Amount and end say what the sheet is."""
    header = ["Customer", "Start date", "End date", "Amount", *MONTHS[0]]
    found = one([header, ["Ada", "2024-01-01", "2024-12-31", 1200, 100, 100, 100]], name="x")
    assert [(f["amount"], f["amount_basis"]) for f in facts(found)] == [(1200, "total")]
