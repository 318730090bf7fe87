"""What counts by a word alone: "renewed" without a later contract goes on, and is told."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tend.queries import asking
from tend.store.facts import imports
from tend.store.facts.preview import Draft, rehearse
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.asking import Ask, contract
from tests.oracle.facts.facts import Contract

YEAR = ("2023-01-01", "2023-12-31")
HEADS = {
    "en": "Contract no,Customer,Start date,End date,Amount,Renewed?,Renewed amount",
    "zh": "合同编号,客户名称,开始日期,结束日期,合同金额,是否续费,续费金额",
}
YES = {"en": "yes", "zh": "是"}


def given(**more: Any) -> Contract:
    """Write a year that is given as renewed."""
    return contract("K", *YEAR, 1200, outcome="renewed", **more)


def test_it_goes_on_for_as_many_months(ask: Ask) -> None:
    """No churn when the year ends; after a second year nothing says that it is still there."""
    moved = ask.moves([given()], "2025-06-30", window=("2023-01-01", "2025-06-30"))
    assert moved == {("2023-01", "all"): {"new": 1200}, ("2025-01", "all"): {"churn": -1200}}
    row = ask.renewals([given()], "2024-06-30")["K"]
    assert (row["outcome"], row["successor_arr"]) == ("renewed_on_time", 1200)
    kept = ask.retention([given()], "2024-06-30")["all"]
    assert (kept["kept_customers"], kept["arr_now"]) == (1, 1200)


def test_it_goes_on_with_the_renewed_amount(ask: Ask) -> None:
    """1,500 a year from the day after its end: expansion, as the net rate has it."""
    moved = ask.moves(
        [given(renewed_amount=1500.0)], "2024-06-30", window=("2023-01-01", "2024-06-30")
    )
    assert moved[("2024-01", "all")] == {"expansion": 300}
    assert (
        ask.rates([given(renewed_amount=1500.0)], "2024-06-30")["all"]["net_renewal_rate"] == 1.25
    )


@pytest.mark.parametrize(
    ("later", "moved"),
    [
        # beyond grace: no renewal by dates, but what it was renewed to goes on until then
        (("2024-05-01", "2025-04-30", 1300), {("2024-05", "all"): {"expansion": 100}}),
        (("2024-01-01", "2024-12-31", 1300), {("2024-01", "all"): {"expansion": 100}}),
    ],
)
def test_a_later_contract_takes_over(
    ask: Ask, later: tuple[str, str, float], moved: dict[object, object]
) -> None:
    """Never both at once: what goes on ends the day before."""
    found = ask.moves(
        [given(), contract("N", *later)], "2024-06-30", window=("2024-01-01", "2024-06-30")
    )
    assert found == moved


def test_a_day_of_its_end_or_no_start_leads_nowhere(ask: Ask) -> None:
    """Ended on a day all the same, or without a start: nothing goes on."""
    ended = given(ended_on="2023-10-31")
    window = ("2023-01-01", "2024-06-30")
    assert ("2023-11", "all") in ask.moves([ended], "2024-06-30", window=window)
    bare = contract("K", None, YEAR[1], 1200, outcome="renewed")
    assert ask.moves([bare], "2024-06-30", window=window) == {}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_preview_import_and_page_say_so(
    workspace: Workspace, tmp_path: Path, language: str
) -> None:
    """Two of three by word alone, 100 and 150 that go on; the third has its later contract."""
    yes, path = YES[language], tmp_path / "ledger.csv"
    rows = [
        HEADS[language],
        f"A,客户1,2023-01-01,2023-12-31,100,{yes},",
        f"B,客户2,2023-01-01,2023-12-31,100,{yes},150",
        f"C,客户3,2023-01-01,2023-12-31,100,{yes},",
        "C2,客户3,2024-01-01,2030-12-31,700,,",
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    [file] = rehearse(workspace, [Draft(imports.read(workspace, path))]).files
    seen = [problem for of_sheet in file.warnings.values() for problem in of_sheet]
    report = imports.import_file(workspace, path)
    known = [p for sheet in report.sheets for p in sheet.problems]
    for some in (seen, known):
        [one] = [p for p in some if p.code == "goes_on_as_given"]
        assert (one.params["value"], one.params["amount"]) == ("2", "250")
        assert "250" in one.message(language)
    [row] = asking.run(workspace, "given_renewals", View(date(2024, 6, 30))).to_pylist()
    assert row == {"contracts": 2, "arr": 250, "running": 2, "renewed": 3}
    [later] = asking.run(workspace, "given_renewals", View(date(2025, 6, 30))).to_pylist()
    assert (later["contracts"], later["running"]) == (2, 0)
