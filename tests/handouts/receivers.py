"""Receivers of messages on this machine: a web server and a mail server that keep what comes."""

import json
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
import requests
from requests.adapters import HTTPAdapter

_SECONDS = 10


@dataclass
class Web:
    """What came in: the address that was asked, whether certificates are checked, the body."""

    port: int
    asked: list[str] = field(default_factory=list)
    checked: list[object] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    # What is answered, by a part of the address: status and body.
    answers: dict[str, tuple[int, str]] = field(default_factory=dict)

    def answer(self, address: str) -> tuple[int, str]:
        """Give what the service behind an address says."""
        known = self.answers | {"/services/": (200, "ok")}  # as Slack has it
        return next((said for part, said in known.items() if part in address), (200, "{}"))


@contextmanager
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """Run a web server to which all that is posted is led, whatever its host."""

    class Handler(BaseHTTPRequestHandler):
        timeout = _SECONDS

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            found.bodies.append(json.loads(self.rfile.read(length)))
            status, said = found.answer(self.path)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(said.encode())

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Web(server.server_address[1])
    led = _Led(found)
    monkeypatch.setattr(requests.Session, "get_adapter", lambda *_, **__: led)
    with _running(server):
        yield found


class _Led(HTTPAdapter):
    """The way of every request: to the receiver, with path and parameters as they are."""

    def __init__(self, found: Web) -> None:
        super().__init__()
        self._found = found

    def send(self, request: requests.PreparedRequest, *given: Any, **how: Any) -> Any:
        """Note where it was to go, and lead it here."""
        assert request.url is not None
        self._found.asked.append(request.url)
        self._found.checked.append(how["verify"])
        here = ("http", f"127.0.0.1:{self._found.port}")
        request.url = urlunsplit((*here, *urlsplit(request.url)[2:]))
        return super().send(request, *given, **how)


@dataclass
class Mail:
    """What came in: envelope addresses, and the messages."""

    port: int
    recipients: list[str] = field(default_factory=list)
    messages: list[EmailMessage] = field(default_factory=list)


@contextmanager
def mail() -> Iterator[Mail]:
    """Run a mail server that takes every message."""

    class Handler(socketserver.StreamRequestHandler):
        timeout = _SECONDS

        def handle(self) -> None:
            self._say("220 here")
            while line := self.rfile.readline().decode().strip():
                verb = line[:4].upper()
                if verb == "RCPT":
                    found.recipients.append(line.partition(":")[2].strip("<> "))
                if verb == "DATA":
                    self._say("354 go on")
                    found.messages.append(self._message())
                self._say("221 bye" if verb == "QUIT" else "250 fine")
                if verb == "QUIT":
                    return

        def _message(self) -> EmailMessage:
            lines = iter(self.rfile.readline, b".\r\n")
            whole = b"".join(line.removeprefix(b".") for line in lines)
            return message_from_bytes(whole, policy=default)

        def _say(self, said: str) -> None:
            self.wfile.write(f"{said}\r\n".encode())

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    found = Mail(server.server_address[1])
    with _running(server):
        yield found


@contextmanager
def _running(server: socketserver.TCPServer) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join(_SECONDS)


def free_port() -> int:
    """Give a port on which nobody listens."""
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as server:
        return int(server.server_address[1])
