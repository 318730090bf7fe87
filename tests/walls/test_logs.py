"""What Tend itself logs is written as it stands, so each message is a text of the code."""

import ast
from collections.abc import Iterator

from tests.walls.sources import Source, app

# `log` takes its callers' words, and they are looked at here.
_OWN = "tend/store/database/transactions.py"
_METHODS = {"debug", "info", "warning", "error", "exception", "critical"}


def loose(source: Source) -> Iterator[str]:
    """Name the messages of a log that are no constant."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and _logs(node.func):
            first = node.args[0] if node.args else None
            if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
                yield f"{source.path}:{node.lineno}"


def _logs(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id == "log"
    if not (isinstance(called, ast.Attribute) and called.attr in _METHODS):
        return False
    return "log" in ast.unparse(called.value).lower()


def test_messages_are_texts_of_the_code() -> None:
    """No name, file or statement is put into a message."""
    assert [found for one in app() if one.path != _OWN for found in loose(one)] == []


def test_the_guard_bites() -> None:
    """A message put together is found, in a call of ours and of the library."""
    bad = (
        "log(f'no {name}', error)\nlogging.getLogger(__name__).info(name)\nlogger.error('no %s', n)"
    )
    assert list(loose(Source("bad.py", bad))) == ["bad.py:1", "bad.py:2"]
