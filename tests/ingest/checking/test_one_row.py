"""The rules of rows: what is accepted, warned of, rejected and skipped, each row counted once."""

import datetime as dt

import pytest

from tend.ingest.results import Known, Options, Remembered
from tests.ingest.conftest import Check, check_all, codes, facts

pytestmark = pytest.mark.quick

HEAD = ["Contract ID", "Customer ID", "Start date", "End date", "Amount"]
KNOWN = Known(frozenset({"C1", "C2"}), {"acme": frozenset({"C1"}), "twin": frozenset({"C1", "C2"})})


def test_rows_add_up(check: Check) -> None:
    """Rows are accepted, rejected or skipped; titles above the header are not counted (K9)."""
    result = check(
        [["Our contracts"], [], HEAD, ["K1", "C1", "2024-01-01", "2024-12-31", "1"], [],
         HEAD, ["K2", None, "2024-01-01", "2024-12-31", "1"], ["Total", None, None, None, "2"], ["Note: draft"], [], []], KNOWN
    )  # fmt: skip
    assert (result.rows, result.accepted, result.rejected, result.skipped) == (6, 1, 1, 4)
    assert codes(result) == [(7, "no_customer")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["K1", None, "2024-01-01", "2024-12-31", "1"], "no_customer"),
        (["K1", "C1", "2024-01-01", "2024-12-31", "-"], "no_value"),
        (["K1", "C1", "2024-01-01", "2024-12-31", "many"], "unreadable_value"),
        (["K1", "C1", None, None, "1"], "no_date_or_outcome"),
        (["K1", "C1", "2024-02-01", "2024-01-31", "1"], "end_before_start"),
    ],
)
def test_a_contract_that_cannot_be_is_rejected(check: Check, row: list[str], code: str) -> None:
    """Each rejected row has its reason, and its cells are kept as they are in the file."""
    result = check([HEAD, row], KNOWN)
    assert codes(result) == [(2, code)]
    assert result.rejected == 1
    assert result.rejected_rows is not None
    kept = result.rejected_rows.to_pylist()
    assert kept == [{"row_no": 2, "cells": row, "reason": [code]}]


def test_optional_columns_only_warn(check: Check) -> None:
    """An unreadable value that is not needed counts as blank, with a warning."""
    result = check([[*HEAD, "Seats"], ["K1", "C1", "2024-01-01", "2024-12-31", "1", "some"]], KNOWN)
    assert (result.accepted, result.warnings) == (1, 1)
    assert codes(result) == [(2, "unreadable_value")]


def test_rows_of_one_key(check: Check) -> None:
    """Contradicting rows are all rejected, identical ones are one fact with a warning (K5)."""
    result = check(
        [HEAD, ["K1", "C1", "2024-01-01", "2024-12-31", "1"], ["K1", "C1", "2024-01-01", "2024-12-31", "2"],
         ["K2", "C1", "2024-01-01", "2024-12-31", "1"], ["K2", "C1", "2024-01-01", "2024-12-31", "1"]], KNOWN
    )  # fmt: skip
    assert codes(result) == [
        (2, "contradicting_rows"),
        (3, "contradicting_rows"),
        (5, "duplicate_row"),
    ]
    assert (result.accepted, result.rejected, result.warnings) == (2, 2, 1)
    assert [f["contract_id"] for f in facts(result)] == ["K2"]


def test_without_a_contract_number_customer_and_dates_are_the_key(check: Check) -> None:
    """Else customer + product + start + end tell contracts apart."""
    head = ["Customer ID", "End date", "Amount"]
    result = check(
        [head, ["C1", "2024-12-31", "1"], ["C1", "2025-12-31", "1"], ["C1", "2025-12-31", "3"]],
        KNOWN,
    )
    assert codes(result) == [(3, "contradicting_rows"), (4, "contradicting_rows")]


def test_sheets_of_one_file_may_contradict() -> None:
    """A key in two sheets of one file is the same key."""
    one = [HEAD, ["K1", "C1", "2024-01-01", "2024-12-31", "1"]]
    two = [HEAD, ["K1", "C1", "2024-01-01", "2024-12-31", "2"]]
    found = check_all({"2023": one, "2024": two}, KNOWN)
    assert [codes(r) for r in found.values()] == [[(2, "contradicting_rows")]] * 2


def test_odd_values_are_warned_of(check: Check) -> None:
    """Negative amounts (K13), a thousand times the median, and dates decades away."""
    rows = [[f"K{i}", "C1", "2024-01-01", f"2024-12-{i + 1:02}", "100"] for i in range(4)]
    result = check([HEAD, *rows, ["K8", "C1", "2024-01-01", "2024-12-31", "(100)"], ["K9", "C1", "2024-01-01", "2024-12-31", "100000"],
                    ["K10", "C1", "2024-01-01", "2054-12-31", "100"]], KNOWN)  # fmt: skip
    assert codes(result) == [
        (6, "negative_amount"),
        (7, "implausible_value"),
        (8, "implausible_value"),
    ]
    assert result.warnings == 3


