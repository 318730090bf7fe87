"""The server's log: Streamlit's and uvicorn's lines in the form of ours, each with who asked."""

import logging
import uuid
from collections.abc import Mapping
from contextvars import ContextVar

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import logger as streamlit_logger
from streamlit.runtime.scriptrunner import get_script_run_ctx

from tend.logs import lines

_request: ContextVar[str] = ContextVar("tend.request", default="")
# Those that bring handlers of their own.
_OTHERS = ("streamlit", "uvicorn", "websockets")
# A line for each request is the proxy's to write; Streamlit has it shut.
_ACCESS = "uvicorn.access"


class Numbered:
    """Give each request a number by which the lines of the log that belong to it are found."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] in ("http", "websocket"):
            _request.set(uuid.uuid4().hex)
        await self._app(scope, receive, send)


MIDDLEWARE = [Middleware(Numbered)]


def begin() -> None:
    """Bring all lines of this server to one form."""
    lines.begin(_about)
    # loggers that Streamlit makes later on would have its own form again
    streamlit_logger.setup_formatter = _without_handlers
    for name in list(logging.root.manager.loggerDict):
        if name.split(".")[0] in _OTHERS:
            _without_handlers(logging.getLogger(name))


def _without_handlers(logger: logging.Logger) -> None:
    """Have a logger say what it says where all others do."""
    if logger.name != _ACCESS:
        logger.handlers.clear()
        logger.propagate = True


def _about() -> Mapping[str, str]:
    """Say which session and request a line belongs to; neither tells who it is."""
    context = get_script_run_ctx(suppress_warning=True)
    return {"session": context.session_id if context else "", "request": _request.get()}
