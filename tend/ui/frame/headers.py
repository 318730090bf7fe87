"""Security headers on every answer, and a first page that finds its server at once."""

from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
_HERE = b'<script>window.__streamlit={BACKEND_BASE_URL:new URL("./",location.href).href}</script>'
_TITLE = (b"<title>Streamlit</title>", b"<title>Tend</title>")
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
            MutableHeaders(scope=start)["content-length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})
