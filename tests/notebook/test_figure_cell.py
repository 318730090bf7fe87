"""A figure as a cell: what its page made of the view goes along, what the frame says does not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tend.figures.collection import FIGURES
from tend.notebook import figure_cell, text
from tend.notebook.cells import Notebook
from tend.queries import library
from tend.view import View

pytestmark = pytest.mark.quick
DAY = date(2026, 9, 30)
FRAME = View(DAY, date(2025, 10, 1), DAY, None, (("industry", ("retail",)),))
_DAYS = st.dates(date(2020, 1, 1), date(2027, 1, 1))
_VIEWS = st.builds(
    View,
    as_of=_DAYS,
    start=st.none() | _DAYS,
    end=st.none() | _DAYS,
    group_by=st.sampled_from([None, "size", "month"]),
    split_by=st.sampled_from([None, "tier"]),
    is_yearly=st.booleans(),
    filters=st.just((("industry", ("retail",)), ("csm", ("A & B", "=x", "中")))),
)


@given(view=_VIEWS)
def test_a_view_of_a_page_comes_back(view: View) -> None:
    """Whatever the page turned, the cell asks for the same, also after it was kept as text."""
    cell = figure_cell.opened(FIGURES["renewals_headline"], view, FRAME, {})
    [kept] = text.read(text.write(Notebook("", "x", (cell,)))).cells
    assert kept == cell
    assert figure_cell.view_of(kept, FRAME) == view


def test_the_frame_is_followed() -> None:
    """A page that only groups leaves day, window and filters to the frame of the notebook."""
    cell = figure_cell.opened(FIGURES["renewals_by_segment"], FRAME.grouped("size"), FRAME, {})
    assert cell.get("view") == "group_by=size"
    later = View(date(2026, 12, 31), None, None, None, ())
    assert figure_cell.view_of(cell, later) == later.grouped("size")


def test_parameters_come_back_in_their_types() -> None:
    """Days, flags, numbers, texts and lists of them; what the figure itself sets is not said."""
    asked = {"due_from": DAY, "exact": True, "strategic_draft": 0.2, "lead": 3, "search": "a&b=c"}
    cell = figure_cell.opened(FIGURES["tasks"], FRAME, FRAME, {**asked, "states": ("due", "open")})
    assert figure_cell.given_of(cell) | asked == figure_cell.given_of(cell)
    assert figure_cell.given_of(cell)["states"] == ["due", "open"]
    way = next(
        name for name, one in FIGURES.items() if any(key == "direction" for key, _ in one.given)
    )
    own = figure_cell.opened(FIGURES[way], FRAME, FRAME, dict(FIGURES[way].given))
    assert own.get("given") == ""
    assert figure_cell.given_of(own)["direction"] == dict(FIGURES[way].given)["direction"]


def test_a_cell_is_a_figure_until_it_is_changed() -> None:
    """Another statement is no longer what the page asks; one click asks it again."""
    cell = figure_cell.opened(FIGURES["sop_nps"], FRAME, FRAME, {})
    assert figure_cell.is_untouched(cell)
    assert cell.text == library.find("nps").sql.strip()
    other = figure_cell.restored(cell).saying(mark="bar", x="nps", y="segment")
    assert figure_cell.restored(other) == cell
