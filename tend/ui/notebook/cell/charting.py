"""A chart built by a few choices: a mark, and the columns for its place, its ink and its parts."""

from functools import partial

import streamlit as st

from tend.figures import wording
from tend.language.errors import TendError
from tend.notebook import charts, columns, figure_cell
from tend.notebook.cells import CHART, Cell, Notebook
from tend.queries.kinds import Kind
from tend.ui.notebook import asking, drafts, runs
from tend.ui.parts import words
from tend.ui.state import address

_NONE = ""


def show(notebook: Notebook, cell: Cell) -> None:
    """Offer the choices for a cell, by the columns that its rows have."""
    kinds = _kinds(notebook, cell)
    label = words.say("notebook.chart.title")
    popover = st.popover(label, key=f"charting_{cell.name}", type="tertiary", on_change="rerun")
    if not popover.open:
        return
    with popover, st.container(key=f"chart_choices_{cell.name}"):
        if kinds is None:
            st.caption(words.say("notebook.chart.run_first"))
            return
        _marks(cell, kinds)
        if cell.get("mark"):
            for part in CHART[1:]:
                _column(cell, part, kinds)


def source(notebook: Notebook, cell: Cell) -> Cell | None:
    """Give the cell whose rows are drawn: itself, or the one it names."""
    return cell if cell.kind == "sql" else notebook.find(cell.get("of"))


def _kinds(notebook: Notebook, cell: Cell) -> columns.Kinds | None:
    found = source(notebook, cell)
    asked = None if found is None else runs.last(found.name)
    if found is None or asked is None:
        return None
    answer = asking.answer(found, asked)
    if isinstance(answer, TendError):
        return None
    return columns.kinds_of(answer.table, figure_cell.of(found))


def _marks(cell: Cell, kinds: columns.Kinds) -> None:
    key = f"mark_{cell.name}"
    st.session_state[key] = cell.get("mark") or _NONE
    offered = (*charts.MARKS, _NONE) if cell.kind == "sql" else charts.MARKS
    labels = {one: words.say(f"notebook.marks.{one or 'table'}") for one in offered}
    st.segmented_control(
        words.say("notebook.chart.mark"),
        offered,
        key=key,
        format_func=labels.__getitem__,
        on_change=_mark,
        args=(cell.name, key, tuple(kinds.items())),
        wrap=True,
    )


def _column(cell: Cell, part: str, kinds: columns.Kinds) -> None:
    key, language = f"{part}_{cell.name}", address.choice().language
    is_needed = part in ("x", "y")
    offered = [*([] if is_needed else [_NONE]), *kinds]
    chosen = cell.get(part)
    labels = {one: wording.dimension(one, language) if one else _nothing() for one in offered}
    st.session_state[key] = chosen if chosen in offered else offered[0]
    st.selectbox(
        words.say(f"notebook.chart.{part}"),
        offered,
        key=key,
        format_func=labels.__getitem__,
        on_change=_keep,
        args=(cell.name, part, key),
    )


def _nothing() -> str:
    return words.say("notebook.none")


def _mark(name: str, key: str, kinds: tuple[tuple[str, Kind], ...]) -> None:
    """Choose a mark; the first one begins with the columns that fit."""
    mark = st.session_state[key] or _NONE
    if not mark:
        _say(name, **dict.fromkeys(CHART))
        return
    draft = drafts.current()
    cell = draft.notebook.find(name) if draft else None
    begun = charts.suggested(dict(kinds)) if cell and not cell.get("x") else None
    first = {"x": begun.x, "y": begun.y} if begun else {}
    _say(name, mark=mark, **first)


def _keep(name: str, part: str, key: str) -> None:
    _say(name, **{part: st.session_state[key]})


def _say(name: str, **options: str | None) -> None:
    drafts.change(partial(_saying, name, options))


def _saying(name: str, options: dict[str, str | None], notebook: Notebook) -> Notebook:
    cell = notebook.find(name)
    return notebook if cell is None else notebook.changed(name, cell.saying(**options))
