"""Codes of queries in the reader's words; names from spreadsheets stay as they are."""

import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from tend.acts import rules as tasks
from tend.figures.figure import code_of
from tend.figures.health import moves
from tend.language import format, text
from tend.language.errors import TendError
from tend.ui.state import address

# What says a sentence when it is drawn: kept in a session, it follows the reader's language.
Said = Callable[[], str]
# Columns whose values are codes of ours, and the room of their texts.
_CODED = {
    "segment": "values",
    "split": "values",
    "value": "values",
    "size": "values",
    "tier": "values",
    "industry": "values",
    "contract_type": "values",
    "department": "values",
    "region": "values",
    "csm": "values",
    "source_channel": "values",
    "product": "values",
    "outcome": "outcomes",
    "basis": "figures.basis",
    "stage": "stages",
    "life_stage": "stages",
    "from_stage": "stages",
    "to_stage": "stages",
    "from_tier": "values",
    "to_tier": "values",
    "sign": "value.signs",
    "outcome_state": "states",
    "reason_group": "reasons",
    "loss_reason_group": "reasons",
    "dataset": "datasets",
    "measure": "columns",
    "scale": "values",
    "satisfaction": "satisfaction",
    "was": "satisfaction",
    "experience_state": "states",
    "state": "tasks.states",
    "cause": "tasks.causes",
    "load": "service.loads",
    "went": "service.directions",
}


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


def whole_name(row: Mapping[str, Any]) -> str | None:
    """Give the tooltip of a customer whose name is cut: the whole of it."""
    name = str(row["customer_name"] or row["customer_id"])
    return None if customer(row) == name else format.plain(name)


def dimension(name: str, language: str) -> str:
    """Give the name of a dimension; an extra customer column goes by its header."""
    return _word("columns", name, language)


def worded(table: pa.Table, language: str) -> pa.Table:
    """Give the table with its codes in words, and a mark for what is not known."""
    if {"task", "cause", "step"} <= set(table.column_names):
        told = [tasks.words(row, language) for row in table.to_pylist()]
        place = table.column_names.index("task")
        table = table.set_column(place, "task", pa.array(told, pa.string()))
    for place, name in enumerate(table.column_names):
        if name == "outcome" and "is_marked_lost" in table.column_names:
            table = table.set_column(place, name, pa.array(_marked(table, language), pa.string()))
        elif name in _CODED and pa.types.is_string(table.schema.types[place]):
            said = _said(table[name].to_pylist(), _CODED[name], language)
            table = table.set_column(place, name, pa.array(said, pa.string()))
        elif name == "reasons" and "renewal_part" in table.column_names:
            parts = [
                [_word("service.parts", code, language) for code in codes]
                for codes in table[name].to_pylist()
            ]
            listed = [format.listed(names, language) for names in parts]
            # another query has reasons as files write them: these go by a name of their own
            table = table.set_column(place, "because", pa.array(listed, pa.string()))
    return _with_reasons(table, language) if "indicators" in table.column_names else table


def beside(table: pa.Table, columns: Iterable[str], language: str) -> pa.Table:
    """Give the table in words, and beside them codes of some columns, as an address has them."""
    shown = worded(table, language)
    for name in columns:
        if name in table.column_names:
            codes = [str(code) for code in table[name].to_pylist()]
            shown = shown.append_column(code_of(name), pa.array(codes, pa.string()))
    return shown


def _said(codes: Sequence[str | None], room: str, language: str) -> list[str | None]:
    """Give codes in words. Where a file has a name that reads like a word of ours, as 未知 does,
    ours stands in brackets: two marks never have one name.
    """
    distinct = {code for code in codes if code}
    said = {code: _word(room, code, language) for code in distinct}
    said |= {c: f"({word})" for c, word in said.items() if c != word and word in distinct}
    return [code and said[code] for code in codes]


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


def escaped(key: str, **params: object) -> str:
    """Give a text for HTML: what spreadsheets say in it stays text."""
    return html.escape(say(key, **params))


def known(key: str) -> bool:
    """Tell whether there is such a text."""
    return text.has(key)
