"""What the tests of reading share: sheets made from rows, files made from rows."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest

from tend.ingest import pipeline
from tend.ingest.reading.raw_sheet import RawSheet
from tend.ingest.results import Known, Options, SheetResult

Rows = Sequence[Sequence[object]]
Check = Callable[..., SheetResult]


def sheet(rows: Rows, name: str = "Sheet1", *, typed: bool = True) -> RawSheet:
    """Make what the reader gives for a sheet of these rows."""
    width = max(map(len, rows))
    cells = [
        [None if v is None else str(v) for v in (*row, *[None] * (width - len(row)))]
        for row in rows
    ]
    columns = {f"c{i}": pa.array(c, pa.string()) for i, c in enumerate(zip(*cells, strict=True))}
    return RawSheet(name, False, 1, (), typed, pa.table(columns))


def check_all(
    sheets: Mapping[str, Rows],
    known: Known | None = None,
    options: Options | None = None,
    *,
    typed: bool = True,
) -> dict[str, SheetResult]:
    """Map and check sheets of one file without the reader's process."""
    made = [sheet(rows, name, typed=typed) for name, rows in sheets.items()]
    results = pipeline.check_sheets(
        made, known or Known(), options or Options(), lambda _s, _f: None
    )
    return {result.name: result for result in results}


@pytest.fixture
def check() -> Check:
    """Map and check one sheet."""

    def run(
        rows: Rows,
        known: Known | None = None,
        options: Options | None = None,
        *,
        typed: bool = True,
    ) -> SheetResult:
        return check_all({"Sheet1": rows}, known, options, typed=typed)["Sheet1"]

    return run


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Mapping[str, Rows]], Path]:
    """Write a workbook of these sheets."""

    def run(sheets: Mapping[str, Rows]) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, rows in sheets.items():
            page = book.create_sheet(name)
            for row in rows:
                page.append(list(row))
        path = tmp_path / "book.xlsx"
        book.save(path)
        return path

    return run


def codes(result: SheetResult) -> list[tuple[int | None, str]]:
    """Give row and code of each problem."""
    return [(p.row, p.code) for p in result.problems]


def facts(result: SheetResult) -> list[dict[str, object]]:
    """Give the facts as rows without their blanks."""
    assert result.facts is not None
    return [{k: v for k, v in row.items() if v is not None} for row in result.facts.to_pylist()]
