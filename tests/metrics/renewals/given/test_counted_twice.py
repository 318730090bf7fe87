"""Finance's months beside a list of contracts of the same customers: told, with how much (M28)."""

from datetime import date
from pathlib import Path

import pytest

from tend.queries import asking
from tend.store.facts import imports
from tend.store.facts.preview import Draft, rehearse
from tend.store.workspace import Workspace
from tend.view import View

CODE = "counted_twice"
LISTS = {
    "en": "Contract no,Customer,Start date,End date,Amount",
    "zh": "合同编号,客户名称,开始日期,结束日期,合同金额",
}
MATRIX = {
    "en": "Customer,2024-01,2024-02,2024-03,2024-04",
    "zh": "客户名称,2024-01,2024-02,2024-03,2024-04",
}


def listed(folder: Path, language: str) -> Path:
    """Write contracts: Ada's beside its months, Bo's before them, Cy's alone."""
    path = folder / "contracts.csv"
    rows = [
        "A,Ada,2024-01-01,2024-12-31,1200",
        "B,Bo,2023-01-01,2023-12-31,1200",
        "C,Cy,2024-01-01,2024-12-31,1200",
    ]
    path.write_text("\n".join([LISTS[language], *rows]) + "\n", encoding="utf-8")
    return path


def months(folder: Path, language: str) -> Path:
    """Write months: Ada pays 90, Bo 100, Dee 50; who pays in the last one still runs."""
    path = folder / "mrr.csv"
    rows = ["Ada,90,90,90,90", "Bo,100,100,100,100", "Dee,50,50,0,0"]
    path.write_text("\n".join([MATRIX[language], *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("is_matrix_last", [True, False])
def test_whichever_comes_second_says_so(
    workspace: Workspace, tmp_path: Path, language: str, is_matrix_last: bool
) -> None:
    """One customer, 1,080 of 1,080 and 1,200: in the preview, in the report, and on the page."""
    files = [listed(tmp_path, language), months(tmp_path, language)]
    first, second = files if is_matrix_last else files[::-1]
    alone = imports.import_file(workspace, first)
    assert alone.error is None
    assert CODE not in {p.code for sheet in alone.sheets for p in sheet.problems}
    [file] = rehearse(workspace, [Draft(imports.read(workspace, second))]).files
    seen = [problem for of_sheet in file.warnings.values() for problem in of_sheet]
    report = imports.import_file(workspace, second)
    assert report.error is None
    known = [p for sheet in report.sheets for p in sheet.problems]
    for some in (seen, known):
        [one] = [p for p in some if p.code == CODE]
        assert (one.params["value"], one.params["amount"]) == ("1", "1,080")
        assert "1,080" in one.message(language)
    [row] = asking.run(workspace, "doubled_arr", View(date(2024, 6, 30))).to_pylist()
    assert (row["customers"], row["arr"]) == (1, pytest.approx(1080))
    [before] = asking.run(workspace, "doubled_arr", View(date(2023, 6, 30))).to_pylist()
    assert (before["customers"], before["arr"]) == (0, 0)


def test_taking_one_back_ends_it(workspace: Workspace, tmp_path: Path) -> None:
    """What the warning offers: one of the two imports undone, nothing counts twice."""
    imports.import_file(workspace, listed(tmp_path, "en"))
    report = imports.import_file(workspace, months(tmp_path, "en"))
    assert report.import_id is not None
    imports.undo(workspace, report.import_id)
    [row] = asking.run(workspace, "doubled_arr", View(date(2024, 6, 30))).to_pylist()
    assert (row["customers"], row["arr"]) == (0, 0)
