"""Text files: encodings, separators, quotes, ragged lines, numbers and dates as people write them."""

import datetime as dt
from typing import Any

from tend.ingest.results import Limits, Options
from tests.kit.files.corpus import FACTS, HEAD, Case, nothing, raw, refused, want

TEXT = "客户名称,到期日,合同金额,是否续费\n甲公司,2024-03-31,12000,是\n乙公司,2024-06-30,8000,否\n"
TRADITIONAL = "客戶名稱,到期日,合約金額,是否續約\n國泰世華銀行,2024-03-31,12000,是\n臺灣積體電路,2024-06-30,8000,否\n"
TAIWAN = (("國泰世華銀行", *FACTS[0][1:]), ("臺灣積體電路", *FACTS[1][1:]))
FRENCH = "Customer Name;End Date;Amount;Renewed\nSociété Générale;31/03/2024;12.000,00 €;yes\nCrédit à côté;30/06/2024;8.000,00 €;no\n"


def _text(name: str, text: str, encoding: str = "utf-8", **wanted: Any) -> Case:
    return Case(name, raw(text.encode(encoding)), (want(**wanted),))


def _cells(name: str, one: str, two: str, header: str = ",".join(HEAD), **wanted: Any) -> Case:
    return _text(f"{name}.csv", f"{header}\n{one}\n{two}\n", **wanted)


def _forms() -> list[Case]:
    return [
        _text("utf8.csv", TEXT, decided="encoding_valid separator"),
        _text("bom.csv", TEXT, "utf-8-sig", decided="encoding_mark"),
        _text("utf16.csv", TEXT, "utf-16", decided="encoding_mark"),
        _text("utf16le-no-mark.csv", "Customer name,End date,Amount,Renewed\nA,2024-03-31,12000,yes\nB,2024-06-30,8000,no\n", "utf-16-le",
              facts=(("A", *FACTS[0][1:]), ("B", *FACTS[1][1:]))),
        _text("gb18030.csv", TEXT, "gb18030", decided="encoding_plausible"),
        _text("gbk.txt", TEXT.replace(",", "\t"), "gbk"),
        _text("big5.csv", TRADITIONAL, "big5", facts=TAIWAN, decided="encoding_plausible"),
        _text("latin.csv", FRENCH, "cp1252", decided="dmy decimal_comma", codes="currency_without_rate",
              facts=(("Société Générale", *FACTS[0][1:]), ("Crédit à côté", *FACTS[1][1:]))),
        Case("told-big5.csv", raw(TRADITIONAL.encode("big5")), (want(facts=TAIWAN, decided="encoding_chosen"),), options=Options(encoding="big5")),
        _text("semicolon.csv", TEXT.replace(",", ";"), decided="separator"),
        _text("tab.tsv", TEXT.replace(",", "\t")),
        _text("bar.txt", TEXT.replace(",", "|")),
        _text("sep-line.csv", "sep=;\n" + TEXT.replace(",", ";")),
        _text("crlf.csv", TEXT.replace("\n", "\r\n")),
        _text("cr.csv", TEXT.replace("\n", "\r")),
        _text("no-last-newline.csv", TEXT.rstrip("\n")),
        _text("all-quoted.csv", "".join(",".join(f'"{c}"' for c in line.split(",")) + "\n" for line in TEXT.splitlines())),
        _text("quoted-break.csv", TEXT.replace("甲公司", '"甲\n公司"'), facts=(("甲\n公司", *FACTS[0][1:]), FACTS[1])),
        _text("quoted-quote.csv", TEXT.replace("甲公司", '"甲""公司"""'), facts=(('甲"公司"', *FACTS[0][1:]), FACTS[1])),
        _text("short-lines.csv", TEXT.replace(",否", ""), facts=(FACTS[0], (*FACTS[1][:3], "undecided"))),
        _text("trailing-separators.csv", TEXT.replace("\n", ",,,\n")),
        _text("unquoted-thousands.csv", TEXT.replace("12000", "12,000"), accepted=1, rejected=1, facts=FACTS[1:], codes="too_many_cells"),
        _text("nul-bytes.csv", TEXT.replace("甲公司", "甲\x00公司")),
        _text("titles.csv", "续费台账,,,\n导出时间：2024-07-01,,,\n,,,\n" + TEXT, decided="header_row"),
        _text("titles-ragged.csv", "续费台账\n\n" + TEXT),
        _text("blank-lines.csv", TEXT.replace("甲公司,2024", "\n\n甲公司,2024"), skipped=2),
        _text("totals.csv", TEXT + "合计,,20000,\n", skipped=1),
        _text("subtotals.csv", TEXT + "小计：,,20000,\n总计(2家),,20000,\n", skipped=2),
        _text("header-again.csv", TEXT + TEXT.splitlines()[0] + "\n", skipped=1),
        _text("notes-below.csv", TEXT + "\n注：以上数据由系统导出\n", skipped=2),
        _text("semicolon-in-comma.csv", TEXT.replace("甲公司", '"甲;公司;;;"'), facts=(("甲;公司;;;", *FACTS[0][1:]), FACTS[1])),
        _text("formula-text.csv", TEXT.replace("甲公司", "=1+1"), facts=(("=1+1", *FACTS[0][1:]), FACTS[1])),
        _text("html-name.csv", TEXT.replace("甲公司", "<b>甲</b>"), facts=(("<b>甲</b>", *FACTS[0][1:]), FACTS[1])),
        _text("wrong-name.xlsx", TEXT),
        _text("wrong-name.xls", TEXT, "gb18030"),
        _text("long-cell.csv", TEXT.replace("甲公司", "甲" * 40_000), facts=(("甲" * 32_767, *FACTS[0][1:]), FACTS[1]), codes="cell_cut"),
        _text("spelled-error.csv", TEXT.replace("12000", "#REF!"), accepted=1, rejected=1, facts=FACTS[1:], codes="error_cell"),
        _text("blank-words.csv", TEXT.replace("12000", "暂无"), accepted=1, rejected=1, facts=FACTS[1:], codes="no_value"),
        _text("only-header.csv", TEXT.splitlines()[0] + "\n", accepted=0, facts=()),
    ]  # fmt: skip


