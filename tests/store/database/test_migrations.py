"""A workspace of an older Tend opens, and what it wrote down is told by this one."""

from pathlib import Path

import pytest

from tend.ingest.results import Problem
from tend.language import text
from tend.store.facts import imports, reports
from tend.store.workspace import Workspace, open_workspace

KEPT = {"row": "3", "column": "客户", "value": "甲公司"}  # all that older versions wrote down
TOLD = [key for key in text.catalogue("en") if key.startswith("problems.")]
CUSTOMERS = "Customer ID,Customer name,Industry\nC1,Alder,Retail\n"
CONTRACTS = "Contract no,Customer ID,Start date,End date,Amount\n" + "".join(
    f"K{n},{customer},2024-01-01,2024-12-31,100\n" for n, customer in enumerate(("C1", "C8", "C9"))
)


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_problem_is_told_from_what_older_versions_kept(language: str) -> None:
    """What a text needs and the problem lacks is shown as missing, never an error."""
    for key in TOLD:
        said = Problem(3, "客户", key.removeprefix("problems."), "warning", KEPT).message(language)
        assert "{" not in said
    said = Problem(3, None, "unknown_customer", "warning", KEPT).message(language)
    assert "甲公司" in said
    assert "–" in said


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_a_problem_of_a_kind_that_is_no_more_is_told_too(language: str) -> None:
    """By its code, and what to do."""
    assert "once_told" in Problem(3, None, "once_told", "warning", KEPT).message(language)


def as_it_was(workspace: Workspace, import_id: int) -> None:
    """Write down what an older version did: unlisted customers by row; row 4 has another, too."""
    with workspace.writing("edit") as cursor:
        for row, code in ((3, "unknown_customer"), (4, "unknown_customer"), (4, "unknown_word")):
            cursor.execute(
                "insert into problems values (?, 1, ?, 'Customer', ?, 'warning', ?)",
                [import_id, row, code, KEPT | {"row": str(row)}],
            )
        cursor.execute("update sheets set warnings = 2 where import_id = ?", [import_id])
        cursor.execute("delete from migrations where number = 11")


def test_customers_in_no_list_are_told_once(tmp_path: Path) -> None:
    """Those written down by rows are gone; a row with another warning still counts as one."""
    with open_workspace(tmp_path / "w") as workspace:
        for name, words in (("customers.csv", CUSTOMERS), ("contracts.csv", CONTRACTS)):
            (tmp_path / name).write_text(words, encoding="utf-8")
            imports.import_file(workspace, tmp_path / name)
        as_it_was(workspace, 2)
    with open_workspace(tmp_path / "w") as workspace:
        with workspace.cursor() as cursor:
            kept = cursor.execute("select warnings from sheets where import_id = 2").fetchone()
        assert kept == (1,)
        told = workspace.read(lambda cursor: reports.of_import(cursor, 2))
        again = imports.import_file(workspace, tmp_path / "contracts.csv")
    [sheet] = told.sheets
    assert sheet.warnings == 2  # 4 as written down, 3 as it is told now
    found = sorted((one.row, one.code) for one in sheet.problems)
    assert found == [(3, "unknown_customer"), (4, "unknown_customer"), (4, "unknown_word")]
    assert {one.params["count"] for one in sheet.problems if one.code != "unknown_word"} == {"1"}
    assert told.as_json("zh")["sheets"]
    assert again.unchanged


def test_no_index_holds_what_is_unique(tmp_path: Path) -> None:
    """A key that a commit takes out and puts in again would end the process on a full disk."""
    with open_workspace(tmp_path / "w") as workspace, workspace.whole_cursor() as cursor:
        found = cursor.execute(
            "select distinct table_name from duckdb_constraints()"
            " where constraint_type in ('PRIMARY KEY', 'UNIQUE')"
            " union select table_name from duckdb_indexes()"
        ).fetchall()
    assert found == [("migrations",)]  # of which nothing is ever taken out
