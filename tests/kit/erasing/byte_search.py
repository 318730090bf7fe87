"""A search that knows nothing of Tend: for a name in all bytes below a folder, packed or not."""

import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
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


def found(folder: Path, names: Iterable[str]) -> list[str]:
    """Name the files, members and columns in which one of the names stands."""
    wanted = sorted({one for name in names for one in spellings(name)})
    coded = {one.encode(code, "ignore") for one in wanted for code in ENCODINGS}
    there = sorted(one for one in folder.rglob("*") if one.is_file())
    return [place for file in there for place in _in_file(file, coded, wanted)]


def _in_file(file: Path, coded: set[bytes], wanted: list[str]) -> Iterator[str]:
    data = file.read_bytes()
    if any(one in file.name.encode() for one in coded):
        yield f"name of {file}"
    for place, content in [(str(file), data), *_members(str(file), data)]:
        if any(one in content for one in coded):
            yield place
    if data[8:12] == b"DUCK":
        yield from _in_database(file, wanted)
    if data.startswith(b"ARROW1"):
        with pa.memory_map(str(file)) as source:
            said = str(pa.ipc.open_file(source).read_all().to_pylist())
        if any(one in said for one in wanted):
            yield f"cells of {file}"


def _members(place: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for member in packed.namelist():
                inside = packed.read(member)
                yield f"{place}!{member}", inside
                yield from _members(f"{place}!{member}", inside)


def _in_database(file: Path, wanted: list[str]) -> Iterator[str]:
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
            said = f'list_transform(?::varchar[], lambda one: contains("{column}"::varchar, one))'
            asked = f"select count(*) from looked.{table} where list_bool_or({said})"
            hits = own.execute(asked, [wanted]).fetchone()
            if hits and hits[0]:
                yield f"{table}.{column} of {file}"
