"""Who comes: what a provider says of a sign-in, and who that is for the workspace right now."""

import contextlib
import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from tend.language.errors import TendError
from tend.people.person import UNKNOWN, Person
from tend.store.audit.lines import What
from tend.store.people import people
from tend.store.people.sign_ins import Ended
from tend.store.workspace import Workspace
from tend.ui.server import opened, setup

# Why somebody is not let in; each has its sentence.
Why = Literal[
    "",
    "nobody",
    "ended",
    "expired",
    "unverified",
    "not_invited",
    "not_known",
    "away",
    "failed",
    "closed",
]
# What Streamlit adds to what the provider said: not part of the sign-in itself.
_ADDED = frozenset({"origin", "is_logged_in", "tokens", "provider"})
_MOST_KNOWN = 1_000
_known: dict[tuple[str, str], tuple[tuple[int, int], Person | None]] = {}
_ended: dict[str, Ended] = {}


@dataclass(frozen=True)
class Visit:
    """Somebody at the door: who they are, or why nobody is let in."""

    person: Person = UNKNOWN
    why: Why = "nobody"
    address: str = ""
    sign_in: str = ""
    """Names the sign-in itself: one at a provider, in however many tabs and kept cookies."""


def of(claims: Mapping[str, Any]) -> Visit:
    """Tell who comes with what a provider said, as the workspace knows them now."""
    if claims.get("is_logged_in") is not True:
        return Visit()
    address, sign_in = _text(claims.get("email")), key(claims)
    try:
        workspace = opened.workspace()
        if why := _refusal(claims, workspace, sign_in):
            return Visit(why=why, address=address, sign_in=sign_in)
        person = _person(workspace, address)
    except TendError:  # a page says what is the matter
        return Visit(why="closed", address=address, sign_in=sign_in)
    if person is None:
        # one of a domain that may come in is written down where things are entered
        unknown: Why = "not_known" if workspace.writer else "not_invited"
        return Visit(why=unknown, address=address, sign_in=sign_in)
    return Visit(person, "", address, sign_in)


def admit(claims: Mapping[str, Any], source: str = "") -> None:
    """Note a sign-in in the log, and who comes for the first time by a domain. Raises TendError."""
    visit = of(claims)
    if visit.why == "not_invited":
        people.admit(opened.workspace(), visit.address, _text(claims.get("name")))
        visit = of(claims)
    _note(visit, "refused" if visit.why else "signed_in", source)


def _note(visit: Visit, what: What, source: str) -> None:
    person = replace(visit.person, source=source)
    opened.workspace().seen_by(person).note(what, why=visit.why or None)


def end(claims: Mapping[str, Any], source: str = "") -> str:
    """End a sign-in wherever it is used, and keep that it ended; give which."""
    if claims.get("is_logged_in") is not True:
        return ""
    visit, sign_in = of(claims), key(claims)
    with contextlib.suppress(TendError):  # who wants to leave is let out
        _ended_of(opened.workspace()).add(sign_in, _until(claims))
        if not visit.why:
            _note(visit, "signed_out", source)
    return sign_in


def key(claims: Mapping[str, Any]) -> str:
    """Name a sign-in by all that the provider said of it: when, for whom, and once only."""
    said = {name: value for name, value in claims.items() if name not in _ADDED}
    whole = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(whole.encode(errors="surrogatepass")).hexdigest()[:32]


def _text(said: object) -> str:
    """Give a text that can be written: a provider may cut a name in the middle of a sign."""
    return str(said or "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _refusal(claims: Mapping[str, Any], workspace: Workspace, sign_in: str) -> Why:
    if _ended_of(workspace).has(sign_in):
        return "ended"
    if _until(claims) <= time.time():
        return "expired"
    there = setup.found()
    # who says nothing of it has to be vouched for in the file that sets the sign-in up
    is_sure = claims.get("email_verified", there is not None and there.addresses_are_verified)
    return "" if is_sure is True else "unverified"


def _until(claims: Mapping[str, Any]) -> float:
    """Give when a sign-in is over; one that says no time is over."""
    until = claims.get("exp")
    is_time = isinstance(until, int | float) and not isinstance(until, bool)
    return float(until) if is_time else 0.0  # type: ignore[arg-type]


def _person(workspace: Workspace, address: str) -> Person | None:
    """Look somebody up, once a commit: every run and every file asks."""
    asked = (str(workspace.path), people.folded(address))
    version = (workspace.line, workspace.version)
    kept = _known.get(asked)
    if kept is None or kept[0] != version:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        kept = (version, people.known(workspace, address))
        _known[asked] = kept
    return kept[1]


def _ended_of(workspace: Workspace) -> Ended:
    path = str(workspace.path)
    return _ended.get(path) or _ended.setdefault(path, Ended(workspace.own, workspace.path))
