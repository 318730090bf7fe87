"""Which rows bear the same key: every row gets a number, rows of one key the same."""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend import schema
from tend.ingest.sheet import Sheet
from tend.schema.facts import TABLES

Codes = np.ndarray[tuple[int], np.dtype[np.int64]]
Names = Mapping[str, frozenset[str]]
_LARGEST = 2**62


def codes(sheets: Sequence[Sheet], names: Names) -> Codes:
    """Number the accepted rows of some sheets of one data set, one sheet after the other."""
    masks = [pa.array(sheet.accepted()) for sheet in sheets]

    def whole(column: Callable[[Sheet], pa.Array]) -> pa.Array:
        return pa.concat_arrays([column(d).filter(m) for d, m in zip(sheets, masks, strict=True)])

    def column(name: str) -> Codes:
        return _encoded(whole(lambda sheet: _part(sheet, name)))

    def part(name: str) -> Codes:
        if name not in ("customer", "contract"):
            return reduce(_combined, map(column, schema.key_columns(name)))
        customer = _encoded(whole(lambda sheet: customers(sheet, names)))
        return customer if name == "customer" else _instead(column("contract_id"), customer)

    dataset = sheets[0].dataset
    key = reduce(_combined, map(part, dataset.key))
    return key if dataset.id is None else _instead(column(dataset.id), key)


def customers(sheet: Sheet, names: Names) -> pa.Array:
    """Name each row's customer alike, whether the row says the id or the name."""
    ids, keys = sheet.column("customer_id", pa.string()), sheet.column("name_key", pa.string())
    if ids.null_count == 0:
        return ids
    encoded = keys.dictionary_encode()
    resolved = [
        next(iter(names[k])) if len(names.get(k, ())) == 1 else f"\x1e{k}"
        for k in encoded.dictionary.to_pylist()
    ]
    return pc.coalesce(ids, pa.array(resolved, pa.string()).take(encoded.indices))


def _part(sheet: Sheet, name: str) -> pa.Array:
    """Give a column of the key; letters' case is ignored."""
    column = sheet.column(name, TABLES[sheet.choice.dataset].field(name).type)
    if pa.types.is_date(column.type):
        return pc.cast(column, pa.int32())
    return pc.cast(_lower(column), pa.string())


def _lower(column: pa.Array) -> pa.Array:
    encoded = column.dictionary_encode()
    return pc.utf8_lower(encoded.dictionary).take(encoded.indices)


def _encoded(column: pa.Array) -> Codes:
    """Number the distinct values from 1; 0 is a blank."""
    indices = column.dictionary_encode().indices
    found: Codes = pc.fill_null(indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return found + 1


def _combined(one: Codes, two: Codes) -> Codes:
    width = int(two.max(initial=0)) + 1
    if int(one.max(initial=0)) * width >= _LARGEST:
        one = np.unique(one, return_inverse=True)[1].astype(np.int64)
    return one * width + two


def _instead(numbers: Codes, other: Codes) -> Codes:
    """Take the number a row bears itself, where it has one."""
    return np.where(numbers > 0, numbers, other + int(numbers.max(initial=0)) + 1)
