"""What a reader wrote as Markdown, made fit to be drawn: text and links, and nothing from outside.

HTML is not drawn by itself; images, icons and formulas are text here: the first two would ask other
hosts, and the last would take $as_of for mathematics.
"""

import re

import streamlit as st

from tend.ui.parts import pieces, words

_CODE = re.compile(r"(```.*?```|`[^`\n]*`)", re.DOTALL)
_ICON = re.compile(r":(?=material/|streamlit:)")
_IMAGE = re.compile(r"!(?=\[)")
# Links that a text may hold; what is before the first of these signs names how it is opened.
_LINK = re.compile(r"(\]\s*\(\s*<?|^\s{0,3}\[[^\]\n]+\]:\s*<?|<)(?=[^\s)>]*:)", re.MULTILINE)
_KNOWN = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_NOTHING = "\u200b"


def show(text: str) -> None:
    """Draw it; where nothing is written, say so."""
    if text.strip():
        st.markdown(safe(text))
    else:
        pieces.note(words.say("notebook.no_text"))


def safe(text: str) -> str:
    """Give Markdown with what could ask other hosts, or run, made plain text."""
    return "".join(
        part if place % 2 else _plain(part) for place, part in enumerate(_CODE.split(text))
    )


def _plain(part: str) -> str:
    part = _ICON.sub(f":{_NOTHING}", part.replace("$", r"\$"))
    part = _IMAGE.sub("! ", part)
    return _LINK.sub(lambda found: _link(part, found), part)


def _link(part: str, found: re.Match[str]) -> str:
    """Leave a link of the web or of mail; any other becomes text."""
    if _KNOWN.match(part, found.end()):
        return found[0]
    return re.sub(r"([(<:])", r"\\\1", found[0])
