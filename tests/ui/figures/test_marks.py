"""Marks of what was known on a day, and addresses that name no mark."""

import pytest
from streamlit.testing.v1 import AppTest

from tend.figures import drill
from tend.figures.collection import FIGURES
from tend.language import text
from tend.ui.state import data
from tend.view import PERIODS, View, window
from tests.kit.driver import html, opened_in_frame, opened_page
from tests.ui.conftest import LANGUAGES, Open
from tests.ui.health.test_movement import AS_OF
from tests.ui.renewals.test_details import unfold

YEAR = View(AS_OF, *window("last_12_months", AS_OF))
MID = View(AS_OF, *window("last_quarter", AS_OF), filters=(("size", ("mid",)),))
# What was known on a day, by the view that the figure is in.
THEN = {"renewal_cohorts": "now", "forecast_check": "next"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", THEN)
def test_a_mark_of_a_day_is_in_the_address(opened: Open, name: str, language: str) -> None:
    """A link to a point or month lists what was known then, in the filters and the window."""
    opened("sample-en")
    cell = FIGURES[name]
    rows = data.ask(cell.query, cell.ask(MID)).to_pylist()
    row = min(rows, key=lambda one: one["contracts"])
    picked = {column: str(row[column]) for column, _ in cell.behind}
    app = at_mark(name, language, drill.written(cell, picked))
    what = text.say(f"drill.marks.{name}", language, **picked)
    said = text.say("drill.contracts_behind", language, what=what, count=row["contracts"])
    assert said in html(app)


@pytest.mark.parametrize("name", THEN)
def test_a_mark_that_is_none_lists_nothing(opened: Open, name: str) -> None:
    """An address may name a day or a figure that has no such mark: the page stands as it is."""
    opened("sample-en")
    wrong = [f"{column}=nonsense" for column, _ in FIGURES[name].behind]
    app = at_mark(name, "en", (name, *wrong))
    assert f"let_go_{name}" not in {str(one.key) for one in app.button}
    for page, figure in (("renewals", "process_funnel"), ("value", "value_effort")):
        assert not opened_page(page, lang="en", as_of=f"{AS_OF}", drill=[figure]).exception


def at_mark(name: str, language: str, picked: tuple[str, ...]) -> AppTest:
    """Open the figure's tab at an address in which a mark is picked."""
    app = opened_in_frame(
        "renewals",
        lang=language,
        as_of=f"{AS_OF}",
        window="last_quarter",
        size="mid",
        view=THEN[name],
        drill=list(picked),
    )
    if THEN[name] == "next":
        unfold(app, name)
    assert not app.exception
    return app


def test_the_second_dimension_is_a_period_or_not() -> None:
    """Periods look back from the window's end, other dimensions keep to the window."""
    ask = FIGURES["renewals_matrix"].ask
    for period in PERIODS:
        assert ask(YEAR.split(period)).start != YEAR.start
    assert ask(YEAR.split("size")) == YEAR.split("size")
