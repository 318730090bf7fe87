"""Elements escape what is no Html, wherever it is put in."""

from tend.ui.parts import html

RUDE = '<b onclick="x">A & B\'s</b>'
SAFE = "&lt;b onclick=&#34;x&#34;&gt;A &amp; B&#39;s&lt;/b&gt;"


def test_text_is_escaped_and_html_is_not() -> None:
    """Inside, in attributes and between; what is Html already stays as it is."""
    assert html.p(RUDE) == f"<p>{SAFE}</p>"
    assert html.p(html.b("x"), RUDE) == f"<p><b>x</b>{SAFE}</p>"
    assert html.i(title=RUDE, css="a") == f'<i class="a" title="{SAFE}"></i>'
    assert html.join(RUDE, (html.b("x"), RUDE)) == f"<b>x</b>{SAFE}{SAFE}"
    assert html.div(aria_label="x", role="img") == '<div aria-label="x" role="img"></div>'


def test_everything_made_is_html() -> None:
    """So nothing is escaped twice."""
    for made in (html.p("x"), html.join(", ", ("a", "b")), html.text("x"), html.NOTHING):
        assert isinstance(made, html.Html)
        assert html.p(made) == f"<p>{made}</p>"
