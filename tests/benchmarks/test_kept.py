"""Companies of the benchmarks as workspaces: every row comes in, and only once."""

from pathlib import Path

from benchmarks.companies import kept
from tend.store.workspace import open_workspace


def test_every_row_comes_in_once(tmp_path: Path) -> None:
    """Tend's own import takes each row of each file; asked for again, nothing is brought again."""
    company = kept.prepared(tmp_path, 40)
    assert all(company.rows.values())
    with open_workspace(company.workspace) as workspace, workspace.cursor() as cursor:
        for dataset, rows in company.rows.items():
            if dataset != "usage":  # a row for each value
                counted = cursor.execute(f"select count(*) from rows_{dataset}").fetchone()
                assert counted == (rows,), dataset
        assert cursor.execute("select count(*) from rejected_rows").fetchone() == (0,)
    assert kept.prepared(tmp_path, 40) == company
