"""What an operator's tools ask: is the server ready, and what are its numbers."""

import logging

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tend.language.errors import TendError
from tend.store.database import trouble
from tend.store.upkeep import standing
from tend.store.upkeep.standing import Standing
from tend.ui.operation import access, metrics
from tend.ui.server import opened

_NEVER_KEPT = {"Cache-Control": "no-store"}


def routes() -> list[Route]:
    """Give the routes that answer, also where the app has a base path."""
    return [
        Route("/{base:path}ready", _ready),
        Route("/{base:path}metrics", _metrics),
    ]


def _ready(request: Request) -> Response:
    """Say whether pages are as they should be; who asks first has the workspace opened."""
    if not _is_answered(request):
        return Response(status_code=404)
    found = _standing()
    if isinstance(found, str):
        return JSONResponse({"ready": False, "stops": [found]}, 503, _NEVER_KEPT)
    newest = found.copies.newest
    told = {
        "ready": not found.stops,
        "stops": found.stops,
        "warns": (*found.warns, *(["writer_is_away"] if _is_away() else [])),
        "commits": found.commits,
        "free_bytes": found.free,
        "last_copy": newest and newest.made_at.isoformat(),
        "copies": found.copies.count,
    }
    return JSONResponse(told, 503 if found.stops else 200, _NEVER_KEPT)


def _metrics(request: Request) -> Response:
    """Give the numbers of server and workspace in the text format of Prometheus."""
    if not _is_answered(request):
        return Response(status_code=404)
    found = _standing()
    said = metrics.text(None if isinstance(found, str) else found, is_away=_is_away())
    return PlainTextResponse(said, 200, _NEVER_KEPT, media_type=metrics.MEDIA_TYPE)


def _is_away() -> bool | None:
    """Tell whether the server that writes does not answer; nothing where it is this one."""
    there = opened.reading()
    return there.is_away if there else None


def _standing() -> Standing | str:
    """Ask how the workspace stands; else give the code of what is wrong."""
    try:
        return standing.look(opened.workspace())
    except (TendError, *trouble.ERRORS) as error:
        logging.getLogger(__name__).warning("the server is not ready", exc_info=error)
        return error.code if isinstance(error, TendError) else "workspace_unusable"


def _is_answered(request: Request) -> bool:
    """Tell whether the address is ours, and whoever asks may; else nothing seems to be there."""
    base = str(request.path_params["base"]).strip("/")
    ours = ("", str(st.get_option("server.baseUrlPath") or "").strip("/"))
    is_whole = not request.path_params["base"] or request.path_params["base"].endswith("/")
    return is_whole and base in ours and access.is_allowed(request)
