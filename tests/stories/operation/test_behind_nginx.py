"""Behind nginx with TLS, by the files that ship: who is answered, with what headers, at what."""

import json

import pytest

from tend.ui.frame.headers import HEADERS
from tests.kit import raw
from tests.kit.tools.proxy import NAME
from tests.stories.operation.conftest import BEARER, Behind

pytestmark = pytest.mark.timeout(300)
EVIL = "evil.test"
HERE = {"Authorization": f"Bearer {BEARER}"}
ADDRESSES = ("/", "/renewals", "/data", "/_stcore/health", "/_stcore/host-config", "/favicon.png")


def over_tls(behind: Behind, path: str, **headers: str) -> raw.Answer:
    """Ask as a browser does, under the name of the server."""
    given = {"Host": f"{NAME}:{behind.proxy.tls}"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    return raw.ask(behind.proxy.tls, path, given, server_name=NAME)


def test_every_security_header_is_there_once(behind: Behind) -> None:
    """Those of Tend as it sends them, and the one of TLS; nothing says what runs here."""
    once = {**HEADERS, "Strict-Transport-Security": "max-age=31536000"}
    for path in ADDRESSES:
        got = over_tls(behind, path, Accept="text/html")
        assert got.status == 200, path
        assert {name: got.all(name) for name in once} == {k: [v] for k, v in once.items()}, path
        assert got.all("server") == ["nginx"]


def test_without_tls_one_is_sent_to_it(behind: Behind) -> None:
    """The whole address goes along, and its name is ours, whatever was asked for."""
    got = raw.ask(behind.proxy.plain, "/renewals?lang=zh", {"Host": NAME})
    assert (got.status, got.all("location")) == (301, [f"{behind.proxy.url}/renewals?lang=zh"])
    assert raw.ask(behind.proxy.plain, "/", {"Host": EVIL}) == raw.HUNG_UP


def test_another_host_is_answered_nothing(behind: Behind) -> None:
    """Neither in the handshake, nor as Host, nor by what only a proxy may say."""
    port = behind.proxy.tls
    assert raw.ask(port, "/", {"Host": EVIL}, server_name=EVIL) == raw.HUNG_UP
    assert raw.ask(port, "/", {"Host": EVIL}, server_name=NAME).status in (0, 421)
    plain = over_tls(behind, "/", Accept="text/html")
    for forged in ("X_Forwarded_Host", "Forwarded", "X_Forwarded_Server", "X_Original_URL"):
        said = over_tls(behind, "/", Accept="text/html", **{forged: f"host={EVIL}"})
        assert (said.status, said.body) == (200, plain.body)
    # and Tend itself refuses it, should another proxy pass it on
    passed_on = {"Host": EVIL, "X-Forwarded-Host": NAME, "X-Forwarded-For": "127.0.0.1"}
    assert raw.ask(behind.port, "/", passed_on).status == 400


def test_a_websocket_opens_for_our_own_pages_only(behind: Behind) -> None:
    """A foreign page cannot open one, by whatever name, and without TLS there is none."""
    host = f"{NAME}:{behind.proxy.tls}"

    def opened(origin: str, **more: str) -> int:
        headers = raw.websocket(origin, host) | more
        asked = raw.ask(behind.proxy.tls, "/_stcore/stream", headers, server_name=NAME)
        return asked.status

    assert opened(behind.proxy.url) == 101
    for origin in (f"https://{EVIL}", "null", f"https://{NAME}.{EVIL}", f"https://{EVIL}:443"):
        assert opened(origin) == 403, origin
        assert opened(origin, **{"X-Forwarded-Host": EVIL}) == 403, origin


def test_what_is_too_large_is_refused_before_it_is_sent(behind: Behind) -> None:
    """nginx holds the same limit as Tend: a file over 100 MB is not even read."""
    headers = {"Host": f"{NAME}:{behind.proxy.tls}", "Content-Length": str(120 * 1024**2)}
    where = "/_stcore/upload_file/a/b"
    got = raw.ask(behind.proxy.tls, where, headers, method="PUT", server_name=NAME)
    assert got.status == 413
    assert got.all("strict-transport-security")


def test_readiness_and_metrics_are_shut_to_everybody_else(behind: Behind) -> None:
    """From outside nothing is there, with the token neither; on the machine the token is asked."""
    for path in ("/ready", "/metrics", "/_stcore/metrics"):
        assert over_tls(behind, path, **HERE).status == 404
        assert over_tls(behind, f"/renewals/..{path}", **HERE).status in (400, 404)
        assert raw.ask(behind.port, path, {"Host": "localhost"}).status == 404
        wrong = {"Host": "localhost", "Authorization": f"Bearer {BEARER}x"}
        assert raw.ask(behind.port, path, wrong).status == 404


def test_ready_tells_how_it_stands(behind: Behind) -> None:
    """The workspace is open, health has followed, there is room; no copy was made so far."""
    got = raw.ask(behind.port, "/ready", {"Host": "localhost", **HERE})
    told = json.loads(got.body)
    assert got.status == 200
    assert got.all("cache-control") == ["no-store"]
    assert (told["ready"], told["stops"], told["warns"]) == (True, [], [])
    assert told["commits"] > 0
    assert (told["last_copy"], told["copies"]) == (None, 0)
