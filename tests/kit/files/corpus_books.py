"""Workbooks: where the table lies, merged cells, hidden sheets, errors, and the other formats."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl.workbook.properties import CalcProperties

from tests.kit.files import formats
from tests.kit.files.corpus import (
    FACTS,
    HEAD,
    LEDGER,
    ONE,
    TWO,
    Case,
    Rows,
    Want,
    book,
    nothing,
    want,
)

EPOCH_1904 = dt.datetime(1904, 1, 1)


def _merge(*blocks: str) -> Callable[[Any], None]:
    def change(made: Any) -> None:
        for block in blocks:
            made.worksheets[0].merge_cells(block)

    return change


def _hide(name: str) -> Callable[[Any], None]:
    def change(made: Any) -> None:
        made[name].sheet_state = "hidden"

    return change


def _format(cell: str, code: str) -> Callable[[Any], None]:
    def change(made: Any) -> None:
        made.worksheets[0][cell].number_format = code

    return change


def _epoch_1904(made: Any) -> None:
    made.epoch = EPOCH_1904
    made.calculation = CalcProperties(fullCalcOnLoad=True)


def _layouts() -> list[Case]:
    groups = ["客户信息", None, "合同信息", None]
    dates = [["客户", "合同", "", "开始", "结束"], ["名称", "金额", "是否续费", "日期", "日期"]]
    return [
        Case("plain.xlsx", book(LEDGER)),
        Case("titles.xlsx", book([["2024年续费台账"], ["制表：财务部", None, "单位：元"], [], *LEDGER], _merge("A1:D1")), (want(decided="header_row"),)),
        Case("shifted.xlsx", book([[], [], *[[None, None, *r] for r in LEDGER]])),
        Case("blank-columns.xlsx", book([[r[0], None, r[1], None, None, r[2], r[3]] for r in LEDGER])),
        Case("blank-rows.xlsx", book([HEAD, [], ONE, [], [], TWO]), (want(skipped=3),)),
        Case("two-lines.xlsx", book([groups, *LEDGER], _merge("A1:B1", "C1:D1"))),
        Case("two-lines-tall.xlsx", book([["客户名称", "到期日", "合同", None], [None, None, "金额", "是否续费"], ONE, TWO], _merge("A1:A2", "B1:B2", "C1:D1")), (want(decided="header_two_lines"),)),
        Case("two-lines-composed.xlsx", book([dates[0], dates[1], ["甲公司", 12000, "是", "2023-04-01", "2024-03-31"], ["乙公司", 8000, "否", "2023-07-01", "2024-06-30"]]), (want(decided="header_two_lines"),)),
        Case("two-lines-again.xlsx", book([["客户名称", "到期日", "合同", None], [None, None, "金额", "是否续费"], ONE, ["客户名称", "到期日", "合同", None], [None, None, "金额", "是否续费"], TWO], _merge("A1:A2", "B1:B2", "C1:D1")), (want(skipped=2),)),
        Case("header-again.xlsx", book([HEAD, ONE, HEAD, TWO, HEAD]), (want(skipped=2),)),
        Case("both-languages.xlsx", book([HEAD, ["Customer name", "End date", "Amount", "Renewed"], ONE, TWO]), (want(skipped=1),)),
        Case("totals.xlsx", book([*LEDGER, ["合计", None, "=SUM(C2:C3)", None]]), (want(skipped=1),)),
        Case("totals-between.xlsx", book([HEAD, ONE, ["小计", None, 12000], TWO, ["小计", None, 8000], [None, "总计：", 20000]]), (want(skipped=3),)),
        Case("totals-name.xlsx", book([HEAD, ["Total Energies", *ONE[1:]], ["小计科技", *TWO[1:]]]), (want(facts=(("Total Energies", *FACTS[0][1:]), ("小计科技", *FACTS[1][1:]))),)),
        Case("notes.xlsx", book([*LEDGER, [], ["说明：金额含税"], ["制表人：王五"]]), (want(skipped=3),)),
        Case("merged-name.xlsx", book([HEAD, ["甲公司", "2024-03-31", 12000, "是"], [None, "2024-06-30", 8000, "否"]], _merge("A2:A3")), (want(facts=(FACTS[0], ("甲公司", *FACTS[1][1:])), decided="merged"),)),
        Case("unmerged-name.xlsx", book([HEAD, ONE, [None, "2024-06-30", 8000, "否"]]), (want(accepted=1, rejected=1, facts=FACTS[:1], codes="no_customer"),)),
        Case("merged-amount.xlsx", book([HEAD, ["甲公司", "2024-03-31", 12000, "是"], ["乙公司", "2024-06-30", None, "否"]], _merge("C2:C3")), (want(accepted=0, rejected=2, facts=(), codes="merged_sum"),)),
        Case("merged-contract.xlsx", book([["合同编号", *HEAD, "备注"], ["K1", *ONE, "一"], [None, None, None, None, None, "二"], ["K2", *TWO, None]], _merge("A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3")), (want(accepted=3, codes="duplicate_row"),)),
        Case("merged-note.xlsx", book([*LEDGER, ["注：以上金额含税", None, None, None], [None] * 4], _merge("A4:D5")), (want(skipped=1),)),
        Case("extra-column.xlsx", book([[*r, None, "x" if r is not LEDGER[0] else None] for r in LEDGER]), (want(codes="column_without_header"),)),
        Case("hidden-sheet.xlsx", book({"合同": LEDGER, "旧": LEDGER}, _hide("旧")), (Want(), nothing("hidden_sheet", 3))),
        Case("empty-sheets.xlsx", book({"Sheet1": [], "合同": LEDGER, "Sheet3": []}), (nothing("empty_sheet", 0), Want(), nothing("empty_sheet", 0))),
        Case("readme-sheet.xlsx", book({"说明": [["本表由客户成功部维护"], ["请勿修改"]], "合同": LEDGER}), (nothing("no_header", 2), Want())),
        Case("two-years.xlsx", book({"2023": [HEAD, ONE], "2024": [HEAD, TWO]}), (want(accepted=1, facts=FACTS[:1]), want(accepted=1, facts=FACTS[1:]))),
        Case("two-sheets-contradict.xlsx", book({"2023": LEDGER, "2024": [HEAD, [*ONE[:2], 5, "是"], TWO]}),
             (want(accepted=1, rejected=1, facts=FACTS[1:], codes="contradicting_rows"), want(accepted=1, rejected=1, facts=FACTS[1:], codes="contradicting_rows duplicate_row"))),
        Case("order.xlsx", book([list(reversed(r)) for r in LEDGER])),
        Case("spaces.xlsx", book([[f" {h[:2]} {h[2:]}\n" for h in HEAD], [" 甲公司 ", *ONE[1:]], ["乙公司\u3000", *TWO[1:]]])),
        Case("units.xlsx", book([["*客户名称", "到期日(年-月-日)", "合同金额/元", "4、是否续费？"], ONE, TWO])),
        Case("emoji.xlsx", book([HEAD, ["甲公司🚀", *ONE[1:]], ["Ünï–çødé", *TWO[1:]]]), (want(facts=(("甲公司🚀", *FACTS[0][1:]), ("Ünï–çødé", *FACTS[1][1:]))),)),
    ]  # fmt: skip


def _cells() -> list[Case]:
    day = dt.datetime(2024, 3, 31)
    return [
        Case("real-dates.xlsx", book([HEAD, ["甲公司", day, 12000, "是"], ["乙公司", dt.date(2024, 6, 30), 8000, "否"]])),
        Case("dates-1904.xlsx", book([HEAD, ["甲公司", day, 12000, "是"], ["乙公司", dt.date(2024, 6, 30), 8000, "否"]], _epoch_1904), (want(decided="date_1904"),)),
        Case("date-and-time.xlsx", book([HEAD, ["甲公司", dt.datetime(2024, 3, 31, 17, 30), 12000, "是"], TWO])),
        Case("mixed-dates.xlsx", book([HEAD, ["甲公司", day, 12000, "是"], ["乙公司", "2024年6月30日", 8000, "否"]])),
        Case("han-date-format.xlsx", book([HEAD, ["甲公司", day, 12000, "是"], TWO], _format("B2", 'yyyy"年"m"月"d"日"'))),
        Case("serial-dates.xlsx", book([HEAD, ["甲公司", 45382, 12000, "是"], TWO])),
        Case("text-numbers.xlsx", book([HEAD, ["甲公司", "2024-03-31", "12,000.00", "是"], ["乙公司", "2024-06-30", " 8000 ", "否"]])),
        Case("currency-format.xlsx", book(LEDGER, _format("C2", '"¥"#,##0.00'))),
        Case("booleans.xlsx", book([HEAD, [*ONE[:3], True], [*TWO[:3], False]])),
        Case("error-needed.xlsx", book([HEAD, ["甲公司", "2024-03-31", "#REF!", "是"], TWO]), (want(accepted=1, rejected=1, facts=FACTS[1:], codes="error_cell"),)),
        Case("error-optional.xlsx", book([[*HEAD, "产品"], [*ONE, "#N/A"], [*TWO, "CRM"]]), (want(codes="error_cell"),)),
        Case("error-unused.xlsx", book([[*HEAD, "无关列"], [*ONE, "#DIV/0!"], [*TWO, "x"]])),
        Case("formula.xlsx", book([HEAD, ["甲公司", "2024-03-31", "=1000*12", "是"], TWO]), (want(accepted=1, rejected=1, facts=FACTS[1:], codes="formula_without_result"),)),
        Case("formula-optional.xlsx", book([[*HEAD, "产品"], [*ONE, '="CR"&"M"'], [*TWO, "CRM"]]), (want(codes="formula_without_result"),)),
        Case("percent.xlsx", book([["客户名称", "填写日期", "满意度"], ["甲公司", "2024-03-31", 0.85], ["乙公司", "2024-06-30", 0.9]], _format("C2", "0%")), (want(dataset="surveys", facts=None, decided="csat_scale_cells"),)),
        Case("long-cell.xlsx", book([[*HEAD, "产品"], [*ONE, "长" * 32_000], [*TWO, "CRM"]])),
        Case("negative.xlsx", book([HEAD, ["甲公司", "2024-03-31", -12000, "是"], TWO]), (want(facts=(("甲公司", FACTS[0][1], -12000.0, "renewed"), FACTS[1]), codes="negative_amount"),)),
        Case("end-before-start.xlsx", book([["客户名称", "开始日期", "到期日", "合同金额"], ["甲公司", "2024-04-01", "2024-03-31", 1], ["乙公司", "2023-07-01", "2024-06-30", 8000]]), (want(accepted=1, rejected=1, facts=(("乙公司", dt.date(2024, 6, 30), 8000.0, None),), codes="end_before_start"),)),
        Case("period-in-one-cell.xlsx", book([["客户名称", "合同期限", "合同金额"], ["甲公司", "2023-04-01至2024-03-31", 12000], ["乙公司", "2023.7.1-2024.6.30", 8000]]), (want(facts=(("甲公司", FACTS[0][1], 12000.0, None), ("乙公司", FACTS[1][1], 8000.0, None))),)),
        Case("status-table.xlsx", book([["customerID", "Contract", "MonthlyCharges", "Churn"], ["7590-VHVEG", "Month-to-month", 29.85, "No"], ["5575-GNVDE", "One year", 56.95, "Yes"]]), (want(facts=None, decided="monthly churn"),)),
    ]  # fmt: skip


def _formats() -> list[Case]:
    def xls(**options: Any) -> Callable[[Path], None]:
        return lambda path: formats.write_xls(path, {"合同": LEDGER}, **options)

    broken: Rows = [HEAD, ["甲公司", "2024-03-31", "#N/A", "是"], TWO]
    one = want(accepted=1, rejected=1, facts=FACTS[1:], codes="error_cell")
    return [
        Case("old.xls", xls()),
        Case("old-1904.xls", lambda p: formats.write_xls(p, {"合同": LEDGER}, epoch=1904)),
        Case("old-error.xls", lambda p: formats.write_xls(p, {"合同": broken}), (one,)),
        Case("old-shifted.xls", lambda p: formats.write_xls(p, {"x": [[], ["台账"], [], *LEDGER]})),
        Case("old-named-new.xlsx", xls()),
        Case("new-named-old.xls", lambda p: _renamed(p, LEDGER)),
        Case("new-named-csv.csv", lambda p: _renamed(p, LEDGER)),
        Case("binary.xlsb", lambda p: formats.write_xlsb(p, {"合同": LEDGER})),
        Case("binary-error.xlsb", lambda p: formats.write_xlsb(p, {"合同": broken}), (one,)),
        Case("open.ods", lambda p: formats.write_ods(p, {"合同": LEDGER})),
        Case("open-error.ods", lambda p: formats.write_ods(p, {"合同": broken}), (one,)),
        Case("open-hidden.ods", lambda p: formats.write_ods(p, {"合同": LEDGER, "旧": LEDGER}, hidden=["旧"]), (Want(), nothing("hidden_sheet", 3))),
        Case("macro.xlsm", book(LEDGER)),
    ]  # fmt: skip


def _renamed(path: Path, rows: list[list[object]]) -> None:
    """Write a workbook under a name openpyxl would not take."""
    new = path.with_suffix(".tmp.xlsx")
    book(rows)(new)
    new.replace(path)


def cases() -> list[Case]:
    """Give the workbooks."""
    return [*_layouts(), *_cells(), *_formats()]
