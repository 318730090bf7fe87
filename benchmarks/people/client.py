"""A reader without a browser: it speaks Streamlit's own protocol, and costs next to nothing.

It keeps what a browser keeps: the page's elements, the states of its widgets, the address, and
messages by their hash, so that the server sends (and holds) for it what it does for a browser.
"""

import json
import time
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Button_pb2 import Button
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

_PATIENCE_SECONDS = 120
_KEPT_RUNS = 2  # how many runs a browser keeps a message for (`global.maxCachedMessageAge`)
_AGAIN = ForwardMsg.FINISHED_EARLY_FOR_RERUN
_WELL = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class Reader:
    """One session in a tab of its own."""

    def __init__(self, url: str, page: str, address: str) -> None:
        home = urlsplit(url).netloc
        self._url = url
        self._socket = connect(
            f"ws://{home}/_stcore/stream",
            origin=Origin(url),
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            compression=None,
        )
        self.errors: list[str] = []
        self._session = ""
        self._address, self._page = address, ""
        self._pages: dict[str, str] = {}
        self._elements: dict[str, Any] = {}
        self._fragments: dict[str, str] = {}
        self._states: dict[str, WidgetState] = {}
        self._messages: dict[str, tuple[int, ForwardMsg]] = {}
        self._run = 0
        self._ask(page_name=page)

    def close(self) -> None:
        """Close the tab."""
        self._socket.close()

    def keys(self, start: str) -> list[str]:
        """Give the keys of the page's widgets that begin so."""
        return [key for key in self._elements if key.startswith(start)]

    def element(self, key: str) -> Any:
        """Give a widget as the server described it. Raises KeyError where it is not there."""
        return self._elements[key]

    def open_page(self, name: str) -> None:
        """Choose a page in the navigation."""
        self._page, self._address = self._pages[name], ""
        self._ask()

    def open_address(self, address: str) -> None:
        """Go to another address of the same page."""
        self._address = address
        self._ask()

    def click(self, key: str) -> None:
        """Click a button."""
        self._send(key, trigger_value=True)

    def buttons(self) -> list[str]:
        """Give the keys of the page's buttons."""
        return [key for key, one in self._elements.items() if isinstance(one, Button)]

    def click_all(self, keys: list[str]) -> None:
        """Click several buttons in one message: no browser does, and any script can."""
        for key in keys:
            self._state(key).trigger_value = True
        self._ask()
        self._states = {}

    def open(self, key: str, *, is_open: bool = True) -> None:
        """Open or close a popover or an expander."""
        self._send(key, bool_value=is_open)

    def choose(self, key: str, values: list[str]) -> None:
        """Choose values of a filter."""
        state = self._state(key)
        state.string_array_value.data[:] = values
        self._ask()

    def tell(self, key: str, value: str) -> None:
        """Choose a tab by its name, or write into a field."""
        self._send(key, string_value=value)

    def select(self, key: str, row: int, column: str) -> None:
        """Click a cell of a table."""
        found = {"selection": {"rows": [], "columns": [], "cells": [[row, column]]}}
        self._send(key, string_value=json.dumps(found))

    def upload(self, key: str, name: str, content: bytes) -> None:
        """Drop a file on an uploader."""
        message = BackMsg()
        message.file_urls_request.request_id = name
        message.file_urls_request.file_names.append(name)
        message.file_urls_request.session_id = self._session
        self._socket.send(message.SerializeToString())
        [urls] = next(
            m.file_urls_response.file_urls
            for m in self._heard()
            if m.HasField("file_urls_response")
        )
        _put(self._url, urls.upload_url, name, content)
        state = self._state(key)
        info = state.file_uploader_state_value.uploaded_file_info.add()
        info.file_id, info.name, info.size = urls.file_id, name, len(content)
        info.file_urls.CopyFrom(urls)
        self._ask()

    def _send(self, key: str, **value: Any) -> None:
        state = self._state(key)
        for name, one in value.items():
            setattr(state, name, one)
        self._ask(fragment=self._fragments[key])
        if "trigger_value" in value:
            self._states.pop(state.id, None)

    def _state(self, key: str) -> WidgetState:
        state = WidgetState(id=self._elements[key].id)
        self._states[state.id] = state
        return state

    def _ask(self, page_name: str = "", fragment: str = "") -> None:
        """Ask for a run as a browser does, and read on until the page stands."""
        state = ClientState(query_string=self._address, page_name=page_name, fragment_id=fragment)
        state.page_script_hash = self._page
        state.widget_states.widgets.extend(self._states.values())
        state.cached_message_hashes.extend(self._messages)
        state.context_info.locale = "en-US"
        state.context_info.url = self._url
        message = BackMsg()
        message.rerun_script.CopyFrom(state)
        self._socket.send(message.SerializeToString())
        for heard in self._heard():
            if heard.WhichOneof("type") == "script_finished":
                if heard.script_finished in _WELL:
                    break
                if heard.script_finished != _AGAIN:
                    self.errors.append(f"a run ended with {heard.script_finished}")
                    break
        self._forget()

    def _forget(self) -> None:
        """Let go of what is no longer on the page, and of messages unused for some runs."""
        self._run += 1
        self._messages = {
            name: (run, one)
            for name, (run, one) in self._messages.items()
            if self._run - run <= _KEPT_RUNS
        }
        there = {one.id for one in self._elements.values()}
        self._states = {name: one for name, one in self._states.items() if name in there}

    def _heard(self) -> Iterator[ForwardMsg]:
        until = time.monotonic() + _PATIENCE_SECONDS
        while True:
            raw = self._socket.recv(timeout=max(0.1, until - time.monotonic()))
            message = ForwardMsg.FromString(raw if isinstance(raw, bytes) else raw.encode())
            if message.WhichOneof("type") == "ref_hash":
                place = message.metadata
                message = self._messages[message.ref_hash][1]
                message.metadata.CopyFrom(place)
            if message.metadata.cacheable:
                self._messages[message.hash] = (self._run, message)
            self._take(message)
            yield message

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._start(message)
        elif kind == "navigation":
            self._pages = {p.url_pathname: p.page_script_hash for p in message.navigation.app_pages}
            self._page = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._address = message.page_info_changed.query_string
        elif kind == "session_event" and message.session_event.HasField(
            "script_compilation_exception"
        ):
            self.errors.append(str(message.session_event))
        elif kind == "delta":
            self._draw(message.delta)

    def _start(self, message: ForwardMsg) -> None:
        self._session = message.new_session.initialize.session_id
        if not message.metadata.run.fragment_ids:
            self._elements = {}

    def _draw(self, delta: Any) -> None:
        if delta.HasField("new_transient"):  # a spinner
            return
        one = getattr(delta, delta.WhichOneof("type"))
        kind = one.WhichOneof("type")
        if kind == "exception":
            self.errors.append(f"{one.exception.type}: {one.exception.message}")
        elif kind == "alert" and one.alert.format == Alert.ERROR:
            self.errors.append(f"error box: {one.alert.body}")
        found = getattr(one, kind, one) if kind else one
        name = getattr(found, "id", "") or getattr(one, "id", "")
        if isinstance(name, str) and name.startswith("$$"):
            key = name.split("-", 2)[-1]
            self._elements[key] = found if getattr(found, "id", "") else one
            self._fragments[key] = delta.fragment_id
            if getattr(found, "set_value", False):
                self._set(found)

    def _set(self, found: Any) -> None:
        """Take the value that the server sets."""
        self._states.pop(found.id, None)
        if hasattr(found, "raw_values"):
            state = WidgetState(id=found.id)
            state.string_array_value.data[:] = found.raw_values
            self._states[found.id] = state


def _put(home: str, path: str, name: str, content: bytes) -> None:
    with urllib.request.urlopen(f"{home}/_stcore/health", timeout=30) as answer:
        cookie = str(answer.headers["Set-Cookie"]).split(";")[0]
    edge = "tend-soak"
    said = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n\r\n'
    body = said.encode() + content + f"\r\n--{edge}--\r\n".encode()
    heads = {
        "Content-Type": f"multipart/form-data; boundary={edge}",
        "Cookie": cookie,
        "X-Xsrftoken": cookie.split("=", 1)[1],
    }
    request = urllib.request.Request(home + path, body, heads, method="PUT")
    with urllib.request.urlopen(request, timeout=30):
        pass
