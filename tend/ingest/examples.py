"""Rows of a sheet to be looked at: each cell as it stands, and what it has become."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.across import MONTH
from tend.ingest.results import Cell, Question
from tend.ingest.sheet import Sheet
from tend.schema import Kind
from tend.schema.words import letters
from tend.settings.words import COUNTS

_FIRST, _ASKED, _LONGEST = 5, 3, 60
_OURS_ALONE = ("interval", "sentiment")  # kinds whose values are numbers of our own
_STATUS = ("status", "deal_status")
_Columns = dict[int, tuple[str, pa.Array | None]]  # by place: its kind, what it has become


def of(sheet: Sheet) -> dict[str, tuple[Cell, ...]]:
    """Give the first accepted rows, by header: all columns that are used."""
    rows = np.flatnonzero(sheet.accepted())[:_FIRST].tolist()
    return _cells(sheet, _columns(sheet), rows)


def asked(sheet: Sheet) -> tuple[Question, ...]:
    """Give the questions with the first rows that each is about: whose, what is asked of, how
    much and when."""
    columns = _columns(sheet)
    found = []
    for question in sheet.questions:
        about = sheet.asked_of.get(question.key)
        rows = [] if about is None else np.flatnonzero(about & ~sheet.skip)[:_ASKED].tolist()
        numbers = tuple(int(sheet.row_no[row]) for row in rows)
        places = _told_by(sheet, question.header)
        shown = {p: columns.get(p, ("text", None)) for p in places} if rows else {}
        examples = _cells(sheet, shown, rows)
        found.append(replace(question, rows=numbers, examples=examples))
    return tuple(found)


def _told_by(sheet: Sheet, header: str) -> list[int]:
    """Give the columns that say whose a row is and what it is about; the one asked of is there."""
    dataset, at = sheet.dataset, sheet.choice.columns
    measures = (name for name, column in dataset.columns.items() if column.is_measure)
    names = (*dataset.named_by, *dataset.needed, *dataset.one_of, *measures)
    own = sheet.body.headers.index(header) if header else None
    places = {*(at[name] for name in names if name in at), *sheet.parts}
    return sorted(places if own is None else places | {own})


def _columns(sheet: Sheet) -> _Columns:
    """Give the columns that are used, in the order of the file."""
    choice, known = sheet.choice, sheet.dataset.columns
    is_money = choice.dataset == "contracts"
    found: _Columns = dict.fromkeys((*choice.also.values(), *choice.extras), ("text", None))
    for p, header in choice.measures.items():
        found[p] = ("number", sheet.typed.get(f"measure:{header}"))
    for p, month in choice.months.items():
        found[p] = ("money" if is_money else "number", sheet.typed[MONTH.format(month)])
    for name, p in choice.columns.items():
        found[p] = _read(sheet, name, known[name].kind)
    return dict(sorted(found.items()))


def _read(sheet: Sheet, name: str, kind: Kind) -> tuple[str, pa.Array | None]:
    """Give the kind of a column, and what its cells have become."""
    if name in _STATUS:
        return name, _meant(sheet, name)
    if kind.name == "term":
        return "end", _ends(sheet)
    if name not in sheet.typed or kind.name in _OURS_ALONE or kind.name in ("text", "id"):
        return "text", None
    names = {"amount": "money", "money": "money", "share": "share", "outcome": "outcome"}
    by_cells = {"date": "day", "number": "number"}
    return names.get(kind.name) or by_cells.get(kind.cells, "text"), sheet.typed[name]


def _meant(sheet: Sheet, name: str) -> pa.Array:
    """Give what the words of a status count as; of deals, whether they are won."""
    encoded = sheet.column(name, pa.string()).dictionary_encode()
    said = [sheet.statuses.get(letters(word)) for word in encoded.dictionary.to_pylist()]
    if name == "deal_status":
        found = ["won" if meaning in COUNTS else "not_won" for meaning in said]
    else:
        found = [meaning or "in_force" for meaning in said]
    return pa.array(found, pa.string()).take(encoded.indices)


def _ends(sheet: Sheet) -> pa.Array:
    """Give the last days that follow from terms: where no end stands beside (M9)."""
    end = sheet.column("end_date", pa.date32())
    at = sheet.choice.columns.get("end_date")
    if at is None:
        return end
    return pc.if_else(pc.is_valid(sheet.body.cells[at]), pa.scalar(None, pa.date32()), end)


def _cells(sheet: Sheet, columns: _Columns, rows: Sequence[int]) -> dict[str, tuple[Cell, ...]]:
    per, currency = (sheet.column(name, pa.string()) for name in ("amount_basis", "currency"))
    amount_at = sheet.choice.columns.get("amount")
    found: dict[str, tuple[Cell, ...]] = {}
    for place, (kind, values) in columns.items():
        raw = sheet.body.raw[place]
        found[sheet.body.headers[place]] = tuple(
            Cell(
                stands(raw[row].as_py())[:_LONGEST],
                "" if values is None else _written(values[row].as_py()),
                kind,
                _text(per, row) if place == amount_at else "",
                _text(currency, row) if kind == "money" else "",
            )
            for row in rows
        )
    return found


def stands(cell: object) -> str:
    """Give a cell as it stands; a day is no moment."""
    return str(cell or "").removesuffix(" 00:00:00")


def _text(column: pa.Array, row: int) -> str:
    return str(column[row].as_py() or "")


def _written(value: object) -> str:
    """Write a value as a program would: days in ISO, numbers plain."""
    if value is None:
        return ""
    return f"{value:.12g}" if isinstance(value, float) else str(value)[:_LONGEST]
