"""Rows shown before an import: each cell beside what it was read as, and those a question is about."""

import json

import pytest

from tend.ingest.reading_process import exchange
from tend.ingest.results import Cell, Limits, Question, SheetResult
from tests.ingest.conftest import Check

pytestmark = pytest.mark.quick

LEDGER = [
    ["客户名称", "行业", "合同编号", "开始日期", "到期日期", "合同期限", "合同金额", "币种", "是否续费", "状态"],
    ["甲公司", "零售", "K1", "2024年1月1日", None, "2年", "1.2万", "USD", "待定", "执行中"],
    ["乙公司", "银行", "K2", "2024.3.1", "2024-08-31", "6个月", "68500.0", "USD", "是", "已终止"],
]  # fmt: skip


def column(result: SheetResult, header: str) -> list[Cell]:
    """Give the cells of a column."""
    return list(result.examples[header])


def test_each_column_shows_what_it_was_read_as(check: Check) -> None:
    """All columns that are used: money with its currency, words as codes, ends that terms lead to."""
    result = check(LEDGER)
    assert list(result.examples) == LEDGER[0]
    assert column(result, "合同金额") == [
        Cell("1.2万", "12000", "money", "total", "USD"),
        Cell("68500.0", "68500", "money", "total", "USD"),
    ]
    assert [one.ours for one in column(result, "是否续费")] == ["undecided", "renewed"]
    assert [one.ours for one in column(result, "状态")] == ["in_force", "lost"]
    term, given = column(result, "合同期限")
    assert (term.ours, term.kind) == ("2025-12-31", "end")
    assert given.ours == ""  # its own end stands beside
    assert [one.ours for one in column(result, "到期日期")] == ["2025-12-31", "2024-08-31"]
    assert column(result, "行业") == [Cell("零售"), Cell("银行")]


def question(result: SheetResult, code: str) -> Question:
    """Give the question of a code."""
    return next(one for one in result.questions if one.code == code)


HEAD = ["Customer", "Start date", "End date", "Amount"]
YEAR = ["2024-01-01", "2024-12-31"]


@pytest.mark.parametrize(
    ("rows", "code", "numbers", "shown"),
    [
        (
            [[*HEAD[:3], "Amount (10k)"], *(["A", *YEAR, "1.2"] for _ in range(4)), ["B", *YEAR, "12000"]],
            "unlike_amounts",
            (6,),
            {"Customer": "B", "Amount (10k)": "12000"},
        ),
        (
            [[*HEAD, "Status"], ["A", *YEAR, "1", "active"], ["B", *YEAR, "1", "in limbo"]],
            "status_word",
            (3,),
            {"Customer": "B", "Status": "in limbo", "Amount": "1"},
        ),
        (
            [["Customer", "Start date", "Term", "Amount"], ["A", "2024-01-01", "12 months", "1"], ["B", "2024-01-01", "24", "1"]],
            "term_unit",
            (3,),
            {"Term": "24"},
        ),
        (
            [[*HEAD, "Billing Frequency"], ["A", *YEAR, "1", "monthly"], ["B", *YEAR, "1", None]],
            "interval",
            (2,),
            {"Customer": "A", "Amount": "1"},
        ),
        (
            [["Customer", "Month", "Colour", "Active users"], ["A", "2024-05", "x", "1"], ["B", "2024-05", "x", "2"],
             ["B", "2024-05", "y", "3"]],
            "added_up",
            (3, 4),
            {"Customer": "B", "Colour": "x", "Active users": "2"},
        ),
    ],
)  # fmt: skip
def test_a_question_shows_the_rows_it_is_about(
    check: Check, rows: list[list[str]], code: str, numbers: tuple[int, ...], shown: dict[str, str]
) -> None:
    """Whose they are and what is asked of; as many as are shown."""
    asked = question(check(rows), code)
    assert asked.rows == numbers
    found = {header: cells[0].yours for header, cells in asked.examples.items()}
    assert {header: found.get(header) for header in shown} == shown
    assert {len(cells) for cells in asked.examples.values()} == {len(numbers)}


def test_cells_come_through_the_reading_process(check: Check, tmp_path: object) -> None:
    """What is handed over is what was found."""
    result = check([[*HEAD, "Status"], ["B", *YEAR, "1", "in limbo"]])
    exchange.write_sheets(tmp_path, (result,))  # type: ignore[arg-type]
    [back] = exchange.sheets(tmp_path, Limits())  # type: ignore[arg-type]
    assert json.dumps(str(back.examples)) == json.dumps(str(dict(result.examples)))
    assert back.questions == result.questions
