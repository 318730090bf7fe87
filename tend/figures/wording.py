"""Answers of queries in words: codes, heads of columns, values as they are written.

Names from spreadsheets stay as they are.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from tend.figures import moves, task_words
from tend.figures.figure import Figure, code_of, told
from tend.language import format, text
from tend.queries import library
from tend.queries.kinds import Kind

# By which columns it is said when a contract ends.
_OF_AN_END = ("days_left", "outcome", "is_marked_lost")
# A column of numbers that a table shows in words, and what it is called then.
_ENDS = {"days_left": "ends"}
# Columns one decides by stand first; a table's own menu shows the rest.
_AT_FIRST = 7
# A list of who moved between quadrants.
_MOVED = frozenset({"customer_id", "from_quadrant", "to_quadrant"})


def value(code: str, language: str) -> str:
    """Give the word for a value of a dimension: only our own codes have one. Long ones are cut."""
    return format.clipped(_word("values", code, language))


def customer(row: Mapping[str, Any]) -> str:
    """Give what a row's customer is called, else its id; cut where it is too long to be drawn."""
    return format.clipped(str(row["customer_name"] or row["customer_id"]))


def csm(row: Mapping[str, Any], language: str) -> str:
    """Name the CSM of a row's customer, or say that there is none."""
    is_known = row["csm"] not in (None, "", "unknown")
    return value(row["csm"], language) if is_known else text.say("ui.no_csm", language)


def ends(row: Mapping[str, Any], language: str) -> str | None:
    """Say when a contract ends, as seen from the day of the view."""
    left = row["days_left"]
    if left is None:
        return None
    key = "ends_in" if left > 0 else "ends_today"
    if left < 0:
        key = "overdue" if row.get("outcome") == "overdue" else "ended"
    said = text.say(f"process.{key}", language, days=format.count(abs(left)))
    is_marked = row.get("is_marked_lost")  # due, and shows its mark (B8)
    return f"{said} · ✕ {text.say('process.marked', language)}" if is_marked else said


def header(query: str, name: str, language: str, unit: str) -> str:
    """Give the head of a column of a query's answer; money names its currency."""
    return headed(library.find(query).kinds.get(name), name, language, unit)


def headed(kind: Kind | None, name: str, language: str, unit: str) -> str:
    """Give the head of a column of a kind; money names its currency."""
    label = dimension(name, language)
    is_money = kind is not None and kind.is_money
    return text.say("ui.with_unit", language, name=label, unit=unit) if is_money else label


def dimension(name: str, language: str) -> str:
    """Give the name of a dimension; an extra customer column goes by its header."""
    return _word("columns", name, language)


def cell(kind: Kind | None, value: Any, language: str) -> str:
    """Write a value as its column does on the screen."""
    if value is None:
        return format.MISSING
    if kind is not None and kind.is_rate:
        return format.rate(value, language)
    if kind is not None and kind.digits is not None:
        return format.number(value, f",.{kind.digits}f")
    if kind is not None and kind.name == "coefficient":
        return format.number(value, ".3g")
    if kind is not None and kind.name == "month":
        return f"{value:%Y-%m}"
    if kind is not None and kind.name == "flag":
        return text.say("ui.yes" if value else "ui.no", language)
    if kind is not None and kind.name == "code" and not kind.room and text.has(f"columns.{value}"):
        return text.say(f"columns.{value}", language)  # of the app alone, as a kind of movement
    return str(value)


def shown(figure: Figure, codes: pa.Table, language: str) -> pa.Table:
    """Give a figure's table in words: its columns, those one decides by first, that say anything.

    When a contract ends is said as people do: 30 days overdue, in 7 days.
    """
    table = _with_ends(worded(figure.query, codes, language), codes, language)
    names = [_ENDS.get(name, name) for name in figure.columns] or table.column_names
    return table.select([name for name in names if _has_values(table, name, language)])


def first(figure: Figure, names: list[str]) -> list[str]:
    """Give the columns that are seen at once."""
    return names[:_AT_FIRST] if figure.columns else names


