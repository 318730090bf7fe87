"""Copies of the database are whole, whatever others look at meanwhile."""

import shutil
import threading
from pathlib import Path

import duckdb

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
