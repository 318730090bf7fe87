"""A letter as text and as Markdown: an independent reader of Markdown finds our marks alone."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tend.handouts import letter as letters
from tend.handouts.letter import Letter, Line, Part
from tend.language import format
from tests.handouts.test_sending import HOSTILE, LINK

pytestmark = pytest.mark.quick

ODD = (*HOSTILE, "1. one", "12) twelve", "- dash", "+ plus", "= x", "a|b", "~x~", ":smile:", "$x$")
READER = MarkdownIt("gfm-like", {"linkify": False})
_UNSEEN = "\u2060"


def letter(*names: str) -> Letter:
    """Give a letter that names some customers, with and without a link."""
    lines = (*(Line(name, LINK, name) for name in names), *(Line(name) for name in names))
    return Letter("T", names[0], (Part("P", Line("H", LINK, "A"), tuple(lines)),), "F", LINK, "：")


def inside(tokens: list[Token]) -> list[Token]:
    """Give all tokens, those inside of lines too."""
    return [one for token in tokens for one in (token, *(token.children or ()))]


def shown(name: str) -> str:
    """Give a name as a reader sees it."""
    return format.printable(" ".join(name.split()))


def hold(*names: str) -> None:
    """A reader of Markdown finds the names as they are, and no mark that is not ours."""
    found = inside(READER.parse(letters.markdown(letter(*names))))
    kinds = Counter(token.type for token in found)
    links = [token.attrs["href"] for token in found if token.type == "link_open"]
    assert links == [LINK] * (len(names) + 2)
    assert kinds["heading_open"] == 2
    assert kinds["list_item_open"] == 2 * len(names)
    ours = {"heading", "paragraph", "bullet_list", "list_item", "link"}
    assert {kind.rpartition("_")[0] for kind in kinds if kind.endswith("_open")} <= ours
    assert not kinds.keys() & {"html_inline", "html_block", "image", "code_inline", "fence"}
    said = ["".join(t.content for t in one.children or ()) for one in found if one.type == "inline"]
    lines = [f"{shown(name)}：{shown(name)}" for name in names] + [shown(name) for name in names]
    assert [line.replace(_UNSEEN, "") for line in said[4:-1]] == lines


def test_hostile_names_are_read_as_they_are() -> None:
    """No mention, tag, picture, list, table, address or emphasis comes of them."""
    hold(*ODD)


@given(st.text("ab1 *_`[]()<>#+-.!|~&;:@/\\=$\n", min_size=1).filter(lambda said: said.strip()))
def test_any_name_is_read_as_it_is(name: str) -> None:
    """Whatever signs it is made of."""
    if not name.replace(_UNSEEN, "").isspace():
        hold(name)


def test_it_can_be_read_as_it_stands() -> None:
    """Days, amounts and rates carry no signs of an escape."""
    for said in ("2026-11-28", "3.63M · +3 since", "29.4 % – 97.1 %", "Müller & Co. (North)"):
        assert format.markdown(said) == said


def test_plain_text_has_the_address_of_each_list() -> None:
    """And names without one; control signs are written out."""
    said = letters.plain(letter("x\x1b[31m"))
    assert said.split("\n") == [
        *("T", "", "x\\u001b[31m", "", "P：H · A", LINK),
        *("- x\\u001b[31m：x\\u001b[31m", "- x\\u001b[31m", "", "F", LINK),
    ]


def test_what_is_too_long_is_cut_behind_a_line() -> None:
    """Never inside of one, nor of a sign; what fits stays whole."""
    whole = "\n".join(["续约" * 5] * 10)
    assert letters.cut(whole, len(whole.encode()), "more") == whole
    said = letters.cut(whole, 100, "more")
    assert said == "\n".join(["续约" * 5] * 3) + "\n\nmore"
    assert letters.cut("x" * 50, 20, "more") == "more"
