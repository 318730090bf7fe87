"""Cookies of a sign-in: read as Streamlit signs them, and sent by TLS only where there is TLS."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import Message, Send
from streamlit.web.server.starlette import starlette_websocket
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from tend.ui.server.setup import Setup

# Where somebody wanted to go before they signed in.
WANTED = "tend_wanted"
_WANTED_SECONDS = 900
_HERE = re.compile(r"/(?![/\\])[!-\[\]-~]*")


def claims(cookies: Mapping[str, str], there: Setup) -> dict[str, Any]:
    """Give what the provider said, from cookies that this server signed; else nothing."""
    signed = starlette_websocket._get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)
    if signed is None:
        return {}
    return starlette_websocket._parse_decoded_user_cookie(signed, there.origin)


def of_others(cookies: Mapping[str, str]) -> dict[str, Any]:
    """Give what the provider said at another address with this secret: to end it, and no more."""
    signed = starlette_websocket._get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)
    try:
        origin = str(json.loads(signed or b"{}").get("origin", ""))
    except (ValueError, AttributeError):
        return {}
    return starlette_websocket._parse_decoded_user_cookie(signed or b"{}", origin)


def being_set(headers: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    """Give the cookies that an answer sets, those it takes away left out."""
    found: dict[str, str] = {}
    for name, value in headers:
        if name.lower() == b"set-cookie":
            said: SimpleCookie = SimpleCookie()
            try:
                said.load(value.decode("latin-1"))
            except CookieError:
                continue
            found |= {key: one.value for key, one in said.items() if one["max-age"] != "0"}
    return {key: value for key, value in found.items() if value}


def by_tls_only(send: Send) -> Send:
    """Have all cookies go by TLS only: Streamlit cannot know that a proxy speaks it."""

    async def send_on(message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.accept"):
            message["headers"] = [_secured(*header) for header in message.get("headers", [])]
        await send(message)

    return send_on


def _secured(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    is_open = name.lower() == b"set-cookie" and b"; secure" not in value.lower()
    return name, value + b"; Secure" if is_open else value


def wanted(cookies: Mapping[str, str]) -> str:
    """Give where somebody wanted to go; nothing where that is no plain address of this server.

    A cookie may be another's word: signs that nobody sees would end the header, or lead elsewhere.
    """
    said = cookies.get(WANTED, "")
    return said if _HERE.fullmatch(said) else ""


def want(headers: MutableHeaders, address: str, path: str) -> None:
    """Keep for a while where somebody wanted to go; an empty address forgets it."""
    lasts = _WANTED_SECONDS if address else 0
    said: SimpleCookie = SimpleCookie({WANTED: address})
    for name, value in (
        ("path", path),
        ("max-age", lasts),
        ("httponly", True),
        ("samesite", "lax"),
    ):
        said[WANTED][name] = value
    headers.append("set-cookie", said[WANTED].OutputString())


def forget(answer: Response, sent: Iterable[str], path: str) -> None:
    """Have a browser forget its sign-in, with all parts of it and the provider's tokens."""
    for name in sent:
        if name.startswith(USER_COOKIE_NAME):
            answer.delete_cookie(name, path.rstrip("/") or "/")
