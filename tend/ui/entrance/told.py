"""To whom the address of a file was told: it is answered to them, and to nobody else.

Streamlit tells a session the addresses of what was made for it, in its messages: charts' images,
downloads, where an upload goes, our own lists of words. Whoever guesses or is sent one of them did
not hear it from this server.
"""

import re
from collections import OrderedDict
from typing import Any

# The part of an address that nobody guesses; what stands around it differs.
_SECRET = re.compile(
    rb"(?:\bmedia/|\bwords-)([0-9a-f]{32})"
    rb"|\bupload_file/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9A-Za-z-]{36})"
)
_BEGINS = (b"media/", b"words-", b"upload_file/")
# Where the frontend itself lies: what is the same for all who are let in.
_FRONTEND = "static/"
_MOST_FILES, _MOST_SIGN_INS = 4_096, 1_024


class Told:
    """What each sign-in was told, the newest few thousand of each."""

    def __init__(self) -> None:
        self._by_sign_in: OrderedDict[str, OrderedDict[bytes, None]] = OrderedDict()

    def hear(self, sign_in: str, message: bytes) -> None:
        """Note the addresses in a message to somebody."""
        if not any(one in message for one in _BEGINS):
            return
        theirs = self._by_sign_in.setdefault(sign_in, OrderedDict())
        self._by_sign_in.move_to_end(sign_in)
        for found in _SECRET.finditer(message):
            secret = found[1] or found[2]
            theirs[secret] = None
            theirs.move_to_end(secret)
        _shorten(theirs, _MOST_FILES)
        _shorten(self._by_sign_in, _MOST_SIGN_INS)

    def may_have(self, sign_in: str, path: str) -> bool:
        """Tell whether an address is nobody's secret, or was told to this sign-in."""
        asked = path.encode()
        if path.startswith(_FRONTEND) or not any(one in asked for one in _BEGINS):
            return True
        found = _SECRET.search(asked)
        return found is not None and (found[1] or found[2]) in self._by_sign_in.get(sign_in, {})

    def forget(self, sign_in: str) -> None:
        """Forget what a sign-in was told: it ended."""
        self._by_sign_in.pop(sign_in, None)


def _shorten(kept: OrderedDict[Any, Any], most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)
