"""A rejected row says what is wrong in it, where, and what to do about that very thing."""

import pytest

from tend.ingest.results import Known
from tend.language.format import MISSING
from tests.ingest.conftest import Check

pytestmark = pytest.mark.quick

HEAD = ["Customer", "Contract ID", "Start date", "End date", "Amount"]
ZH = ["客户名称", "合同编号", "开始日期", "到期日期", "合同金额"]
TERM = ["客户名称", "合同编号", "开始日期", "合同期限", "合同金额"]
TWINS = Known(names={"twin": frozenset({"C1", "C2"})})
ADA = ["Ada", "K1", "2024-01-01", "2024-12-31", "1"]
Rows = list[list[str | None]]


@pytest.mark.parametrize(
    ("rows", "code", "english", "chinese"),
    [
        ([HEAD, [*ADA[:4], "tbd"]], "unreadable_value", ["“tbd”", "“Amount”", "figures"], "数字"),
        (
            [ZH, ["甲", "K1", "2024-01-01", "2024-02-30", "1"]],
            "unreadable_value",
            ["“2024-02-30”", "2024-03-05"],
            "不是有效日期",
        ),
        (
            [TERM, ["甲", "K1", "2024-01-01", "看情况", "1"], ["乙", "K2", "2024-01-01", "1年", "1"]],
            "unreadable_value",
            ["“看情况”", "12 months", "end date"],
            "12个月",
        ),
        (
            [HEAD, ["Ada", "K1", "2024-02-01", "2024-01-31", "1"]],
            "end_before_start",
            ["on 2024-01-31", "on 2024-02-01"],
            "2024-01-31 早于开始日期 2024-02-01",
        ),
        ([HEAD, [None, *ADA[1:]]], "no_customer", ["ID or name"], "客户编号或客户名称"),
        ([HEAD, [*ADA[:4], None]], "no_value", ["“Amount”"], "“Amount”"),
        ([HEAD[:4], ADA[:4]], "no_value", ["no column", "Choose the column"], "没有一列"),
        (
            [HEAD, ["Ada", "K1", None, None, "1"]],
            "no_date_or_outcome",
            ["end date nor start date nor outcome"],
            "至少填写一项",
        ),
        ([HEAD, ["twin", *ADA[1:]]], "ambiguous_name", ["“twin”", "Customer ID"], "客户编号"),
        ([HEAD, [*ADA[:4], "12/user"]], "amount_per_seat", ["each user"], "单价"),
        ([HEAD, [*ADA[:4], "50%"]], "amount_percent", ["percentage"], "百分比"),
        (
            [HEAD, ADA, [*ADA[:4], "2"]],
            "contradicting_rows",
            ["row 3", "differs in Amount", "number of its own"],
            "“Amount”不同",
        ),
        (
            [["Customer", "Answered on", "NPS"], ["Ada", "2024-01-01", "11"]],
            "nps_out_of_range",
            ["11", "0 and 10", "satisfaction"],
            "满意度",
        ),
    ],
)  # fmt: skip
def test_the_advice_is_of_its_reason(
    check: Check, rows: Rows, code: str, english: list[str], chinese: str
) -> None:
    """In both languages, with the row, and with nothing left blank."""
    found = [p for p in check(rows, TWINS).problems if p.severity == "rejected"]
    assert found[0].code == code
    said, zh = found[0].message("en"), found[0].message("zh")
    assert said.startswith("Row 2")
    assert "第 2 行" in zh
    assert [part for part in english if part not in said] == []
    assert chinese in zh
    assert MISSING not in said + zh


def test_what_an_older_tend_wrote_down_still_reads(check: Check) -> None:
    """Without what it did not keep, the sentence stands."""
    problem = check([HEAD, ["Ada", "K1", "2024-02-01", "2024-01-31", "1"]]).problems[0]
    kept = {"row": "2", "column": "End date", "value": "2024-01-31"}
    old = type(problem)(2, "End date", "unreadable_value", "rejected", kept)
    assert "cannot be read" in old.message("en")
