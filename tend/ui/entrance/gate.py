"""The gate: where a sign-in is set up, nothing is answered to anybody who is not let in.

Not a page, a file, a route or a socket; only that the server lives, and the way to sign in. Where
none is set up, this machine is answered and no other.
"""

import asyncio
import logging
from functools import partial
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import encode_provider_token

from tend.language import text
from tend.language.errors import TendError
from tend.ui.entrance import cookies, page
from tend.ui.entrance.sockets import Sockets
from tend.ui.entrance.told import Told
from tend.ui.operation import access
from tend.ui.server import setup, source, visits, writer
from tend.ui.server.setup import Setup
from tend.ui.server.visits import Visit

# What asks whether the server lives, and its numbers: those have a rule of their own.
_OPEN = ("_stcore/health", "ready", "metrics")
# How long a provider may take for one step of signing in or out, before somebody is told.
_PATIENCE = 6.0
_UPLOAD = "_stcore/upload_file"


class Gate:
    """Let in who signed in and is known; all that answers stands behind it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._told = Told()
        self._sockets = Sockets(app, self._told)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or ask to sign in."""
        there = setup.found()
        if scope["type"] == "lifespan" or (scope["type"] == "http" and _path(scope) in _OPEN):
            await self._app(scope, receive, send)
        elif there is None:
            await self._without(scope, receive, send)
        else:
            sent = cookies.by_tls_only(send) if there.is_behind_tls else send
            await self._with(there, scope, receive, sent)

    async def _without(self, scope: Scope, receive: Receive, send: Send) -> None:
        if setup.is_open() or access.is_from_here(HTTPConnection(scope)):
            await self._app(scope, receive, send)
        else:
            said = text.say("sign_in.only_here", page.language(scope, page.wanted(scope)))
            await PlainTextResponse(said, 403)(scope, receive, send)

    async def _with(self, there: Setup, scope: Scope, receive: Receive, send: Send) -> None:
        claims = cookies.claims(HTTPConnection(scope).cookies, there)
        path = _path(scope)
        if path == "auth/login":
            await self._login(scope, receive, send)
        elif path == page.OUT:
            await self._logout(claims, scope, receive, send)
        elif path == "oauth2callback":
            await self._back(there, claims, scope, receive, send)
        else:
            visit = await run_in_threadpool(visits.of, claims)
            if scope["type"] == "websocket":
                # another origin's page may not speak with this reader's cookies
                who = visit if Headers(scope=scope).get("origin") == there.origin else Visit()
                await self._sockets.open(who, claims, scope, receive, send)
            elif visit.why:
                await _refused(scope, visit)(scope, receive, send)
            elif not (self._told.may_have(visit.sign_in, path) and _may_lay(visit, path)):
                await Response(b"", 404)(scope, receive, send)
            else:
                await self._app(scope, receive, _for_them_only(send))

    async def _login(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lead to the provider, by a token that is good for two minutes from now."""
        token = urlencode({"provider": encode_provider_token("default")}).encode()
        answer = _Answer(send, passes=lambda started: started["status"] < 400)
        await self._by_provider({**scope, "query_string": token}, receive, answer)
        if answer.is_held:
            await page.sign_in(scope, Visit(why="away"))(scope, receive, send)

    async def _logout(
        self, claims: dict[str, Any], scope: Scope, receive: Receive, send: Send
    ) -> None:
        """End a sign-in in all its tabs, then let the browser and the provider forget it."""
        if Headers(scope=scope).get("sec-fetch-site") in ("cross-site", "same-site"):
            await RedirectResponse(page.base())(scope, receive, send)  # a link of somebody else's
            return
        # a server that only reads has told of one that ends at its own address
        ends = claims or cookies.of_others(HTTPConnection(scope).cookies)
        sign_in = await run_in_threadpool(visits.end, ends, _source(scope))
        await run_in_threadpool(writer.sign_out, Headers(scope=scope).get("cookie", ""))
        self._told.forget(sign_in)
        await self._sockets.leave(sign_in)
        answer = _Answer(send)
        await self._by_provider(scope, receive, answer)
        if answer.is_held:
            home = RedirectResponse(page.base(), 302)
            cookies.forget(home, HTTPConnection(scope).cookies, page.base())
            await home(scope, receive, send)

    async def _back(
        self, there: Setup, had: dict[str, Any], scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Take who comes back from the provider to where they wanted to go."""
        taken: list[dict[str, Any]] = []

        def passes(started: Message) -> bool:
            """Pass on an answer that signs somebody in, or of one who only passes by here."""
            got = cookies.claims(cookies.being_set(started["headers"]), there)
            taken.append(got)
            is_asked = any(one in scope["query_string"] for one in (b"state=", b"error="))
            if got:
                _lead_on(scope, MutableHeaders(raw=started["headers"]))
            return bool(got) or not is_asked or not visits.of(had).why

        answer = _Answer(send, passes, partial(_admitted, taken, _source(scope)))
        await self._by_provider(scope, receive, answer)
        if answer.is_held:
            await page.sign_in(scope, Visit(why="failed"))(scope, receive, send)

    async def _by_provider(self, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        """Take a step that asks the provider; one that is too slow leaves the answer held."""
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._app(scope, receive, answer)
        except TimeoutError:
            logging.getLogger(__name__).warning("the provider took over %s seconds", _PATIENCE)


class _Answer:
    """Send an answer on where it passes; else it is held back, so that another can be given."""

    def __init__(self, send: Send, passes: Any = lambda _: True, first: Any = None) -> None:
        self._send, self._passes, self._first = send, passes, first
        self.is_held = True

    async def __call__(self, message: Message) -> None:
        """Send a part of the answer on, or not."""
        if message["type"] == "http.response.start":
            self.is_held = not await run_in_threadpool(self._may_go, message)
        if not self.is_held:
            await self._send(message)

    def _may_go(self, started: Message) -> bool:
        return self._passes(started) and (self._first is None or self._first())


def _admitted(taken: list[dict[str, Any]], came_from: str) -> bool:
    """Note who signed in; where that cannot be noted, nobody is let in."""
    try:
        for claims in filter(None, taken):
            visits.admit(claims, came_from)
    except TendError:
        return False
    return True


def _source(scope: Scope) -> str:
    client, *_ = scope.get("client") or (None,)
    return source.of(client, Headers(scope=scope).get("x-forwarded-for"))


def _lead_on(scope: Scope, headers: MutableHeaders) -> None:
    if wanted := page.kept(scope):
        headers["location"] = wanted
        cookies.want(headers, "", page.base())


def _refused(scope: Scope, visit: Visit) -> Response:
    """Give the sign-in page where a page was asked for, which is where one wants to go."""
    if "text/html" not in Headers(scope=scope).get("accept", ""):
        return Response(b"", 403)
    answer = page.sign_in(scope, visit)
    cookies.want(answer.headers, page.wanted(scope), page.base())
    return answer


def _may_lay(visit: Visit, path: str) -> bool:
    """Tell whether somebody may lay a file down, where that is asked: it waits in memory."""
    is_file = path.startswith(_UPLOAD)
    return not is_file or visit.person.may("import") or visit.person.may("settings")


def _for_them_only(send: Send) -> Send:
    """Let no browser keep a file for whoever comes to it next; what is public may stay."""

    async def send_on(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            if "public" not in headers.get("cache-control", ""):
                headers["cache-control"] = "no-store"
        await send(message)

    return send_on


def _path(scope: Scope) -> str:
    return str(("/" + scope["path"].lstrip("/")).removeprefix(page.base()).strip("/"))
