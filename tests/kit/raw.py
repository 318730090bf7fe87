"""Requests written by hand, over TLS or without: what no browser would send."""

import base64
import os
import socket
import ssl
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """What came back: nothing, where the other side hung up."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""

    def all(self, name: str) -> list[str]:
        """Give the values of every header of that name."""
        return [value for key, value in self.headers if key == name.lower()]


HUNG_UP = Answer(0)


def ask(
    port: int,
    path: str,
    headers: Mapping[str, str],
    *,
    method: str = "GET",
    server_name: str | None = None,
) -> Answer:
    """Send one request to this machine; with `server_name` over TLS, of that name."""
    lines = [f"{method} {path} HTTP/1.1", *(f"{key}: {value}" for key, value in headers.items())]
    said = "\r\n".join((*lines, "", "")).encode()
    try:
        with closing(_line(port, server_name)) as line:
            line.settimeout(20)
            line.sendall(said)
            return _answer(_read(line))
    except (ssl.SSLError, ConnectionError):
        return HUNG_UP


def websocket(origin: str, host: str) -> dict[str, str]:
    """Give the headers that open the websocket of a page."""
    return {
        "Host": host,
        "Origin": origin,
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        "Sec-WebSocket-Protocol": "streamlit",
    }


def _line(port: int, server_name: str | None) -> socket.socket:
    plain = socket.create_connection(("127.0.0.1", port), timeout=20)
    if server_name is None:
        return plain
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(plain, server_hostname=server_name)


def _read(line: socket.socket) -> bytes:
    """Read until the head is whole and as much of the body as it announces, or the end."""
    said = b""
    while part := line.recv(65536):
        said += part
        head, ends, body = said.partition(b"\r\n\r\n")
        if ends and (b" 101 " in head[:20] or len(body) >= _length(head)):
            break
    return said


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    return 1 << 40 if b"transfer-encoding" not in head.lower() else 1


def _answer(said: bytes) -> Answer:
    head, _, body = said.decode("utf-8", "replace").partition("\r\n\r\n")
    if not head:
        return HUNG_UP
    first, *lines = head.split("\r\n")
    pairs = (line.partition(":") for line in lines)
    headers = tuple((key.strip().lower(), value.strip()) for key, _, value in pairs)
    return Answer(int(first.split()[1]), headers, body)
