"""The document: what the browser lets it do, and that names in it are data."""

import base64
import hashlib
import html
import json
import re

import pytest

from tend.handouts.review import document
from tend.handouts.review.document import as_data
from tests.ui.conftest import HOSTILE
from tests.walls.sources import ROOT

pytestmark = pytest.mark.quick
NAMES = [*HOSTILE, "</script><script>alert(1)</script>", "<!--<script>", "\u2028&amp;", "]]>"]


def test_names_are_data() -> None:
    """They come back as they were, and hold no sign that a browser would take for markup."""
    written = as_data({"names": NAMES})
    assert json.loads(written) == {"names": NAMES}
    assert not set("<>&\u2028\u2029") & set(written)


def test_what_is_no_number_is_refused() -> None:
    """JSON has none, and a browser would read nothing of the file."""
    with pytest.raises(ValueError, match="JSON"):
        as_data(float("nan"))


def test_only_what_it_was_written_with_runs() -> None:
    """Nothing is fetched; scripts and style are named by their hashes, and those are right."""
    whole = document.document({"a": 1}, language="en", title="<b>", noscript="&")
    [said] = re.findall(r'Content-Security-Policy" content="([^"]+)"', whole)
    rules = dict(rule.strip().split(" ", 1) for rule in html.unescape(said).split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert not re.search(r"unsafe|https?:|\*", said)
    for kind, tag in (("script-src", "script"), ("style-src", "style")):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", whole, re.DOTALL)
        made = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in inside]
        assert rules[kind].split() == [f"'sha256-{one}'" for one in made]
    assert "<title>&lt;b&gt;</title>" in whole


def test_what_draws_the_charts_is_whole_and_has_its_licences() -> None:
    """No sign in it ends its script, no line end changes on its way, and its parts are named."""
    folder = ROOT / "tend" / "handouts" / "review"
    code = (folder / "vega.js").read_bytes().decode("utf-8")
    assert not re.search(r"</script|<!--|\r", code, re.IGNORECASE)
    licences = (folder / "vega.LICENSES.txt").read_text(encoding="utf-8")
    named = re.findall(r"(vega[\w-]*) ([\d.]+)", code.splitlines()[0])
    assert [name for name, _ in named] == ["vega", "vega-lite", "vega-embed"]
    assert all(f"{name} {version} (" in licences for name, version in named)


def test_our_script_puts_in_texts_alone() -> None:
    """Nothing in it makes markup of a text, runs one, keeps anything, or asks anybody."""
    script = (ROOT / "tend/handouts/review/review.js").read_text(encoding="utf-8")
    makes = r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|Function\("
    asks = r"fetch\(|XMLHttp|WebSocket|import\(|localStorage|cookie"
    assert not re.search(f"{makes}|{asks}", script)
