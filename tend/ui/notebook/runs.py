"""What was run: a cell shows what it was asked last, and says where it has changed since."""

import streamlit as st

from tend.language.errors import TendError
from tend.notebook.running import Question
from tend.ui.notebook import asking, drafts, stopping
from tend.ui.notebook.drafts import Draft

_RUNS = "tend.cells_run"
_AT_ONCE = 1  # a notebook with so many cells, opened from a figure, is run at once
Run = Question | TendError


def last(name: str) -> Run | None:
    """Give what a cell was asked last in this session; None where it has not been run."""
    draft = drafts.current()
    if draft is not None and _runs_by_itself(draft) and (_key(name) not in _all()):
        run(name)
    return _all().get(_key(name))


def run(name: str) -> None:
    """Ask a cell as it is now; for callbacks."""
    draft = drafts.current()
    stopping.let_go()
    if draft is not None:
        _all()[_key(name)] = asking.question(draft.notebook, name)


def run_all() -> None:
    """Ask all cells; for callbacks."""
    draft = drafts.current()
    for name in draft.notebook.sql() if draft else ():
        run(name)


def run_changed() -> None:
    """Ask the cells that would ask something else than last; for callbacks."""
    for name in changed():
        run(name)


def carry(before: str, now: str) -> None:
    """Take what was run along to the place that a notebook has now."""
    for (place, name), asked in tuple(_all().items()):
        if place == before:
            _all()[now, name] = asked


def rename(old: str, name: str) -> None:
    """Take what was run along to the name that a cell has now."""
    if (asked := _all().pop(_key(old), None)) is not None:
        _all()[_key(name)] = asked


def changed() -> list[str]:
    """Name the cells that were not run, or would ask something else now."""
    draft = drafts.current()
    return [name for name in draft.notebook.sql() if is_stale(name)] if draft else []


def is_stale(name: str) -> bool:
    """Tell whether a cell has something else to ask than what it shows."""
    draft = drafts.current()
    if draft is None:
        return False
    now, before = asking.question(draft.notebook, name), _all().get(_key(name))
    if isinstance(now, TendError) or isinstance(before, TendError):
        return before is None or str(now) != str(before)
    return now != before


def _runs_by_itself(draft: Draft) -> bool:
    """What is opened is run at once: a figure shows what its page did, a notebook what one read."""
    book = drafts.book()
    if draft.base is not None:
        return not draft.is_changed
    return bool(book.figure) and not book.notebook and len(draft.notebook.sql()) <= _AT_ONCE


def _all() -> dict[tuple[str, str], Run]:
    found: dict[tuple[str, str], Run] = st.session_state.setdefault(_RUNS, {})
    return found


def _key(name: str) -> tuple[str, str]:
    return drafts.book().place, name
