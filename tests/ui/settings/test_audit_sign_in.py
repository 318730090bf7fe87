"""Who signs in, is refused or leaves is a line of the log, with where they come from."""

import time
from collections.abc import Iterator

import pytest

from tend.people.person import Person
from tend.store.audit import log, pages
from tend.store.audit.pages import Wanted
from tend.store.people import people
from tend.store.workspace import Workspace
from tend.ui.server import opened, source, visits
from tend.ui.state import data
from tests.kit.companies import Companies


@pytest.fixture
def server(
    companies: Companies, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspace]:
    """Open the workspace of a server, in which one person is invited."""
    folder = companies.empty(tmp_path_factory.mktemp("server") / "w")
    monkeypatch.setenv("TEND_WORKSPACE", str(folder))
    workspace = opened.workspace()
    people.invite(workspace, Person("Ada Lane", "admin", address="ada@firm.example"))
    yield workspace
    data.close()


def claims(address: str) -> dict[str, object]:
    """Give what a provider says of a sign-in."""
    said = {"email": address, "email_verified": True, "is_logged_in": True, "nonce": address}
    return {**said, "exp": time.time() + 600}


def test_sign_ins_are_noted_by_key_and_never_by_name(server: Workspace) -> None:
    """In, out, and not invited; one that cannot be noted is refused."""
    ada, eve = claims("Ada@firm.example"), claims("eve@else.example")
    visits.admit(ada, "10.0.0.7")
    visits.admit(eve, "10.0.0.8")
    visits.end(ada, "10.0.0.7")
    visits.admit(ada, "10.0.0.7")
    found = pages.every(server.path, Wanted())[::-1]
    assert [(line.who, line.what, line.source, line.about.get("why")) for line in found[1:]] == [
        ("p1", "signed_in", "10.0.0.7", None),
        ("nobody", "refused", "10.0.0.8", "not_invited"),
        ("p1", "signed_out", "10.0.0.7", None),
        ("nobody", "refused", "10.0.0.7", "ended"),
    ]
    written = (server.path / log.FILE).read_bytes().lower()
    assert not any(word in written for word in (b"ada lane", b"ada@", b"eve@", b"example"))


@pytest.mark.parametrize(
    ("client", "forwarded", "found"),
    [
        ("127.0.0.1", None, ""),
        (None, None, ""),
        ("10.0.0.7", None, "10.0.0.7"),
        ("10.0.0.7", "1.2.3.4", "10.0.0.7"),  # nobody else is believed
        ("127.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        ("::1", "2001:db8::1", "2001:db8::1"),
        ("127.0.0.1", "<script>", ""),
    ],
)
def test_from_where_somebody_asks(client: str | None, forwarded: str | None, found: str) -> None:
    """What a proxy on this machine says last, else who is connected."""
    assert source.of(client, forwarded) == found
