"""Which rows bear the same key: every row gets a number, rows of one key the same."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend import schema
from tend.ingest.cells.arrays import Mask
from tend.ingest.sheet import Sheet
from tend.schema.fact_tables import TABLES

Codes = np.ndarray[tuple[int], np.dtype[np.int64]]
Names = Mapping[str, frozenset[str]]
_LARGEST = 2**62


class Rows:
    """The accepted rows of some sheets of one data set, one sheet after the other."""

    def __init__(self, sheets: Sequence[Sheet], names: Names) -> None:
        self.sheets = sheets
        self.dataset = sheets[0].dataset
        self._names = names
        self._masks = [sheet.accepted() for sheet in sheets]

    def __len__(self) -> int:
        return int(sum(mask.sum() for mask in self._masks))

    def at(self, place: int) -> tuple[Sheet, int]:
        """Give the sheet of a row, and which of its rows it is."""
        return self.sheets[self._of_sheet[place]], int(self._of_row[place])

    @cached_property
    def _of_sheet(self) -> Codes:
        return np.repeat(np.arange(len(self.sheets)), [int(mask.sum()) for mask in self._masks])

    @cached_property
    def _of_row(self) -> Codes:
        return np.concatenate([np.flatnonzero(mask) for mask in self._masks])

    def by_sheet(self, found: Mask) -> Iterator[tuple[Sheet, Mask]]:
        """Give each sheet with those of its rows that are found."""
        for number, (sheet, accepted) in enumerate(zip(self.sheets, self._masks, strict=True)):
            mask = np.zeros(len(accepted), bool)
            mask[self._of_row[(self._of_sheet == number) & found]] = True
            yield sheet, mask

    @cached_property
    def lists(self) -> Codes:
        """Number the lists: sheets of the same columns are one, cut by month or by person."""
        known: dict[frozenset[str], int] = {}
        for sheet in self.sheets:
            known.setdefault(frozenset(sheet.choice.columns), len(known))
        own = [known[frozenset(sheet.choice.columns)] for sheet in self.sheets]
        return np.array(own, np.int64)[self._of_sheet]

    def column(self, name: str) -> Codes:
        """Number the values of a column; letters' case is ignored, but in ids (M7)."""
        return encoded(self.whole(lambda sheet: _part(sheet, name)))

    @cached_property
    def customer(self) -> Codes:
        """Number the customers, whether a row says the id or the name."""
        return encoded(self.whole(lambda sheet: customers(sheet, self._names)))

    def has(self, name: str) -> Mask:
        """Tell which rows have a value in a column."""
        found = zip(self.sheets, self._masks, strict=True)
        return np.concatenate([sheet.has(name)[mask] for sheet, mask in found])

    def put(self, name: str, values: Codes) -> None:
        """Give each row its number in a column of the facts."""
        for number, (sheet, mask) in enumerate(zip(self.sheets, self._masks, strict=True)):
            whole = np.zeros(len(mask), np.int32)
            whole[mask] = values[self._of_sheet == number]
            sheet.typed[name] = pa.array(whole, pa.int32(), mask=~mask)

    def of(self, said: Callable[[Sheet], bool]) -> Mask:
        """Tell which rows are of sheets of which something is so."""
        return np.array([said(sheet) for sheet in self.sheets])[self._of_sheet]

    def whole(self, column: Callable[[Sheet], pa.Array]) -> pa.Array:
        """Give a column of all rows."""
        found = zip(self.sheets, self._masks, strict=True)
        return pa.concat_arrays([column(sheet).filter(pa.array(mask)) for sheet, mask in found])

    def key(self) -> Codes:
        """Number the keys: the row's own number where it has one, else the columns of the key."""
        whole = reduce(combined, map(self._of, self.dataset.key))
        if self.dataset.id is None:
            return whole
        own = self.column(self.dataset.id)
        if self.dataset.lines:
            own = np.where(own > 0, dense(self._line(combined(self.customer, own))) + 1, 0)
        return np.where(own > 0, own, whole + int(own.max(initial=0)) + 1)

    def _of(self, part: str) -> Codes:
        if part == "customer":
            return self.customer
        columns = [name for name in schema.key_columns(part) if name != "customer_id"]
        own = reduce(combined, map(self.column, columns))
        return combined(self.customer, own) if part == "contract" else own

    def _line(self, numbers: Codes) -> Codes:
        """Tell the lines of a number apart, where one list has several of it (M3)."""
        numbers = dense(numbers)
        lines = dense(reduce(combined, map(self.column, self.dataset.lines)))
        most = distinct(combined(numbers, self.lists), lines)
        has_lines = np.isin(numbers, numbers[most > 1])
        return combined(numbers, np.where(has_lines, lines + 1, 0))


def customers(sheet: Sheet, names: Names) -> pa.Array:
    """Name each row's customer alike, whether the row says the id or the name."""
    ids, keys = sheet.column("customer_id", pa.string()), sheet.column("name_key", pa.string())
    if ids.null_count == 0:
        return ids
    by_key = keys.dictionary_encode()
    resolved = [
        next(iter(names[k])) if len(names.get(k, ())) == 1 else f"\x1e{k}"
        for k in by_key.dictionary.to_pylist()
    ]
    return pc.coalesce(ids, pa.array(resolved, pa.string()).take(by_key.indices))


def _part(sheet: Sheet, name: str) -> pa.Array:
    column = sheet.column(name, TABLES[sheet.choice.dataset].field(name).type)
    if pa.types.is_date(column.type):
        return pc.cast(column, pa.int32())
    if not pa.types.is_string(column.type) or _is_id(sheet, name):
        return column
    by_text = column.dictionary_encode()
    return pc.utf8_lower(by_text.dictionary).take(by_text.indices)


def _is_id(sheet: Sheet, name: str) -> bool:
    known = sheet.dataset.columns.get(name)
    return known is not None and known.kind.name == "id"


def encoded(column: pa.Array) -> Codes:
    """Number the distinct values from 1; 0 is a blank."""
    indices = column.dictionary_encode().indices
    found: Codes = pc.fill_null(indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return found + 1


def combined(one: Codes, two: Codes) -> Codes:
    """Number the pairs of two numbers."""
    width = int(two.max(initial=0)) + 1
    if int(one.max(initial=0)) * width >= _LARGEST:
        one = dense(one)
    return one * width + two


def dense(codes: Codes) -> Codes:
    """Number the distinct numbers from 0."""
    found: Any = np.unique(codes, return_inverse=True)[1]
    return np.asarray(found, np.int64)


def places(codes: Codes) -> Codes:
    """Give each row its place among those of its number, from 1."""
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    begins = np.flatnonzero(np.diff(ordered, prepend=-1))
    first = np.repeat(begins, np.diff(begins, append=len(codes)))
    found = np.empty(len(codes), np.int64)
    found[order] = np.arange(len(codes)) - first + 1
    return found


def distinct(of: Codes, what: Codes) -> Codes:
    """Count for each row how many different ones there are of its number."""
    of = dense(of)
    first = np.unique(combined(of, what), return_index=True)[1]
    counts = np.bincount(of[first], minlength=int(of.max(initial=0)) + 1)
    return np.asarray(counts[of], np.int64)


def firsts(codes: Codes) -> Codes:
    """Give each row the place of the first row of its number."""
    _, first, back = np.unique(codes, return_index=True, return_inverse=True)
    return np.asarray(first[back], np.int64)
