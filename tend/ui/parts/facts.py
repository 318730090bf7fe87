"""Facts of one contract or customer as names and values; what is not known is left out."""

import html
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from tend.ui.parts import words

Row = dict[str, Any]


def facts(row: Row, names: Sequence[str], units: Mapping[str, str], language: str) -> None:
    """Show the named columns of a row; amounts go with their unit."""
    cells = "".join(
        f"<div><dt>{words.escaped(f'columns.{name}')}</dt>"
        f"<dd>{html.escape(_written(row[name], units.get(name), language))}</dd></div>"
        for name in names
        if row[name] is not None
    )
    if cells:
        st.html(f'<dl class="tend-facts">{cells}</dl>')


def _written(value: Any, unit: str | None, language: str) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if unit:
        return f"{value:,.0f} {unit}"
    if isinstance(value, int | float):
        return f"{value:,.1f}".removesuffix(".0")
    return words.value(str(value), language)
