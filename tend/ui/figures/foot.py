"""Beneath a figure: its download, the way to it as a cell, and how it is computed."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pyarrow as pa
import streamlit as st

from tend.figures import wording
from tend.figures.figure import Figure
from tend.language import format, text
from tend.notebook import figure_cell
from tend.queries import asking, library
from tend.ui.parts import download, html, words
from tend.ui.state import address, going
from tend.ui.state.book import Book
from tend.view import View

# Codes that a list of moves tells in words.
_TOLD = frozenset({"indicators", "from_values", "to_values", "direction", "sides"})


def show(
    figure: Figure,
    view: View,
    codes: pa.Table,
    place: str = "",
    given: Mapping[str, object] = MappingProxyType({}),
) -> None:
    """Offer it for the rows that are shown; made only when it is opened.

    `place`: where a figure stands that may stand on the page twice, as a list behind a mark does.
    `given`: what it was asked with beside the view and what the figure itself sets.
    """
    key = f"{figure.name}{place}"
    popover = st.popover(
        words.say("ui.method"), key=f"method_{key}", type="tertiary", on_change="rerun"
    )
    if not popover.open:
        return
    with popover, st.container(key=f"about_{key}"):
        if len(codes):
            table = wording.worded(figure.query, codes, address.choice().language)
            _download(figure, table, key)
        st.button(
            words.say("notebook.open_here"),
            key=f"open_{key}",
            on_click=_open_in_notebook,
            args=(figure, view, dict(figure.given) | dict(given)),
        )
        _computed(figure, view)


def _open_in_notebook(figure: Figure, view: View, given: Mapping[str, object]) -> None:
    """Lead to the notebook, with the figure as a cell that looks as this page does."""
    choice = address.choice()
    cell = figure_cell.opened(figure, view, choice.view(), given)
    turn, asked = cell.get("view"), cell.get("given")
    opened = Book(figure=figure.name, turn=turn, given=asked, is_edited=True)
    address.change(replace(choice.closed(), book=opened))
    going.to("notebook")


def _download(figure: Figure, table: pa.Table, key: str) -> None:
    language = address.choice().language
    if "why" in table.column_names:
        table = table.drop_columns([name for name in table.column_names if name in _TOLD])
    unit = words.currency()
    headers = {n: wording.header(figure.query, n, language, unit) for n in table.column_names}
    title = text.say(figure.key("title"), language)
    kinds = library.find(figure.query).kinds
    download.offer(table, headers, title, kinds, name=figure.name, place=key)


def _computed(figure: Figure, view: View) -> None:
    query = library.find(figure.query)
    definition = words.say(figure.key("definition"))
    sql = words.say("ui.query_file", name=query.name)
    html.show(
        html.join(
            "",
            (
                html.h3(words.say("ui.computed"), css="tend-method"),
                html.p(definition, css="tend-definition"),
                _parameters(figure, view),
                html.p(sql, css="tend-note"),
            ),
        )
    )
    st.code(query.sql, language="sql", wrap_lines=True, height=360)


def _parameters(figure: Figure, view: View) -> html.Html:
    asked = figure.ask(view)
    none = words.say("ui.no_limit")
    said = {
        "as_of": asked.as_of,
        "first_day": asked.start or none,
        "last_day": asked.end or none,
        "group_by": asked.group_by,
        "split_by": asked.split_by,
        "filters": "; ".join(f"{name} = {', '.join(values)}" for name, values in asked.filters),
        **asking.comparison(asked),
    }
    used = library.find(figure.query).parameters
    rows = html.join(
        "",
        (
            html.tr(html.td("$", name), html.td(str(value or format.MISSING)))
            for name, value in said.items()
            if name in used
        ),
    )
    return html.table(rows, css="tend-parameters")
