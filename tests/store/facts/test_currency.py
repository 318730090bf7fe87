"""The first contracts bring their currency; what has no rate is said at once (M22)."""

from datetime import date
from pathlib import Path

import pytest

from tend.store.facts import imports
from tend.store.facts.preview import Draft, rehearse
from tend.store.workspace import Workspace, open_workspace

TODAY = date(2024, 6, 30)
ENGLISH = "customer,start date,end date,amount,currency\n"
CHINESE = "客户名称,开始日期,到期日期,合同金额（欧元）\n"


def file(workspace: Workspace, words: str, name: str = "contracts.csv") -> Path:
    """Write a CSV of these words."""
    path = workspace.path / name
    path.write_text(words, encoding="utf-8")
    return path


def in_sum(workspace: Workspace, path: Path) -> tuple[float, str, int]:
    """Preview: the ARR to come, its currency, and how many contracts are in no sum."""
    told = rehearse(workspace, [Draft(imports.read(workspace, path))], today=TODAY).to_come
    assert told is not None
    return told.arr, told.currency, told.left_out


@pytest.mark.parametrize(
    ("words", "currency"),
    [
        (ENGLISH + "A,2024-01-01,2024-12-31,12000,EUR\nB,2024-01-01,2024-12-31,24000,eur\n", "EUR"),
        (ENGLISH + "A,2024-01-01,2024-12-31,€12000,\nB,2024-01-01,2024-12-31,24000,\n", "EUR"),
        (CHINESE + "甲,2024-01-01,2024-12-31,12000\n乙,2024-01-01,2024-12-31,24000\n", "EUR"),
        (ENGLISH + "A,2024-01-01,2024-12-31,$36000,\n", "USD"),
        (ENGLISH + "A,2024-01-01,2024-12-31,¥36000,\n", "CNY"),
    ],
)
def test_the_only_currency_of_the_first_import_is_taken(
    workspace: Workspace, words: str, currency: str
) -> None:
    """In the preview as after the import; told; kept as a setting that can be changed."""
    path = file(workspace, words)
    result = imports.read(workspace, path)
    told = [d.code for sheet in result.sheets for d in sheet.decisions]
    assert ("currency_taken" in told) == (currency != "CNY")
    assert in_sum(workspace, path) == (36_000, currency, 0)
    assert workspace.settings.currency == "CNY"
    imports.import_file(workspace, path)
    assert workspace.settings.currency == currency
    with open_workspace(workspace.path / "other") as other:
        other.set("currency", "GBP")
        imports.import_file(other, path)
        assert other.settings.currency == "GBP"


@pytest.mark.parametrize(
    "words",
    [
        ENGLISH + "A,2024-01-01,2024-12-31,12000,EUR\n",
        ENGLISH + "A,2024-01-01,2024-12-31,$12000,\n",
        CHINESE + "甲,2024-01-01,2024-12-31,12000\n",
    ],
)
def test_a_currency_somebody_chose_is_kept(workspace: Workspace, words: str) -> None:
    """Also where it is the one that would be taken anyway: no first import changes it."""
    workspace.set("currency", "CNY")
    assert [one.keys for one in workspace.versions()] == [("currency",)]
    workspace.set("currency", "CNY")
    assert len(workspace.versions()) == 1
    path = file(workspace, words)
    sheet = imports.import_file(workspace, path).sheets[0]
    assert workspace.settings.currency == "CNY"
    assert "currency_taken" not in [d.code for d in sheet.decisions]
    assert "currency_without_rate" in [p.code for p in sheet.problems]


@pytest.mark.parametrize("rate", [None, 7.0])
def test_a_currency_without_a_rate_is_said(workspace: Workspace, rate: float | None) -> None:
    """How many contracts, how much, and what to set; in the preview and in the report."""
    if rate:
        workspace.set("currency_rates", {"USD": rate})
    path = file(
        workspace,
        ENGLISH + "A,2024-01-01,2024-12-31,100,USD\nB,2024-01-01,2024-12-31,200,USD\n"
        "C,2024-01-01,2024-12-31,50,CNY\n",
    )
    [sheet] = imports.read(workspace, path).sheets
    said = [p for p in sheet.problems if p.code == "currency_without_rate"]
    assert in_sum(workspace, path) == ((2150, "CNY", 0) if rate else (50, "CNY", 2))
    report = imports.import_file(workspace, path)
    assert workspace.settings.currency == "CNY"
    if rate:
        assert said == []
        return
    [one] = said
    assert dict(one.params) == {"currency": "USD", "count": "2", "amount": "300", "own": "CNY"}
    for language in ("en", "zh"):
        assert one.message(language) in str(report.as_json(language))


def test_a_later_import_takes_no_currency(workspace: Workspace) -> None:
    """With contracts in it the workspace has its currency."""
    imports.import_file(
        workspace, file(workspace, ENGLISH + "A,2024-01-01,2024-12-31,100,\n", "a.csv")
    )
    path = file(workspace, ENGLISH + "B,2024-01-01,2024-12-31,100,EUR\n")
    assert in_sum(workspace, path) == (100, "CNY", 1)
    imports.import_file(workspace, path)
    assert workspace.settings.currency == "CNY"


def contracts(workspace: Workspace, currency: str, name: str) -> int:
    """Import a contract in a currency; give the number of its import."""
    path = file(workspace, ENGLISH + f"{name},2024-01-01,2024-12-31,100,{currency}\n", name)
    report = imports.import_file(workspace, path)
    assert report.import_id is not None
    return report.import_id


def test_undo_lets_go_of_the_currency_that_came(workspace: Workspace) -> None:
    """As if the import had never been: the next one brings its own; what was chosen stands."""
    first = contracts(workspace, "USD", "a.csv")
    assert workspace.settings.currency == "USD"
    imports.undo(workspace, first)
    assert workspace.settings.currency == "CNY"
    before, last = (workspace.settings_at(one.number) for one in workspace.versions()[1::-1])
    assert (before.currency, last.currency) == ("USD", "CNY")
    second, third = contracts(workspace, "EUR", "b.csv"), contracts(workspace, "GBP", "c.csv")
    assert workspace.settings.currency == "EUR"
    imports.undo(workspace, second)
    assert workspace.settings.currency == "GBP"  # the third is then the first
    workspace.set("currency", "CHF")
    imports.undo(workspace, third)
    assert workspace.settings.currency == "CHF"


def test_undo_keeps_a_currency_that_is_needed_or_has_rates(workspace: Workspace) -> None:
    """Other contracts are in it, or somebody has said what it is worth."""
    first, second = contracts(workspace, "USD", "a.csv"), contracts(workspace, "USD", "b.csv")
    imports.undo(workspace, first)
    assert workspace.settings.currency == "USD"
    imports.undo(workspace, second)
    third = contracts(workspace, "EUR", "c.csv")
    workspace.set("currency_rates", {"USD": 0.9})
    imports.undo(workspace, third)
    assert workspace.settings.currency == "EUR"
