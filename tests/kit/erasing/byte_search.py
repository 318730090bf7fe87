"""A search that knows nothing of Tend: for a name in all bytes below a folder, packed or not."""

import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


def spellings(name: str) -> set[str]:
    """Give a name in the cases and widths that people write it in, also as XML and JSON have it."""
    cases = {name, name.lower(), name.upper(), name.title()}
    wide = {one.translate(_WIDE) for one in cases}
    escaped = {one.replace("&", "&amp;").replace('"', "&quot;") for one in cases}
    quoted = {one.replace("'", "''") for one in cases} | {one.replace('"', '\\"') for one in cases}
    return {one for one in cases | wide | escaped | quoted if one}


def found(folder: Path, names: Iterable[str], apart: Iterable[str] = ()) -> list[str]:
    """Name the files, members and columns in which one of the names stands.

    Longer names that are to stay are set apart first.
    """
    wanted, others = _all(names), sorted(_all(apart), key=len, reverse=True)
    coded = _coded(wanted)
    # DuckDB keeps the first eight bytes of the least and the greatest of a column
    cut = [one[:8] for one in _coded(others) if not any(name.endswith(one[:8]) for name in coded)]
    look = _Look(wanted, others, coded, [*_coded(others), *cut])
    there = sorted(one for one in folder.rglob("*") if one.is_file())
    return [place for file in there for place in _in_file(file, look)]


@dataclass(frozen=True)
class _Look:
    wanted: list[str]
    others: list[str]
    coded: list[bytes]
    coded_others: list[bytes]

    def in_bytes(self, content: bytes) -> bool:
        for one in self.coded_others:
            content = content.replace(one, b"")
        return any(one in content for one in self.coded)

    def in_text(self, content: str) -> bool:
        for one in self.others:
            content = content.replace(one, "")
        return any(one in content for one in self.wanted)


def _all(names: Iterable[str]) -> list[str]:
    return sorted({one for name in names for one in spellings(name)})


def _coded(names: Iterable[str]) -> list[bytes]:
    """Give names in all encodings; of one that is left out of an encoding nothing is looked for."""
    return [coded for one in names for code in ENCODINGS if (coded := one.encode(code, "ignore"))]


def _in_file(file: Path, look: _Look) -> Iterator[str]:
    data = file.read_bytes()
    if look.in_bytes(file.name.encode()):
        yield f"name of {file}"
    for place, content in [(str(file), data), *_members(str(file), data)]:
        if look.in_bytes(content):
            yield place
    if data[8:12] == b"DUCK":
        yield from _in_database(file, look)
    if data.startswith(b"ARROW1"):
        with pa.memory_map(str(file)) as source:
            said = pa.ipc.open_file(source).read_all().to_pylist()
        if look.in_text(str(said)):
            yield f"cells of {file}"


def _members(place: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for member in packed.namelist():
                inside = packed.read(member)
                yield f"{place}!{member}", inside
                yield from _members(f"{place}!{member}", inside)


def _in_database(file: Path, look: _Look) -> Iterator[str]:
    """Look into each column as text; compressed blocks say nothing to a search of bytes."""
    with tempfile.TemporaryDirectory() as aside, duckdb.connect() as own:
        # a copy: one process opens a file once
        for part in file.parent.glob(f"{file.name}*"):
            shutil.copy(part, aside)
        own.execute(f"attach '{aside}/{file.name}' as looked")
        columns = own.execute(
            "select table_name, column_name from duckdb_columns() where database_name = 'looked'"
        ).fetchall()
        for table, column in columns:
            asked = f'select distinct "{column}"::varchar from looked.{table}'
            if any(look.in_text(said) for (said,) in own.execute(asked).fetchall() if said):
                yield f"{table}.{column} of {file}"
