"""Workbooks of every kind -> sheets: the fast reader, and a second opinion where it gives up."""

import io
import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tend.ingest.reading import workbook_xml
from tend.ingest.reading.raw_sheet import Merge, RawSheet
from tend.ingest.reading.refused import RefusedError
from tend.ingest.results import Decision, Limits

if TYPE_CHECKING:
    import pyarrow as pa

Errors = Iterable[tuple[int, int, str]]


def read(source: Path, limits: Limits, *, is_zip: bool) -> list[RawSheet]:
    """Read every sheet of a workbook. Raises RefusedError where that cannot be."""
    try:
        return _read_fast(source, limits, is_zip=is_zip)
    except (RefusedError, MemoryError, ImportError, KeyboardInterrupt, SystemExit):
        raise  # a library that does not load is no fault of the file
    except BaseException as first:  # the readers raise many kinds, and panics that are no Exception
        if "password" in str(first).lower() or "encrypt" in str(first).lower():
            raise RefusedError("password_protected") from first
        if not is_zip:
            raise RefusedError("damaged", detail=_brief(first)) from first
        return _read_again(source, limits, first)


def _read_fast(source: Path, limits: Limits, *, is_zip: bool) -> list[RawSheet]:
    import fastexcel

    # By its bytes: given a path, the reader would go by the ending (K12).
    book = fastexcel.read_excel(source.read_bytes())
    names = book.sheet_names
    if not names:
        raise ValueError("no sheet")
    if len(names) > limits.sheets:
        raise RefusedError("too_many_sheets", count=len(names), limit=limits.sheets)
    decisions = workbook_xml.decisions(source) if is_zip else ()
    sheets = []
    # The reader works outside of Python's lock: the scan of the XML costs no time of its own.
    with ThreadPoolExecutor(1) as beside:
        scan = beside.submit(workbook_xml.all_marks, source, names, is_zip=is_zip)
        for name in names:
            try:
                loaded = book.load_sheet(name, header_row=None, dtypes="string")
                batch, found = loaded.to_arrow_with_errors()
            except fastexcel.FastExcelError:
                if len(names) > 1:  # one bad sheet does not spoil the book
                    sheets.append(_nothing(name))
                    continue
                raise
            mark = scan.result().get(name, workbook_xml.Marks())
            errors = [(*e.position, _error_text(e.detail)) for e in (found.errors if found else ())]
            is_hidden = loaded.visible != "visible"
            sheets.append(
                _sheet(name, batch.columns, mark, errors, decisions, limits, hidden=is_hidden)
            )
            del loaded, batch
    return sheets


def _nothing(name: str) -> RawSheet:
    import pyarrow as pa

    return RawSheet(name, False, 1, (), typed=True, cells=pa.table({}))


def _sheet(
    name: str,
    columns: "Sequence[pa.Array]",
    mark: workbook_xml.Marks,
    errors: Errors,
    decisions: Sequence[Decision],
    limits: Limits,
    *,
    hidden: bool,
) -> RawSheet:
    """Count what the XML tells from the table's own first row and column; hold to the limits."""
    import pyarrow as pa

    row, column = mark.first_row, mark.first_column
    count = len(columns[0]) if columns else 0
    if count > limits.rows:
        raise RefusedError("too_many_rows", count=count, limit=limits.rows)
    if len(columns) > limits.columns:
        raise RefusedError("too_many_columns", count=len(columns), limit=limits.columns)
    cells = {f"c{i}": c.cast(pa.string()) for i, c in enumerate(columns)}
    marked = [(r - row, c - column, t) for r, c, t in mark.errors]
    merges = (
        Merge(top - row, left - column, bottom - row, right - column)
        for top, left, bottom, right in mark.merges
    )
    return RawSheet(
        name,
        hidden,
        row,
        (*marked, *errors),
        typed=True,
        cells=pa.table(cells),
        decisions=tuple(decisions),
        merges=tuple(merges),
        first_column=column,
    )


def _error_text(detail: str) -> str:
    """Give an error as the spreadsheet shows it; the reader says "... got 'Error(Ref)'"."""
    from tend.schema.words import folded, vocabulary  # few workbooks need them, and none its start

    match = re.search(r"Error\((\w+)\)", detail)
    return vocabulary("reader_errors").get(folded(match[1]), "#N/A") if match else "#N/A"


def _read_again(source: Path, limits: Limits, first: BaseException) -> list[RawSheet]:
    """Ask openpyxl for a second opinion: it opens some files the first reader refuses."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(source.read_bytes()), data_only=True)
        pages = book.worksheets
        if len(pages) > limits.sheets:
            raise RefusedError("too_many_sheets", count=len(pages), limit=limits.sheets)
        marks = workbook_xml.marks(source, [ws.title for ws in pages])
        return [_second_opinion(ws, marks.get(ws.title), limits) for ws in pages]
    except (RefusedError, MemoryError, ImportError):
        raise
    except Exception as second:  # whatever it is, both readers gave up
        raise RefusedError("damaged", detail=_brief(first)) from second


def _second_opinion(
    ws: Any,  # openpyxl has no types of its own
    mark: workbook_xml.Marks | None,
    limits: Limits,
) -> RawSheet:
    import pyarrow as pa

    if ws.max_column > limits.columns:
        raise RefusedError("too_many_columns", count=ws.max_column, limit=limits.columns)
    if ws.max_row > limits.rows:
        raise RefusedError("too_many_rows", count=ws.max_row, limit=limits.rows)
    at = workbook_xml.Marks(1, 1, mark.errors if mark else (), mark.merges if mark else ())
    rows, errors = [], []
    for r, row in enumerate(ws.iter_rows()):
        rows.append([None if c.value is None or c.data_type == "e" else str(c.value) for c in row])
        errors += [(r, i, str(c.value)) for i, c in enumerate(row) if c.data_type == "e"]
    columns = [pa.array(c, pa.string()) for c in zip(*rows, strict=True)]
    decided = (Decision("", "second_reader"),)
    return _sheet(
        ws.title, columns, at, errors, decided, limits, hidden=ws.sheet_state != "visible"
    )


def _brief(error: BaseException) -> str:
    """Give an error's first line, which names no path of ours."""
    return (str(error).splitlines() or [""])[0][:120]
