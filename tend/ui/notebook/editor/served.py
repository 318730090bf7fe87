"""What a browser asks for once, whatever number of editors it shows: CodeMirror, and all words."""

import threading
from collections import OrderedDict
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_FILE = Path(__file__).with_name("codemirror.js")
_A_YEAR = "public, max-age=31536000, immutable"
_OWN = "private, max-age=86400, immutable"
# The newest lists of words by their address, which nobody guesses.
_MOST_LISTS = 32
_lists: OrderedDict[str, bytes] = OrderedDict()
_adding = threading.Lock()


@cache
def address() -> str:
    """Give the file's address beside the pages: another file has another one."""
    return f"codemirror-{sha256(_FILE.read_bytes()).hexdigest()[:12]}.js"


def offer(words: bytes) -> str:
    """Keep a list of words to be asked for; give its address: the same words have the same."""
    name = f"words-{sha256(words).hexdigest()[:32]}.json"
    with _adding:
        _lists[name] = words
        _lists.move_to_end(name)
        while len(_lists) > _MOST_LISTS:
            _lists.popitem(last=False)
    return name


def _words(request: Request) -> Response:
    found = _lists.get(f"words-{request.path_params['stamp']}.json")
    if found is None:
        return Response(b"", 404)
    return Response(found, 200, {"Cache-Control": _OWN}, "application/json")


def _codemirror(_: Request) -> Response:
    return Response(_FILE.read_bytes(), 200, {"Cache-Control": _A_YEAR}, "text/javascript")


def routes() -> list[Route]:
    """Give the routes that answer, also where the app has a base path."""
    return [
        Route("/{base:path}" + address(), _codemirror),
        Route("/{base:path}words-{stamp}.json", _words),
    ]
