"""What came of a cell: as its figure draws it, as a chart, as a table, or why there is nothing."""

from functools import partial
from typing import Any

import pyarrow as pa
import streamlit as st

from tend.figures import wording
from tend.figures.figure import Figure
from tend.language import format
from tend.language.errors import TendError
from tend.notebook import charts, columns, figure_cell
from tend.notebook.cells import Cell
from tend.notebook.charts import Chart
from tend.notebook.running import Result
from tend.ui.figures import marks, opens, tables
from tend.ui.notebook import asking, stopping
from tend.ui.parts import columns as written
from tend.ui.parts import html, pieces, words
from tend.ui.state import address


def show(cell: Cell, answer: asking.Answer, place: str) -> None:
    """Show it."""
    if isinstance(answer, TendError):
        refused(answer, place)
        return
    figure = drawn_figure(cell, answer)
    if not len(answer.table):
        pieces.note(words.say("notebook.no_rows"))
    elif figure is not None and figure.chart:
        marks.chart(figure, answer.table, f"nb_{place}")
    elif figure is not None:
        tables.show(figure, answer.table, f"nb_{place}")
    else:
        own(cell, answer, place)


def drawn_figure(cell: Cell, answer: Result) -> Figure | None:
    """Give the figure that still draws a cell: no chart of its own, all columns there."""
    figure = figure_cell.of(cell)
    if figure is None or charts.of(cell) is not None:
        return None
    return figure if figure_cell.fits(figure, answer.table) else None


def own(cell: Cell, answer: Result, place: str) -> None:
    """Show an answer by its columns: as the chart that the cell asks for, else as a table."""
    kinds = columns.kinds_of(answer.table, figure_cell.of(cell))
    chart = charts.of(cell)
    if chart is None:
        table(answer.table, kinds, place)
    elif missing := charts.missing(chart, kinds):
        pieces.note(words.say("notebook.chart.missing", columns=", ".join(missing)))
        table(answer.table, kinds, place)
    else:
        drawn(chart, answer.table, kinds, place)


def drawn(chart: Chart, rows: pa.Table, kinds: columns.Kinds, place: str) -> None:
    """Draw a chart of rows; where it is parted, charts beside each other."""
    language = address.choice().language
    said = wording.in_words(kinds, rows, language)
    spec = charts.spec(chart, kinds, heads(kinds), language, st.context.theme.type == "dark")
    parts = charts.facets(chart, said)
    with st.container(key=f"facets_{place}" if chart.facet else f"drawn_{place}"):
        for number, (value, some) in enumerate(parts[: charts.MOST_FACETS]):
            with st.container():
                if chart.facet:
                    html.show(html.h3(format.clipped(str(value or format.MISSING))))
                st.vega_lite_chart(
                    some, spec, theme=None, width="stretch", key=f"chart_{place}_{number}"
                )
    if (rest := len(parts) - charts.MOST_FACETS) > 0:
        pieces.note(words.say("notebook.chart.more_facets", rest=format.count(rest)))


def table(rows: pa.Table, kinds: columns.Kinds, place: str) -> None:
    """Show rows as a table; one that names a customer or contract leads there."""
    language, labels = address.choice().language, heads(kinds)
    said = written.rounded(kinds, wording.in_words(kinds, rows, language))
    column = opens.column_of(rows)
    key = f"rows_{place}"
    leads: dict[str, Any] = {"key": key, "on_select": "ignore"}
    if column is not None:
        leads = {"key": marks.key(key), "on_select": partial(_open, key, column, rows)}
    st.dataframe(
        said,
        **leads,
        selection_mode="single-cell",
        height=min(tables.HEIGHT, 38 + 35 * len(rows)),
        hide_index=True,
        placeholder=format.MISSING,
        column_config=written.of_kinds(kinds, labels),
    )


def heads(kinds: columns.Kinds) -> dict[str, str]:
    """Give what columns are called: in words of ours, else as the statement calls them."""
    language, unit = address.choice().language, words.currency()
    said = {name: wording.headed(kind, name, language, unit) for name, kind in kinds.items()}
    return {name: one.replace("_", " ") if one == name else one for name, one in said.items()}


def refused(error: TendError, place: str) -> None:
    """Say why there is no answer, and where in the statement it is to be mended."""
    line, column, cell = asking.place_of(error)
    said = error.message(address.choice().language)
    where = ""
    if line:
        where = words.say("notebook.at", line=format.count(line), column=format.count(column or 1))
    named = words.say("notebook.in_cell", cell=cell) if cell else ""
    parts = [html.b(part) for part in (named, where) if part]
    html.show(html.div(html.p(html.join(" ", [*parts, said])), css="tend-refused"))
    if error.code == "door_stopped":
        st.button(words.say("notebook.run"), key=f"again_{place}", on_click=stopping.let_go)


def told(answer: asking.Answer) -> None:
    """Say how many rows there are, and whether there are more."""
    if isinstance(answer, TendError):
        return
    said = [words.say("notebook.rows", rows=format.count(len(answer.table)))]
    if answer.is_cut:
        said.append(words.say("notebook.cut"))
    pieces.note(" · ".join(said), width="content")


def _open(place: str, column: str, rows: pa.Table) -> None:
    cells = st.session_state[marks.key(place)]["selection"]["cells"]
    if cells:
        named = cells[0][1]  # a click on a contract opens the contract, wherever it stands
        marks.let_go(place)
        opens.open_row(named if named in opens.BY_COLUMN else column, rows, cells[0][0])