def _values() -> list[Case]:
    q = '"'
    return [
        _cells("dates-slash", "甲公司,2024/3/31,12000,是", "乙公司,2024/6/30,8000,否"),
        _cells("dates-dot", "甲公司,2024.3.31,12000,是", "乙公司,2024.06.30,8000,否"),
        _cells("dates-plain", "甲公司,20240331,12000,是", "乙公司,20240630,8000,否"),
        _cells("dates-han", "甲公司,2024年3月31日,12000,是", "乙公司,二〇二四年六月三十日,8000,否"),
        _cells("dates-months", "甲公司,2024-03,12000,是", "乙公司,2024年6月,8000,否"),
        _cells("dates-quarters", "甲公司,2024Q1,12000,是", "乙公司,2024年第二季度,8000,否"),
        _cells("dates-english", "甲公司,Mar 31 2024,12000,是", "乙公司,30-Jun-2024,8000,否"),
        _cells("dates-day-first", "甲公司,31/03/2024,12000,是", "乙公司,30/06/2024,8000,否", decided="dmy"),
        _cells("dates-month-first", "甲公司,03/31/2024,12000,是", "乙公司,06/30/2024,8000,否", decided="mdy"),
        _cells("dates-serial", "甲公司,45382,12000,是", "乙公司,45473,8000,否"),
        _cells("dates-weekday", "甲公司,2024-03-31 星期日,12000,是", "乙公司,2024-06-30 00:00:00,8000,否"),
        _cells("dates-unsure", "甲公司,03/04/2024,12000,是", "乙公司,05/06/2024,8000,否", decided="dmy_default", codes="ambiguous_date_order",
               facts=(("甲公司", dt.date(2024, 4, 3), 12000.0, "renewed"), ("乙公司", dt.date(2024, 6, 5), 8000.0, "lost"))),
        _cells("dates-wrong", "甲公司,2024-02-31,12000,是", "乙公司,2024-06-30,8000,否", codes="unreadable_value", accepted=1, rejected=1,
               facts=(FACTS[1],)),
        _cells("amount-wan", "甲公司,2024-03-31,1.2万,是", "乙公司,2024-06-30,8千,否"),
        _cells("amount-header-unit", "甲公司,2024-03-31,1.2,是", "乙公司,2024-06-30,0.8,否", "客户名称,到期日,合同金额（万元）,是否续费", decided="unit"),
        _cells("amount-signs", f"甲公司,2024-03-31,{q}¥12,000.00{q},是", f"乙公司,2024-06-30,{q}8,000元{q},否"),
        _cells("amount-wide", "甲公司,2024-03-31,１２０００,是", "乙公司,2024-06-30,８０００元,否"),
        _cells("amount-comma", f"甲公司,2024-03-31,{q}12.000,00{q},是", f"乙公司,2024-06-30,{q}8.000,00{q},否", decided="decimal_comma"),
        _cells("amount-brackets", "甲公司,2024-03-31,(1200),是", "乙公司,2024-06-30,8000,否", codes="negative_amount",
               facts=(("甲公司", FACTS[0][1], -1200.0, "renewed"), FACTS[1])),
        _cells("amount-words", "甲公司,2024-03-31,很多,是", "乙公司,2024-06-30,8000,否", accepted=1, rejected=1, facts=FACTS[1:], codes="unreadable_value"),
        _cells("outcomes", "甲公司,2024-03-31,12000,已续", "乙公司,2024-06-30,8000,未续"),
        _cells("churn", "甲公司,2024-03-31,12000,否", "乙公司,2024-06-30,8000,是", "客户名称,到期日,合同金额,是否流失", decided="churn"),
        _cells("contradiction", "甲公司,2024-03-31,12000,是", "甲公司,2024-03-31,8000,是", accepted=0, rejected=2, facts=(), codes="contradicting_rows"),
        _cells("twice", "甲公司,2024-03-31,12000,是", "甲公司,2024-03-31,12000,是", facts=FACTS[:1], codes="duplicate_row"),
        _cells("no-customer", ",2024-03-31,12000,是", "乙公司,2024-06-30,8000,否", accepted=1, rejected=1, facts=FACTS[1:], codes="no_customer"),
    ]  # fmt: skip


