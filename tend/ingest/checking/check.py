"""The rules between rows and sheets: known customers, ambiguous names, rows of one key (K4, K5)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.cells import values
from tend.ingest.checking import keys
from tend.ingest.draft import REJECTED, WARNING, Draft
from tend.ingest.model import Known
from tend.schema import CUSTOMER

# Values that rows of one key give each other: sheet and column -> row -> value.
Patches = dict[tuple[int, str], dict[int, object]]


@dataclass(frozen=True)
class Book:
    """The customers that the workspace and the customer lists of this file know."""

    ids: frozenset[str]
    names: Mapping[str, frozenset[str]]


def customer_book(known: Known, drafts: Iterable[Draft]) -> Book:
    """Join what is known with the customers this file brings."""
    telling = [d for d in drafts if d.choice.dataset == "customers" or d.choice.also]
    if not telling:
        return Book(known.ids, known.names)
    ids = set(known.ids)
    names = {key: set(found) for key, found in known.names.items()}
    for draft in telling:
        rows = pa.array(draft.accepted())
        columns = [draft.column(c, pa.string()).filter(rows) for c in (*CUSTOMER, "name_key")]
        for id_, name, key in set(zip(*(c.to_pylist() for c in columns), strict=True)):
            if id_ is None and key in names:
                continue
            ids.add(id_ or name)
            if key:
                names.setdefault(key, set()).add(id_ or name)
    return Book(frozenset(ids), {k: frozenset(v) for k, v in names.items()})


def check_customers(draft: Draft, book: Book) -> None:
    """Reject names that two customers bear; warn of customers nobody has listed."""
    _read_names_as_ids(draft, book)
    ids, name_keys = draft.column("customer_id", pa.string()), draft.column("name_key", pa.string())
    by_name = values.mask(pc.and_(pc.is_null(ids), pc.is_valid(name_keys)))
    twice = pa.array([k for k, found in book.names.items() if len(found) > 1], pa.string())
    draft.find(
        by_name & values.mask(pc.is_in(name_keys, value_set=twice)),
        "ambiguous_name",
        REJECTED,
        "customer_name",
    )
    if draft.choice.dataset == "customers" or draft.choice.also:
        return
    known_ids = pa.array(sorted(book.ids), pa.string())
    known_names = pa.array(list(book.names), pa.string())
    known = values.mask(pc.is_in(ids, value_set=known_ids)) | (
        by_name & values.mask(pc.is_in(name_keys, value_set=known_names))
    )
    named = values.mask(pc.or_(pc.is_valid(ids), pc.is_valid(name_keys)))
    column = "customer_id" if "customer_id" in draft.choice.columns else "customer_name"
    draft.find(named & ~known & draft.accepted(), "unknown_customer", WARNING, column)


def _read_names_as_ids(draft: Draft, book: Book) -> None:
    """A cell of the name column that is no known name but a known id is that id."""
    if "customer_name" not in draft.typed or draft.choice.dataset == "customers":
        return
    names, name_keys = draft.typed["customer_name"], draft.typed["name_key"]
    is_id = pc.and_(
        pc.is_in(names, value_set=pa.array(sorted(book.ids), pa.string())),
        pc.invert(pc.is_in(name_keys, value_set=pa.array(list(book.names), pa.string()))),
    )
    if pc.any(is_id).as_py():
        found = pc.if_else(is_id, names, pa.scalar(None, pa.string()))
        draft.typed["customer_id"] = pc.coalesce(draft.column("customer_id", pa.string()), found)


def check_keys(drafts: Sequence[Draft], book: Book) -> None:
    """Reject rows of one key that contradict each other, make the others one fact (K5, K21)."""
    rows = [np.flatnonzero(d.accepted()) for d in drafts]
    if not sum(map(len, rows)):
        return
    groups = _groups(drafts, rows, keys.codes(drafts, book.names))
    contradicting: dict[int, dict[int, str]] = {id(d): {} for d in drafts}
    same: dict[int, dict[int, str]] = {id(d): {} for d in drafts}
    patches: Patches = {}
    for group in groups.values():
        if _judge(group, contradicting, same):
            _merge(group, patches)
    _apply(drafts, patches)
    if drafts[0].choice.dataset == "usage":
        _check_overlaps(drafts, book, contradicting)
    for draft in drafts:
        _note(draft, contradicting[id(draft)], "contradicting_rows", REJECTED)
        _note(draft, same[id(draft)], "duplicate_row", WARNING)


def _groups(
    drafts: Sequence[Draft], rows: Sequence[keys.Codes], codes: keys.Codes
) -> dict[int, list[tuple[Draft, int]]]:
    """Collect the rows that share their key with another one."""
    dense = pa.array(codes).dictionary_encode().indices.to_numpy(zero_copy_only=False)
    double = np.flatnonzero(np.bincount(dense)[dense] > 1)
    row = np.concatenate(rows)[double].tolist()
    sheet = np.repeat(np.arange(len(rows)), [len(r) for r in rows])[double].tolist()
    groups: dict[int, list[tuple[Draft, int]]] = {}
    for code, at, number in zip(dense[double].tolist(), sheet, row, strict=True):
        groups.setdefault(code, []).append((drafts[at], number))
    return groups


def _note(draft: Draft, rows: Mapping[int, str], code: str, severity: str) -> None:
    mask = np.zeros(draft.body.rows, bool)
    mask[list(rows)] = True
    draft.find(mask, code, severity, about=lambda row: {"others": rows[row]})


def _judge(
    group: list[tuple[Draft, int]],
    contradicting: Mapping[int, dict[int, str]],
    same: Mapping[int, dict[int, str]],
) -> bool:
    """Note what rows of one key say of each other; tell whether they can be one fact."""
    facts = [_fact(draft, row) for draft, row in group]
    differ = any(
        len({fact[name] for fact in facts if fact.get(name) is not None}) > 1
        for name in {name for fact in facts for name in fact}
    )
    for at, (draft, row) in enumerate(group):
        others = ", ".join(
            str(d.row_no[r]) if d is draft else f"{d.name} {d.row_no[r]}"
            for i, (d, r) in enumerate(group[:20])
            if i != at
        )
        if differ:
            contradicting[id(draft)][row] = others
        elif at and facts[at] == facts[0]:
            same[id(draft)][row] = others
    return not differ


def _merge(group: list[tuple[Draft, int]], patches: Patches) -> None:
    """Fill the first row of each sheet from its twins, which give no fact of their own."""
    firsts: dict[int, int] = {}
    for draft, row in group:
        first = firsts.setdefault(id(draft), row)
        if row == first:
            continue
        draft.dropped[row] = True
        for name, column in draft.typed.items():
            if not column[first].is_valid and column[row].is_valid:
                patches.setdefault((id(draft), name), {}).setdefault(first, column[row].as_py())


def _apply(drafts: Iterable[Draft], patches: Patches) -> None:
    for draft in drafts:
        for name, column in draft.typed.items():
            patch = patches.get((id(draft), name))
            if patch:
                cells = column.to_pylist()
                for row, value in patch.items():
                    cells[row] = value
                draft.typed[name] = pa.array(cells, column.type)


def _fact(draft: Draft, row: int) -> dict[str, object]:
    """Give the values of a row that another row of its key could contradict."""
    names = {*draft.dataset.columns, *(f"measure:{h}" for h in draft.choice.measures.values())}
    names -= {"customer_id"} if draft.dataset.name == "customers" else {*CUSTOMER}
    fact = {name: draft.typed[name][row].as_py() for name in draft.typed if name in names}
    for position, header in draft.choice.extras.items():
        fact[f"extra:{header}"] = draft.body.cells[position][row].as_py()
    return fact


def _check_overlaps(
    drafts: Sequence[Draft], book: Book, contradicting: Mapping[int, dict[int, str]]
) -> None:
    """Reject day, week and month rows of one customer that cover the same days (K15)."""
    if (
        len(
            {
                g
                for d in drafts
                for g in d.column("granularity", pa.string()).unique().to_pylist()
                if g
            }
        )
        < 2
    ):
        return
    spans: dict[str, list[tuple[dt.date, dt.date, str, Draft, int]]] = {}
    for customer, first, last, grain, draft, row in _periods(drafts, book):
        spans.setdefault(customer, []).append((first, last, grain, draft, row))
    for found in spans.values():
        found.sort(key=lambda s: (s[0], s[1]))
        for i, one in enumerate(found):
            for two in (found[j] for j in range(i + 1, len(found))):
                if two[0] > one[1]:
                    break
                if one[2] != two[2] and _share_measure(one[3], one[4], two[3], two[4]):
                    contradicting[id(one[3])][one[4]] = str(two[3].row_no[two[4]])
                    contradicting[id(two[3])][two[4]] = str(one[3].row_no[one[4]])


def _periods(
    drafts: Sequence[Draft], book: Book
) -> Iterator[tuple[str, dt.date, dt.date, str, Draft, int]]:
    for draft in drafts:
        columns = [
            keys.customers(draft, book.names).to_pylist(),
            *(draft.typed[n].to_pylist() for n in ("period_start", "period_end", "granularity")),
        ]
        for row in np.flatnonzero(draft.accepted()).tolist():
            customer, first, last, grain = (c[row] for c in columns)
            yield customer, first, last, grain, draft, row


def _share_measure(one: Draft, row: int, two: Draft, other: int) -> bool:
    if "measure" in one.typed and "measure" in two.typed:
        return bool(one.typed["measure"][row] == two.typed["measure"][other])
    return True
