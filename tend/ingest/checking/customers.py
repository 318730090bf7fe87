"""Whom a row is about: names that two customers bear, names that are ids (K4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.cells import arrays
from tend.ingest.results import Known
from tend.ingest.sheet import REJECTED, Sheet
from tend.schema import CUSTOMER


@dataclass(frozen=True)
class Book:
    """The customers that the workspace and the customer lists of this file know."""

    ids: frozenset[str]
    names: Mapping[str, frozenset[str]]


def book(known: Known, sheets: Iterable[Sheet]) -> Book:
    """Join what is known with the customers this file brings."""
    telling = [d for d in sheets if d.choice.dataset == "customers" or d.choice.also]
    if not telling:
        return Book(known.ids, known.names)
    ids = set(known.ids)
    names = {key: set(found) for key, found in known.names.items()}
    for sheet in telling:
        rows = pa.array(sheet.accepted())
        columns = [sheet.column(c, pa.string()).filter(rows) for c in (*CUSTOMER, "name_key")]
        # Those with an id come first: a row that has only a name may mean one of them.
        listed = set(zip(*(column.to_pylist() for column in columns), strict=True))
        for id_, name, key in sorted(listed, key=lambda customer: customer[0] is None):
            if id_ is None and key in names:
                continue
            ids.add(id_ or name)
            if key:
                names.setdefault(key, set()).add(id_ or name)
    return Book(frozenset(ids), {k: frozenset(v) for k, v in names.items()})


def check(sheet: Sheet, book: Book) -> None:
    """Reject names that two customers bear."""
    _read_names_as_ids(sheet, book)
    ids, name_keys = sheet.column("customer_id", pa.string()), sheet.column("name_key", pa.string())
    by_name = arrays.mask(pc.and_(pc.is_null(ids), pc.is_valid(name_keys)))
    twice = pa.array([k for k, found in book.names.items() if len(found) > 1], pa.string())
    sheet.find(
        by_name & arrays.mask(pc.is_in(name_keys, value_set=twice)),
        "ambiguous_name",
        REJECTED,
        "customer_name",
    )


def _read_names_as_ids(sheet: Sheet, book: Book) -> None:
    """A cell of the name column that is no known name but a known id is that id."""
    if "customer_name" not in sheet.typed or sheet.choice.dataset == "customers":
        return
    names, name_keys = sheet.typed["customer_name"], sheet.typed["name_key"]
    is_id = pc.and_(
        pc.is_in(names, value_set=pa.array(sorted(book.ids), pa.string())),
        pc.invert(pc.is_in(name_keys, value_set=pa.array(list(book.names), pa.string()))),
    )
    if pc.any(is_id).as_py():
        found = pc.if_else(is_id, names, pa.scalar(None, pa.string()))
        sheet.typed["customer_id"] = pc.coalesce(sheet.column("customer_id", pa.string()), found)
