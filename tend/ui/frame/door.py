"""The door: who is answered, and what this server answers at all."""

import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from tend.language import text
from tend.language.errors import TendError
from tend.ui.entrance.gate import Gate
from tend.ui.frame.headers import SecurityHeaders
from tend.ui.server import setup

# What a browser needs of Streamlit's own addresses, and what asks whether the server lives.
_NEEDED = ("health", "host-config", "stream", "upload_file")
# Addresses of Streamlit that Tend has no use for: components, files beside the app.
_CLOSED = ("component", "app")
# The way to sign in, open only where it is set up; nothing else lies beneath it.
_SIGN_IN = (["auth", "login"], ["auth", "logout"], ["oauth2callback"])


class Door:
    """Answer requests for a name of this server (`server.allowedHosts`), at what Tend needs."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or say why not."""
        if scope["type"] != "http":  # Streamlit holds websockets against the same setting
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not is_host_allowed(hosts[0]):
            language = text.LANGUAGES[headers.get("accept-language", "").startswith("zh")]
            said = TendError("foreign_host").message(language)
            await PlainTextResponse(said, 400)(scope, receive, send)
        elif _is_closed(scope["path"]):
            await PlainTextResponse("", 404)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_closed(path: str) -> bool:
    """Tell whether an address of Streamlit is not needed; one base path may stand before it."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    steps = [step for step in path.removeprefix(f"/{base}").split("/") if step]
    if steps[:1] == ["_stcore"]:
        return steps[1:2] == [] or steps[1] not in _NEEDED
    if steps[:1] in (["auth"], ["oauth2callback"]):
        return setup.found() is None or steps not in _SIGN_IN
    return steps[:1] != [] and steps[0] in _CLOSED


MIDDLEWARE = [Middleware(SecurityHeaders), Middleware(Door), Middleware(Gate)]
