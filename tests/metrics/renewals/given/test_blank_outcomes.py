"""Ruling M33: what counts as lost only because a ledger leaves its outcome blank is said."""

from datetime import date
from pathlib import Path

import pytest

from tend.queries import asking
from tend.store.facts import imports
from tend.store.facts.preview import Draft, rehearse
from tend.store.workspace import Workspace
from tend.view import View

CODE = "blank_outcomes_lost"
HEADS = {
    "en": "Contract no,Customer,Start date,End date,Amount,Renewed?",
    "zh": "合同编号,客户名称,开始日期,结束日期,合同金额,是否续费",
}
YES = {"en": "yes", "zh": "是"}
NO = {"en": "no", "zh": "否"}


def ledger(language: str, *, blank: bool) -> str:
    """Write a ledger of eight that are over, one of them renewed by a later contract."""
    lines = [HEADS[language]]
    for number in range(8):
        said = "" if blank or number > 4 else (NO if number == 0 else YES)[language]
        lines.append(f"A{number},客户{number},2024-01-01,2024-12-31,100,{said}")
    lines.append("B7,客户7,2025-01-01,2030-12-31,100,")
    return "\n".join(lines) + "\n"


def told(workspace: Workspace, path: Path) -> tuple[list[str], list[str]]:
    """Preview a file, then import it; give what each says of blanks, as numbers."""
    [file] = rehearse(workspace, [Draft(imports.read(workspace, path))]).files
    seen = [problem for of_sheet in file.warnings.values() for problem in of_sheet]
    report = imports.import_file(workspace, path)
    assert report.error is None
    known = [p for sheet in report.sheets for p in sheet.problems]
    return tuple([p.params["value"] for p in some if p.code == CODE] for some in (seen, known))  # type: ignore[return-value]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("blank", "count"), [(True, 7), (False, 2)])
def test_preview_import_and_page_say_how_many(
    workspace: Workspace, tmp_path: Path, language: str, blank: bool, count: int
) -> None:
    """All blank: seven of eight have no later contract; partly filled in, two are left."""
    path = tmp_path / "ledger.csv"
    path.write_text(ledger(language, blank=blank), encoding="utf-8")
    assert told(workspace, path) == ([str(count)], [str(count)])
    [row] = asking.run(workspace, "blank_outcomes", View(date(2025, 6, 30))).to_pylist()
    assert (row["contracts"], row["arr"]) == (count, 100 * count)
    assert row["lost"] == (7 if blank else 3)
    [early] = asking.run(workspace, "blank_outcomes", View(date(2025, 1, 31))).to_pylist()
    assert early["contracts"] == 0  # in grace
    window = View(date(2025, 6, 30), date(2025, 1, 1), date(2025, 6, 30))
    assert asking.run(workspace, "blank_outcomes", window).to_pylist()[0]["contracts"] == 0


def test_a_list_without_that_column_says_nothing(workspace: Workspace, tmp_path: Path) -> None:
    """Where nobody asks for an outcome, no blank is one."""
    path = tmp_path / "list.csv"
    path.write_text(
        "Contract no,Customer,Start date,End date,Amount\nA,Ada,2024-01-01,2024-12-31,100\n",
        encoding="utf-8",
    )
    assert told(workspace, path) == ([], [])
    [row] = asking.run(workspace, "blank_outcomes", View(date(2025, 6, 30))).to_pylist()
    assert (row["contracts"], row["lost"]) == (0, 1)


def test_a_mark_or_a_later_contract_is_a_word(workspace: Workspace, tmp_path: Path) -> None:
    """Marked lost, ended on a day, or back after grace: lost, but not for a blank."""
    path = tmp_path / "ledger.csv"
    path.write_text(
        "Contract no,Customer,Start date,End date,Amount,Renewed?,Status,Ended on\n"
        "A,Ada,2024-01-01,2024-12-31,100,,lost,\n"
        "B,Bo,2024-01-01,2024-12-31,100,,,2024-10-31\n"
        "C,Cy,2024-01-01,2024-12-31,100,,,\n"
        "C2,Cy,2025-04-01,2030-03-31,100,,,\n",
        encoding="utf-8",
    )
    assert told(workspace, path) == ([], [])
    [row] = asking.run(workspace, "blank_outcomes", View(date(2025, 6, 30))).to_pylist()
    assert (row["contracts"], row["lost"]) == (0, 3)
