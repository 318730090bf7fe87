"""The figures beneath the renewal overview: each is drawn over every kind of data, and true."""

import html as markup

import pytest
from streamlit.testing.v1 import AppTest

from tend.figures import wording
from tend.figures.collection import FIGURES
from tend.figures.reading import Reading
from tend.language import format, text
from tend.queries import asking
from tend.ui.state import data
from tend.view import View, window
from tests.kit.driver import html, opened_in_frame, opened_page
from tests.ui.conftest import HOSTILE, LANGUAGES, Open
from tests.ui.health.test_movement import AS_OF

# By view: figures that are drawn at once, those in tabs, those in lines that open.
DRAWN = {
    "now": (
        *("renewals_by_period", "renewals_by_segment", "renewals_due", "renewal_cohorts"),
        "retention_trend",
    ),
    "why": ("renewals_change", "loss_reasons", "renewals_matrix", "losses_by_segment"),
    "next": ("forecast_months", "call_outcomes", "forecast_list"),
}
TABS = {"why": ("losses", "win_backs")}
FOLDED = {
    "now": ("process_funnel",),
    "next": ("call_record", "forecast_check", "forecast_calibration"),
}
DAYS = {"hostile": "2025-06-30", "moving": "2025-12-31", "ledger": "2026-09-30"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["sample-en", "sample-zh", "hostile", "moving", "ledger"])
def test_every_detail_is_drawn(opened: Open, kind: str, language: str) -> None:
    """Each tab runs, over full and over poor data, and says what it shows or lacks."""
    opened(kind)
    day = DAYS.get(kind, AS_OF.isoformat())
    for part, drawn in DRAWN.items():
        app = opened_in_frame("renewals", lang=language, as_of=day, view=part)
        unfold(app, *FOLDED.get(part, ()))
        is_there(app, language, *drawn, *FOLDED.get(part, ()))
        for name in TABS.get(part, ()):
            open_tab(app, TABS[part], text.say(FIGURES[name].key("tab"), language))
            is_there(app, language, name)


def is_there(app: AppTest, language: str, *names: str) -> None:
    """Each of the figures says what it shows, or what it lacks."""
    assert not app.exception
    said = markup.unescape(html(app))
    for name in names:
        unit, empty = (text.say(FIGURES[name].key(part), language) for part in ("unit", "empty"))
        is_lacking = FIGURES[name].stands_on and text.say(FIGURES[name].key("title"), language)
        assert unit in said or empty in said or (is_lacking and is_lacking in said), name
    assert "nan" not in said.lower().split()
    assert "<script" not in html(app)


def test_second_dimension_stands_in_the_address(opened: Open) -> None:
    """What is chosen in the matrix is in the address, and the change is explained by it, too."""
    opened("sample-en")
    app = opened_in_frame("renewals", lang="en", as_of=AS_OF.isoformat(), view="why")
    assert app.selectbox(key="across").value == "quarter"
    app.selectbox(key="across").set_value("region").run()
    assert app.query_params["across"] == "region"
    assert app.selectbox(key="explained_by").value == "region"
    app.selectbox(key="explained_by").set_value("none").run()
    assert app.query_params["across"] == "none"
    assert not app.exception


@pytest.mark.parametrize("across", ["nowhere", "size", "month"])
def test_a_second_dimension_that_cannot_be_is_none(opened: Open, across: str) -> None:
    """One that does not exist, or is the first one already, leaves the default pair."""
    opened("sample-en")
    app = opened_page(
        "renewals", lang="en", as_of=AS_OF.isoformat(), split="size", across=across, view="why"
    )
    assert not app.exception
    assert app.selectbox(key="explained_by").value == "industry"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["last_quarter", "year_to_date", "last_12_months"])
