"""The door of a real server, run by the plain command: for whom and at what it opens."""

import http.client
import os
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tend.language import text
from tend.language.errors import TendError
from tend.ui.server import setup
from tests.kit.server import ROOT, Server, free_port, serve

FOREIGN = (
    *("evil.test", "evil.test:80", "127.0.0.1.evil.test", "localhost.evil.test", "10.0.0.1"),
    *("0.0.0.0", "", "localhost@evil.test", "evil.test/localhost", "[::2]", "local host", "*"),
)
OWN = ("localhost", "127.0.0.1", "localhost:1", "LOCALHOST", "[::1]", "localhost.")
# Each kind of address of the server: pages, Streamlit's own, files, uploads.
ADDRESSES = (
    *("/", "/renewals?size=mid", "/data", "/nonsense", "/index.html"),
    *("/_stcore/health", "/_stcore/host-config", "/_stcore/metrics", "/_stcore/nonsense"),
    *("/static/js/index.js", "/media/x.csv", "/_stcore/upload_file/a/b", "/favicon.png"),
)
CLOSED = (
    *("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/mcp", "/_stcore"),
    *("/_stcore/agent/interact", "/_stcore/agent/openapi.json", "/_stcore/bidi-components/a/b"),
    *("/component/a/b", "/app/static/a", "/auth/login", "/auth/logout", "/oauth2callback"),
    *(
        "/%5fstcore/metrics",
        "//_stcore/metrics",
        "/_stcore/metrics/",
        "/_stcore/metrics?families=x",
    ),
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run a server on an empty workspace."""
    with serve(tmp_path_factory.mktemp("door") / "workspace") as running:
        yield running


def answer(
    server: Server, path: str, *hosts: str, method: str = "GET", language: str = "en"
) -> tuple[int, str, http.client.HTTPMessage]:
    """Send a request whose Host headers are given, written by hand."""
    with closing(http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=10)) as line:
        line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for host in hosts:
            line.putheader("Host", host)
        line.putheader("Accept-Language", language)
        line.endheaders()
        got = line.getresponse()
        return got.status, got.read().decode("utf-8", "replace"), got.headers


@pytest.mark.parametrize("host", FOREIGN)
def test_another_name_is_answered_nowhere(server: Server, host: str) -> None:
    """Pages, files, uploads and Streamlit's own addresses refuse it in one sentence."""
    for path in ADDRESSES:
        for method in ("GET", "PUT", "OPTIONS", "DELETE"):
            status, said, headers = answer(server, path, host, method=method)
            assert (status, said) == (400, TendError("foreign_host").message("en")), (path, method)
            assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_refusal_is_in_the_readers_language(server: Server) -> None:
    """A browser that asks for Chinese is told so in Chinese."""
    _, said, _ = answer(server, "/", "evil.test", language="zh-CN,zh;q=0.9")
    assert said == text.say("errors.foreign_host", "zh")


@pytest.mark.parametrize("hosts", [(), ("localhost", "evil.test"), ("evil.test", "localhost")])
def test_one_name_is_needed(server: Server, hosts: tuple[str, ...]) -> None:
    """No name, or two, is no name of this server."""
    assert answer(server, "/", *hosts)[0] == 400


@pytest.mark.parametrize("host", OWN)
def test_our_own_names_are_answered(server: Server, host: str) -> None:
    """Whatever the port: a tunnel or a proxy may have another one."""
    assert answer(server, "/", host)[0] == 200
    assert answer(server, "/_stcore/health", host)[:2] == (200, "ok")


@pytest.mark.parametrize("path", CLOSED)
def test_what_is_not_needed_is_closed(server: Server, path: str) -> None:
    """Statistics, checks that run the app, components, sign-in: nothing is there."""
    status, said, _ = answer(server, path, "localhost")
    assert "streamlit" not in said.lower() or "<title>Tend" in said
    assert (status, said) == (404, "") or path.startswith("//")


def test_it_listens_on_this_machine_only(server: Server) -> None:
    """Another address of the same machine finds nobody."""
    port = urlsplit(server.url).port or 0
    with socket.socket() as line:
        line.settimeout(5)
        assert line.connect_ex(("127.0.0.2", port)) != 0


def test_no_page_may_speak_to_another_host(server: Server) -> None:
    """The policy names this server only: no scheme stands for any host."""
    _, _, headers = answer(server, "/", "localhost")
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["connect-src"] == "'self' data: blob:"
    any_host = {"*", "ws:", "wss:", "http:", "https:"}
    assert [key for key in policy if any_host & set(policy[key].split())] == []


def test_what_charts_are_drawn_with_is_fetched_while_the_page_begins(server: Server) -> None:
    """Each script is named once and is there, and so is each that it is made with."""
    wanted = urllib.request.Request(server.url, headers={"Accept": "text/html"})
    with urllib.request.urlopen(wanted) as found:
        page = found.read().decode()
    ahead = re.findall(r'fetchpriority="low"[^>]* href="\./static/js/([^"]+)"', page)
    assert {name.split(".")[0] for name in ahead} >= {"ArrowVegaLiteChart", "embed", "DataFrame"}
    assert len(ahead) == len(set(ahead))
    for name in ahead:
        status, script, headers = answer(server, f"/static/js/{name}", "localhost")
        assert (status, "javascript" in headers["Content-Type"]) == (200, True)
        with_it = re.findall(r'from"\./([^"]+)"', script)
        assert [other for other in with_it if other not in page] == []


def test_one_setting_opens_for_a_name_of_ones_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """STREAMLIT_SERVER_ALLOWED_HOSTS names who is answered."""
    folder = tmp_path_factory.mktemp("named")
    names = "127.0.0.1 tend.acme.test"
    said = {"STREAMLIT_SERVER_ALLOWED_HOSTS": names, "TEND_WITHOUT_SIGN_IN": "yes"}
    with serve(folder / "workspace", ROOT / "app.py", None, ROOT, **said) as server:
        assert answer(server, "/", "tend.acme.test")[0] == 200
        assert answer(server, "/", "tend.acme.test:8443")[0] == 200
        assert answer(server, "/", "localhost")[0] == 400


def test_what_lacks_in_a_sign_in_is_the_last_line(tmp_path: Path) -> None:
    """A server that may not start ends with one sentence, and no line of Python's."""
    file, workspace = tmp_path / "sign-in.toml", tmp_path / "workspace"
    file.write_text('[auth]\nclient_id = "tend"\n', encoding="utf-8")
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port"]
    said = {**os.environ, "TEND_WORKSPACE": str(workspace), setup.FILE: str(file)}
    ended = subprocess.run(
        [*command, str(free_port())], cwd=ROOT, env=said, text=True, capture_output=True, timeout=60
    )
    assert (ended.returncode, "Traceback" in ended.stderr, workspace.exists()) == (1, False, False)
    keys = "redirect_uri, client_secret, server_metadata_url, cookie_secret"
    sentence = TendError("sign_in_lacks", file=file, keys=keys)
    assert ended.stderr.strip().splitlines()[-1] == f"tend: {sentence}"
