"""Copies of the database are whole, whatever others look at meanwhile."""

import shutil
import threading
import time
from pathlib import Path

import duckdb

from tend.store.copies import copies
from tend.store.workspace import Workspace, open_workspace
from tests.kit.companies import UNTIL, Companies

COPIES = 8


def look(workspace: Workspace, is_over: threading.Event) -> None:
    """Ask what tables there are, in all databases: a copy being written is among them."""
    while not is_over.is_set():
        with workspace.cursor() as cursor:
            cursor.execute("select count(*) from duckdb_columns()").fetchall()


def tables(file: Path) -> int:
    """Count the tables of a copy."""
    with duckdb.connect(str(file), read_only=True) as connection:
        [(found,)] = connection.execute("select count(*) from duckdb_tables()").fetchall()
        return int(found)


def test_a_copy_is_whole_while_others_look(companies: Companies, tmp_path: Path) -> None:
    """Readers of the catalogue hold a copy longer than its writer: nothing is left in its WAL."""
    is_over = threading.Event()
    with open_workspace(companies.sample(customers=25, until=UNTIL)) as workspace:
        with workspace.cursor() as cursor:
            asked = "select count(*) from duckdb_tables() where database_name = 'tend'"
            [(wanted,)] = cursor.execute(asked).fetchall()
        readers = [threading.Thread(target=look, args=(workspace, is_over)) for _ in range(3)]
        for reader in readers:
            reader.start()
        try:
            for number in range(COPIES):
                with workspace.whole_copy() as copy:
                    shutil.copy(copy, tmp_path / f"{number}.duckdb")
        finally:
            is_over.set()
            for reader in readers:
                reader.join()
    assert {tables(file) for file in tmp_path.glob("*.duckdb")} == {wanted}


def test_a_copy_is_as_old_as_what_it_shows(tmp_path: Path) -> None:
    """What is saved while it is written is not in it, however long that takes."""

    def copy(cursor: duckdb.DuckDBPyConnection) -> None:
        began.append(time.time())
        copies._copy_facts(cursor)
        time.sleep(0.3)  # a large one takes its time

    began: list[float] = []
    with open_workspace(tmp_path / "w") as workspace:
        made = copies.Copier(workspace.path, workspace.whole_cursor)._write("some.duckdb", copy)
    assert made.stat().st_mtime <= began[0]
