"""Security headers on every answer, and a first page that finds its server and scripts at once."""

import re
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

# The frame's own scripts and styles are inline, and charts are compiled in the browser.
_POLICY = "; ".join(
    (
        "default-src 'self'",
        # components hand their own script over as a blob
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
# Opened at /renewals, Streamlit's page looks for its server at /renewals/_stcore first, and the
# browser logs the miss as an error. Every page lies beside the root, so the root is "./".
# A script that could not be fetched is noted until `browser.js` is there, which sees to it.
_HERE = (
    b'<script>window.__streamlit={BACKEND_BASE_URL:new URL("./",location.href).href};'
    b'addEventListener("vite:preloadError",()=>{window.tendLacks??=true})</script>'
)
_TITLE = (b"<title>Streamlit</title>", b"<title>Tend</title>")
# What nearly every page is drawn with. Streamlit's page fetches each script when the first element
# that needs it comes, and charts three, one after the other; so they are there before.
_DRAWN_WITH = (
    *("Html", "Button", "ButtonGroup", "PageLink", "BidiComponent", "Multiselect"),
    *("ArrowVegaLiteChart", "embed", "DataFrame"),
)
_APP = b'src="./static/js/index.'
_IMPORTED = re.compile(r"""(?:from|import)"\./([\w.-]+\.js)\"""")
_Handler = Callable[[Message], Awaitable[None]]


class SecurityHeaders:
    """Add HEADERS to each HTTP answer, and to the first page where its server is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if "text/html" in Headers(scope=scope).get("accept", ""):
            # The page is to be read on its way out, so it must come as plain text.
            kept = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            scope = {**scope, "headers": kept}
            await self._app(scope, receive, _FirstPage(send))
        else:
            await self._app(scope, receive, _with_headers(send))


def _with_headers(send: Send) -> _Handler:
    async def send_on(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return send_on


class _FirstPage:
    """Collect an HTML answer, and send it with `_HERE` in its head."""

    def __init__(self, send: Send) -> None:
        self._send = _with_headers(send)
        self._start: Message | None = None
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        """Pass a part of the answer on, or keep it until the page is whole."""
        if message["type"] == "http.response.start":
            if "text/html" in Headers(raw=message["headers"]).get("content-type", ""):
                self._start = message
            else:
                await self._send(message)
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        body = bytes(self._body)
        if body:  # a HEAD request has none, and its length is the page's own business
            body = body.replace(*_TITLE).replace(b"<head>", b"<head>" + _HERE, 1)
            if _APP in body:  # the entrance is a page of its own, which fetches nothing of the app
                body = body.replace(b"</head>", _fetched_ahead() + b"</head>", 1)
            MutableHeaders(scope=start)["content-length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


@cache
def _fetched_ahead() -> bytes:
    """Give the links by which a browser fetches these scripts while the page itself begins.

    After all that the page begins with; where a Streamlit has no such file, it is fetched later.
    """
    folder = Path(file_util.get_static_dir()) / "static" / "js"
    begun = (folder.parents[1] / "index.html").read_text("utf-8")
    left = [file.name for name in _DRAWN_WITH for file in folder.glob(f"{name}.*.js")]
    found: dict[str, None] = {}
    while left:
        if (name := left.pop(0)) not in found and name not in begun:
            found[name] = None
            left += _IMPORTED.findall((folder / name).read_text("utf-8"))
    link = '<link rel="modulepreload" fetchpriority="low" crossorigin href="./static/js/{}">'
    return "".join(map(link.format, found)).encode()
