"""A later matrix replaces the months it names; each term leads to its rows (M28)."""

from datetime import date

from tend.queries import asking
from tend.store.facts import imports
from tend.store.workspace import Workspace
from tend.view import View

EARLY = "Customer,2024-01,2024-02,2024-03\nAda,100,100,100\nBo,50,50,50\n"
LATER = "Customer,2024-02,2024-03,2024-04\nBo,,,\nAda,100,120,120\n"


def put(workspace: Workspace, name: str, words: str) -> None:
    """Import a CSV of these words."""
    path = workspace.path / name
    path.write_text(words, encoding="utf-8")
    report = imports.import_file(workspace, path)
    assert report.error is None


def test_months_of_a_later_file_replace_those_before(workspace: Workspace) -> None:
    """What both name is as the later says, blank is none, and the rest stays."""
    put(workspace, "MRR 1.csv", EARLY)
    put(workspace, "MRR 2.csv", LATER)
    with workspace.cursor() as cursor:
        found = cursor.execute(
            "select customer_id, start_date, end_date, amount, is_never_due from stg_contracts"
            " order by customer_id, start_date"
        ).fetchall()
    jan, mar = date(2024, 1, 1), date(2024, 3, 1)
    assert found == [
        ("Ada", jan, date(2024, 2, 29), 100, True),
        ("Ada", mar, None, 120, True),
        ("Bo", jan, date(2024, 1, 31), 50, True),
    ]


def test_each_term_leads_to_file_sheet_and_row(workspace: Workspace) -> None:
    """A run of three months that stand in one row is of that row; usage never sees it."""
    put(workspace, "MRR 1.csv", EARLY)
    with workspace.cursor() as cursor:
        found = cursor.execute("select contract_id from stg_contracts where customer_id = 'Bo'")
        [(number,)] = found.fetchall()
    view = View(date(2024, 3, 31))
    rows = asking.run(workspace, "sources", view, dataset="contracts", key=number).to_pylist()
    assert [(row["file"], row["sheet"], row["row_no"]) for row in rows] == [
        ("MRR 1.csv", "MRR 1.csv", 3)
    ]
