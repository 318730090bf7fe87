"""Which rows bear the same key: every row gets a number, rows of one key the same."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.draft import Draft
from tend.ingest.facts import SCHEMAS

Codes = np.ndarray[tuple[int], np.dtype[np.int64]]
Names = Mapping[str, frozenset[str]]
_KEYS: Mapping[str, tuple[str, ...]] = {
    "customers": (),
    "contracts": ("product", "start_date", "end_date"),
    "usage": ("period_start", "granularity", "measure"),
    "surveys": ("answered_on", "respondent"),
    "touches": ("touched_on", "kind", "csm", "note"),
    "stages": ("stage", "entered_on"),
    "tickets": ("opened_on", "subject"),
    "tasks": ("task", "made_on"),
}
_OWN = {
    "contracts": "contract_id",
    "tickets": "ticket_id",
    "tasks": "task_id",
    "stages": "contract_id",
}
_LARGEST = 2**62


def codes(drafts: Sequence[Draft], names: Names) -> Codes:
    """Number the accepted rows of some sheets of one data set, one sheet after the other."""
    masks = [pa.array(draft.accepted()) for draft in drafts]

    def whole(column: Callable[[Draft], pa.Array]) -> pa.Array:
        return pa.concat_arrays([column(d).filter(m) for d, m in zip(drafts, masks, strict=True)])

    dataset = drafts[0].choice.dataset
    found = _encoded(whole(lambda d: customers(d, names)))
    own = _OWN.get(dataset)
    numbers = None if own is None else _encoded(_lower(whole(lambda d: d.column(own, pa.string()))))
    if numbers is not None and dataset == "stages":
        found = _instead(numbers, found)
    for name in _KEYS[dataset]:
        part = whole(lambda d, n=name: _part(d, n))  # type: ignore[misc]
        found = _combined(found, _encoded(part))
    return found if numbers is None or dataset == "stages" else _instead(numbers, found)


def customers(draft: Draft, names: Names) -> pa.Array:
    """Name each row's customer alike, whether the row says the id or the name."""
    ids, keys = draft.column("customer_id", pa.string()), draft.column("name_key", pa.string())
    if ids.null_count == 0:
        return ids
    encoded = keys.dictionary_encode()
    resolved = [
        next(iter(names[k])) if len(names.get(k, ())) == 1 else f"\x1e{k}"
        for k in encoded.dictionary.to_pylist()
    ]
    return pc.coalesce(ids, pa.array(resolved, pa.string()).take(encoded.indices))


def _part(draft: Draft, name: str) -> pa.Array:
    """Give a column of the key; letters' case is ignored."""
    column = draft.column(name, SCHEMAS[draft.choice.dataset].field(name).type)
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
