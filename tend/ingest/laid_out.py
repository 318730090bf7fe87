"""A sheet as it lies in the file -> the sheet on its way: its header, its rows, its columns."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow.compute as pc

from tend import schema
from tend.ingest.cells import arrays
from tend.ingest.cells.arrays import Mask
from tend.ingest.checking import width
from tend.ingest.laying_out import (
    error_cells,
    header_lines,
    merged,
    skipped,
    stray_quotes,
    sums,
)
from tend.ingest.laying_out.body import Body, below
from tend.ingest.mapping import clocks, foreign, matrix, suggest
from tend.ingest.mapping.choice import choose
from tend.ingest.mapping.confirmed import missing
from tend.ingest.reading.raw_sheet import RawSheet
from tend.ingest.results import Known, Options, Remembered, SheetResult
from tend.ingest.sheet import REJECTED, WARNING, Sheet
from tend.language.errors import TendError
from tend.schema import DATASETS
from tend.schema import headers as names
from tend.schema.words import normal

Chosen = TypeVar("Chosen")
_ROWS_NAMED = 8  # of each kind of rows that are no data


def open_sheet(raw: RawSheet, known: Known, options: Options) -> Sheet | SheetResult:
    """Find header, data set, columns and rows of a sheet; or say why it is not read."""
    chosen = _of_sheet(options.mappings, raw.name)
    forced = chosen.dataset if chosen else _of_sheet(options.datasets, raw.name)
    if forced and forced not in DATASETS:
        raise TendError("unknown_dataset_name", name=forced, known=", ".join(DATASETS))
    if raw.hidden and forced is None:
        return _not_read(raw, "hidden_sheet")
    if raw.cells.num_rows == 0 or raw.cells.num_columns == 0:
        return _not_read(raw, "empty_sheet")
    wanted = frozenset(map(normal, chosen.columns if chosen else ()))
    fewest = 1 if forced else 2
    header = header_lines.find(raw.cells, raw.merges, wanted, fewest, raw.name)
    header = header or header_lines.likely(raw.cells, sure=forced is not None)
    if header is None:
        return _not_read(raw, "no_header")
    body = stray_quotes.without(below(raw.cells, header, raw.errors), raw.strays)
    is_matrix = matrix.is_one(body.headers, header.months, forced)
    stable = matrix.without(body.headers, header.months) if is_matrix else body.headers
    confirmed = _confirmed(chosen, known.mappings.get(names.fingerprint(stable)), forced)
    is_known = bool(forced or confirmed or is_matrix)
    if not is_known and (kind := foreign.named(body.headers, raw.called, body.cells)):
        return _not_read(raw, f"foreign_{kind}", body)
    choice = (
        matrix.chosen(body, raw.called, header, forced, confirmed)
        if is_matrix
        else choose(body.headers, raw.called, body.cells, forced=forced, confirmed=confirmed)
    )
    if choice is None:
        return _not_read(raw, "unknown_dataset", body)
    columns = DATASETS[choice.dataset].columns
    dates = frozenset(p for c, p in choice.columns.items() if columns[c].kind.cells == "date")
    body, errors = error_cells.take_out(body, raw.errors)
    filled = merged.fill(body, raw.merges, choice.sums, choice.id_at)
    body = filled.body
    row_no = np.arange(body.rows) + raw.first_row + body.first
    kinds = skipped.lines(body, dates, error_cells.rows(errors, body.rows))
    if is_matrix:
        kinds = sums.told(body, header.months, kinds)
    skip = np.logical_or.reduce(list(kinds.values()))
    answers = confirmed.answers if confirmed else {}
    sheet = Sheet(raw, body, choice, skip, row_no, errors=errors, answers=answers)
    sheet.titles = header.above
    sheet.statuses, sheet.reasons, sheet.sizes = known.statuses, known.reasons, known.sizes
    sheet.said = chosen.answers if chosen else {}
    _tell_merged(sheet, filled)
    _tell_header(sheet, header, chosen, confirmed)
    _tell_matrix(sheet, header)
    for code, position, params in choice.told:
        sheet.decide(code, position, **params)
    _join_time(sheet)
    _cut_long_cells(sheet, options.limits.cell_characters)
    width.check(sheet)
    if not is_matrix:
        _tell_lookalike(sheet)
    _tell_strays(sheet)
    _tell_skipped(sheet, kinds)
    return sheet


def _confirmed(
    chosen: Remembered | None, before: Remembered | None, forced: str | None
) -> Remembered | None:
    """Join what is chosen now and what was confirmed before; now wins."""
    if before is None or (forced and before.dataset != forced):
        return chosen
    if chosen is None:
        return before
    return chosen.over(before)


def _tell_matrix(sheet: Sheet, header: header_lines.Header) -> None:
    """Say what a matrix of months holds and which columns are none; ask where nothing tells."""
    found, choice = sheet.choice.months, sheet.choice
    if not found:
        return
    first, last = min(found.values()), max(found.values())
    sheet.decide(f"matrix_{choice.kind}", first=f"{first:%Y-%m}", last=f"{last:%Y-%m}")
    if matrix.said(header.above, sheet.body.headers) is None or "matrix" in sheet.answers:
        others = (kind for kind in matrix.KINDS if kind != choice.kind)
        sheet.ask("matrix", (choice.kind, *others), count=str(len(found)))
    rest = [h for p, h in enumerate(sheet.body.headers) if h and p not in choice.positions]
    if rest:
        sheet.decide("matrix_left_out", columns=", ".join(rest[:_ROWS_NAMED]))


def _tell_skipped(sheet: Sheet, kinds: Mapping[str, Mask]) -> None:
    """Name the rows that are no data, and why: nothing is dropped without a word."""
    for kind, rows in kinds.items():
        numbers = sheet.row_no[rows]
        if len(numbers):
            more = " …" if len(numbers) > _ROWS_NAMED else ""
            named = ", ".join(map(str, numbers[:_ROWS_NAMED])) + more
            sheet.decide(f"skipped_{kind}", rows=named)


def _tell_header(
    sheet: Sheet,
    header: header_lines.Header,
    chosen: Remembered | None,
    confirmed: Remembered | None,
) -> None:
    """Say where the header was found and whose mapping is used."""
    row = sheet.raw.first_row + header.at
    if len(header.lines) == 2:
        sheet.decide("header_two_lines", row=str(row - 1), last=str(row))
    elif row > 1:
        sheet.decide("header_row", row=str(row))
    for position, name in enumerate(sheet.body.headers):
        if len(name) == names.LONGEST and name.endswith(header_lines.CUT):
            sheet.decide("header_cut", position, limit=str(names.LONGEST))
    if confirmed:
        sheet.decide("mapping_chosen" if chosen else "mapping_remembered")
    for name in missing(sheet.body.headers, chosen):
        sheet.find_in_sheet("mapped_header_missing", column=name)


def _of_sheet(by_sheet: Mapping[str, Chosen], sheet: str) -> Chosen | None:
    """Find what was chosen for a sheet; a CSV's is called by its file, with or without ending."""
    return by_sheet.get(sheet) or by_sheet.get(Path(sheet).stem)


