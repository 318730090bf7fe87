"""Out of the app: by signing out, or because whoever signed in is not let in any more."""

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from tend.ui.entrance import page
from tend.ui.parts import html, words
from tend.ui.state import person


def unless_known() -> None:
    """End the run of a reader who is not let in: nothing of the app is drawn for them.

    The entrance says why; a browser that holds no sign-in for this page stays here and is told so.
    """
    if not person.signs_in() or not (visit := person.visit()).why:
        return
    if visit.sign_in:
        _to("")
    html.show(html.p(words.say(f"sign_in.{visit.why}", address=visit.address)))
    st.stop()


def out() -> None:
    """Sign out whoever reads, in all their tabs."""
    _to(page.OUT)


def _to(path: str) -> None:
    """Have the browser open an address of this server anew."""
    if (context := get_script_run_ctx()) is not None:
        message = ForwardMsg()
        message.auth_redirect.url = page.base() + path
        context.enqueue(message)
