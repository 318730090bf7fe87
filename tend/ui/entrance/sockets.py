"""Sockets of pages that are open: each lasts as long as the sign-in by which it was opened."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tend.store.database import trouble
from tend.ui.entrance import page
from tend.ui.entrance.told import Told
from tend.ui.server import visits
from tend.ui.server.visits import Visit

# How often pages are looked at whose readers do nothing.
_LOOKS_AFTER = 3.0
_AGAINST_THE_RULES = 1008
_CLOSE: Message = {"type": "websocket.close", "code": _AGAINST_THE_RULES}
_GONE: Message = {"type": "websocket.disconnect", "code": _AGAINST_THE_RULES}


class Sockets:
    """All that are open, by their sign-in."""

    def __init__(self, app: ASGIApp, told: Told) -> None:
        self._app, self._told = app, told
        self._open: dict[str, set[_Socket]] = {}
        self._watching: asyncio.Task[None] | None = None

    async def open(
        self, visit: Visit, claims: dict[str, Any], scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Open one for somebody who is let in, until they leave."""
        if visit.why:
            await receive()
            await send(_CLOSE)
            return
        socket = _Socket(claims, visit.sign_in, self._told, receive, send)
        theirs = self._open.setdefault(visit.sign_in, set())
        theirs.add(socket)
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch())
        try:
            await self._app(scope, socket.receive, socket.send)
        finally:
            theirs.discard(socket)
            if not theirs:
                self._open.pop(visit.sign_in, None)

    async def _watch(self) -> None:
        """Send pages away whose readers are let in no longer, although they do nothing."""
        while self._open:
            await asyncio.sleep(_LOOKS_AFTER)
            there = [socket for theirs in self._open.values() for socket in theirs]
            with contextlib.suppress(*trouble.ERRORS):  # the next look may find all sound
                for socket in await run_in_threadpool(_let_in_no_longer, there):
                    await socket.leave()

    async def leave(self, sign_in: str) -> None:
        """Send all pages of a sign-in back to the entrance."""
        for socket in list(self._open.get(sign_in, ())):
            await socket.leave()


class _Socket:
    """One page: what comes is taken only while its reader is let in, what goes is noted."""

    def __init__(
        self,
        claims: dict[str, Any],
        sign_in: str,
        told: Told,
        receive: Callable[[], Awaitable[Message]],
        send: Send,
    ) -> None:
        self.claims, self._sign_in, self._told = claims, sign_in, told
        self._receive, self._send = receive, send
        self._is_accepted, self._goes_out, self._has_left = False, False, False

    async def receive(self) -> Message:
        """Give what comes; nothing more once its reader is not let in."""
        message = await self._receive()
        if message["type"] == "websocket.receive":
            if await run_in_threadpool(_let_in_no_longer, [self]):
                await self.leave()
            if self._has_left:
                return _GONE
        return message

    async def send(self, message: Message) -> None:
        """Send what goes, and note the addresses in it; nothing goes any more after the end."""
        if self._has_left:
            return
        if message["type"] == "websocket.send":
            said = message.get("bytes") or b""
            self._told.hear(self._sign_in, said)
            self._goes_out = self._goes_out or _leads_out(said)
        self._is_accepted = self._is_accepted or message["type"] == "websocket.accept"
        await self._send(message)

    async def leave(self) -> None:
        """Have the page open the entrance in its place, and end."""
        if self._has_left or not self._is_accepted:
            return
        self._has_left = True
        if self._goes_out:  # sent elsewhere now, it would not come to the provider
            return
        back = ForwardMsg()
        back.auth_redirect.url = page.base()
        with contextlib.suppress(OSError, RuntimeError):  # the browser has gone by itself
            await self._send({"type": "websocket.send", "bytes": back.SerializeToString()})
            await self._send(_CLOSE)


def _let_in_no_longer(sockets: list[_Socket]) -> list[_Socket]:
    return [one for one in sockets if visits.of(one.claims).why]


def _leads_out(said: bytes) -> bool:
    """Tell whether a message has its page sign out."""
    if page.OUT.encode() not in said:
        return False
    return bool(ForwardMsg.FromString(said).auth_redirect.url.endswith(page.OUT))
