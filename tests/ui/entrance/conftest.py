"""A server with a sign-in, a provider in a process of its own, readers who speak by protocol."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from tend.language import text
from tend.people.person import Person
from tend.store.people import people
from tend.store.workspace import open_workspace
from tests.kit.companies import Companies
from tests.kit.people import signing_in
from tests.kit.people.between import Between, between
from tests.kit.people.signing_in import Provider, Reader
from tests.kit.server import free_port, serve

ADA, WANG = "ada@firm.example", "wang@firm.example"
# Each kind of address of the server that is no page.
BEHIND = (
    *("/_stcore/host-config", "/static/js/index.js", "/media/" + "0" * 32 + ".csv"),
    *("/words-" + "0" * 32 + ".json", "/favicon.png", "/_stcore/upload_file/a/b", "/nonsense"),
)


@dataclass(frozen=True)
class There:
    """What runs, with the line between the server and its provider."""

    url: str
    provider: Provider
    line: Between
    workspace: Path

    def reader(self, address: str = "") -> Reader:
        """Give a browser, signed in where an address is given."""
        reader = Reader(self.url)
        if address:
            self.provider.knows(address)
            reader.sign_in(address)
        return reader


@pytest.fixture(scope="session")
def there(companies: Companies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[There]:
    """Run a provider, and a server of a company that invited two people and a domain."""
    workspace = companies.sample(customers=60)
    with open_workspace(workspace) as opened:
        csms = people.labels(opened)
        people.invite(opened, Person("Ada Lane", "admin", address=ADA))
        own = Person("Wang Li", "csm", address=WANG, csms=(csms[0],), sees_all=False)
        people.invite(opened, own)
        people.let_in(opened, "firm.example", "reviewer")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    file = tmp_path_factory.mktemp("sign-in") / "auth.toml"
    with signing_in.provide() as provider, between(provider.url) as line:
        signing_in.written(file, line.url, url)
        with serve(workspace, port=port, TEND_SIGN_IN=str(file)):
            yield There(url, provider, line, workspace)


def refused(reader: Reader, why: str) -> None:
    """Nothing is answered to a reader: neither pages, files nor a socket; a page says why."""
    answer = reader.get("/renewals")
    said = text.say(f"sign_in.{why}", "en", address="ADDRESS").split("ADDRESS")
    assert answer.status_code == 403
    plain = answer.text.replace("&#39;", "'")
    assert all(part in plain for part in said), plain
    for path in BEHIND:
        assert reader.get(path, page=False).status_code == 403, path
    with pytest.raises(InvalidStatus), reader.page():
        pass
