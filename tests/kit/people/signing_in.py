"""A sign-in as it is in life: a provider of OpenID Connect in a process of its own, and readers.

A reader speaks by protocol, as a script does: what a page offers counts for nothing.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.kit.server import free_port

SEAL = "a secret of tests, long enough for any of them"
_USER = "_streamlit_user"
_SECONDS = 60
_TO_RUN_AGAIN = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN


@dataclass(frozen=True)
class Provider:
    """A provider that runs, and knows whoever it is told of."""

    url: str

    def knows(self, address: str, **claims: object) -> None:
        """Let somebody have an account, of an address that is verified unless said otherwise."""
        said = {"email": address, "email_verified": True, **claims}
        said = {name: value for name, value in said.items() if value is not None}
        httpx.put(f"{self.url}/users/{address}", json=said).raise_for_status()


@contextmanager
def provide(*, seconds: int = 3600, port: int | None = None) -> Iterator[Provider]:
    """Run a provider whose sign-ins last so long; it is ended at the end."""
    port = port or free_port()
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        [*command, "--token-max-age", str(seconds)], stdout=quiet, stderr=quiet
    ) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url)
            yield Provider(url)
        finally:
            process.terminate()


def _wait(url: str) -> None:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        try:
            httpx.get(f"{url}/.well-known/openid-configuration")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the provider did not start")


def written(file: Path, provider: str, server: str, **also: str) -> Path:
    """Write the file that sets a sign-in up."""
    said = {
        "redirect_uri": f"{server}/oauth2callback",
        "cookie_secret": SEAL,
        "client_id": "tend",
        "client_secret": "of the client",
        "server_metadata_url": f"{provider}/.well-known/openid-configuration",
        **also,
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in said.items()]
    file.write_text("\n".join(["[auth]", *lines]) + "\n")
    return file


@dataclass
class Reader:
    """A browser of somebody, as the server sees it."""

    server: str
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)

    def get(self, path: str, *, page: bool = True, from_site: str = "none") -> httpx.Response:
        """Ask for an address, as a browser asks for a page or for something on it."""
        said = {"Accept": "text/html" if page else "*/*", "Sec-Fetch-Site": from_site}
        with self._line() as line:
            return line.get(self.server + path, headers=said)

    def put(self, path: str, content: bytes) -> httpx.Response:
        """Lay a file down, as the frontend does."""
        xsrf = next((one.value for one in self.cookies.jar if one.name == "_streamlit_xsrf"), "")
        with self._line() as line:
            said = {"X-Xsrftoken": xsrf or ""}
            return line.put(self.server + path, files={"file": content}, headers=said)

    def sign_in(self, address: str, path: str = "/") -> httpx.Response:
        """Come to a page, sign in at the provider, and give where that ends."""
        self.get(path)
        return self.get(self.way_back(sub=address))

    def way_back(self, **said: str) -> str:
        """Go to the provider and say something there; give the address it sends one back to."""
        with self._line() as line:
            there = line.get(f"{self.server}/auth/login").headers["location"]
            back: str = line.post(there, data=said).headers["location"]
        return back.removeprefix(self.server)

    @contextmanager
    def _line(self) -> Iterator[httpx.Client]:
        """Give a line that has the cookies, and keeps those that are set."""
        with httpx.Client(cookies=self.cookies, timeout=_SECONDS, verify=False) as line:  # noqa: S501 - no TLS here
            yield line
            self.cookies = line.cookies

    def kept(self) -> "Reader":
        """Give another browser with the same cookies: a second one, or somebody who took them."""
        return Reader(self.server, httpx.Cookies(self.cookies))

    @contextmanager
    def page(
        self, *, cookies: str | None = None, origin: str | None = None, session: str = ""
    ) -> Iterator["Page"]:
        """Open the socket of a page, or go on with a session."""
        self.get("/_stcore/health", page=False)
        own = "; ".join(f"{one.name}={one.value}" for one in self.cookies.jar)
        xsrf = next((one.value for one in self.cookies.jar if one.name == "_streamlit_xsrf"), "")
        said = ("streamlit", xsrf or "none", session)
        with connect(
            self.server.replace("http", "ws") + "/_stcore/stream",
            origin=Origin(origin or self.server),
            additional_headers={"Cookie": own if cookies is None else cookies},
            subprotocols=[Subprotocol(one) for one in said if one],
            max_size=None,
            open_timeout=_SECONDS,
        ) as socket:
            yield Page(socket)


@dataclass
class Page:
    """The socket of a page: runs are asked for, and what comes is kept."""

    socket: ClientConnection
    seen: list[ForwardMsg] = field(default_factory=list)

    def run(self, query: str = "lang=en", page: str = "") -> list[ForwardMsg]:
        """Run a page, and give what was sent until it ended."""
        asked = BackMsg()
        asked.rerun_script.query_string, asked.rerun_script.page_name = query, page
        self.socket.send(asked.SerializeToString())
        return self.until_it_ends()

    def session(self) -> str:
        """Give the number of the session, once the page was run."""
        [begun, *_] = [one.new_session for one in self.seen if one.HasField("new_session")]
        return str(begun.initialize.session_id)

    def asks_for_room(self) -> str:
        """Ask where a file may be laid down, whatever the page offers, and give the address."""
        asked = BackMsg()
        asked.file_urls_request.file_names.append("a.csv")
        self.socket.send(asked.SerializeToString())
        while (answer := self._next()).WhichOneof("type") != "file_urls_response":
            continue
        return str(answer.file_urls_response.file_urls[0].upload_url)

    def file(self) -> str:
        """Ask for the first file that the page offers, as a click does; give its address."""
        elements = [one.delta.new_element for one in self.seen]
        [offered, *_] = [one.download_button for one in elements if one.HasField("download_button")]
        asked = BackMsg()
        asked.backend_operation_request.deferred_file.file_id = offered.deferred_file_id
        asked.backend_operation_request.session_id = self.session()
        self.socket.send(asked.SerializeToString())
        while (answer := self._next()).WhichOneof("type") != "backend_operation_response":
            continue
        assert answer.backend_operation_response.HasField("deferred_file"), answer
        return answer.backend_operation_response.deferred_file.url

    def until_it_ends(self) -> list[ForwardMsg]:
        """Give what is sent until a run ends, or the page is sent away."""
        came: list[ForwardMsg] = []
        while True:
            came.append(message := self._next())
            is_over = message.WhichOneof("type") == "script_finished"
            if is_sent_away(came) or (is_over and message.script_finished != _TO_RUN_AGAIN):
                self.seen += came
                return came

    def _next(self) -> ForwardMsg:
        raw = self.socket.recv(timeout=_SECONDS)
        assert isinstance(raw, bytes)
        message = ForwardMsg()
        message.ParseFromString(raw)
        return message


def text(messages: list[ForwardMsg]) -> str:
    """Give all that messages say, as one text."""
    return "\n".join(str(message) for message in messages)


def is_sent_away(messages: list[ForwardMsg]) -> bool:
    """Tell whether a page was sent back to the entrance."""
    return any(one.WhichOneof("type") == "auth_redirect" for one in messages)
