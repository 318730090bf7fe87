"""A figure: title, unit, chart or table, and beneath it the download and how it is computed."""

import html
from collections.abc import Callable
from functools import partial
from typing import Literal

import pyarrow as pa
import streamlit as st

from tend.figures import drawing
from tend.figures.collection import FIGURES
from tend.figures.figure import Figure
from tend.language import format, text
from tend.queries import asking, library
from tend.ui.figures import drill
from tend.ui.parts import columns, download, words
from tend.ui.state import address, data
from tend.view import View

# Codes that a list of moves tells in words.
_TOLD = frozenset({"indicators", "from_values", "to_values", "direction", "sides"})
_TABLE_HEIGHT = 460


def figure(name: str, view: View) -> None:
    """Show a cell for a view."""
    cell = FIGURES[name]
    choice = address.choice()
    table = data.cell_table(cell, view, choice.language)
    head(cell, table, choice.language)
    if len(table) and cell.chart:
        _chart(cell, view, table)
    elif len(table) and drill.leads_on(table):
        drill.rows(cell, data.cell_codes(cell, view), cell.name)
    elif len(table):
        show_table(cell, table)
    foot(cell, view, table)
    drill.show(cell, view)


def details(**views: View | Callable[[], View]) -> None:
    """Show cells as tabs, by their names; only the open one is made: a click stays cheap.

    A view may be chosen in its tab: then it is the picker that gives it.
    """
    labels = [format.plain(words.say(FIGURES[name].key("tab"))) for name in views]
    tabs = st.tabs(labels, key=f"details_{'_'.join(views)}", on_change="rerun")
    for tab, (name, view) in zip(tabs, views.items(), strict=True):
        if tab.open:
            with tab:
                figure(name, view() if callable(view) else view)


def head(cell: Figure, table: pa.Table, language: str) -> None:
    """Write what the data say, or else the question, and beneath it the unit."""
    said = cell.finding(table, language) if cell.finding and len(table) else None
    title = html.escape(said or text.say(cell.key("title"), language))
    note = words.escaped(cell.key("unit" if len(table) else "empty"))
    st.html(f'<div class="tend-figure"><h3>{title}</h3><p>{note}</p></div>')


def _chart(cell: Figure, view: View, table: pa.Table) -> None:
    assert cell.chart is not None
    spec = cell.chart(address.choice().language, st.context.theme.type == "dark")
    if not cell.behind and not cell.opens:
        st.vega_lite_chart(table, spec, theme=None, key=f"chart_{cell.name}", width="stretch")
        return
    st.vega_lite_chart(
        table,
        spec,
        theme=None,
        key=drill.key(f"chart_{cell.name}"),
        width="stretch",
        on_select=partial(drill.pick, cell, view),
        selection_mode=drawing.MARK,
    )


def show_table(
    cell: Figure,
    table: pa.Table,
    *,
    key: str | None = None,
    on_select: Callable[[], None] | Literal["ignore"] = "ignore",
) -> None:
    """Show the columns of a table that say anything; a click on a cell may lead somewhere."""
    shown = [name for name in cell.columns or table.column_names if _has_values(table, name)]
    table = columns.written(cell.query, table.select(shown))
    st.dataframe(
        table,
        key=key or f"table_{cell.name}",
        on_select=on_select,
        selection_mode="single-cell",
        height=min(_TABLE_HEIGHT, 38 + 35 * len(table)),
        hide_index=True,
        placeholder=format.MISSING,
        column_config=columns.config(cell.query, shown, address.choice().language),
    )


def foot(cell: Figure, view: View, table: pa.Table) -> None:
    """Offer the download, and how the figure is computed; made only when it is opened."""
    popover = st.popover(
        words.say("ui.method"), key=f"method_{cell.name}", type="tertiary", on_change="rerun"
    )
    if not popover.open:
        return
    with popover, st.container(key=f"about_{cell.name}"):
        if len(table):
            _download(cell, table)
        _computed(cell, view)


def _download(cell: Figure, table: pa.Table) -> None:
    language = address.choice().language
    if "why" in table.column_names:
        table = table.drop_columns([name for name in table.column_names if name in _TOLD])
    headers = {name: words.dimension(name, language) for name in table.column_names}
    title = text.say(cell.key("title"), language)
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            words.say("ui.as_xlsx"),
            lambda: download.as_xlsx(table, headers, title, library.find(cell.query).kinds),
            file_name=f"{cell.name}.xlsx",
            mime=download.XLSX,
            key=f"xlsx_{cell.name}",
            on_click="ignore",
        )
        st.download_button(
            words.say("ui.as_csv"),
            lambda: download.as_csv(table, headers),
            file_name=f"{cell.name}.csv",
            mime="text/csv",
            key=f"csv_{cell.name}",
            on_click="ignore",
        )


def _computed(cell: Figure, view: View) -> None:
    query = library.find(cell.query)
    definition = words.escaped(cell.key("definition"))
    sql = words.escaped("ui.query_file", name=query.name)
    st.html(
        f'<h4 class="tend-method">{words.escaped("ui.computed")}</h4>'
        f'<p class="tend-definition">{definition}</p>{_parameters(cell, view)}'
        f'<p class="tend-note">{sql}</p>'
    )
    st.code(query.sql, language="sql", wrap_lines=True, height=360)


def _parameters(cell: Figure, view: View) -> str:
    asked = cell.ask(view)
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
    used = library.find(cell.query).parameters
    rows = "".join(
        f"<tr><td>${name}</td><td>{html.escape(str(value or format.MISSING))}</td></tr>"
        for name, value in said.items()
        if name in used
    )
    return f'<table class="tend-parameters">{rows}</table>'


def _has_values(table: pa.Table, name: str) -> bool:
    """Leave out columns that say nothing, like a region no file gives."""
    column = table.column(name)
    if column.null_count == len(column):
        return False
    unknown = words.say("values.unknown")
    return not pa.types.is_string(column.type) or set(column.to_pylist()) != {unknown}
