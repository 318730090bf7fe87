"""The notebook that is looked at: as it is kept, or as the reader has changed it since."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from tend.acts import notebooks
from tend.acts.notebooks import Kept
from tend.figures.collection import FIGURES
from tend.language import text
from tend.language.errors import TendError
from tend.notebook import figure_cell
from tend.notebook.cells import Cell, Notebook
from tend.queries import library
from tend.ui.state import address, data, lists
from tend.ui.state.book import Book

NEW = "new"  # the name in an address of a notebook that is only begun
_DRAFTS = "tend.notebooks"
Edit = Callable[[Notebook], Notebook]
ChangeCell = Callable[[Cell], Cell]


@dataclass(frozen=True)
class Draft:
    """A notebook on its way, and the version that it was made from, where it is kept."""

    notebook: Notebook
    base: Kept | None = None

    @property
    def is_changed(self) -> bool:
        """Tell whether there is something that is not kept."""
        return self.base is None or self.notebook != self.base.notebook


def book() -> Book:
    """Give the notebook that the address names; a pinned one is named by its page."""
    found, here = address.choice().book, lists.here() or ""
    is_pinned = here.startswith(notebooks.PAGE)
    return replace(found, notebook=here.removeprefix(notebooks.PAGE)) if is_pinned else found


def book_of_address() -> Book:
    """Give the notebook as the address has it."""
    return address.choice().book


def book_of(place: str) -> Book:
    """Give the notebook of a place, to be edited."""
    parts = place.split("\n")
    if len(parts) < len(("figure", "turn", "given")):
        return Book(notebook=place, is_edited=True)
    figure, turn, given = parts
    return Book(figure=figure, turn=turn, given=given, is_edited=True)


def look(changed: Book) -> None:
    """Keep another look at it in the address."""
    address.change(replace(address.choice(), book=changed))


def current() -> Draft | None:
    """Give the notebook that is looked at; None where there is none of that name."""
    place, found = book(), _drafts().get(book().place)
    if found is not None and found.is_changed and found.base is not None:
        return found
    kept = _kept(place.notebook)
    if kept is not None and (found is None or found.base is not None):
        return Draft(kept.notebook, kept)
    if found is not None:
        return Draft(found.notebook)
    return _begun(place)


def all_kept() -> tuple[Kept, ...]:
    """Give all notebooks there are."""
    language = address.choice().language
    return data.once(
        "notebooks", language, make=lambda: notebooks.listed(data.workspace(), language)
    )


def waiting() -> list[tuple[str, Draft]]:
    """Give the notebooks of this session that hold something that is not kept."""
    return [(place, draft) for place, draft in _drafts().items() if draft.is_changed]


def is_as_opened(draft: Draft) -> bool:
    """Tell whether a figure is asked as its page asks it: its address says all of it."""
    begun = _begun(book()) if book().figure else None
    return begun is not None and draft.notebook.cells == begun.notebook.cells


def change(edit: Edit) -> None:
    """Change the notebook that is looked at; for callbacks."""
    draft = current()
    if draft is not None:
        _drafts()[book().place] = replace(draft, notebook=edit(draft.notebook))


def put(place: str, draft: Draft) -> None:
    """Look at a notebook under a place."""
    _drafts()[place] = draft


def forget(place: str) -> None:
    """Let go of what was changed."""
    _drafts().pop(place, None)


def _drafts() -> dict[str, Draft]:
    found: dict[str, Draft] = st.session_state.setdefault(_DRAFTS, {})
    return found


def _kept(name: str) -> Kept | None:
    there = all_kept()
    by_id = {kept.notebook.id: kept for kept in there}
    return by_id.get(name) or {kept.notebook.name: kept for kept in there}.get(name)


def _begun(place: Book) -> Draft | None:
    """Begin with nothing, or with the figure that the address names."""
    if place.notebook == NEW:
        return Draft(Notebook("", ""))
    if not place.figure:
        return None
    said = {"figure": place.figure, "view": place.turn, "given": place.given}
    cell = Cell(place.figure, "sql", "", tuple(said.items()))
    try:
        figure = figure_cell.of(cell)
        sql = library.find(figure.query).sql if figure else ""
    except TendError:
        return None
    if not sql:
        return None
    return Draft(Notebook("", _title(place.figure), (replace(cell, text=sql),)))


def _title(figure: str) -> str:
    key = FIGURES[figure].key("title") if figure in FIGURES else ""
    return text.say(key, address.choice().language) if text.has(key) else figure
