"""Health movement: what the page says, what it lacks, and the way from an arrow to a reason."""

import html as markup
import re
from datetime import date

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from streamlit.testing.v1 import AppTest

from tend.figures import wording
from tend.figures.collection import FIGURES
from tend.figures.reading import Reading
from tend.language import format, text
from tend.queries import asking
from tend.ui.state import data
from tend.view import View
from tests.kit.browsing import WAIT, Watched, settled
from tests.kit.driver import html, opened_in_frame, opened_page, texts
from tests.kit.server import serve
from tests.ui.conftest import HOSTILE, LANGUAGES, Open

AS_OF = date(2026, 9, 30)
FIRST = date(2026, 3, 31)
DETAILS = (
    "movement_matrix",
    "health_flows",
    "usage_states",
    "health_backtest",
    "health_calibration",
)
EVERYBODY = {"direction": None, "from_quadrant": None, "to_quadrant": None}


def page(language: str = "en", **address: str) -> AppTest:
    """Open the page at the sample's last day."""
    return opened_page("movement", **{"lang": language, "as_of": AS_OF.isoformat(), **address})


def counted(first: date, last: date = AS_OF, grid: str | None = None) -> list[dict[str, object]]:
    """Give all customers with their ways, as the query has them."""
    view = View(AS_OF, first, last, grid)
    rows: list[dict[str, object]] = asking.run(
        data.workspace(), "movement_customers", view, **EVERYBODY
    ).to_pylist()
    return rows


@pytest.mark.parametrize("grid", ["3x3", "2x2"])
def test_sentence_and_lists_say_the_same(opened: Open, grid: str) -> None:
    """The customers that fell are those of the sentence, the card, the tab and the list."""
    opened("sample-en")
    rows = counted(FIRST, grid=grid)
    fallen = [row for row in rows if row["direction"] == "fall"]
    risen = [row for row in rows if row["direction"] == "rise"]
    app = page(since="own", **{"from": FIRST.isoformat(), "to": AS_OF.isoformat()}, grid=grid)
    said = html(app)
    first = '<span class="tend-day">2026-03-31</span>'
    assert f"<h1>{len(fallen)} customers fell a quadrant between {first}" in said
    alone = [row for row in fallen if row["indicators"] is None]
    assert bool(alone) == (grid == "3x3")
    only = f"{len(alone)} of them only because the limits moved"
    assert (only in said) == bool(alone)
    assert f"; {len(risen)} rose." in said
    assert f"</i> {len(fallen)}</p>" in said
    assert [tab.label for tab in app.tabs][:2] == [
        text.say(f"movement.lists.{name}", "en", customers=count)
        .replace("(", "\\(")
        .replace(")", "\\)")
        for name, count in (("fallen", len(fallen)), ("risen", len(risen)))
    ]
    names = [b.label for b in app.button if str(b.key).startswith("open_fallen_")]
    expected = [str(row["customer_name"]) for row in fallen[: len(names)]]
    assert [name.replace("\\", "") for name in names] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_of_moves_is_told_in_words(opened: Open, language: str) -> None:
    """Way and reason stand in the table that is downloaded, in the reader's language."""
    opened("sample-en")
    view = View(AS_OF, FIRST, AS_OF)
    rows = wording.beside(
        FIGURES["fallen"], Reading(data.ask, "en", "CNY").answer(FIGURES["fallen"], view), language
    ).to_pylist()
    assert rows
    for row in rows:
        assert "→" in row["way"]
        assert row["why"].endswith("." if language == "en" else "。")


@pytest.mark.parametrize("language", LANGUAGES)
def test_quick_choice_and_own_dates_stand_in_the_address(opened: Open, language: str) -> None:
    """Since a year ago, then two dates of one's own that begin with those on the screen."""
    opened("sample-en")
    app = page(language)
    app.segmented_control(key="since").set_value("year").run()
    assert app.query_params["since"] == "year"
    app.segmented_control(key="since").set_value("own").run()
    assert app.query_params["from"] == "2025-09-30"
    assert app.query_params["to"] == "2026-09-30"
    app.selectbox(key="from_month").set_value(FIRST).run()
    assert app.query_params["from"] == FIRST.isoformat()
    assert not app.exception


