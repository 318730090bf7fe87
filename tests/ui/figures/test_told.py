"""What is handed round is what the pages draw: the same sentences, numbers and titles."""

import html as markup
import re
from itertools import cycle

import pytest

from tend.figures.pages import PAGES
from tend.figures.reading import Reading, Row
from tend.figures.week.block import Block
from tend.figures.week.blocks import blocks
from tend.handouts import told
from tend.handouts.told import Page
from tend.language import format, text
from tend.ui.state import data
from tend.view import View
from tests.kit.companies import UNTIL
from tests.kit.driver import opened_page, texts
from tests.ui.conftest import LANGUAGES, Open

DAY = UNTIL.isoformat()
ITEM = re.compile(r"<(h1|h2|p)(?: [^>]*)?>(.*?)</\1>", re.DOTALL)
LEAD = re.compile(r'<div class="tend-lead">(.*?)</div>', re.DOTALL)
CARD = re.compile(r'<div class="tend-card"[^>]*>(.*?)</div>', re.DOTALL)
FIGURE = re.compile(r'<div class="tend-figure">(.*?)</div>', re.DOTALL)
# What is said beneath another number, and has no card of its own.
BENEATH = ("gross_renewal_rate",)


def plain(body: str) -> str:
    """Give what is read of markup."""
    return " ".join(markup.unescape(re.sub(r"<[^>]+>", "", body)).split())


def items(body: str) -> list[str]:
    """Give the texts of headings and paragraphs in their order, those that say anything."""
    return [said for _, one in ITEM.findall(body) if (said := plain(one))]


def drawn(page: str, language: str, **address: str) -> str:
    """Give the HTML of a page."""
    app = opened_page(page, lang=language, as_of=DAY, **address)
    assert not app.exception
    return texts(app)


def squeezed(said: str) -> str:
    """Give a text without its spaces: where some stand between cells none are read."""
    return "".join(plain(said).split())


def row_of_due(row: Row, language: str) -> str:
    """Give what a row of the block Due reads: the time, its states, its ARR."""
    time = text.say(f"week.horizons.{row['horizon']}", language)
    states = [str(row[state]) for state in ("at_risk", "average", "healthy")]
    return " ".join((time, *states, format.money(row["arr"], language)))


def unread(body: str, block: Block, language: str) -> list[str]:
    """Name what a block says and the page does not: number, change, lines, notes, who is named."""
    lines = [f"{line.said} {format.money(line.arr, language)}" for line in block.lines]
    if block.name == "due":  # its lines are rows by time to the end and state
        lines = [row_of_due(row, language) for row in block.rows]
    arr = [] if block.arr is None else [format.money(block.arr, language)]
    named = [one.line for one in block.named]
    said = [block.title, block.good, block.said, *arr, block.change, *block.notes, *lines, *named]
    return [one for one in said if squeezed(one).removesuffix(format.MISSING) not in squeezed(body)]


def cards(page: Page) -> list[list[str]]:
    """Give what the cards of a page read: name, number, and the lines beneath it."""
    shown = (one for one in page.numbers if one.name not in BENEATH)
    return [[one.label, one.written, *map(plain, one.lines)] for one in shown]


def unmarked(card: list[str]) -> list[str]:
    """Give a card without the mark that stands before its number."""
    return [re.sub(r"^[↓↑▲◆▨] ", "", one) for one in card]


@pytest.mark.parametrize(("name", "language"), [*zip(PAGES, cycle(LANGUAGES), strict=False)])
def test_a_page_draws_what_is_told_of_it(opened: Open, name: str, language: str) -> None:
    """Sentence, lines, cards and titles, one by one, in each view of the page."""
    opened("sample-en")
    reading = Reading(data.ask, language, format.currency("CNY", language))
    page = told.page(reading, name, View(UNTIL))
    for part in page.views:
        body = drawn(name, language, **({} if part is page else {"view": part.name}))
        [lead] = LEAD.findall(body)
        lines = [plain(line) for line in part.lead.lines if line]
        assert items(lead) == [plain(part.lead.sentence), *lines]
        if name == "week":
            shown = blocks(reading, part.view)
            assert [gone for one in shown for gone in unread(body, one, language)] == []
            continue
        assert [unmarked(items(card)) for card in CARD.findall(body)] == cards(part)
        titles = {items(over)[0] for over in FIGURE.findall(body)}
        own = titles - {one.title for one in part.figures}
        assert len(own) == (name == "sop")  # the cell that is selected is no figure
