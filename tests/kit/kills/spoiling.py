"""Ways in which a database or its log is spoilt."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb

from tend.store.database.connection import FILE

WAL = f"{FILE}.wal"


PAGE = 4096


BLOCK = 262144


Damage = Callable[[Path], object]


def write(at: float, what: Callable[[bytes], bytes], length: int = PAGE) -> Damage:
    """Spoil some bytes, at a part of the file."""

    def spoil(file: Path) -> None:
        place = min(int(file.stat().st_size * at), file.stat().st_size - length) if at else 0
        with file.open("r+b") as opened:
            opened.seek(place)
            there = opened.read(length)
            opened.seek(place)
            opened.write(what(there))

    return spoil


def spoil_page(file: Path, number: int) -> None:
    """Turn the bits of a page."""
    with file.open("r+b") as opened:
        opened.seek(number * PAGE)
        there = opened.read(PAGE)
        opened.seek(number * PAGE)
        opened.write(flipped(there))


def cut(keep: Callable[[int], int]) -> Damage:
    """Cut the file off."""
    return lambda file: os.truncate(file, keep(file.stat().st_size))


def replaced(make: Callable[[Path], object]) -> Damage:
    """Put something else in its place."""

    def put(file: Path) -> None:
        file.unlink()
        make(file)

    return put


def zeroed(there: bytes) -> bytes:
    """Write zeros."""
    return bytes(len(there))


def flipped(there: bytes) -> bytes:
    """Turn bits, in each byte others.

    DuckDB's checksum is an exclusive or over words of eight bytes: where equal words stand side by
    side, all of them turned alike cancel each other out, and nothing can be noticed.
    """
    return bytes(byte ^ (1 + place % 255) for place, byte in enumerate(there))


def of_sqlite(file: Path) -> None:
    """Make a database of SQLite."""
    with sqlite3.connect(file) as made:
        made.execute("create table t (a)")


def of_another(file: Path) -> None:
    """Make a database of DuckDB that another program wrote."""
    with duckdb.connect(str(file)) as made:
        made.execute("create table t as select 1 as a")


DATABASES: dict[str, Damage] = {
    "cut to a half": cut(lambda size: size // 2),
    "cut by a block": cut(lambda size: size - BLOCK),
    "zeroed header": write(0, zeroed),
    "zeroed headers": write(0, zeroed, 3 * PAGE),
    "flipped second header": lambda file: spoil_page(file, 1),
    "flipped third header": lambda file: spoil_page(file, 2),
    "zeroed in the middle": write(0.5, zeroed, 8 * BLOCK),
    "zeroed at the end": write(1, zeroed, 8 * BLOCK),
    "flipped header": write(0, flipped, 64),
    "flipped in the middle": write(0.5, flipped, 8 * BLOCK),
    "flipped at the end": write(1, flipped, 8 * BLOCK),
    "text": replaced(lambda file: file.write_text("Dear team,\n" * 5000)),
    "of SQLite": replaced(of_sqlite),
    "of another program": replaced(of_another),
    "empty": cut(lambda _: 0),
    "a folder": replaced(lambda file: file.mkdir()),
    "deleted": lambda file: file.unlink(),
}


WALS: dict[str, Damage] = {
    "cut to a half": cut(lambda size: size // 2),
    "cut to a third": cut(lambda size: size // 3),
    "flipped": write(0.5, flipped, 64),
    "zeroed": write(0, zeroed, PAGE),
    "garbage": lambda file: file.write_bytes(bytes(range(256)) * 64),
    "of another": lambda file: other_wal(file),
    "empty": cut(lambda _: 0),
    "removed": lambda file: file.unlink(),
}


def other_wal(file: Path) -> None:
    """Put the WAL of another database in its place."""
    place = file.parent / "other"
    place.mkdir()
    words = (
        "import duckdb, os; d = duckdb.connect('other.duckdb');"
        " d.execute('create table t (a int)');"
        " d.execute('insert into t from range(9)'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", words], cwd=place, check=True)
    (place / "other.duckdb.wal").replace(file)
    shutil.rmtree(place)


def gone(file: Path) -> None:
    """Take away whatever lies there."""
    if file.is_dir():
        file.rmdir()
    else:
        file.unlink(missing_ok=True)
