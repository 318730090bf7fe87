"""The sentence a page begins with."""

import re

from tend.ui.parts import html

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})")


def say(lead: str, *lines: str) -> None:
    """Say what matters most, and beneath it a line of its own for each that says anything."""
    # browsers would break a line inside a date
    parts = enumerate(_DAY.split(lead))
    said = html.join("", (html.span(p, css="tend-day") if n % 2 else p for n, p in parts))
    more = html.join("", (html.p(line) for line in lines if line))
    html.show(html.div(html.h1(said), more, css="tend-lead"))
