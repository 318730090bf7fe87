"""The sentence a page begins with."""

import html
import re

import streamlit as st

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def say(lead: str, *lines: str) -> None:
    """Say what matters most, and beneath it a line of its own for each that says anything."""
    # browsers would break a line inside a date
    said = _DAY.sub(r'<span class="tend-day">\g<0></span>', html.escape(lead))
    more = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
    st.html(f'<div class="tend-lead"><h1>{said}</h1>{more}</div>')
