"""Signing in, and what is answered to whom: by protocol, as a script would ask."""

import time
from pathlib import Path

import pytest
import streamlit
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tend.store.workspace import open_workspace
from tests.kit.people import signing_in
from tests.kit.people.signing_in import is_sent_away
from tests.ui.entrance.conftest import ADA, WANG, There, refused


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


def test_the_wrong_account_is_changed_for_the_right_one(there: There) -> None:
    """The provider is told to ask which; who refuses there is told that nobody is signed in."""
    there.provider.knows("ada@home.example")
    there.provider.knows(ADA)
    reader = there.reader()
    assert reader.sign_in("ada@home.example").headers["location"] == "/"
    told = reader.get("/customers").text
    assert "ada@home.example is not invited here" in told
    assert "Sign in as somebody else" in told
    assert "prompt=select_account" in reader.get("/auth/login").headers["location"]
    denied = reader.get(reader.way_back(action="deny"))
    assert denied.status_code == 403
    assert "nobody is signed in. Try again." in denied.text
    other = there.reader()
    assert "nobody is signed in" in other.get(reader.way_back(sub=ADA)).text  # another's way back
    refused(other, "nobody")
    assert reader.sign_in(ADA, "/customers").headers["location"] == "/customers"
    assert reader.get("/customers").status_code == 200


def test_a_sign_in_lasts_as_long_as_the_provider_says(there: There) -> None:
    """Open pages are sent away, also where nobody does anything; the kept cookie is over, too."""
    for seconds in (5, 20, 60):  # a busy machine takes longer than that to sign somebody in
        until = int(time.time()) + seconds
        there.provider.knows(ADA, exp=until)
        reader = there.reader()
        answer = reader.sign_in(ADA)
        if time.time() < until - 2:
            break
    assert answer.status_code == 302
    with reader.page() as page, reader.page() as idle:
        came = page.run()
        time.sleep(max(0, until - time.time()))
        assert is_sent_away(came) or is_sent_away(page.run())
        assert is_sent_away(idle.until_it_ends())
    refused(reader, "expired")


def test_a_file_is_answered_to_whom_it_was_told(there: There) -> None:
    """The address of a file leads nowhere in another sign-in, of somebody else or of the same."""
    ada, wang, again = there.reader(ADA), there.reader(WANG), there.reader(ADA)
    with ada.page() as page:
        page.run("lang=en&as_of=2026-09-30&part=log", page="settings")
        path = page.file()
        assert path.startswith("/media/")
        for one in (ada, ada.kept()):
            answer = one.get(path, page=False)
            assert answer.content.startswith(b"PK")  # as a workbook begins
            assert answer.headers["cache-control"] == "no-store"
        assert [one.get(path, page=False).status_code for one in (wang, again)] == [404, 404]
        assert ada.get("/media/" + "0" * 32 + ".csv", page=False).status_code == 404


def test_a_session_goes_on_for_its_own_reader_alone(there: There) -> None:
    """Who knows the number of somebody's session gets one of their own."""
    wang, ada = there.reader(WANG), there.reader(ADA)
    with ada.page() as page:
        page.run()
        known = page.session()
        with wang.page(session=known) as other:
            other.run()
            assert other.session() != known
    with wang.page(session=known) as other:
        other.run()
        assert other.session() != known
    with ada.page(session=known) as page:
        page.run()
        assert page.session() == known


def test_only_who_brings_files_in_lays_one_down(there: There) -> None:
    """It would wait in the server's memory, though no page of theirs takes it."""
    for address, code in ((WANG, 404), (ADA, 204)):
        reader = there.reader(address)
        with reader.page() as page:
            page.run()
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
