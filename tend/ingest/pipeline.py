"""The sheets of a file from cells to facts: lay out, map, type, check; every row counts once.

A contract list that also tells customers' attributes (industry, size, CSM ...) is a contract list
whose `also` holds the customers' facts, one per customer, taken from its accepted rows: the last
value given wins. Its rows are counted once, as contracts. Where the file has a customer list of its
own, that list speaks for the customers, and the attributes beside the contracts are "not used".
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from tend.ingest import across, finished_sheet, laid_out
from tend.ingest.checking import customers, one_row, owners, same_fact, sizes, status, typed
from tend.ingest.checking.columns import currencies
from tend.ingest.mapping import side_by_side
from tend.ingest.mapping.choice import settle_customer
from tend.ingest.reading.raw_sheet import RawSheet
from tend.ingest.results import Known, Options, SheetResult
from tend.ingest.sheet import Sheet
from tend.schema import DATASETS

Progress = Callable[[str, float], None]


def named(sheets: Iterable[RawSheet], file: str) -> list[RawSheet]:
    """Tell the sheets their file; that of a text file, which has no name, is called by it."""
    return [replace(sheet, name=sheet.name or file, file=file) for sheet in sheets]


def tables(sheets: Iterable[RawSheet]) -> list[RawSheet]:
    """Give the tables of a file: what stands side by side in a sheet is several."""
    return [table for raw in sheets for table in side_by_side.tables(raw)]


def check_sheets(
    sheets: Sequence[RawSheet], known: Known, options: Options, report: Progress
) -> list[SheetResult]:
    """Lay out, map, type and check the sheets of one file."""
    opened = [laid_out.open_sheet(raw, known, options) for raw in tables(sheets)]
    read = [sheet for sheet in opened if isinstance(sheet, Sheet)]
    lists = [sheet for sheet in read if sheet.choice.dataset == "customers"]
    for sheet in lists:
        _check_rows(sheet, options)
    book = customers.book(known, lists)
    for number, sheet in enumerate(sheet for sheet in read if sheet not in lists):
        sheet.choice = settle_customer(sheet.choice, sheet.body, book.ids, book.names)
        if lists:
            sheet.choice = replace(sheet.choice, also={})
        _check_rows(sheet, options)
        report("checking", 0.5 + 0.3 * (number + 1) / len(read))
    book = customers.book(known, read)
    for sheet in read:
        customers.check(sheet, book)
    for dataset in DATASETS:
        lists = [s for s in read if s.choice.dataset == dataset and not s.choice.months]
        same_fact.check(lists, book)
    for sheet in read:
        if sheet.choice.months:
            across.check(sheet)
    currencies.check([s for s in read if s.choice.dataset == "contracts"], known.currencies)
    for sheet in read:
        sheet.tell_unasked()
    report("checking", 0.9)
    results = [finished_sheet.finish(one) if isinstance(one, Sheet) else one for one in opened]
    report("checked", 1.0)
    return results


def _check_rows(sheet: Sheet, options: Options) -> None:
    owners.settle(sheet)
    typed.type_columns(sheet, options)
    status.check(sheet)
    sizes.check(sheet)
    one_row.check(sheet)
