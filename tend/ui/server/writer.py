"""The server that writes, as one that only reads asks it: does it live; to end a sign-in."""

import urllib.error
import urllib.request
from http.client import HTTPMessage
from typing import IO

from tend.store.copies import reading
from tend.store.database.transactions import log

_HEALTH, _OUT = "/_stcore/health", "/auth/logout"
_PATIENCE = 3.0


class _Here(urllib.request.HTTPRedirectHandler):
    """Go nowhere else, whatever is answered: not to a provider, nor to whoever stands between."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        """Follow nothing."""


_opener = urllib.request.build_opener(_Here)


def answers(address: str) -> bool:
    """Tell whether the server at an address says that it lives."""
    try:
        return _asked(address + _HEALTH) == 200
    except (OSError, ValueError):
        return False


def sign_out(cookies: str) -> None:
    """Have a sign-in that ends here end at the writer, and so at all servers of this workspace.

    It is asked as a browser asks it, with the same cookies. Where it is away, the sign-in has ended
    at the servers of this machine alone, until it would be over anyway.
    """
    if not (address := reading.writer()):
        return
    try:
        _asked(address + _OUT, {"Cookie": cookies})
    except (OSError, ValueError) as error:
        log("a sign-in could not be ended where things are entered", error)


def _asked(address: str, headers: dict[str, str] | None = None) -> int:
    """Ask the operator's own address; give what it says."""
    request = urllib.request.Request(address, headers=headers or {})  # noqa: S310 - http or https, as `reading.writer` holds
    try:
        with _opener.open(request, timeout=_PATIENCE) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
