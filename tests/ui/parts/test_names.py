"""Names as files give them: what reads like an address is no link, what is too long is cut."""

import io
from collections.abc import Iterator

import openpyxl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from tend.handouts.workbook import one_table
from tend.language import format
from tests.kit.browsing import WAIT, Watched
from tests.kit.server import Server, serve
from tests.ui.conftest import LINKED, Open

AS_OF = "2025-12-31"
PAGES = ("renewals", "value", "sop", "workbench")
# What is drawn, beside the pages: a customer of each odd name, filters, what an address names.
OPENED = (
    *("customer?customer=C1", "customer?customer=C7"),
    "movement?industry=www.acme.test&industry=" + "x" * 300,
    "sop?contract=2025-7%20" + "x" * 300,
)
# Links of the page, but for those of the frame: its own pages, and the way past them.
LINKS = """(home) => [...document.querySelectorAll('a[href]')]
  .filter((a) => !a.href.startsWith(home)).map((a) => a.href)"""
# What is written beyond the right edge; tables, charts and tabs scroll within themselves.
BEYOND = """() => [...document.querySelectorAll('.stMain [data-testid="stHtml"], .stMain button')]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .filter((one) => !one.closest('[role="tablist"]') && one.getClientRects().length)
  .map((one) => one.textContent.slice(0, 60))"""


@pytest.fixture(scope="module")
def server(made: Open) -> Iterator[Server]:
    """Serve customers whose names are addresses, and some as long as a page."""
    with serve(made("linked")) as running:
        yield running


@pytest.fixture(scope="module")
def phone(chromium: Browser, server: Server) -> Iterator[Page]:
    """Open a phone's browser."""
    context = chromium.new_context(locale="en-US", viewport={"width": 390, "height": 844})
    watched = Watched(context, server)
    yield watched.page
    watched.check()
    context.close()


@pytest.mark.parametrize("place", [*PAGES, *OPENED])
def test_no_name_is_a_link_or_leaves_the_page(phone: Page, server: Server, place: str) -> None:
    """On every page, in what is opened on top and in the bar of filters; on a phone too."""
    phone.goto(f"{server.url}/{place}{'&' if '?' in place else '?'}lang=en&as_of={AS_OF}")
    lead = '[role="dialog"] h3' if "?contract" in place else ".stMain h1, .stMain h2"
    phone.locator(lead).first.wait_for(timeout=WAIT)
    phone.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    assert phone.evaluate(LINKS, server.url) == []
    assert phone.evaluate(BEYOND) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


@settings(deadline=None)
@given(st.text(max_size=40), st.sampled_from(("www.a.test", "http://a.test", "a@b.test")))
def test_every_address_in_a_label_is_broken_unseen(around: str, link: str) -> None:
    """Only a sign without width is added; without it the label is the name."""
    label = format.plain(f"{around}{link}")
    assert link not in label.replace("\\", "")
    plain = label.replace("\u2060", "").replace("\\", "")
    assert plain == format.plain(f"{around}{link}").replace("\u2060", "").replace("\\", "")


@settings(deadline=None)
@given(st.text())
def test_what_is_cut_is_short_and_begins_alike(name: str) -> None:
    """A name is whole, or ends in a mark; nothing in it moves other text."""
    cut = format.clipped(name, 20)
    assert len(cut) <= 20
    assert format.printable(cut) == cut
    assert cut.endswith("…") or cut == format.printable(" ".join(name.split()))


def test_downloads_hold_no_links() -> None:
    """In Excel a name that reads like an address is a text without a link."""
    table = pa.table({"customer_name": list(LINKED)})
    book = openpyxl.load_workbook(io.BytesIO(one_table.write(table, {}, "Names")))
    cells = [row[0] for row in book.active.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == list(LINKED)
    assert [cell.hyperlink for cell in cells] == [None] * len(LINKED)