def _not_read(raw: RawSheet, reason: str, body: Body | None = None) -> SheetResult:
    """List a sheet that is not read: all its rows are skipped (K10)."""
    rows = raw.cells.num_rows if body is None else body.rows
    headers = () if body is None else body.headers
    return SheetResult(
        raw.name,
        None,
        reason,
        rows,
        0,
        0,
        rows,
        0,
        headers=headers,
        unused=tuple(h for h in headers if h),
        fingerprint=names.fingerprint(headers) if headers else "",
        decisions=raw.decisions,
        samples={} if body is None else suggest.samples(body),
    )


def _join_time(sheet: Sheet) -> None:
    """Let a time of day that stands by itself belong to the day beside it."""
    clock, moment = sheet.choice.clock, schema.moment(sheet.choice.dataset)
    if clock is not None and moment and moment in sheet.choice.columns:
        at = sheet.choice.columns[moment]
        sheet.body = clocks.joined(sheet.body, at, clock)
        sheet.decide("time_joined", clock, day=sheet.body.headers[at])


def _tell_lookalike(sheet: Sheet) -> None:
    """Warn where contracts may be invoices or payments: the reader knows, we do not."""
    if sheet.choice.dataset == "contracts" and (found := foreign.like(sheet.body, sheet.choice)):
        kind, columns = found
        sheet.find_in_sheet(f"may_be_{kind}", columns=", ".join(columns))


def _tell_merged(sheet: Sheet, filled: merged.Filled) -> None:
    """Note what was filled and what could not be."""
    if filled.count:
        sheet.decide("merged", count=str(filled.count))
    for position, rows in filled.unclear.items():
        is_amount = sheet.choice.columns.get("amount") == position
        sheet.find(rows, "merged_sum", REJECTED if is_amount else WARNING, position)


def _cut_long_cells(sheet: Sheet, longest: int) -> None:
    """Cut cells no spreadsheet could hold, with a warning (K11)."""
    cells = list(sheet.body.cells)
    for position, column in enumerate(cells):
        if (pc.max(pc.binary_length(column)).as_py() or 0) <= longest:
            continue
        length = pc.utf8_length(column)
        if pc.max(length).as_py() > longest:
            cells[position] = pc.utf8_slice_codeunits(column, 0, longest)
            sheet.find(arrays.mask(pc.greater(length, longest)), "cell_cut", WARNING, position)
    sheet.body = replace(sheet.body, cells=tuple(cells))


def _tell_strays(sheet: Sheet) -> None:
    """Warn of quotes nobody closed, each at its row; those above the table are told, too."""
    by_column: dict[int, list[int]] = {}
    for row, column in stray_quotes.inside(sheet.body, sheet.raw.strays):
        by_column.setdefault(column, []).append(row)
    for column, rows in by_column.items():
        mask = np.zeros(sheet.body.rows, bool)
        mask[rows] = True
        sheet.find(mask, "stray_quote", WARNING, column)
    for row, _ in sheet.raw.strays:
        if row < sheet.body.first:
            sheet.decide("stray_quote", row=str(sheet.raw.first_row + row))
