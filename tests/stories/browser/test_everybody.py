"""By keyboard alone, read aloud, on a phone, on paper: the app for whoever comes, however."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pypinyin import lazy_pinyin

from tend.ui.frame.navigation import PAGES
from tests.kit.browsing import WAIT, Watched, settled
from tests.kit.server import Server, serve
from tests.ui.conftest import Open

pytestmark = pytest.mark.timeout(300)
AS_OF = "2026-09-30"
GRAVE = ("serious", "critical")
BELOW_ALL = """() => {
  const bottom = (one) => one.getBoundingClientRect().bottom
  const said = [...document.querySelectorAll('.stMain :is(p, td, small)')]
  return bottom(document.querySelector('.stMainBlockContainer')) - Math.max(...said.map(bottom))
}"""
ORDER = "heading-order"  # who has a page read aloud goes by its headings
# Faults of Streamlit's own elements that a page cannot mend, each with its reason; none by now.
KNOWN: dict[str, str] = {}


@pytest.fixture(scope="module")
def server(made: Open) -> Iterator[Server]:
    """Serve the Chinese sample company."""
    with serve(made("sample-zh")) as running:
        yield running


def address(server: Server, page: str, language: str) -> str:
    """Give the address of a page; that of a customer names the first."""
    whose = "&customer=C0001" if page == "customer" else ""
    return f"{server.url}/{page}?lang={language}&as_of={AS_OF}{whose}"


@pytest.mark.parametrize(("theme", "language"), [("light", "en"), ("dark", "zh")])
def test_pages_keep_the_rules_of_accessibility(
    chromium: Browser, server: Server, theme: str, language: str
) -> None:
    """No serious finding of axe on any page in either theme; each tells its title and language."""
    context = chromium.new_context(
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": 1440, "height": 900},
    )
    watched = Watched(context, server)
    page, found, titles = watched.page, dict[str, list[str]](), set[str]()
    for name in PAGES:
        page.goto(address(server, name, language))
        expect(page.locator(".tend-lead, .stMain h1, .stMain h2").first).to_be_visible(timeout=WAIT)
        settled(page)
        if page.locator(".st-key-search").count():  # its script names it, once it is there
            expect(page.locator(".st-key-search input[aria-label]")).to_be_visible(timeout=WAIT)
        expect(page.locator("html")).to_have_attribute("lang", re.compile(f"^{language}"))
        titles.add(page.title())
        against = Axe().run(page).response["violations"]
        grave = [v for v in against if v["impact"] in GRAVE or v["id"] == ORDER]
        told = [f"{v['id']}: {node['target']}" for v in grave for node in v["nodes"]]
        if kept := [one for one in told if one.partition(":")[0] not in KNOWN]:
            found[name] = kept
    assert found == {}
    assert len(titles) == len(PAGES)
    assert all(title.endswith(" · Tend") for title in titles)
    watched.check()
    context.close()


def test_a_customer_is_found_and_a_chart_is_read_by_keyboard(
    chromium: Browser, server: Server
) -> None:
    """Initials in pinyin and Enter open a customer; arrows read a chart's marks, Enter selects."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    watched = Watched(context, server)
    page = watched.page
    page.goto(address(server, "customer", "zh"))
    sentence = lead(page)
    name = re.split(r"\s*(?:的 ARR|已流失)", sentence)[0]
    initials = "".join(sound[0] for sound in lazy_pinyin(name))
    page.goto(address(server, "renewals", "zh"))
    expect(page.locator("svg.marks").first).to_be_visible(timeout=WAIT)
    settled(page)
    box = page.locator(".st-key-search input")
    expect(box).to_have_attribute("placeholder", re.compile("."), timeout=WAIT)  # it hears keys
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type(initials)
    options = page.locator(".st-key-search [role=option]")
    expect(options.first).to_contain_text(name, timeout=WAIT)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/customer\?.*customer=C0001"), timeout=WAIT)
    assert lead(page) == sentence

    page.go_back()
    chart = page.locator('[role="graphics-document"]').first
    expect(chart).to_have_attribute("aria-label", re.compile(r"\d"), timeout=WAIT)
    settled(page)
    mark = page.locator('[role="graphics-symbol"]:focus')
    for _ in range(5):  # a chart that is drawn anew meanwhile lets go of the focus
        chart.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(500)
        if mark.count():
            break
    expect(mark).to_have_attribute("aria-label", re.compile("续约"), timeout=WAIT)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("drill="), timeout=WAIT)
    watched.check()
    context.close()


def lead(page: Page) -> str:
    """Read the sentence of a page."""
    expect(page.locator(".tend-lead h1")).to_be_visible(timeout=WAIT)
    return page.locator(".tend-lead h1").inner_text()


def test_paper_gets_the_page_whole(chromium: Browser, server: Server) -> None:
    """Printed, a page says what it is, of which day and with which filters; tables are written."""
    context = chromium.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    watched = Watched(context, server)
    page = watched.page
    page.goto(f"{address(server, 'renewals', 'en')}&size=mid")
    expect(page.locator('[data-testid="stDataFrame"]').first).to_be_visible(timeout=WAIT)
    settled(page)
    page.evaluate(
        "void (window.print = () => { window.onPaper = document.querySelectorAll('.tend-paper')"
        ".length + 100 * document.querySelectorAll('[data-testid=stDataFrame]').length })"
    )
    page.keyboard.press("Control+p")
    page.wait_for_function("window.onPaper !== undefined")
    assert 0 < page.evaluate("window.onPaper") < 100  # all tables are text, none scrolls
    expect(page.locator('[data-testid="stDataFrame"]').first).to_be_visible(timeout=WAIT)
    page.emulate_media(media="print")
    head = page.locator(".tend-on-paper")
    expect(head).to_be_visible()
    for said in ("Renewals", AS_OF, "Size: mid"):
        expect(head).to_contain_text(said)
    expect(page.locator(".st-key-top")).to_be_hidden()
    page.goto(address(server, "data", "en"))
    expect(page.locator(".tend-import")).to_be_visible(timeout=WAIT)
    settled(page)
    assert page.evaluate(BELOW_ALL) < 2  # what is hidden at a page's end would be a blank sheet
    watched.check()
    context.close()


def test_the_menu_of_a_phone_closes(chromium: Browser, server: Server) -> None:
    """One button holds all pages; a page is chosen, the menu is gone, nothing is wider."""
    context = chromium.new_context(locale="en-US", viewport={"width": 390, "height": 844})
    watched = Watched(context, server)
    page = watched.page
    page.goto(address(server, "week", "en"))
    for here, name in (("week", "Health movement"), ("movement", "Workbench")):
        # that of the page that is left goes with it
        page.locator(f".st-key-phone_menu_{here}").get_by_role("button", name="Menu").click()
        links = page.locator('[data-testid="stPopoverBody"]').get_by_role("link")
        expect(links).to_have_count(len(PAGES) - 1, timeout=WAIT)
        links.filter(has_text=name).click()
        expect(page).to_have_title(f"{name} · Tend", timeout=WAIT)
        expect(links).to_have_count(0, timeout=WAIT)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    watched.check()
    context.close()
