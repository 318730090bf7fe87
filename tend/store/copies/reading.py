"""A server that only reads: `TEND_WRITER` names the one that writes, on the same folder.

It opens the published copy and writes nothing into the folder, which may be one that it cannot
write to. What it has to keep, its own log and the sign-ins that ended at it, lies at its user's.
"""

import hashlib
import os
from pathlib import Path
from urllib.parse import urlsplit

from tend.language.errors import TendError
from tend.store.database import trouble

WRITER = "TEND_WRITER"


def writer() -> str:
    """Give the address of the server that writes; nothing where this one does. Raises TendError."""
    given = os.environ.get(WRITER, "").strip().rstrip("/")
    if given and not _is_address(given):
        raise TendError("bad_writer", given=given)
    return given


def refuse() -> None:
    """Raise TendError where this server only reads."""
    if there := writer():
        raise TendError("goes_to_writer", writer=there)


def own(path: Path) -> Path:
    """Give the folder in which a reading server keeps what is its own of a workspace."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    named = hashlib.sha256(str(path).encode()).hexdigest()[:12]
    return Path(state) / "tend" / f"reader-{named}"


def make_own(path: Path) -> None:
    """Make that folder where it is not there. Raises TendError."""
    with trouble.opening(own(path)):
        own(path).mkdir(0o700, parents=True, exist_ok=True)


def _is_address(given: str) -> bool:
    """Tell whether a browser can be led to it, and to pages beneath it."""
    try:
        parts = urlsplit(given)
        is_whole = parts.port != 0 and bool(parts.hostname)
    except ValueError:
        return False
    has_more = parts.query or parts.fragment or "@" in parts.netloc
    return is_whole and parts.scheme in ("http", "https") and not has_more
