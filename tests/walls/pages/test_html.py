"""HTML is made in the room of parts alone, and is Html by its type: no page escapes or trusts."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.walls.pages.test_pages import docstrings
from tests.walls.sources import Source, calls, python

PARTS = "tend/ui/parts/"
TAG = re.compile(r"</?[a-z][a-z0-9]*(\s[^<>]*)?>")
# What the server writes into Streamlit's own page is no part of ours.
SERVED = "tend/ui/frame/headers.py"
MAKES = {"st.html", "html.escape", "markupsafe.Markup", "Markup", "html.Html", "Html"}


def faults(source: Source) -> Iterator[str]:
    """Name what makes HTML by hand."""
    prose = {id(node) for node in docstrings(source.tree)}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and id(node) not in prose and TAG.search(str(node.value)):
            yield f"{source.path}:{node.lineno} HTML in a string"
        if isinstance(node, ast.keyword) and node.arg == "unsafe_allow_html":
            yield f"{source.path}:{node.value.lineno} unsafe_allow_html"
    for name, call in calls(source.tree):
        if name in MAKES or (name.endswith(".html") and not name.startswith("html.")):
            yield f"{source.path}:{call.lineno} {name}"


def test_html_is_made_of_parts() -> None:
    """Outside the parts nothing writes a tag, shows HTML or says that a text is safe."""
    sources = python("app.py", "pages", "tend/figures", "tend/ui")
    others = [source for source in sources if not source.path.startswith((PARTS, SERVED))]
    assert [fault for source in others for fault in faults(source)] == []


@pytest.mark.parametrize(
    "line",
    [
        "st.html(said)",
        "place.html(said)",
        "x = f'<p class=\"tend-note\">{said}</p>'",
        'x = "<br>".join(lines)',
        "x = html.escape(said)",
        "x = html.Html(said)",
        "st.markdown(said, unsafe_allow_html=True)",
    ],
)
def test_the_guard_bites(line: str) -> None:
    """Each way to make HTML by hand is found."""
    assert list(faults(Source("tend/ui/bad.py", line)))


def test_the_guard_lets_parts_pass() -> None:
    """Elements of the parts, and signs that are no tags, are none of its business."""
    line = 'html.show(html.p(said, css="tend-note"))\nx = "a < b, c > d"'
    assert list(faults(Source("tend/ui/good.py", line))) == []
