"""Who may ask how a server stands: the token's owner, or without one this machine itself.

A proxy on the same machine reaches us from it, too. It is told apart by what it adds, and by the
name it was asked for; whoever cannot be sure of their proxy sets a token.
"""

import hmac
import ipaddress
import os
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection, Request

VARIABLE = "TEND_OPERATOR_TOKEN"
# A shorter one could be guessed.
_SHORTEST = 16
_BY_A_PROXY = ("forwarded", "via", "x-real-ip")
_BY_A_PROXY_IN_PARTS = "x-forwarded-"


def is_allowed(request: Request) -> bool:
    """Tell whether a request may be told how the server stands."""
    if token := os.environ.get(VARIABLE, ""):
        given = request.headers.get("authorization", "")
        is_it = hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
        return len(token) >= _SHORTEST and is_it
    return is_from_here(request)


def is_from_here(request: HTTPConnection) -> bool:
    """Tell whether somebody at this machine asks, and no proxy for others."""
    names = request.headers.keys()
    if any(name in _BY_A_PROXY or name.startswith(_BY_A_PROXY_IN_PARTS) for name in names):
        return False
    asked = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    asked = asked.removesuffix(".")  # a whole name may end so
    client = request.client.host if request.client else ""
    return _is_loopback(client) and (asked == "localhost" or _is_loopback(asked))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
