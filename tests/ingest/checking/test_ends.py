"""Terms and ends: no contract is endless by accident (M9)."""

from datetime import date

import pytest

from tend.ingest.results import Options, Remembered, SheetResult
from tests.ingest.conftest import Check, codes, facts


def ends(result: SheetResult) -> list[object]:
    """Give the last day of each contract, None where it is open."""
    return [fact.get("end_date") for fact in facts(result)]


def decided(result: SheetResult) -> list[str]:
    """Give the codes of what was decided."""
    return [decision.code for decision in result.decisions]


@pytest.mark.parametrize(
    ("header", "cell", "end"),
    [
        ("Contract Term (months)", "12", date(2022, 12, 31)), ("term_months", "36", date(2024, 12, 31)),
        ("Term", "24 months", date(2023, 12, 31)), ("Contract length", "2 years", date(2023, 12, 31)),
        ("合同期限", "3年", date(2024, 12, 31)), ("服务年限", "2", date(2023, 12, 31)),
        ("合同期限（月）", "18", date(2023, 6, 30)), ("签约时长", "一年半", date(2023, 6, 30)),
        ("Subscription term", "1-year", date(2022, 12, 31)), ("服务期限", "90天", date(2022, 3, 31)),
        ("Term (yrs)", "1.5", date(2023, 6, 30)), ("期限", "半年", date(2022, 6, 30)),
    ],
)  # fmt: skip
def test_start_and_term_make_an_end(check: Check, header: str, cell: str, end: date) -> None:
    """The last day is start and term less one day; that it follows from them is told."""
    result = check(
        [["customer", "start date", header, "amount"], ["A", "2022-01-01", cell, "5"]], typed=False
    )
    assert (ends(result), codes(result), result.questions) == ([end], [], ())
    assert "end_from_term" in decided(result)
    assert "end_date" in result.columns


@pytest.mark.parametrize(
    ("header", "cells", "taken", "first", "other"),
    [
        ("Term", ["12", "24"], "month", date(2022, 12, 31), date(2033, 12, 31)),
        ("合同期限", ["1", "3"], "year", date(2022, 12, 31), date(2022, 1, 31)),
        ("Contract term", ["36", "6"], "month", date(2024, 12, 31), date(2057, 12, 31)),
    ],
)
def test_a_unit_nobody_names_is_asked_for(
    check: Check, header: str, cells: list[str], taken: str, first: date, other: date
) -> None:
    """Small numbers are years until somebody says months."""
    rows = [["customer", "start date", header, "amount"]]
    rows += [[f"C{n}", "2022-01-01", cell, "5"] for n, cell in enumerate(cells)]
    result = check(rows, typed=False)
    [question] = result.questions
    assert (question.code, question.taken, ends(result)[0]) == ("term_unit", taken, first)
    told = Remembered("contracts", {}, {question.key: question.answers[1]})
    again = check(rows, options=Options(mappings={"Sheet1": told}), typed=False)
    assert ends(again)[0] == other


def test_an_end_wins_over_a_term(check: Check) -> None:
    """With a warning where they are more than a month apart."""
    rows = [
        ["customer", "start date", "end date", "Term (months)", "amount"],
        ["A", "2024-01-01", "2024-12-31", "12", "5"],
        ["B", "2024-01-01", "2024-12-31", "24", "5"],
        ["C", "2024-01-01", "长期", "12", "5"],
        ["D", "2024-01-01", None, "6", "5"],
    ]
    result = check(rows, typed=False)
    assert codes(result) == [(3, "term_differs")]
    assert ends(result) == [date(2024, 12, 31)] * 2 + [None, date(2024, 6, 30)]


@pytest.mark.parametrize(
    ("cell", "end"),
    [("3年", date(2024, 12, 31)), ("12个月", date(2022, 12, 31)), ("24 months", date(2023, 12, 31)),
     ("1 year", date(2022, 12, 31)), ("两年", date(2023, 12, 31))],
)  # fmt: skip
def test_an_end_may_be_a_term(check: Check, cell: str, end: date) -> None:
    """Read as one; without a start it rejects its row."""
    rows = [
        ["客户名称", "开始日期", "到期日期", "合同金额"],
        ["甲", "2022-01-01", cell, "5"],
        ["乙", "2022-01-01", "2022-12-31", "5"],
        ["丙", None, cell, "5"],
    ]
    result = check(rows, typed=False)
    assert ends(result) == [end, date(2022, 12, 31)]
    assert (4, "term_without_start") in codes(result)


@pytest.mark.parametrize(
    "cell", ["2024-02-30", "5月31日", "31 May", "soon", "12月", "2024-13-01", "待定x"]
)
def test_an_end_that_cannot_be_read_rejects(check: Check, cell: str) -> None:
    """Never endless by accident; a blank one is open."""
    rows = [
        ["customer", "start date", "end date", "amount"],
        ["A", "2023-01-01", cell, "5"],
        ["B", "2023-01-01", None, "5"],
    ]
    result = check(rows, typed=False)
    assert (codes(result), ends(result)) == ([(2, "unreadable_value")], [None])
    assert result.rejected == 1


def test_a_term_that_cannot_be_read_rejects_where_it_is_the_end(check: Check) -> None:
    """Beside an end it is a warning."""
    rows = [
        ["customer", "start date", "end date", "Contract Term (months)", "amount"],
        ["A", "2023-01-01", "2023-12-31", "many", "5"],
        ["B", "2023-01-01", None, "many", "5"],
        ["C", "2023-01-01", None, "12", "5"],
        ["D", "2023-01-01", None, "24", "5"],
        ["E", "2023-01-01", None, "36", "5"],
    ]
    result = check(rows, typed=False)
    assert (3, "unreadable_value") in codes(result)
    assert (result.accepted, result.rejected) == (4, 1)


@pytest.mark.parametrize(
    "cell",
    ["2099-12-31", "31/12/99", "31.12.2099", "9999-12-31", "12/31/9999", "2999-01-01", "1900-01-01", "1900-01-00",
     "0000-00-00", "00/00/0000", "1970-01-01", "0", "长期", "evergreen", "2199-12-31"],
)  # fmt: skip
def test_far_and_zero_ends_are_open(check: Check, cell: str) -> None:
    """What stands for "never" is no day; told as a decision (M11)."""
    rows = [
        ["customer", "start date", "end date", "ended on", "amount"],
        ["A", "2024-01-01", cell, cell, "5"],
        ["B", "2024-01-01", "2024-12-31", None, "5"],
    ]
    result = check(rows, typed=False)
    assert (codes(result), ends(result)) == ([], [None, date(2024, 12, 31)])
    assert "ended_on" not in facts(result)[0]
    assert "open_ended" in decided(result)
