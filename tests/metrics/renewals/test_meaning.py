"""Add-ons, credits and leap years out of files: the numbers, and what the import says of rows."""

from datetime import date
from pathlib import Path

import pytest

from tend.queries import asking
from tend.store.facts import imports
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.asking import Row

HEADS = {
    "en": "contract no,customer,contract type,start date,end date,amount\n",
    "zh": "合同编号,客户名称,合同类型,开始日期,结束日期,合同金额\n",
}


def told(workspace: Workspace, folder: Path, text: str) -> list[tuple[int | None, str]]:
    """Import a file; give row and code of what it says, but for customers without a list."""
    path = folder / "contracts.csv"
    path.write_text(text, encoding="utf-8")
    report = imports.import_file(workspace, path)
    assert report.error is None
    [sheet] = report.sheets
    assert all(p.message(language) for p in sheet.problems for language in ("en", "zh"))
    return sorted((p.row, p.code) for p in sheet.problems)


def rows(workspace: Workspace, name: str, as_of: str, *window: str) -> list[Row]:
    """Ask a named query on a day."""
    first, last = map(date.fromisoformat, window) if window else (None, None)
    view = View(date.fromisoformat(as_of), first, last)
    found: list[Row] = asking.run(workspace, name, view).to_pylist()
    return found


def arr(workspace: Workspace, as_of: str) -> float:
    """Give the ARR of a day."""
    asked = asking.run(workspace, "concentration", View(date.fromisoformat(as_of))).to_pylist()
    return float(asked[0]["arr"])


@pytest.mark.parametrize(
    ("language", "kind"), [("en", "Add-on"), ("en", "Expansion"), ("zh", "增购"), ("zh", "扩容")]
)
def test_an_add_on_leaves_the_base_due(
    workspace: Workspace, tmp_path: Path, language: str, kind: str
) -> None:
    """Two are due at the year's end, nothing is renewed, all ARR counts, and the row says why."""
    said = told(
        workspace,
        tmp_path,
        HEADS[language] + "1,Ada Ltd,New,2024-01-01,2024-12-31,12000\n"
        f"2,Ada Ltd,{kind},2024-11-01,2025-10-31,2400\n"
        "3,Bo Ltd,New,2024-01-01,2024-12-31,5000\n",
    )
    assert said == [(3, "add_on_renews_nothing")]
    due = [r for r in rows(workspace, "renewals", "2024-12-10") if r["days_left"] < 30]
    assert [(r["contract_id"], r["outcome"], r["arr"]) for r in due] == [
        ("1", "due", 12_000),
        ("3", "due", 5_000),
    ]
    assert arr(workspace, "2024-12-10") == pytest.approx(19_400)


def test_what_brings_too_little_says_so(workspace: Workspace, tmp_path: Path) -> None:
    """No type tells that it is an add-on: its size does, and the row says how to overrule that."""
    said = told(
        workspace,
        tmp_path,
        HEADS["zh"] + "1,甲公司,年度,2024-01-01,2024-12-31,12000\n"
        "2,甲公司,年度,2024-11-01,2025-10-31,2400\n"
        "3,乙公司,年度,2024-01-01,2024-12-31,5000\n4,乙公司,年度,2024-11-01,2025-10-31,5000\n",
    )
    assert said == [(3, "too_little_to_renew")]
    found = {r["contract_id"]: r["outcome"] for r in rows(workspace, "renewals", "2024-12-10")}
    assert (found["1"], found["3"]) == ("due", "renewed_early")


def test_the_list_of_add_ons_is_a_setting(workspace: Workspace, tmp_path: Path) -> None:
    """A word of the team's own is one; a word that is taken off the list is none."""
    text = HEADS["en"] + "1,Ada,New,2024-01-01,2024-12-31,100\n2,Ada,{},2025-01-01,2025-12-31,100\n"
    told(workspace, tmp_path, text.format("Seat pack"))
    first = ("2024-12-31", "2024-12-01", "2024-12-31")
    assert rows(workspace, "renewal_rates", "2025-06-30", *first[1:])[0]["renewed"] == 1
    workspace.set("add_on_types", ["SEAT pack"])
    assert rows(workspace, "renewal_rates", "2025-06-30", *first[1:])[0]["renewed"] == 0


@pytest.mark.parametrize(("language", "kind"), [("en", "Credit"), ("zh", "冲红"), ("zh", "")])
def test_a_credit_takes_off_and_is_not_renewed(
    workspace: Workspace, tmp_path: Path, language: str, kind: str
) -> None:
    """12,000 due, 12,000 renewed, 100 %; 4,000 a year less from April to December."""
    said = told(
        workspace,
        tmp_path,
        HEADS[language] + "1,Ada Ltd,,2024-01-01,2024-12-31,12000\n"
        f"1-C,Ada Ltd,{kind},2024-04-01,2024-12-31,-3000\n"
        "2,Ada Ltd,,2025-01-01,2025-12-31,12000\n",
    )
    assert said == [(3, "negative_amount")]
    [row] = rows(workspace, "renewal_rates", "2025-06-30", "2024-10-01", "2024-12-31")
    assert (row["contracts"], row["due_arr"], row["renewed_arr"]) == (1, 12_000, 12_000)
    assert row["net_renewal_rate"] == 1
    days = ("2024-03-31", "2024-06-30", "2025-06-30")
    assert [arr(workspace, day) for day in days] == pytest.approx([12_000, 8_000, 12_000])


def test_a_year_from_29_february_is_a_year(workspace: Workspace, tmp_path: Path) -> None:
    """12,000 a year, for one year and for two, whatever the form of the dates; nothing to say."""
    said = told(
        workspace,
        tmp_path,
        HEADS["zh"] + "1,甲公司,,2024-02-29,2025-02-28,12000\n"
        "2,乙公司,,2024年2月29日,2026年2月28日,24000\n3,丙公司,,2020/2/29,2021/2/28,1.2万\n",
    )
    assert said == []
    assert [r["arr"] for r in rows(workspace, "renewals", "2024-06-30")] == [12_000] * 3
