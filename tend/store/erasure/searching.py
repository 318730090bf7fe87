"""The proof: all that is kept is opened and read, and nothing of the name is found in it."""

import contextlib
from dataclasses import asdict, dataclass
from pathlib import Path

from tend.store.database.connection import FILE, connect
from tend.store.erasure import files, texts
from tend.store.erasure.subject import Subject


@dataclass(frozen=True)
class Proof:
    """What was searched, counted, and where something was found: nowhere, if it is done."""

    files: int
    bytes: int
    tables: int
    columns: int
    texts: int
    words: int  # texts that are a word of the team's, though somebody was called so
    found: tuple[str, ...]
    closed: int = 0  # files that could not be looked into: they went, their cells apart

    def as_json(self) -> dict[str, object]:
        """Give it as a file tells it."""
        return asdict(self)


def search(path: Path, subject: Subject) -> Proof:
    """Search the files of a folder, and each text of each table of its database."""
    found: list[str] = []
    there = sorted(one for one in path.rglob("*") if one.is_file())
    names = subject.names
    for file in there:
        # one that nobody can look into is no proof either
        if file.name != FILE and files.look(file, names):
            found.append(str(file.relative_to(path)))
    with contextlib.closing(connect(path / FILE, path, read_only=True)) as database:
        cursor = database.cursor()
        cursor.execute("use tend")
        columns = texts.every_column(cursor)
        count = words = 0
        for column in columns:
            total = cursor.execute(f'select count("{column.name}") from {column.table}').fetchone()
            count += total[0] if total else 0
            told = list(texts.found(cursor, column, names, ""))
            words += sum(one.is_word for one in told)
            if not all(one.is_word for one in told):
                found.append(f"{column.table}.{column.name}")
    size = sum(one.stat().st_size for one in there)
    tables = len({column.table for column in columns})
    return Proof(len(there), size, tables, len(columns), count, words, tuple(found))
