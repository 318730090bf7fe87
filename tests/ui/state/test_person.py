"""Who reads: whoever signed in, as the workspace knows them at each run, and nobody else ever."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from tend.people.person import LOCAL, UNKNOWN, Person
from tend.store.people import people
from tend.store.workspace import Workspace
from tend.ui.server import opened, visits
from tend.ui.state import data
from tests.kit.companies import Companies

ADDRESS = "wang@firm.example"
SECRETS = {
    "auth": {
        "redirect_uri": "http://127.0.0.1:8501/oauth2callback",
        "cookie_secret": "a secret that is long enough for tests",
        "client_id": "tend",
        "client_secret": "of the client",
        "server_metadata_url": "http://127.0.0.1:1/.well-known/openid-configuration",
    }
}


def claims(**other: object) -> dict[str, object]:
    """Give what a provider says of a sign-in."""
    said = {"sub": "w", "email": "Wang@firm.example", "email_verified": True, "nonce": "n1"}
    return {**said, "is_logged_in": True, "exp": time.time() + 600, **other}


@pytest.fixture
def shared(companies: Companies, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """Open the workspace of this server, in which somebody is invited."""
    monkeypatch.setenv("TEND_WORKSPACE", str(companies.sample(customers=12)))
    workspace = opened.workspace()
    people.invite(workspace, Person("Ada Lane", "admin", address="ada@firm.example"))
    people.invite(workspace, Person("Wang Li", "csm", address=ADDRESS, sees_all=False))
    yield workspace
    data.close()


def page() -> None:
    """Say who reads, in the run and in a thread beside it."""
    import threading

    import streamlit as st

    from tend.ui.state import data, person

    found = []
    alone = threading.Thread(target=lambda: found.append(person.current()))
    lent = threading.Thread(target=person.lending(lambda: found.append(person.current())))
    for thread in (alone, lent):
        thread.start()
        thread.join()
    person.say("Somebody else")
    st.session_state["seen"] = (data.workspace().person, *found, person.name())


def seen(user: Mapping[str, object], secrets: Mapping[str, object] = SECRETS) -> tuple[object, ...]:
    """Run the page as somebody."""
    app = AppTest.from_function(page)
    app.secrets = dict(secrets)
    app.user = dict(user)
    app.run()
    assert not app.exception
    found: tuple[object, ...] = app.session_state["seen"]
    return found


def test_who_signed_in_is_looked_up_at_every_run(shared: Workspace) -> None:
    """Another role counts from the next run; who is removed is nobody; a text is never a name."""
    wang = people.known(shared, ADDRESS)
    assert wang is not None
    assert seen(claims()) == (wang, UNKNOWN, wang, "Wang Li")
    leader = people.change(shared, replace(wang, role="leader", sees_all=True))
    assert seen(claims()) == (leader, UNKNOWN, leader, "Wang Li")
    people.remove(shared, wang.key)
    assert seen(claims()) == (UNKNOWN, UNKNOWN, UNKNOWN, "")


@pytest.mark.usefixtures("shared")
def test_nobody_is_ever_whoever_sits_at_the_machine() -> None:
    """Where a sign-in is set up; without one everybody is, and has the name they said."""
    for user in ({}, {"email": ADDRESS}, claims(is_logged_in=False), claims(email=None)):
        assert seen(user)[:3] == (UNKNOWN,) * 3
    assert not UNKNOWN.may("edit")
    assert UNKNOWN.sees.csms == ()
    assert UNKNOWN.named("Ada Lane") is UNKNOWN
    here = LOCAL.named("Somebody else")
    assert seen({}, {}) == (here, LOCAL, LOCAL, "Somebody else")


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({}, ""),
        ({"exp": 1.0}, "expired"),
        ({"exp": None}, "expired"),
        ({"exp": True}, "expired"),
        ({"email_verified": False}, "unverified"),
        ({"email_verified": "true"}, "unverified"),
        ({"email": "eve@evil.test"}, "not_invited"),
        ({"email": "wang\ud83d@firm.example", "name": "cut \ud83d"}, "not_invited"),
        ({"is_logged_in": "yes"}, "nobody"),
    ],
)
def test_why_nobody_is_let_in(other: dict[str, object], why: str) -> None:
    """Each thing that a provider says, or leaves out, is looked at."""
    assert visits.of(claims(**other)).why == why


@pytest.mark.usefixtures("shared")
def test_an_ended_sign_in_stays_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also after a restart; another sign-in of the same person is another one."""
    first, second = claims(), claims(nonce="n2")
    ended = visits.end(first)
    assert ended == visits.of({**first, "tokens": {}, "provider": "x", "origin": "y"}).sign_in
    for _ in range(2):
        assert visits.of(first).why == "ended"
        assert visits.of(second).why == ""
        monkeypatch.setattr(visits, "_ended", {})  # as a server begins