def test_a_date_order_nobody_can_tell_is_a_warning(check: Check) -> None:
    """Day first unless told (K7)."""
    rows = [HEAD, ["K1", "C1", "2024-01-01", "05/06/2024", "1"]]
    assert codes(check(rows, KNOWN)) == [(2, "ambiguous_date_order")]
    told = check(rows, KNOWN, Options(date_order="mdy"))
    assert codes(told) == []
    assert facts(told)[0]["end_date"] == dt.date(2024, 5, 6)


def test_totals_need_the_word_alone(check: Check) -> None:
    """A customer whose name begins with Total is a customer (K23)."""
    head = ["Customer name", "End date", "Amount"]
    result = check(
        [
            head,
            ["Total Energies", "2024-12-31", "1"],
            ["Total", "2024-12-31", "1"],
            ["Total:", None, "2"],
            ["合 计", None, "2"],
        ]
    )
    assert (result.accepted, result.skipped) == (2, 2)


def test_a_header_of_two_lines(check: Check) -> None:
    """Group names above the header do not hide it; names above blank cells join it."""
    result = check(
        [
            ["客户名称", "合同信息", None, None],
            [None, "合同编号", "到期日", "合同金额"],
            ["甲", "K1", "2024-12-31", "1"],
        ]
    )
    assert (result.dataset, result.accepted) == ("contracts", 1)
    assert facts(result)[0]["customer_name"] == "甲"


def test_a_data_set_can_be_named(check: Check) -> None:
    """The user's word on what a sheet is wins."""
    result = check(
        [["客户", "日期", "备注"], ["甲", "2024-01-01", "x"]],
        None,
        Options(datasets={"Sheet1": "touches"}),
    )
    assert result.dataset == "touches"


def test_a_remembered_mapping_is_used(check: Check) -> None:
    """Headers confirmed once are not asked about again."""
    rows = [["客户名称", "到期日", "Was es kostet"], ["甲", "2024-01-01", "5"]]
    first = check(rows, None, Options(datasets={"Sheet1": "contracts"}))
    known = Known(
        mappings={first.fingerprint: Remembered("contracts", {"Was es kostet": "amount"})}
    )
    again = check(rows, known, Options(datasets={"Sheet1": "contracts"}))
    assert (first.accepted, again.accepted) == (0, 1)


def test_every_problem_has_a_sentence_in_both_languages(check: Check) -> None:
    """A message names its row and is filled in."""
    result = check(
        [
            HEAD,
            ["K1", None, "2024-02-01", "2024-01-31", "many"],
            ["K1", "C9", "05/06/2024", None, "1.5"],
        ]
    )
    assert len(result.problems) >= 4
    for problem in result.problems:
        for language in ("en", "zh"):
            assert str(problem.row) in problem.message(language)
            assert "{" not in problem.message(language)


def test_start_and_end_in_one_cell(check: Check) -> None:
    """合同期限 with two dates is start and end."""
    result = check(
        [
            ["客户名称", "合同期限", "合同金额"],
            ["甲", "2024-01-01至2024-12-31", "1"],
            ["乙", "2024.1.1-2024.12.31", "1"],
        ]
    )
    days = (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert [(f["start_date"], f["end_date"]) for f in facts(result)] == [days, days]


def test_an_end_without_end_is_open(check: Check) -> None:
    """长期 and 9999-12-31 are contracts without an end, not unreadable dates."""
    rows = [["K1", "C1", "2024-01-01", "长期", "1"], ["K2", "C1", "2024-01-01", "9999-12-31", "1"]]
    result = check([HEAD, *rows], KNOWN)
    assert codes(result) == []
    assert ["end_date" in f for f in facts(result)] == [False, False]


def test_a_missing_column_is_named(check: Check) -> None:
    """A ledger without amounts is rejected with the column it needs."""
    result = check([["Customer", "End date", "Renewed"], ["Acme", "2024-03-01", "yes"]])
    assert codes(result) == [(None, "missing_columns"), (2, "no_value")]
    assert "Contract value" in result.problems[0].message("en")


def test_a_header_without_rows(check: Check) -> None:
    """An empty template is read and has no rows."""
    result = check([["客户名称", "到期日", "合同金额"]])
    assert (result.dataset, result.rows, result.accepted) == ("contracts", 0, 0)


def test_too_long_a_cell_is_cut(check: Check) -> None:
    """A text no spreadsheet can hold is cut, with a warning (K11)."""
    result = check([["Customer ID", "Industry"], ["C1", "x" * 40_000]])
    assert codes(result) == [(2, "cell_cut")]
    assert len(str(facts(result)[0]["industry"])) == 32_767
