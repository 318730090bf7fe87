"""Where the server asks about its provider, anything may be: the provider, nobody, nonsense.

It is the first that is asked in each step, of signing in and on the way back and out.
"""

import contextlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

import httpx

How = Literal["well", "gone", "hung up", "nonsense", "lacking", "slow"]
# A slow line says something again and again: no waiting for a next word ever ends.
_DRIP = 0.2


@dataclass
class Between:
    """What the server is told is its provider; readers go to the provider itself."""

    said: bytes
    how: How = "well"
    _server: ThreadingHTTPServer | None = field(default=None, init=False)
    _port: int = field(default=0, init=False)

    @property
    def url(self) -> str:
        """Give its address, which stays."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Listen."""
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), self._handler())
        self._server.daemon_threads = True
        self._port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """Listen no longer."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    @contextmanager
    def being(self, how: How) -> Iterator[None]:
        """Let it be otherwise for a while."""
        self.how = how
        if how == "gone":
            self.stop()
        try:
            yield
        finally:
            self.how = "well"
            if how == "gone":
                self.start()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        line = self

        class Handler(BaseHTTPRequestHandler):
            """Answers as the line is now."""

            def do_GET(self) -> None:
                line._answer(self)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        return Handler

    def _answer(self, asked: BaseHTTPRequestHandler) -> None:
        if self.how == "hung up":
            return
        asked.send_response(200)
        asked.send_header("Content-Type", "application/json")
        asked.end_headers()
        with contextlib.suppress(OSError):  # who asked has gone
            asked.wfile.write({"well": self.said, "lacking": b"{}"}.get(self.how, b"<html>Hello"))
            while self.how == "slow":
                asked.wfile.write(b" ")
                time.sleep(_DRIP)


@contextmanager
def between(provider: str) -> Iterator[Between]:
    """Stand in a provider's place, for as long as it is needed."""
    line = Between(httpx.get(f"{provider}/.well-known/openid-configuration").content)
    line.start()
    try:
        yield line
    finally:
        line.stop()
