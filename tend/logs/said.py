"""What of a log record may be written: sentences of the code, numbers and codes, never values.

A library may put anything into its message: a path, a cell, an address with a name in it. So of
others' messages only that is written which stands as a literal where the record was made.
"""

import ast
import errno
import logging
import re
import traceback
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

HELD_BACK = "…"
_OURS = "tend"
_METHODS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+ #0]*[\d*]*(?:\.\d+)?([a-zA-Z%])")
# Where code lies says nothing of the machine: from the package on.
_ROOTS = ("site-packages/", "dist-packages/")
_HOME = Path(__file__).parents[2].as_posix() + "/"
_FRAME = re.compile(r'^ *File "([^"\n]+\.py)", line (\d+), in (\w+)$', re.MULTILINE)
_MOST_FRAMES = 20
_MOST_CAUSES = 5


def sentence(record: logging.LogRecord) -> str:
    """Give the message of a record with its numbers; nothing where it is no text of the code."""
    own = record.name.split(".")[0] == _OURS and isinstance(record.msg, str)
    template = record.msg if own else _literal(record.pathname, record.lineno)
    if not template or isinstance(record.args, Mapping):
        return template or ""
    left = list(record.args or ())

    def filled(found: re.Match[str]) -> str:
        if found[1] == "%":
            return "%"
        return _harmless(left.pop(0)) if left else HELD_BACK

    return _PLACEHOLDER.sub(filled, template) if record.args else template


def place(path: str, line: int, function: str) -> str:
    """Name a place of the code."""
    path = Path(path).as_posix().removeprefix(_HOME)
    for root in _ROOTS:
        path = path.rpartition(root)[2]
    return f"{path}:{line} {function}"


def kind(error: BaseException) -> str:
    """Name an error without its words: its code, what the system calls it, or its class."""
    name = type(error)
    if name.__module__.split(".")[0] == _OURS and isinstance(getattr(error, "code", None), str):
        return str(error.code)  # type: ignore[attr-defined]
    called = name.__qualname__ if name.__module__ == "builtins" else f"{_package(name)}"
    number = errno.errorcode.get(getattr(error, "errno", None) or 0)
    return f"{called} {number}" if number else called


def trace(error: BaseException) -> list[str]:
    """Give the way to an error, and to those behind it: places of the code, no values."""
    told: list[str] = []
    behind: BaseException | None = error
    for _ in range(_MOST_CAUSES):
        if behind is None:
            break
        frames = traceback.extract_tb(behind.__traceback__)[-_MOST_FRAMES:]
        told += [f"{kind(behind)}:"]
        told += [place(frame.filename, frame.lineno or 0, frame.name) for frame in frames]
        behind = behind.__cause__ or behind.__context__
    return told


class Code(str):
    """A text of the code, no value of data: it may be written as it is."""

    __slots__ = ()


def places(said: str) -> Code:
    """Give the places that a traceback of another process names, without its values.

    The error's own words may look like a place: only code that is there is named.
    """
    found = [one for one in _FRAME.findall(said) if Path(one[0]).is_file()]
    named = (place(path, int(line), name) for path, line, name in found[-_MOST_FRAMES:])
    return Code(", ".join(named))


def _package(name: type) -> str:
    return f"{name.__module__.split('.')[0].lstrip('_')}.{name.__qualname__}"


def _harmless(given: object) -> str:
    if isinstance(given, bool | int | float | Code):
        return str(given)
    return kind(given) if isinstance(given, BaseException) else HELD_BACK


def _literal(path: str, line: int) -> str | None:
    """Give the text that the code logs at a line, as far as it stands there."""
    at = [(span, said) for span, said in _calls(path) if line in span]
    return min(at, key=lambda one: len(one[0]))[1] if at else None


@lru_cache(maxsize=64)
def _calls(path: str) -> tuple[tuple[range, str], ...]:
    """Give the calls of a file that log a text of its own, with their lines."""
    try:
        tree = ast.parse(Path(path).read_bytes())
    except (OSError, ValueError, SyntaxError):
        return ()
    return tuple(
        (range(node.lineno, (node.end_lineno or node.lineno) + 1), said)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _METHODS
        and (said := _text(node))
    )


def _text(call: ast.Call) -> str:
    """Give a call's text: what is filled in stays open."""
    for given in call.args:
        if isinstance(given, ast.Constant) and isinstance(given.value, str):
            return given.value
        if isinstance(given, ast.JoinedStr):
            parts = (p.value if isinstance(p, ast.Constant) else HELD_BACK for p in given.values)
            return "".join(map(str, parts))
    return ""
