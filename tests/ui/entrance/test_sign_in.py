"""A server with a sign-in, a provider in a process of its own, readers who speak by protocol."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import streamlit
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tend.language import text
from tend.people.person import Person
from tend.store.people import people
from tend.store.workspace import open_workspace
from tests.kit.companies import Companies
from tests.kit.people import signing_in
from tests.kit.people.signing_in import Page, Provider, Reader, is_sent_away
from tests.kit.server import free_port, serve

ADA, WANG = "ada@firm.example", "wang@firm.example"
# Each kind of address of the server that is no page.
BEHIND = (
    *("/_stcore/host-config", "/static/js/index.js", "/media/" + "0" * 32 + ".csv"),
    *("/words-" + "0" * 32 + ".json", "/favicon.png", "/_stcore/upload_file/a/b", "/nonsense"),
)


@dataclass(frozen=True)
class There:
    """What runs, and the labels of CSMs in its data."""

    url: str
    provider: Provider
    workspace: Path
    setup: Path
    csms: list[str]

    def reader(self, address: str = "") -> Reader:
        """Give a browser, signed in where an address is given."""
        reader = Reader(self.url)
        if address:
            self.provider.knows(address)
            reader.sign_in(address)
        return reader


@pytest.fixture(scope="module")
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
    with signing_in.provide() as provider:
        signing_in.written(file, provider.url, url)
        with serve(workspace, port=port, TEND_SIGN_IN=str(file)):
            yield There(url, provider, workspace, file, csms)


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


def test_nobody_sees_anything_before_signing_in(there: There) -> None:
    """Nor with a cookie that is forged, or that another secret signed; the page holds no data."""
    reader = there.reader()
    answer = reader.get("/customers?lang=zh")
    assert 'lang="zh-CN"' in answer.text
    assert "no-store" in answer.headers["cache-control"]
    with open_workspace(there.workspace, read_only=True) as opened:
        names = opened.read(
            lambda cursor: cursor.execute("select customer_name from stg_customers").fetchall()
        )
    assert not [name for (name,) in names if name in answer.text]
    refused(reader, "nobody")
    signed = there.reader(ADA)
    for forged in ("x", '{"email": "ada@firm.example"}', signed.cookies["_streamlit_user"][:-2]):
        other = there.reader()
        other.cookies.set("_streamlit_user", forged, domain="127.0.0.1")
        refused(other, "nobody")
    assert reader.get("/_stcore/health", page=False).text == "ok"


def test_signing_in_leads_to_the_page_that_was_asked_for(there: There) -> None:
    """And to no other server; who comes by a domain is written down."""
    there.provider.knows(ADA)
    answer = there.reader().sign_in(ADA, "/renewals?size=mid")
    assert (answer.status_code, answer.headers["location"]) == (302, "/renewals?size=mid")
    reader = there.reader()
    assert reader.sign_in(ADA, "//evil.test/x").headers["location"] == "/evil.test/x"
    cookies = answer.headers.get_list("set-cookie")
    signed = [one for one in cookies if one.startswith("_streamlit_user=")]
    assert signed
    assert all("HttpOnly" in one and "SameSite=lax" in one for one in signed)
    new = there.reader("new@firm.example")
    assert new.get("/").status_code == 200
    with new.page() as page:
        assert "new@firm.example" in signing_in.text(page.run())


def test_who_is_not_let_in_is_told_why(there: There) -> None:
    """Not invited, not verified, without a word on it, without an address."""
    reader = there.reader()
    there.provider.knows("eve@evil.test")
    reader.sign_in("eve@evil.test")
    assert "eve@evil.test" in reader.get("/").text
    refused(reader, "not_invited")
    for is_verified in (False, None, "true"):
        there.provider.knows(ADA, email_verified=is_verified)
        reader = there.reader()
        reader.sign_in(ADA)
        refused(reader, "unverified")
    there.provider.knows("nobody", email=None)
    reader = there.reader()
    reader.sign_in("nobody")
    refused(reader, "not_invited")


def test_a_file_is_answered_to_whom_it_was_told(there: There) -> None:
    """Somebody else's address of a file is no address, also for an admin."""
    wang, ada = there.reader(WANG), there.reader(ADA)
    with wang.page() as page:
        page.run("lang=en")
        page.run("lang=en&as_of=2026-09-30")
        files = set(re.findall(r"/(media/[0-9a-f]{32}\.\w+)", signing_in.text(page.seen)))
        words = set(re.findall(r"words-[0-9a-f]{32}\.json", signing_in.text(page.seen)))
        for path in [*files, *words][:4]:
            assert wang.get("/" + path, page=False).status_code == 200
            assert ada.get("/" + path, page=False).status_code == 404
        assert wang.get("/media/" + "0" * 32 + ".csv", page=False).status_code == 404


def test_a_session_goes_on_for_its_own_reader_alone(there: There) -> None:
    """Who knows the number of somebody's session gets one of their own."""
    wang, ada = there.reader(WANG), there.reader(ADA)

    def session(page: Page) -> str:
        [found, *_] = re.findall(r'session_id: "([^"]+)"', signing_in.text(page.run("lang=en")))
        return str(found)

    with ada.page() as page:
        known = session(page)
        with wang.page(session=known) as other:
            assert session(other) != known
    with wang.page(session=known) as other:
        assert session(other) != known
    with ada.page(session=known) as page:
        assert session(page) == known


def test_only_who_brings_files_in_lays_one_down(there: There) -> None:
    """It would wait in the server's memory, though no page of theirs takes it."""
    for address, code in ((WANG, 404), (ADA, 204)):
        reader = there.reader(address)
        with reader.page() as page:
            page.run("lang=en")
            assert reader.put(page.asks_for_room(), b"x").status_code == code


def test_signing_out_ends_every_tab_and_every_kept_cookie(there: There) -> None:
    """At once, and for good; another sign-in of the same person goes on."""
    reader, other = there.reader(ADA), there.reader(ADA)
    kept = reader.kept()
    with reader.page() as page, kept.page() as second:
        second.run()
        by_a_link = reader.get("/auth/logout", from_site="cross-site")
        assert by_a_link.headers["location"] == "/"
        assert kept.get("/").status_code == 200
        answer = reader.get("/auth/logout")
        assert answer.headers["location"].startswith(there.provider.url)
        for one in (page, second):
            assert is_sent_away(one.until_it_ends())
            with pytest.raises(ConnectionClosed):
                one.until_it_ends()
    refused(kept, "ended")
    assert other.get("/").status_code == 200
    assert kept.cookies["_streamlit_user"] not in (there.workspace / "signed-out").read_text()


def test_another_sites_page_opens_no_socket(there: There) -> None:
    """Not even with the cookies of somebody who is signed in; nor does a socket without any."""
    reader = there.reader(ADA)
    with pytest.raises(InvalidStatus), reader.page(origin="http://evil.test"):
        pass
    with pytest.raises(InvalidStatus), reader.page(cookies=""):
        pass


def test_the_frontend_is_for_all_who_are_let_in(there: There) -> None:
    """Its fonts lie in a folder of the name that files of readers have, too."""
    frontend = Path(streamlit.__file__).parent / "static"
    [font, *_] = sorted(frontend.rglob("media/*.woff2"))
    path = f"/static/{font.relative_to(frontend / 'static')}"
    assert there.reader(ADA).get(path, page=False).status_code == 200
