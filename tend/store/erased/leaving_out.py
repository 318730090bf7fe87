"""Rows of a file that name somebody who was erased: left out, and told without a name."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest import problems
from tend.ingest.results import FileResult, Problem, SheetResult
from tend.store.erased import columns
from tend.store.erased.marks import CUSTOMER, ID, PERSON, Book, Erased
from tend.store.erased.spelling import Names, fold

CODE = "erased_customer"
Pair = tuple[str, str]  # a name as it is spelled, and what stands for it


def left_out(book: Book, result: FileResult) -> FileResult:
    """Give what a file says without who was erased: the same where it names none of them."""
    if not book:
        return result
    sheets = [_Sheet(book, sheet) for sheet in result.sheets]
    pairs = tuple(dict.fromkeys(pair for sheet in sheets for pair in sheet.pairs()))
    if not pairs and not any(sheet.gone for sheet in sheets):
        return result
    known = {name for sheet in sheets for name in sheet.names()}
    others = tuple(known - {spelled for spelled, _ in pairs})
    told = tuple(
        sheet.told([(names_of(one, others), label) for one, label in pairs]) for sheet in sheets
    )
    return replace(result, sheets=told, erased=pairs)


def names_of(spelled: str, known: Iterable[str]) -> Names:
    """Give what texts are read for, and in which longer names it may stand."""
    plain = fold(spelled).strip()
    return Names((spelled,), tuple(one for one in known if plain in fold(one) and one != spelled))


class _Sheet:
    """A sheet, and which of its rows name a customer who was erased."""

    def __init__(self, book: Book, sheet: SheetResult) -> None:
        self._book, self._sheet = book, sheet
        self.tables = [one.facts for one in sheet.also]
        self.tables += [sheet.facts] if sheet.facts is not None else []
        self.gone: dict[int, Erased] = {}
        self._spelled: dict[str, str] = {}
        for table in self.tables:
            self._look(table)

    def _look(self, table: pa.Table) -> None:
        named = table.select(["row_no", "customer_id", "name_key", "customer_name"]).to_pydict()
        known: dict[tuple[str | None, str | None], Erased | None] = {}
        for row_no, customer_id, key, name in zip(*named.values(), strict=True):
            by = (customer_id, key)
            if by not in known:
                known[by] = self._book.who(ID, customer_id) or self._book.who(CUSTOMER, key)
            if found := known[by]:
                self.gone[row_no] = found
                if name:
                    self._spelled[name] = found.label

    def pairs(self) -> Iterator[Pair]:
        """Give the names of who was erased, as the sheet spells them."""
        yield from self._spelled.items()
        for table in self.tables:
            for column in (one for one in columns.listed("people") if one in table.column_names):
                for name in pc.unique(table[column]).to_pylist():
                    if found := self._book.who(PERSON, name):
                        yield name, found.label

    def names(self) -> Iterator[str]:
        """Give the names of all customers of the sheet."""
        for table in self.tables:
            yield from filter(None, pc.unique(table["customer_name"]).to_pylist())

    def told(self, wanted: list[tuple[Names, str]]) -> SheetResult:
        """Give the sheet without them."""
        sheet, gone = self._sheet, self.gone
        kept = [one for one in sheet.problems if one.row not in gone]
        warned = {one.row for one in sheet.problems if one.row in gone}
        said = [*(_said(one, wanted) for one in kept), *map(_problem, gone.items())]
        return replace(
            sheet,
            accepted=sheet.accepted - len(gone),
            rejected=sheet.rejected + len(gone),
            warnings=max(0, sheet.warnings - len(warned)),
            facts=None if sheet.facts is None else _facts(sheet.facts, gone, wanted),
            also=tuple(replace(one, facts=_facts(one.facts, gone, wanted)) for one in sheet.also),
            problems=problems.Problems(problems.table(said)),
            rejected_rows=self._rejected(wanted),
        )

    def _rejected(self, wanted: list[tuple[Names, str]]) -> pa.Table | None:
        """Give the rejected rows without names, and those left out without a cell."""
        sheet = self._sheet
        there = [] if sheet.rejected_rows is None else sheet.rejected_rows.to_pylist()
        rows = [{**row, "cells": _without(row["cells"], wanted)} for row in there]
        blank = [None] * len(sheet.headers)
        rows += [{"row_no": row, "cells": blank, "reason": [CODE]} for row in sorted(self.gone)]
        if not rows or sheet.rejected_rows is None:
            return sheet.rejected_rows
        return pa.Table.from_pylist(rows, sheet.rejected_rows.schema)


def _problem(found: tuple[int, Erased]) -> Problem:
    row, erased = found
    return Problem(row, None, CODE, "rejected", {"day": erased.day.isoformat()})


def _said(one: Problem, wanted: list[tuple[Names, str]]) -> Problem:
    params = {key: str(_without(value, wanted)) for key, value in one.params.items()}
    return replace(one, params=params)


def _facts(table: pa.Table, gone: Iterable[int], wanted: list[tuple[Names, str]]) -> pa.Table:
    is_gone = pc.is_in(table["row_no"], value_set=pa.array(gone, pa.int32()))
    kept = table.filter(pc.invert(is_gone))
    for at, field in enumerate(kept.schema):
        values = kept[field.name]
        if pa.types.is_string(field.type):
            told = [_without(value, wanted) for value in values.to_pylist()]
        elif pa.types.is_map(field.type):
            maps = (None if value is None else dict(value) for value in values.to_pylist())
            told = [_pairs(_without(value, wanted)) for value in maps]
        else:
            continue
        kept = kept.set_column(at, field, pa.array(told, field.type))
    return kept


def _pairs(value: object) -> object:
    return list(value.items()) if isinstance(value, dict) else value


def _without(value: object, wanted: list[tuple[Names, str]]) -> object:
    for names, label in wanted:
        value = names.nothing_of(value, label, "stay")
    return value
