"""CodeMirror as one file: asked for once by each browser, whatever number of editors it shows."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_FILE = Path(__file__).with_name("codemirror.js")
_A_YEAR = "public, max-age=31536000, immutable"


@cache
def address() -> str:
    """Give the file's address beside the pages: another file has another one."""
    return f"codemirror-{sha256(_FILE.read_bytes()).hexdigest()[:12]}.js"


def _answer(_: Request) -> Response:
    return Response(_FILE.read_bytes(), 200, {"Cache-Control": _A_YEAR}, "text/javascript")


def route() -> Route:
    """Give the route that answers it, also where the app has a base path."""
    return Route("/{base:path}" + address(), _answer)
