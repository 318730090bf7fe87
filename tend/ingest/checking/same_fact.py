"""Rows of one key: one fact, a contradiction, or periods of the same days (K5, K15, K21)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa

from tend.ingest.checking import keys, numbers, parts, places
from tend.ingest.checking.customers import Book
from tend.ingest.sheet import REJECTED, WARNING, Sheet
from tend.language.format import MISSING
from tend.schema import CUSTOMER

# Values that rows of one key give each other: sheet and column -> row -> value.
Patches = dict[tuple[int, str], dict[int, object]]
# What is said of rows: sheet -> row -> params.
Said = Mapping[int, dict[int, Mapping[str, str]]]


def check(sheets: Sequence[Sheet], book: Book) -> None:
    """Reject rows of one key that contradict each other, make the others one fact (K5, K21)."""
    if not any(sheet.accepted().any() for sheet in sheets):
        return
    rows = keys.Rows(sheets, book.names)
    codes = keys.dense(rows.key())
    numbers.tell(rows, codes)
    groups = _groups(rows, places.told_apart(rows, parts.told_apart(rows, codes)))
    contradicting: Said = {id(d): {} for d in sheets}
    same: Said = {id(d): {} for d in sheets}
    patches: Patches = {}
    for group in groups:
        if _judge(group, contradicting, same):
            _merge(group, patches)
    _apply(sheets, patches)
    if sheets[0].choice.dataset == "usage":
        _check_overlaps(sheets, book, contradicting)
    for sheet in sheets:
        _note(sheet, contradicting[id(sheet)], "contradicting_rows", REJECTED)
        _note(sheet, same[id(sheet)], "duplicate_row", WARNING)


def _groups(rows: keys.Rows, codes: keys.Codes) -> Iterable[list[tuple[Sheet, int]]]:
    """Collect the rows that share their key with another one."""
    dense = keys.dense(codes)
    groups: dict[int, list[tuple[Sheet, int]]] = {}
    for i in np.flatnonzero(np.bincount(dense)[dense] > 1).tolist():
        groups.setdefault(int(dense[i]), []).append(rows.at(i))
    return groups.values()


def _note(sheet: Sheet, rows: Mapping[int, Mapping[str, str]], code: str, severity: str) -> None:
    for kind in sorted({tuple(said) for said in rows.values()}):  # of one kind, one set of params
        mask = np.zeros(sheet.body.rows, bool)
        mask[[row for row, said in rows.items() if tuple(said) == kind]] = True
        sheet.find(mask, code, severity, about=rows.__getitem__)


def _judge(
    group: list[tuple[Sheet, int]],
    contradicting: Said,
    same: Said,
) -> bool:
    """Note what rows of one key say of each other; tell whether they can be one fact."""
    facts = [_fact(sheet, row) for sheet, row in group]
    differ = [
        name
        for name in dict.fromkeys(name for fact in facts for name in fact)
        if len({fact[name] for fact in facts if fact.get(name) is not None}) > 1
    ]
    for at, (sheet, row) in enumerate(group):
        others = ", ".join(
            str(d.row_no[r]) if d is sheet else f"{d.raw.name} {d.row_no[r]}"
            for i, (d, r) in enumerate(group[:20])
            if i != at
        )
        if differ:
            said = {"others": others, "columns": _headers(sheet, differ)}
            contradicting[id(sheet)][row] = said
        elif at and facts[at] == facts[0]:
            same[id(sheet)][row] = {"others": others}
    return not differ


def _headers(sheet: Sheet, names: Iterable[str]) -> str:
    """Name columns as the file does; an end that is none of its columns follows from the term."""
    at = sheet.choice.columns
    places = (at.get(name, at.get("term")) for name in names)
    found = [sheet.body.headers[place] for place in places if place is not None]
    extra = [name.partition(":")[2] for name in names if ":" in name]
    return ", ".join(dict.fromkeys([*found, *extra])) or MISSING


def _merge(group: list[tuple[Sheet, int]], patches: Patches) -> None:
    """Fill the first row of each sheet from its twins, which give no fact of their own."""
    firsts: dict[int, int] = {}
    for sheet, row in group:
        first = firsts.setdefault(id(sheet), row)
        if row == first:
            continue
        sheet.dropped[row] = True
        for name, column in sheet.typed.items():
            if not column[first].is_valid and column[row].is_valid:
                patches.setdefault((id(sheet), name), {}).setdefault(first, column[row].as_py())


def _apply(sheets: Iterable[Sheet], patches: Patches) -> None:
    for sheet in sheets:
        for name, column in sheet.typed.items():
            patch = patches.get((id(sheet), name))
            if patch:
                cells = column.to_pylist()
                for row, value in patch.items():
                    cells[row] = value
                sheet.typed[name] = pa.array(cells, column.type)


def _fact(sheet: Sheet, row: int) -> dict[str, object]:
    """Give the values of a row that another row of its key could contradict."""
    names = {*sheet.dataset.columns, *(f"measure:{h}" for h in sheet.choice.measures.values())}
    names -= {"customer_id"} if sheet.dataset.name == "customers" else {*CUSTOMER}
    fact = {name: sheet.typed[name][row].as_py() for name in sheet.typed if name in names}
    for position, header in sheet.choice.extras.items():
        fact[f"extra:{header}"] = sheet.body.cells[position][row].as_py()
    return fact


def _check_overlaps(sheets: Sequence[Sheet], book: Book, contradicting: Said) -> None:
    """Reject day, week and month rows of one customer that cover the same days (K15)."""
    if (
        len(
            {
                g
                for d in sheets
                for g in d.column("granularity", pa.string()).unique().to_pylist()
                if g
            }
        )
        < 2
    ):
        return
    spans: dict[str, list[tuple[dt.date, dt.date, str, Sheet, int]]] = {}
    for customer, first, last, grain, sheet, row in _periods(sheets, book):
        spans.setdefault(customer, []).append((first, last, grain, sheet, row))
    for found in spans.values():
        found.sort(key=lambda s: (s[0], s[1]))
        for i, one in enumerate(found):
            for two in (found[j] for j in range(i + 1, len(found))):
                if two[0] > one[1]:
                    break
                if one[2] != two[2] and _share_measure(one[3], one[4], two[3], two[4]):
                    contradicting[id(one[3])][one[4]] = _overlap(two[3], two[4])
                    contradicting[id(two[3])][two[4]] = _overlap(one[3], one[4])


def _overlap(other: Sheet, row: int) -> Mapping[str, str]:
    return {"others": str(other.row_no[row]), "wanted": "days"}


def _periods(
    sheets: Sequence[Sheet], book: Book
) -> Iterator[tuple[str, dt.date, dt.date, str, Sheet, int]]:
    for sheet in sheets:
        columns = [
            keys.customers(sheet, book.names).to_pylist(),
            *(sheet.typed[n].to_pylist() for n in sheet.dataset.columns["period"].kept),
        ]
        for row in np.flatnonzero(sheet.accepted()).tolist():
            customer, first, last, grain = (c[row] for c in columns)
            yield customer, first, last, grain, sheet, row


def _share_measure(one: Sheet, row: int, two: Sheet, other: int) -> bool:
    if "measure" in one.typed and "measure" in two.typed:
        return bool(one.typed["measure"][row] == two.typed["measure"][other])
    return True
