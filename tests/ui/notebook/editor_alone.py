"""An app that shows one editor and what came of it: served as Tend is, by its own door."""

from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tend.ui.frame import door
from tend.ui.notebook.editor import Place, Word, editor, served
from tend.ui.state import address

FRAME = Path(address.__file__).parents[1] / "frame"
NPS = "-- question: Who recommends us?\n-- columns:\n--   nps (number): it\nselect 7 as nps"
WORDS = (
    Word("contracts", "table", "One row per contract"),
    Word("contract_id", "column", "its number", of="contracts"),
    Word("arr", "column", "what it pays in a year", of="contracts"),
    Word("in_window", "macro"),
    Word("$as_of", "parameter"),
    Word("by_size", "cell"),
    Word("nps", "query", "Who recommends us?", text=NPS),
)


class Stricter:
    """Refuse the scripts that components hand over as well, where the address asks for it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a second policy beside the app's: both have to allow a script."""

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start" and b"strict" in scope["query_string"]:
                policy = "script-src 'self' 'unsafe-inline' 'unsafe-eval'"
                MutableHeaders(scope=message).append("Content-Security-Policy", policy)
            await send(message)

        await self._app(scope, receive, send_on)


def show() -> None:
    """Show the editor between two buttons, and say what it holds."""
    address.sync("en")
    st.html(FRAME / "style.css")
    kept = st.session_state
    kept.setdefault("text", "select 1\nfrom nowhere")
    kept.setdefault("runs", 0)
    if st.button("Other text"):
        kept["text"] = "select 2"
    edited = editor("one", kept["text"], WORDS, label="SQL of a cell", wrong=Place(2, 6))
    kept["text"], kept["runs"] = edited.text, kept["runs"] + edited.is_run
    st.button("After it")
    st.code(f"{kept['runs']} runs: {kept['text']}", language=None)


if __name__ == "__main__":
    show()
else:
    app = st.App(
        __file__, middleware=[Middleware(Stricter), *door.MIDDLEWARE], routes=served.routes()
    )
