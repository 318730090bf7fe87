"""A sign-in that is not set up as it must be starts no server; one sentence says what to do."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit import config

from tend.language import text
from tend.language.errors import TendError
from tend.ui.server import setup
from tests.kit.people import signing_in

pytestmark = pytest.mark.quick
WHOLE = {
    "redirect_uri": "http://127.0.0.1:8501/oauth2callback",
    "cookie_secret": signing_in.SEAL,
    "client_id": "tend",
    "client_secret": "of the client",
    "server_metadata_url": "https://accounts.example.com/.well-known/openid-configuration",
}
TLS = "https://tend.example.com/oauth2callback"
# What stands in the file, the code of what is said of it, and what the sentence names.
BROKEN: list[tuple[object, str, str]] = [
    (b"\xff\xfe[auth]", "sign_in_unreadable", "sign-in.toml"),
    ("[auth", "sign_in_unreadable", "sign-in.toml"),
    ("", "sign_in_lacks", "[auth]"),
    ("auth = 1", "sign_in_lacks", ", ".join(setup._NEEDED)),
    *(({one: None}, "sign_in_lacks", f"lacks {one}.") for one in WHOLE),
    ({"client_id": "", "client_secret": ""}, "sign_in_lacks", "client_id, client_secret"),
    ({"client_secret": 12}, "sign_in_lacks", "client_secret"),
    ({"cookie_secret": "x" * 31}, "sign_in_guessable", "32 signs"),
    ({"redirect_uri": "http://tend.example.com/oauth2callback"}, "sign_in_address", "https://"),
    ({"redirect_uri": "https://127.0.0.1:8501/"}, "sign_in_address", "/oauth2callback"),
    ({"redirect_uri": "https://127.0.0.1/tend/oauth2callback"}, "sign_in_address", "path"),
    ({"redirect_uri": "https://[bad/oauth2callback"}, "sign_in_address", "[bad"),
    ({"redirect_uri": "/oauth2callback"}, "sign_in_address", "https://"),
    ({"redirect_uri": TLS}, "sign_in_host", "Add it to STREAMLIT_SERVER_ALLOWED_HOSTS"),
    ({"server_metadata_url": "accounts.example.com"}, "sign_in_provider", "https://"),
    ({"server_metadata_url": "http://accounts.example.com/x"}, "sign_in_provider", "https://"),
    ({"addresses_are_verified": '"false"'}, "sign_in_verified", "without quotation marks"),
    ({"addresses_are_verified": "1"}, "sign_in_verified", "true or false"),
]


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let each test begin as a server begins, and leave no trace."""
    monkeypatch.setattr(setup, "_started", [])
    options = ("server.allowedHosts", "server.address", "server.baseUrlPath", "secrets.files")
    before = {one: config.get_option(one) for one in options}
    yield
    for one, value in before.items():
        config.set_option(one, value)


def written(file: Path, said: object) -> str:
    """Write a file, or what differs from a whole one; give its name."""
    if isinstance(said, dict):
        ours = {"addresses_are_verified": said.pop("addresses_are_verified", "false")}
        auth = {key: value for key, value in {**WHOLE, **said}.items() if value is not None}
        lines = [f"{key} = {json.dumps(value)}" for key, value in auth.items()]
        said = "\n".join(["[auth]", *lines, "[tend]", *(f"{k} = {v}" for k, v in ours.items())])
    file.write_bytes(said if isinstance(said, bytes) else str(said).encode())
    return str(file)


def refused() -> TendError:
    """Give why no server starts."""
    with pytest.raises(TendError) as refusal:
        setup.start()
    for language in text.LANGUAGES:
        assert "{" not in refusal.value.message(language)
    return refusal.value


@pytest.mark.parametrize(("said", "code", "named"), BROKEN)
def test_a_broken_file_starts_no_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: object, code: str, named: str
) -> None:
    """Each way in which it is broken has its sentence, which names the file and what to do."""
    file = tmp_path / "sign-in.toml"
    monkeypatch.setenv(setup.FILE, written(file, dict(said) if isinstance(said, dict) else said))
    error = refused()
    assert (error.code, str(file) in str(error)) == (code, True)
    assert named in str(error)
    assert str(error).endswith("start Tend again.")


def test_a_whole_file_starts_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of this machine; behind TLS, a name that is answered, and a base path; addresses vouched."""
    file = tmp_path / "sign-in.toml"
    monkeypatch.setenv(setup.FILE, str(file))
    written(file, {})
    assert setup.start() == {"auth": WHOLE}
    config.set_option("server.allowedHosts", ["localhost", "*.example.com"])
    config.set_option("server.baseUrlPath", "/tend/")
    far = TLS.replace("/oauth", "/tend/oauth")
    written(file, {"redirect_uri": far, "addresses_are_verified": "true"})
    assert setup.start() is not None
    found = setup.found()
    assert found == setup.Setup(far, addresses_are_verified=True)
    assert (found.origin, found.is_behind_tls) == ("https://tend.example.com", True)
    file.unlink()
    assert refused().code == "sign_in_unreadable"  # named, and not there


def test_others_are_answered_by_none_without_a_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither at another address nor by another name, unless somebody says so in so many words."""
    monkeypatch.delenv(setup.FILE, raising=False)
    monkeypatch.delenv(setup.OPEN, raising=False)
    config.set_option("secrets.files", [])
    assert setup.start() is None
    for option, said in (
        *(("server.address", one) for one in ("0.0.0.0", "::", "192.0.2.7", "tend.test", None)),
        *(("server.allowedHosts", one) for one in (["tend.test"], ["*"], [], ["localhost", "a"])),
    ):
        before = config.get_option(option)
        config.set_option(option, said)
        error = refused()
        assert (error.code, f"{setup.OPEN}=yes" in str(error)) == ("sign_in_missing", True), said
        monkeypatch.setenv(setup.OPEN, "yes")
        assert setup.start() is None
        monkeypatch.delenv(setup.OPEN)
        config.set_option(option, before)
