"""Marks of who was erased: salted hashes of names and ids, by which a later import knows them."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from tend.schema.words import name_key

# What a mark is of.
ID, CUSTOMER, PERSON = "id", "customer", "person"


@dataclass(frozen=True)
class Erased:
    """Somebody who was erased: by a number, with what stands in the place of the name."""

    number: int
    kind: str
    way: str
    label: str
    erased_at: datetime
    allowed_at: datetime | None = None

    @property
    def day(self) -> date:
        """Give the day."""
        return self.erased_at.date()


@dataclass(frozen=True)
class Book:
    """Who is left out of imports: by marks, which are asked for with a salt."""

    salt: str = ""
    marks: Mapping[str, Erased] | None = None

    def __bool__(self) -> bool:
        return bool(self.marks)

    def who(self, kind: str, word: str | None) -> Erased | None:
        """Give who is meant by an id or a name, if that is somebody who was erased."""
        if not word or not self.marks:
            return None
        return self.marks.get(mark(self.salt, kind, word))


def mark(salt: str, kind: str, word: str) -> str:
    """Give the mark of an id or a name: the same however its case and width."""
    return hashlib.sha256(f"{salt}|{kind}|{name_key(word)}".encode()).hexdigest()


def book(cursor: duckdb.DuckDBPyConnection) -> Book:
    """Give who is left out of imports."""
    by_number = {one.number: one for one in listed(cursor) if one.allowed_at is None}
    if not by_number:
        return Book()
    found = cursor.execute("select mark, number from erased_marks").fetchall()
    return Book(_salt(cursor), {m: by_number[n] for m, n in found if n in by_number})


def listed(cursor: duckdb.DuckDBPyConnection) -> list[Erased]:
    """List who was erased, the last first."""
    rows = cursor.execute(
        "select number, kind, way, label, erased_at, allowed_at from erasures order by number desc"
    ).fetchall()
    return [Erased(*row) for row in rows]


def next_number(cursor: duckdb.DuckDBPyConnection) -> int:
    """Give the number of the next who is erased."""
    found = cursor.execute("select coalesce(max(number), 0) + 1 from erasures").fetchone()
    assert found is not None
    return int(found[0])


def keep(
    cursor: duckdb.DuckDBPyConnection, erased: Erased, words: Iterable[tuple[str, str]]
) -> None:
    """Remember who was erased: a number, a day, and marks of what named them (kind and word)."""
    cursor.execute(
        "insert into erasures values (?, ?, ?, ?, ?, null)",
        [erased.number, erased.kind, erased.way, erased.label, erased.erased_at],
    )
    salt = _salt(cursor)
    for one in sorted({mark(salt, kind, word) for kind, word in words}):
        cursor.execute("insert into erased_marks values (?, ?)", [erased.number, one])


def allow(cursor: duckdb.DuckDBPyConnection, number: int, at: datetime) -> bool:
    """Let imports bring somebody again; tell whether they were left out."""
    cursor.execute("delete from erased_marks where number = ?", [number])
    changed = cursor.execute(
        "update erasures set allowed_at = ? where number = ? and allowed_at is null"
        " returning number",
        [at, number],
    ).fetchall()
    return bool(changed)


def _salt(cursor: duckdb.DuckDBPyConnection) -> str:
    found = cursor.execute("select salt from erased_salt").fetchone()
    if found is None:
        cursor.execute("insert into erased_salt values (?)", [secrets.token_hex(16)])
        return _salt(cursor)
    return str(found[0])