def test_dates_in_the_wrong_order_are_put_right(opened: Open) -> None:
    """The earlier of two dates is the earlier one, whichever picker it was chosen in."""
    opened("sample-en")
    app = page(since="own", **{"from": "2026-06-30", "to": "2026-09-30"})
    app.selectbox(key="to_month").set_value(date(2026, 3, 31)).run()
    assert app.query_params["from"] == "2026-03-31"
    assert app.query_params["to"] == "2026-06-30"


@pytest.mark.parametrize("language", LANGUAGES)
def test_missing_signals_are_named(opened: Open, language: str) -> None:
    """With contracts alone the page says which data sets it needs and what it would show."""
    opened("no-signals")
    said = texts(page(language))
    assert text.say("ui.missing.movement", language) in said
    for name in ("usage", "surveys", "touches", "tickets"):
        assert text.say(f"datasets.{name}", language) in said


@pytest.mark.parametrize(("kind", "axis"), [("no-usage", "outcome"), ("no-surveys", "experience")])
def test_one_axis_alone_moves_nobody(opened: Open, kind: str, axis: str) -> None:
    """Without data for one score nobody stands in a quadrant; the page says what is missing."""
    opened(kind)
    said = html(page())
    assert text.say(f"movement.without_{axis}", "en") in said
    assert "so nobody can have moved" in said
    assert said.count(f'<p class="tend-value">{format.MISSING}</p>') >= 4
    assert "</i> 0</p>" not in said
    assert text.say("figures.movement_grid.unit", "en") not in said


def test_limits_that_nobody_taught_are_said(opened: Open) -> None:
    """With few renewals the page says that the limits are not learned from them."""
    opened("moving")
    said = html(page(as_of="2025-12-31", since="year"))
    assert text.say("movement.not_learned", "en") in said


def test_hostile_names_stay_text(opened: Open) -> None:
    """Customers that moved are shown by their names, whatever stands in them."""
    opened("moving")
    app = page(as_of="2025-12-31", since="own", **{"from": "2025-03-31", "to": "2025-12-31"})
    assert not app.exception
    said = html(app)
    assert "<script" not in said
    assert "<img" not in said
    named = [b for b in app.button if str(b.key).startswith("open_")]
    assert named
    for button in named:
        said = button.label.replace("\u2060", "")  # which keeps addresses from becoming links
        assert re.sub(r"\\(.)", r"\1", said) in HOSTILE
        assert ":material" not in button.label
    named[0].click().run()
    assert not app.exception
    assert "<script" not in html(app)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["sample-en", "moving"])
def test_every_detail_is_drawn(opened: Open, kind: str, language: str) -> None:
    """Each tab runs, over full and over poor data."""
    opened(kind)
    day = "2025-12-31" if kind == "moving" else AS_OF.isoformat()
    app = opened_in_frame("movement", lang=language, as_of=day)
    for name in DETAILS:
        _open_tab(app, text.say(f"figures.{name}.tab", language))
        assert not app.exception, name
        unit, empty = (text.say(f"figures.{name}.{part}", language) for part in ("unit", "empty"))
        said = markup.unescape(html(app))
        assert unit in said or empty in said


def test_few_losses_are_no_verdict(opened: Open) -> None:
    """Where the backtest rests on a handful of contracts, the page says that it cannot tell."""
    opened("moving")
    app = opened_in_frame("movement", lang="en", as_of="2025-12-31")
    _open_tab(app, text.say("figures.health_backtest.tab", "en"))
    assert "The data cannot tell" in html(app)


def _open_tab(app: AppTest, label: str) -> None:
    app.session_state[f"details_{'_'.join(DETAILS)}"] = label
    app.run()