def worded(query: str, table: pa.Table, language: str) -> pa.Table:
    """Give a query's answer with its codes in words, and a mark for what is not known."""
    if {"task", "cause", "step"} <= set(table.column_names):
        table = _with(table, "task", [task_words.of(row, language) for row in table.to_pylist()])
    for name, kind in library.find(query).kinds.items():
        if name == "outcome" and "is_marked_lost" in table.column_names:
            table = _with(table, name, _marked(table, language))
        elif kind.room:
            said = _said(kind, table[name].to_pylist(), language)
            # another query has reasons as files write them: these go by a name of their own
            table = _with(table, name, said, "because" if kind.is_list else name)
    return _with_moves(table, language) if set(table.column_names) >= _MOVED else table


def in_words(kinds: Mapping[str, Kind], table: pa.Table, language: str) -> pa.Table:
    """Give any answer with its codes in words, by the kinds of its columns."""
    for name, kind in kinds.items():
        if kind.room:
            table = _with(table, name, _said(kind, table[name].to_pylist(), language))
    return table


def beside(figure: Figure, table: pa.Table, language: str) -> pa.Table:
    """Give a figure's rows in words, and beside them the codes that its marks tell."""
    said = worded(figure.query, table, language)
    for name in figure.tells:
        if name in table.column_names:
            codes = [told(code) for code in table[name].to_pylist()]
            said = said.append_column(code_of(name), pa.array(codes, pa.string()))
    return said


def _said(kind: Kind, codes: Sequence[Any], language: str) -> list[str | None]:
    """Give codes in words. Where a file has a name that reads like a word of ours, as 未知 does,
    ours stands in brackets: two marks never have one name.
    """
    if kind.is_list:
        words = [[_word(kind.room, code, language) for code in some or ()] for some in codes]
        return [format.listed(some, language) for some in words]
    distinct = {code for code in codes if code is not None}
    said = {code: _word(kind.room, code, language) for code in distinct}
    said |= {c: f"({word})" for c, word in said.items() if c != word and word in distinct}
    return [None if code is None else said[code] for code in codes]


def _with(table: pa.Table, name: str, said: list[str | None], called: str = "") -> pa.Table:
    """Give the table with a column in words, in its place."""
    place = table.column_names.index(name)
    return table.set_column(place, called or name, pa.array(said, pa.string()))


def _with_ends(table: pa.Table, codes: pa.Table, language: str) -> pa.Table:
    """Say when each contract ends, and whether it is lost."""
    for days, name in _ENDS.items():
        if days in table.column_names:
            named = [one for one in _OF_AN_END if one in codes.column_names]
            rows = list(zip(*(codes[one].to_pylist() for one in named), strict=True))
            # thousands of rows end in a few hundred ways
            said = {row: ends(dict(zip(named, row, strict=True)), language) for row in set(rows)}
            table = _with(table, days, [said[row] for row in rows], name)
    return table


def _has_values(table: pa.Table, name: str, language: str) -> bool:
    """Leave out columns that say nothing, like a region no file gives."""
    column = table.column(name)
    if column.null_count == len(column):
        return False
    unknown = text.say("values.unknown", language)
    return not pa.types.is_string(column.type) or set(column.to_pylist()) != {unknown}


def _marked(table: pa.Table, language: str) -> list[str | None]:
    """Give outcomes in words; what is due and marked lost shows its mark (B8)."""
    pairs = zip(table["outcome"].to_pylist(), table["is_marked_lost"].to_pylist(), strict=True)
    codes = [f"{code}_marked" if is_marked else code for code, is_marked in pairs]
    return [code and _word("outcomes", code, language) for code in codes]


def _with_moves(table: pa.Table, language: str) -> pa.Table:
    """Add to a list of moves which way each went, and why where its indicators tell, in words."""
    rows = table.to_pylist()
    ways = [moves.way_of(row, language) for row in rows]
    table = table.append_column("way", pa.array(ways, pa.string()))
    if "indicators" not in table.column_names:
        return table
    reasons = [moves.why(row, language) for row in rows]
    return table.append_column("why", pa.array(reasons, pa.string()))


def _word(room: str, code: str, language: str) -> str:
    key = f"{room}.{code}"
    return text.say(key, language) if text.has(key) else code
