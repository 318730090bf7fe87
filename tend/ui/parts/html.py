"""HTML, safe by its type: what is no Html yet is text, and escaped where it is put in."""

import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st
from markupsafe import Markup as Html
from markupsafe import escape as text

__all__ = ["Html", "join", "show", "tag", "text"]


def tag(name: str, *inside: object, css: str = "", **attributes: object) -> Html:
    """Give an element of a class with what is inside it."""
    given = {"class": css, **attributes} if css else attributes
    said = "".join(f' {key.replace("_", "-")}="{text(one)}"' for key, one in given.items())
    within = "".join(map(text, inside))
    return Html(f"<{name}{said}>{within}</{name}>")  # noqa: S704 - of our own code and files; what others say is escaped


def join(between: str, parts: Iterable[object]) -> Html:
    """Give parts one after the other."""
    return text(between).join(text(part) for part in parts)


def show(said: Html, place: Any = st, width: Any = "stretch") -> None:
    """Show it on the page, or at a place of it; no line ends between a number and its unit."""
    place.html(_UNIT.sub("\u00a0", said), width=width)


def style(rules: str | Path) -> None:
    """Lay rules of our own, or a file of them, over the page."""
    st.html(rules if isinstance(rules, Path) else f"<style>{rules}</style>")


def ours(file: Path) -> Html:
    """Give a file of our own that stands in HTML as it is: a picture, a style."""
    return Html(file.read_text("utf-8"))  # noqa: S704 - of our own code and files; what others say is escaped


def document(language: str, title: str, rules: Iterable[str], *inside: object) -> str:
    """Give a whole document in a language, with rules of our own, for what is no page."""
    head = Html(
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="data:,">'
    )
    said = (head, tag("title", title), tag("style", *map(Html, rules)))
    whole = tag("html", tag("head", *said), tag("body", *inside), lang=language)
    return f"<!doctype html>{whole}"


_UNIT = re.compile(r"(?<=\d) (?=[%万亿])")
BREAK, NOTHING = Html("<br>"), Html("")
b, dd, div, dl, dt, em = (partial(tag, name) for name in ("b", "dd", "div", "dl", "dt", "em"))
h1, h2, h3, h4, i = (partial(tag, name) for name in ("h1", "h2", "h3", "h4", "i"))
li, ol, p, s, small, span = (partial(tag, name) for name in ("li", "ol", "p", "s", "small", "span"))
details, summary = (partial(tag, name) for name in ("details", "summary"))
table, td, th, tr, ul = (partial(tag, name) for name in ("table", "td", "th", "tr", "ul"))
thead, tbody = (partial(tag, name) for name in ("thead", "tbody"))