@pytest.mark.timeout(240)
def test_from_an_arrow_to_a_reason(chromium: Browser, made: Open) -> None:
    """Two dates, a falling arrow, its customers, one of them: path, indicators and why."""
    folder = made("sample-en")
    with serve(folder) as server:
        context = chromium.new_context(locale="en-US", viewport={"width": 1440, "height": 1500})
        watched = Watched(context, server)
        shown = watched.page
        shown.goto(f"{server.url}/movement?as_of={AS_OF}")
        expect(shown.locator(".tend-lead h1")).to_contain_text("2026-06-30", timeout=WAIT)
        shown.locator(".st-key-since button", has_text="Two dates").click()
        shown.locator(".st-key-from_month input").click()
        shown.get_by_role("option", name="2026-03-31").click()
        expect(shown.locator(".tend-lead h1")).to_contain_text("2026-03-31", timeout=WAIT)
        assert "from=2026-03-31" in shown.url

        customers = _click_thickest_fall(shown)
        chosen = shown.locator(".st-key-moves .tend-figure h2")
        expect(chosen).to_have_text(
            re.compile(rf"^{customers} customers went this way"), timeout=WAIT
        )
        names = shown.locator("[class*=st-key-open_chosen_] button")
        expect(names).to_have_count(min(customers, 6), timeout=WAIT)
        name = names.first.inner_text()
        names.first.click()
        panel = shown.get_by_role("dialog")
        expect(panel).to_contain_text(name, timeout=WAIT)
        expect(panel.locator(".tend-sum")).to_contain_text(re.compile(r"fell|rose|known|limits"))
        expect(panel.locator("svg.marks").first).to_be_visible(timeout=WAIT)
        expect(panel.locator(".tend-table tr").nth(5)).to_be_visible()
        shown.keyboard.press("Escape")
        expect(panel).to_have_count(0)
        shown.locator(".st-key-let_go button").click()
        expect(shown.locator(".st-key-moves [role=tab]").first).to_contain_text(
            "Fell", timeout=WAIT
        )
        light = _ink(shown.locator(".st-key-moves"))
        # in the dark a panel has the inks of the page beneath it
        shown.emulate_media(color_scheme="dark")
        shown.reload()
        shown.locator("[class*=st-key-open_] button").first.click()
        expect(panel.locator(".tend-sum")).to_be_visible(timeout=WAIT)
        assert _ink(panel) == _ink(shown.locator(".st-key-moves")) != light
        panel.locator(".st-key-about_customer button").click()
        expect(shown.locator(".st-key-customer_actions")).to_be_visible(timeout=WAIT)
        expect(panel).to_have_count(0)
        watched.check()


@pytest.mark.timeout(240)
def test_phone_shows_the_list_before_the_grid(chromium: Browser, made: Open) -> None:
    """At 390 pixels: sentence, numbers, list, grid; nothing is cut off."""
    with serve(made("sample-zh")) as server:
        context = chromium.new_context(locale="zh-CN", viewport={"width": 390, "height": 844})
        watched = Watched(context, server)
        shown = watched.page
        shown.goto(f"{server.url}/movement?as_of={AS_OF}")
        expect(shown.locator(".tend-lead h1")).to_contain_text("象限下滑", timeout=WAIT)
        expect(shown.locator("svg.marks").first).to_be_visible(timeout=WAIT)
        assert _top(shown, ".st-key-moves") < _top(shown, "svg.marks")
        assert shown.evaluate("document.documentElement.scrollWidth") <= 390
        watched.check()


def _top(shown: Page, selector: str) -> float:
    box = shown.locator(selector).first.bounding_box()
    assert box is not None
    return box["y"]


def _click_thickest_fall(shown: Page) -> int:
    """Click the middle of the falling arrow that most customers went; give their number."""
    grid = shown.locator("svg.marks").first
    expect(grid).to_be_visible(timeout=WAIT)
    settled(shown)
    lines = grid.locator("g.mark-rule line[aria-label*='Customers']").evaluate_all(
        """lines => lines.map(line => {
            const box = line.getBoundingClientRect()
            return [line.getAttribute('aria-label'), box.x + box.width / 2, box.y + box.height / 2]
        })"""
    )
    falls = [(_number(label), x, y) for label, x, y in lines if _is_fall(label)]
    customers, x, y = max(falls)
    shown.mouse.click(x, y)
    return customers


def _ink(place: Locator) -> str:
    """Give the color of what is at risk at a place."""
    found: str = place.evaluate(
        """place => {
            const one = place.appendChild(document.createElement("b"))
            one.className = "tend-at-risk"
            return getComputedStyle(one).color
        }"""
    )
    return found


def _number(label: str) -> int:
    found = re.search(r"Customers: (\d+)", label)
    assert found is not None
    return int(found[1])


def _is_fall(label: str) -> bool:
    """Tell by its ends whether an arrow leads to the left or down."""
    ends = {name: float(value) for name, value in re.findall(r"([xy][12]): ([\d.]+)", label)}
    across, up = ends["x2"] - ends["x1"], ends["y2"] - ends["y1"]
    return across <= 0 and up <= 0