def _refusals() -> list[Case]:
    long = TEXT + "丙公司,2024-06-30,8000,否\n" * 50
    return [
        refused("empty.csv", "empty_file", raw(b"")),
        refused("blanks.csv", "empty_file", raw(b"\xef\xbb\xbf \r\n\t\n")),
        refused("bytes.csv", "not_a_spreadsheet", raw(bytes(range(256)) * 20)),
        refused("zeros.csv", "empty_file", raw(bytes(5000))),
        refused("prose.txt", "no_header", raw(b"Dear all,\nplease find nothing here.\n")),
        refused("other.csv", "unknown_dataset", raw("日期,摘要,借方,贷方\n2024-01-01,a,1,2\n2024-01-02,b,1,2\n".encode())),
        refused("encoding.csv", "unknown_encoding", raw(TEXT.encode()),),
        refused("rows.csv", "too_many_rows", raw(long.encode()), Limits(rows=20)),
        refused("rows-ragged.csv", "too_many_rows", raw(("x\n" + long).encode()), Limits(rows=20)),
        refused("columns.csv", "too_many_columns", raw(("a," * 1500 + "\n").encode() * 3)),
        refused("bytes-limit.csv", "file_too_big", raw(long.encode()), Limits(file_bytes=100)),
        Case("json.csv", raw(b'{"customers": [\n{"name": "x"}\n]}\n'), (), "no_header"),
    ]  # fmt: skip


def cases() -> list[Case]:
    """Give the text files."""
    refusals = _refusals()
    for at, case in enumerate(refusals):
        if case.name == "encoding.csv":
            refusals[at] = Case(case.name, case.make, (), case.error, Options(encoding="klingon"))
    return [*_forms(), *_values(), *refusals, Case("one-column.csv", raw("客户名称\n甲公司\n".encode()), (nothing("no_header", 2),), "no_header")]  # fmt: skip
