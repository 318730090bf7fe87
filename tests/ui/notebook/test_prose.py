"""Texts of notebooks: Markdown without pictures, icons, formulas, HTML or links that run."""

import pytest

from tend.ui.notebook.cell import prose

pytestmark = pytest.mark.quick


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("## Title\n\n**bold** and *slant*", "## Title\n\n**bold** and *slant*"),
        ("see [docs](https://a.test/x)", "see [docs](https://a.test/x)"),
        ("<mailto:a@b.test>", "<mailto:a@b.test>"),
        ("![p](http://evil.test/p.png)", "! [p](http://evil.test/p.png)"),
        ("[x](javascript:alert(1))", r"[x]\(javascript:alert(1))"),
        ("[x]( <JaVaScript:alert(1)>)", r"[x]\( \<JaVaScript:alert(1)>)"),
        ("[x]: data:text/html,1", r"[x]\: data:text/html,1"),
        ("from $as_of to $last_day", r"from \$as_of to \$last_day"),
        ("`$as_of` and ```\n![p](x)\n```", "`$as_of` and ```\n![p](x)\n```"),
        (":material/home: at 9:30", ":\u200bmaterial/home: at 9:30"),
    ],
)
def test_what_could_ask_others_or_run_is_text(written: str, drawn: str) -> None:
    """Links of the web and of mail stay; code stays as it is."""
    assert prose.safe(written) == drawn
