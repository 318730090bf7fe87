"""The sentence a page begins with."""

import re

from tend.figures.reading import Lead
from tend.ui.parts import html

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})")


def show(lead: Lead) -> None:
    """Draw what matters most, and beneath it a line of its own for each that says anything."""
    # browsers would break a line inside a date
    parts = enumerate(_DAY.split(lead.sentence))
    said = html.join("", (html.span(p, css="tend-day") if n % 2 else p for n, p in parts))
    more = html.join("", (html.p(line) for line in lead.lines if line))
    html.show(html.div(html.h1(said), more, css="tend-lead"))


def say(sentence: str, *lines: str) -> None:
    """Draw a sentence of the page's own."""
    show(Lead(sentence, lines))