def test_the_sentence_names_who_explains_it(opened: Open, name: str, language: str) -> None:
    """Named are one or two segments that account for half of the change, against its own period."""
    opened("sample-en")
    app = opened_page("renewals", lang=language, as_of=AS_OF.isoformat(), window=name)
    lead = markup.unescape(html(app).split("<h1>")[1].split("</h1>")[0])
    workspace = data.workspace()
    view = View(AS_OF, *window(name, AS_OF), "size").yearly(is_yearly=name != "last_quarter")
    named: list[str] = []
    for asked in (view.split("industry"), view):
        rows = asking.run(workspace, "renewal_change", asked).to_pylist()
        ranked = sorted((r for r in rows if r["place"]), key=lambda row: row["place"])
        needed = [row for row in ranked if row["explained_share"] >= 0.5][:1]
        if needed and needed[0]["place"] <= 2:
            named = [
                text.say(f"values.{row['segment']}", language)
                + (f" · {row['split']}" if row["split"] else "")
                for row in ranked[: needed[0]["place"]]
            ]
            break
    assert named, "the sample has no change to explain"
    assert text.say("figures.and", language).join(named) in lead


def test_a_filter_of_one_value_explains_nothing(opened: Open) -> None:
    """Where the filter is the segment, others explain the change, and their names do not say it."""
    opened("sample-en")
    app = opened_page("renewals", lang="en", as_of=AS_OF.isoformat(), size="mid", split="size")
    lead = markup.unescape(html(app).split("<h1>")[1].split("</h1>")[0])
    assert "mid" not in lead
    assert not app.exception


def test_open_contracts_make_a_band_on_the_card(opened: Open) -> None:
    """While contracts are open the first card says what the rate can still become."""
    opened("sample-en")
    said = html(opened_page("renewals", lang="en", as_of=AS_OF.isoformat(), window="this_quarter"))
    workspace = data.workspace()
    view = View(AS_OF, *window("this_quarter", AS_OF))
    [row] = asking.run(workspace, "renewal_rates", view).to_pylist()
    assert row["open"]
    worst, best = (row["renewed"] / row["contracts"], 1 - row["lost"] / row["contracts"])
    band = text.say(
        "figures.between",
        "en",
        worst=format.rate(worst, "en"),
        best=format.rate(best, "en"),
    )
    assert f"<p>{band}</p>" in said


def test_basis_and_reasons_are_words(opened: Open) -> None:
    """Where a chance comes from, and why a contract was lost, is told in the reader's language."""
    opened("sample-en")
    opened_page("renewals", lang="zh", as_of=AS_OF.isoformat())
    view = View(AS_OF)
    forecast, losses = FIGURES["forecast_list"], FIGURES["losses"]
    listed = wording.beside(forecast, Reading(data.ask, "en", "CNY").answer(forecast, view), "zh")
    bases = set(listed["basis"].to_pylist())
    assert bases <= {text.say(f"figures.basis.{code}", "zh") for code in BASES}
    assert len(bases) >= 2
    lost = wording.beside(losses, Reading(data.ask, "en", "CNY").answer(losses, view), "zh")
    groups = lost["loss_reason_group"].to_pylist()
    assert text.say("reasons.price", "zh") in groups


def test_hostile_names_stay_text(opened: Open) -> None:
    """Names in the sentence and in figures are data, whatever stands in them."""
    opened("hostile")
    app = opened_page(
        "renewals",
        lang="en",
        as_of="2026-06-30",
        split="industry",
        across="region",
        window="own",
        **{"from": "2025-01-01", "to": "2026-06-30"},
    )
    assert not app.exception
    said = html(app)
    assert "<script" not in said
    assert "<img" not in said
    assert HOSTILE


BASES = ("marked_lost", "probability", "stage", "quadrant", "size")


def open_tab(app: AppTest, strip: tuple[str, ...], label: str) -> None:
    """Open one tab of a strip."""
    app.session_state[f"details_{'_'.join(strip)}"] = format.plain(label)
    app.run()


def unfold(app: AppTest, *names: str) -> None:
    """Open lines that are folded."""
    for name in names:
        app.session_state[f"fold_{name}"] = True
    app.run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_later_ones_are_shown_when_asked_for(opened: Open, language: str) -> None:
    """The due list begins with 120 days; a switch shows all there are."""
    opened("sample-en")
    app = opened_in_frame("renewals", lang=language, as_of=AS_OF.isoformat())
    near = text.say("figures.renewals_due.unit", language)
    assert near in markup.unescape(html(app))
    app.toggle(key="due_later").set_value(True).run()
    assert not app.exception
    said = markup.unescape(html(app))
    assert near not in said
    assert text.say("figures.renewals_due_all.unit", language) in said
