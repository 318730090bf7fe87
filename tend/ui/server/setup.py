"""How people sign in at this server: by a file that names the provider, read once as it starts.

Without one the server answers its own machine. A file that is broken, or named and not there, lets
no server start: it must never be open because of a slip.
"""

import ipaddress
import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from tend.language.errors import TendError
from tend.store.copies import reading

# Names the file; else it is `.streamlit/secrets.toml` beside the app, or in the home folder.
FILE = "TEND_SIGN_IN"
# Said `yes` by whoever wants others to reach a server at which nobody signs in.
OPEN = "TEND_WITHOUT_SIGN_IN"
CALLBACK = "/oauth2callback"
_NEEDED = ("redirect_uri", "client_id", "client_secret", "server_metadata_url", "cookie_secret")
_LEAST_SECRET = 32
_NAMES_OF_THE_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Setup:
    """A sign-in that is set up: where readers come back to, and whether its addresses are sure."""

    redirect_uri: str
    addresses_are_verified: bool = False

    @property
    def origin(self) -> str:
        """Give the scheme and host by which readers reach this server."""
        parts = urlsplit(self.redirect_uri)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def is_behind_tls(self) -> bool:
        """Tell whether readers come by TLS."""
        return self.redirect_uri.startswith("https://")


# What the server started with: (None,) is a server without a sign-in.
_started: list[Setup | None] = []


def found() -> Setup | None:
    """Give the sign-in that is set up; None where there is none."""
    if _started:
        return _started[0]
    there = st.secrets.load_if_toml_exists()  # a page that is run without a server, by a test
    return _checked(dict(st.secrets)) if there and "auth" in st.secrets else None


def is_open() -> bool:
    """Tell whether others may reach this server although nobody signs in."""
    return os.environ.get(OPEN, "").lower() == "yes"


def start() -> Mapping[str, Any] | None:
    """Give what Streamlit is to know of the sign-in, for as long as the server runs.

    Raises TendError where it is not whole, where others could reach a server without one, and where
    the address of the server that writes is none.
    """
    reading.writer()
    said = _read()
    setup = _checked(said) if "auth" in said else None
    if setup is None and not is_open():
        _refuse_others()
    if setup is not None and st.get_option("server.trustedUserHeaders"):
        raise TendError("sign_in_by_headers")
    _started[:] = [setup]
    return None if setup is None else {"auth": said["auth"]}


def started() -> Mapping[str, Any] | None:
    """Start, or end with the one sentence that says why not."""
    try:
        return start()
    except TendError as error:
        sys.exit(f"tend: {error}")


def _read() -> dict[str, Any]:
    if given := os.environ.get(FILE):
        said = _parsed(Path(given))
        if "auth" not in said:
            raise TendError("sign_in_lacks", file=given, keys="[auth]")
        return said
    said = {}
    for one in st.get_option("secrets.files"):
        if Path(one).exists():
            said |= _parsed(Path(one))
    return said


def _parsed(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TendError("sign_in_unreadable", file=file, why=error) from error


def _checked(said: Mapping[str, Any]) -> Setup:
    """Give the sign-in that a file sets up. Raises TendError where something is not as it must."""
    auth = said["auth"] if isinstance(said["auth"], Mapping) else {}
    lacking = [key for key in _NEEDED if not isinstance(auth.get(key), str) or not auth[key]]
    if lacking:
        raise TendError("sign_in_lacks", file=_file(), keys=", ".join(lacking))
    if len(auth["cookie_secret"]) < _LEAST_SECRET:
        raise TendError("sign_in_guessable", file=_file(), least=_LEAST_SECRET)
    _check_way_back(auth["redirect_uri"])
    if not _is_safe(auth["server_metadata_url"]):
        address = auth["server_metadata_url"]
        raise TendError("sign_in_provider", file=_file(), address=address)
    return Setup(auth["redirect_uri"], _are_verified(said))


def _check_way_back(address: str) -> None:
    """Raise TendError where the provider would send readers to where Tend does not answer."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    path = f"/{base}{CALLBACK}" if base else CALLBACK
    if not _is_safe(address) or urlsplit(address).path != path:
        raise TendError("sign_in_address", file=_file(), address=address, path=path)
    host = urlsplit(address).netloc
    if not is_host_allowed(host):
        raise TendError("sign_in_host", file=_file(), host=host.partition(":")[0])


def _are_verified(said: Mapping[str, Any]) -> bool:
    """Tell whether a file vouches for all addresses: what only looks like yes or no is neither."""
    ours = said.get("tend", {})
    found = ours.get("addresses_are_verified", False) if isinstance(ours, Mapping) else None
    if not isinstance(found, bool):
        raise TendError("sign_in_verified", file=_file())
    return found


def _is_safe(address: str) -> bool:
    """Tell whether nobody stands between: TLS, or this very machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    is_here = parts.scheme == "http" and parts.hostname in _NAMES_OF_THE_MACHINE
    return bool(parts.hostname) and (parts.scheme == "https" or is_here)


def _file() -> str:
    return os.environ.get(FILE) or ".streamlit/secrets.toml"


def _refuse_others() -> None:
    """Refuse to start where the address, or a name that is answered, is not this machine's own."""
    address = str(st.get_option("server.address") or "0.0.0.0")  # noqa: S104 - looked for, not listened on
    names = {str(name).lower() for name in st.get_option("server.allowedHosts") or ["*"]}
    if not _is_near(address) or names - _NAMES_OF_THE_MACHINE:
        others = ", ".join(sorted(names - _NAMES_OF_THE_MACHINE))
        raise TendError("sign_in_missing", address=others or address, switch=OPEN)


def _is_near(host: str) -> bool:
    """Tell whether an address of the network is this machine's own."""
    if host in _NAMES_OF_THE_MACHINE:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
