"""The sheets of a file from cells to facts: lay out, map, type, check; every row counts once.

A contract list that also tells customers' attributes (industry, size, CSM ...) is a contract list
whose `also` holds the customers' facts, one per customer, taken from its accepted rows: the last
value given wins. Its rows are counted once, as contracts. Where the file has a customer list of its
own, that list speaks for the customers, and the attributes beside the contracts are "not used".
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from tend.ingest import facts
from tend.ingest.cells import error_cells
from tend.ingest.cells.values import Mask
from tend.ingest.checking import check, typing_rules
from tend.ingest.draft import Draft
from tend.ingest.laying_out import header_lines, layout, merged, width
from tend.ingest.mapping import mapping, suggest
from tend.ingest.mapping.told import missing
from tend.ingest.model import Known, Options, Remembered, SheetResult
from tend.ingest.reading.sheet import Sheet
from tend.language.errors import TendError
from tend.schema import DATASETS
from tend.schema import headers as names
from tend.schema.words import normal

Progress = Callable[[str, float], None]
Told = TypeVar("Told")
_ROWS_NAMED = 8  # of each kind of rows that are no data


def named(sheets: Iterable[Sheet], file: str) -> list[Sheet]:
    """Call the sheet of a text file, which has no name, by its file."""
    return [replace(sheet, name=sheet.name or file) for sheet in sheets]


def check_sheets(
    sheets: Sequence[Sheet], known: Known, options: Options, report: Progress
) -> list[SheetResult]:
    """Lay out, map, type and check the sheets of one file."""
    laid_out = [_draft(sheet, known, options) for sheet in sheets]
    drafts = [d for d in laid_out if isinstance(d, Draft)]
    lists = [d for d in drafts if d.choice.dataset == "customers"]
    for draft in lists:
        typing_rules.type_columns(draft, options)
    book = check.customer_book(known, lists)
    if lists:
        for draft in drafts:
            draft.choice = replace(draft.choice, also={})
    for number, draft in enumerate(d for d in drafts if d not in lists):
        body = draft.body
        draft.choice = mapping.settle_customer(
            draft.choice, body.headers, body.cells, book.ids, book.names
        )
        typing_rules.type_columns(draft, options)
        report("checking", 0.5 + 0.3 * (number + 1) / len(drafts))
    book = check.customer_book(known, drafts)
    for draft in drafts:
        check.check_customers(draft, book)
    for dataset in DATASETS:
        check.check_keys([d for d in drafts if d.choice.dataset == dataset], book)
    report("checking", 0.9)
    results = [facts.finish(d) if isinstance(d, Draft) else d for d in laid_out]
    report("checked", 1.0)
    return results


def _draft(sheet: Sheet, known: Known, options: Options) -> Draft | SheetResult:
    told = _of_sheet(options.mappings, sheet.name)
    forced = told.dataset if told else _of_sheet(options.datasets, sheet.name)
    if forced and forced not in DATASETS:
        raise TendError("unknown_dataset_name", name=forced, known=", ".join(DATASETS))
    if sheet.hidden and forced is None:
        return _not_read(sheet, "hidden_sheet")
    if sheet.cells.num_rows == 0 or sheet.cells.num_columns == 0:
        return _not_read(sheet, "empty_sheet")
    wanted = frozenset(map(normal, told.columns if told else ()))
    header = header_lines.find(sheet.cells, sheet.merges, wanted, fewest=1 if forced else 2)
    header = header or header_lines.likely(sheet.cells, sure=forced is not None)
    if header is None:
        return _not_read(sheet, "no_header")
    body = layout.body(sheet.cells, header)
    confirmed = told or known.mappings.get(names.fingerprint(body.headers))
    if not told and forced and confirmed and confirmed.dataset != forced:
        confirmed = None
    choice = mapping.choose(body.headers, sheet.name, body.cells, forced=forced, told=confirmed)
    if choice is None:
        return _not_read(sheet, "unknown_dataset", body)
    columns = DATASETS[choice.dataset].columns
    dates = frozenset(p for c, p in choice.columns.items() if columns[c].kind.cells == "date")
    body, errors = error_cells.take_out(body, sheet.errors)
    filled = merged.fill(body, choice, sheet.merges)
    body = filled.body
    row_no = np.arange(body.rows) + sheet.first_row + body.first
    kinds = layout.skipped(body, dates, error_cells.rows(errors, body.rows))
    skip = np.logical_or.reduce(list(kinds.values()))
    draft = Draft(sheet, sheet.name, body, choice, skip, row_no, errors=errors)
    merged.tell(draft, filled)
    _tell_header(draft, header, told, confirmed)
    typing_rules.cut_long_cells(draft, options.limits.cell_characters)
    width.check(draft)
    _tell_skipped(draft, kinds)
    return draft


def _tell_skipped(draft: Draft, kinds: Mapping[str, Mask]) -> None:
    """Name the rows that are no data, and why: nothing is dropped without a word."""
    for kind, rows in kinds.items():
        numbers = draft.row_no[rows]
        if len(numbers):
            more = " …" if len(numbers) > _ROWS_NAMED else ""
            named = ", ".join(map(str, numbers[:_ROWS_NAMED])) + more
            draft.decide(f"skipped_{kind}", rows=named)


def _tell_header(
    draft: Draft, header: header_lines.Header, told: Remembered | None, confirmed: Remembered | None
) -> None:
    """Say where the header was found and whose mapping is used."""
    row = draft.sheet.first_row + header.at
    if len(header.lines) == 2:
        draft.decide("header_two_lines", row=str(row - 1), last=str(row))
    elif row > 1:
        draft.decide("header_row", row=str(row))
    for position, name in enumerate(draft.body.headers):
        if len(name) == header_lines.LONGEST and name.endswith(header_lines.CUT):
            draft.decide("header_cut", position, limit=str(header_lines.LONGEST))
    if confirmed:
        draft.decide("mapping_chosen" if told else "mapping_remembered")
    for name in missing(draft.body.headers, told):
        draft.find_in_sheet("mapped_header_missing", column=name)


def _of_sheet(by_sheet: Mapping[str, Told], sheet: str) -> Told | None:
    """Find what was told about a sheet; a CSV's is called by its file, with or without ending."""
    return by_sheet.get(sheet) or by_sheet.get(Path(sheet).stem)


def _not_read(sheet: Sheet, reason: str, body: layout.Body | None = None) -> SheetResult:
    """List a sheet that is not read: all its rows are skipped (K10)."""
    rows = sheet.cells.num_rows if body is None else body.rows
    headers = () if body is None else body.headers
    return SheetResult(
        sheet.name,
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
        decisions=sheet.decisions,
        samples={} if body is None else suggest.samples(body),
    )
