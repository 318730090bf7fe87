"""Servers that only read have a sign-in, too: who signs out at one of them is out at all."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tend.store.copies import published, reading
from tend.ui.server import writer
from tests.kit.people import signing_in
from tests.kit.people.signing_in import Reader, text
from tests.kit.processes import wait_until
from tests.kit.server import ROOT, free_port, serve
from tests.kit.tools.elsewhere import told
from tests.ui.entrance.conftest import ADA, There, refused


@pytest.fixture(scope="module")
def read(there: There, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[There, str]]:
    """Run two servers on the folder of the first, which only read, behind one address.

    What they keep of their own they do not share, as those of two machines. Gives one, as what
    people reach by the address, and where the other listens.
    """
    there.reader(ADA).get("/")  # the first opens the workspace
    (there.workspace / "published" / "wanted").touch()
    wait_until(lambda: published.newest(there.workspace / "published") is not None)
    port, other = free_port(), free_port()
    url = f"http://127.0.0.1:{port}"
    state = tmp_path_factory.mktemp("state")
    file = signing_in.written(state / "auth.toml", there.line.url, url)
    settings = {"TEND_SIGN_IN": str(file), "TEND_WRITER": there.url}
    app = ROOT / "app.py"
    with (
        serve(there.workspace, app, port, ROOT, XDG_STATE_HOME=str(state / "one"), **settings),
        serve(there.workspace, app, other, ROOT, XDG_STATE_HOME=str(state / "two"), **settings),
    ):
        one = There(url, there.provider, there.line, there.workspace)
        yield one, f"http://127.0.0.1:{other}"


def test_who_is_invited_reads_and_others_do_not(there: There, read: tuple[There, str]) -> None:
    """People and roles are those of the copy; nothing is written for it."""
    before = told(there.workspace)
    ada = read[0].reader(ADA)
    assert ada.get("/").status_code == 200
    with ada.page() as page:
        assert "This server only reads" in text(page.run("lang=en", "renewals"))
    refused(read[0].reader("eve@elsewhere.example"), "not_known")
    after = told(there.workspace)
    assert {name for name in before if after.get(name) != before[name]} <= {"published"}


def test_a_sign_in_is_for_its_own_address(there: There, read: tuple[There, str]) -> None:
    """A cookie of one that reads does not open the one that writes."""
    kept = read[0].reader(ADA).kept()
    assert Reader(there.url, kept.cookies).get("/").status_code == 403


def test_signing_out_at_one_ends_it_at_all(there: There, read: tuple[There, str]) -> None:
    """A cookie that somebody kept opens none of them any more; another sign-in goes on."""
    one, other = read
    reader, another = one.reader(ADA), one.reader(ADA)
    kept = reader.kept()
    elsewhere = Reader(other, reader.kept().cookies)
    assert kept.get("/").status_code == elsewhere.get("/").status_code == 200
    assert reader.get("/auth/logout").is_redirect
    refused(kept, "ended")
    refused(elsewhere, "ended")
    assert another.get("/").status_code == 200
    assert there.reader(ADA).get("/").status_code == 200


def test_no_other_host_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that leads elsewhere is not followed, and cookies go nowhere else."""
    asked: list[tuple[str, str]] = []

    class _Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers.get("Cookie", "")))
            self.send_response(302)
            self.send_header("Location", f"http://127.0.0.1:{server.server_port}/elsewhere")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), _Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv(reading.WRITER, address)
    writer.sign_out("a=b")
    assert not writer.answers(address)
    server.shutdown()
    server.server_close()
    assert asked == [("/auth/logout", "a=b"), ("/_stcore/health", "")]
    monkeypatch.delenv(reading.WRITER)
    writer.sign_out("a=b")  # a server that writes tells nobody
