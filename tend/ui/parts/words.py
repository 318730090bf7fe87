"""Codes of queries in the reader's words; names from spreadsheets stay as they are."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from tend.acts import tasks_by_rule
from tend.figures.figure import Figure, code_of, told
from tend.figures.health import moves
from tend.language import format, text
from tend.language.errors import TendError
from tend.queries import library
from tend.queries.kinds import Kind
from tend.ui.state import address, data

# Rooms of texts whose words are states: the same three colours mean them everywhere.
_INKS = MappingProxyType({"satisfied": "healthy", "neutral": "average", "critical": "at_risk"})
_STATES = ("states", "satisfaction")
# By which columns it is said when a contract ends.
OF_AN_END = ("days_left", "outcome", "is_marked_lost")
# What says a sentence when it is drawn: kept in a session, it follows the reader's language.
Said = Callable[[], str]


def say(key: str, **params: object) -> str:
    """Give a text in the reader's language."""
    return text.say(key, address.choice().language, **params)


def refusal(error: TendError) -> Said:
    """Keep why something was refused, to be said in the language of then."""
    return lambda: error.message(address.choice().language)


def value(code: str, language: str) -> str:
    """Give the word for a value of a dimension: only our own codes have one. Long ones are cut."""
    return format.clipped(_word("values", code, language))


def customer(row: Mapping[str, Any]) -> str:
    """Give what a row's customer is called, else its id; cut where it is too long to be drawn."""
    return format.clipped(str(row["customer_name"] or row["customer_id"]))


def csm(row: Mapping[str, Any]) -> str:
    """Name the CSM of a row's customer, or say that there is none."""
    is_known = row["csm"] not in (None, "", "unknown")
    return value(row["csm"], address.choice().language) if is_known else say("ui.no_csm")


def whole_name(row: Mapping[str, Any]) -> str | None:
    """Give the tooltip of a customer whose name is cut: the whole of it."""
    name = str(row["customer_name"] or row["customer_id"])
    return None if customer(row) == name else format.plain(name)


def ends(row: Mapping[str, Any]) -> str | None:
    """Say when a contract ends, as seen from the day of the view."""
    left = row["days_left"]
    if left is None:
        return None
    key = "ends_in" if left > 0 else "ends_today"
    if left < 0:
        key = "overdue" if row.get("outcome") == "overdue" else "ended"
    said = say(f"process.{key}", days=format.count(abs(left)))
    is_marked = row.get("is_marked_lost")  # due, and shows its mark (B8)
    return f"{said} · ✕ {say('process.marked')}" if is_marked else said


def currency() -> str:
    """Name the currency in which all amounts are that have none of their own."""
    return format.currency(data.workspace().settings.currency, address.choice().language)


def money(value: float | None) -> str:
    """Write an amount that stands alone, with its currency."""
    amount = format.money(value, address.choice().language)
    return amount if value is None else say("ui.amount", amount=amount, currency=currency())


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


def worded(query: str, table: pa.Table, language: str) -> pa.Table:
    """Give a query's answer with its codes in words, and a mark for what is not known."""
    if {"task", "cause", "step"} <= set(table.column_names):
        table = _with(
            table, "task", [tasks_by_rule.words(row, language) for row in table.to_pylist()]
        )
    for name, kind in library.find(query).kinds.items():
        if name == "outcome" and "is_marked_lost" in table.column_names:
            table = _with(table, name, _marked(table, language))
        elif kind.room:
            said = _said(kind, table[name].to_pylist(), language)
            # another query has reasons as files write them: these go by a name of their own
            table = _with(table, name, said, "because" if kind.is_list else name)
    return _with_reasons(table, language) if "indicators" in table.column_names else table


def in_words(kinds: Mapping[str, Kind], table: pa.Table, language: str) -> pa.Table:
    """Give any answer with its codes in words, by the kinds of its columns."""
    for name, kind in kinds.items():
        if kind.room:
            table = _with(table, name, _said(kind, table[name].to_pylist(), language))
    return table


def beside(figure: Figure, table: pa.Table, language: str) -> pa.Table:
    """Give a figure's rows in words, and beside them the codes that its marks tell."""
    shown = worded(figure.query, table, language)
    for name in figure.tells:
        if name in table.column_names:
            codes = [told(code) for code in table[name].to_pylist()]
            shown = shown.append_column(code_of(name), pa.array(codes, pa.string()))
    return shown


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


def _marked(table: pa.Table, language: str) -> list[str | None]:
    """Give outcomes in words; what is due and marked lost shows its mark (B8)."""
    pairs = zip(table["outcome"].to_pylist(), table["is_marked_lost"].to_pylist(), strict=True)
    codes = [f"{code}_marked" if is_marked else code for code, is_marked in pairs]
    return [code and _word("outcomes", code, language) for code in codes]


def _with_reasons(table: pa.Table, language: str) -> pa.Table:
    """Add to a list of moves which way each went and why, in words."""
    rows = table.to_pylist()
    ways = [moves.way_of(row, language) for row in rows]
    reasons = [moves.why(row, language) for row in rows]
    table = table.append_column("way", pa.array(ways, pa.string()))
    return table.append_column("why", pa.array(reasons, pa.string()))


def _word(room: str, code: str, language: str) -> str:
    key = f"{room}.{code}"
    return text.say(key, language) if text.has(key) else code


def ink(room: str, code: str | None) -> str:
    """Give the class of a state's colour; a word of another room has the colour of the text."""
    state = _INKS.get(code or "", code)
    return f"tend-{state.replace('_', '-')}" if room in _STATES and state else ""


def known(key: str) -> bool:
    """Tell whether there is such a text."""
    return text.has(key)
