"""What is drawn alone says itself why it is refused, at first and when it alone is drawn anew."""

import pytest
from streamlit.testing.v1 import AppTest

from tend.language import format
from tend.language.errors import TendError


def _script(kind: str) -> None:
    import streamlit as st

    from tend.language.errors import TendError
    from tend.ui.state import address, alone

    address.sync("en")

    def draw(words: str) -> None:
        st.text(words)
        if st.toggle("break", key="break"):
            raise TendError("disk_full", path="place")

    if kind == "part":
        alone.part()(draw)("a part")
    else:
        alone.dialog("Title", draw)("a dialog")


@pytest.mark.parametrize("kind", ["part", "dialog"])
def test_a_refusal_is_said_where_it_is_drawn(kind: str) -> None:
    """The sentence stands there, Streamlit's own box of an error does not."""
    at = AppTest.from_function(_script, args=(kind,)).run()
    assert [one.value for one in at.text] == [f"a {kind}"]
    assert not at.error
    at.toggle(key="break").set_value(True).run()
    assert not at.exception
    said = format.plain(TendError("disk_full", path="place").message("en"))
    assert [one.value for one in at.error] == [said]
    at.toggle(key="break").set_value(False).run()
    assert not at.error
    assert not at.exception
