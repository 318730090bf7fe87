"""Cells as lines of Python that ask, set and draw, and back: read, never run."""

import ast
import keyword
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

ASK, PARAMETER, DRAW = "ask", "parameter", "draw"
_CALLS = (ASK, PARAMETER, DRAW)
# Names that the first cell gives a meaning.
_TAKEN = frozenset(
    {*_CALLS, "chosen", "look_at", "typed", "parameters", "answers", "con"}
    | {"alt", "date", "display", "duckdb", "json", "pd", "re", "sys", "Path"}
    | {"FOLDER", "CHARTS", "TABLES"}
)


@dataclass(frozen=True)
class Call:
    """A call of one of the first cell's functions: the cell it names, and what it is given."""

    function: str
    cell: str
    value: object = None


def ask(cell: str, sql: str, own: Mapping[str, object], is_drawn: bool) -> str:
    """Write how a statement is asked, with the parameters that are its own; then it is shown."""
    given = "".join(f", {name}={value(one)}" for name, one in own.items())
    call = f"{ASK}({_text(cell)}, {_long_text(sql)}{given})"
    is_free = _is_free(cell)
    lines = [f"{cell} = {call}" if is_free else call]
    lines += [draw(cell)] * is_drawn + [cell] * is_free
    return "\n".join(lines)


def draw(cell: str) -> str:
    """Write how a chart is drawn."""
    return f"{DRAW}({_text(cell)})"


def parameter(cell: str, given: object, said: Sequence[str]) -> str:
    """Write a parameter and its value, behind what is said of it."""
    call = f"{PARAMETER}({_text(cell)}, {value(given)})"
    told = f"{cell} = {call}" if _is_free(cell) else call
    return "\n".join((*(f"# {line}" for line in said), told))


def value(given: object) -> str:
    """Write a value as Python."""
    match given:
        case date():
            return f"date({given.year}, {given.month}, {given.day})"
        case Mapping():
            return f"chosen({dict(given)!r})"
        case list() | tuple():
            return f"[{', '.join(value(one) for one in given)}]"
    return repr(given)


def calls(source: str) -> list[Call] | None:
    """Give the calls of a cell of Python; None where it holds anything else."""
    try:
        body = ast.parse(source).body
        return [_call(one) for one in body if not _is_shown(one)]
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return None


def _is_shown(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Name)


def _call(statement: ast.stmt) -> Call:
    """Read a call. Raises ValueError or TypeError for anything else."""
    call = statement.value if isinstance(statement, ast.Assign | ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        raise ValueError(ast.dump(statement))
    cell, *rest = (_value(one) for one in call.args)
    if call.func.id not in _CALLS or not isinstance(cell, str):
        raise ValueError(call.func.id)
    return Call(call.func.id, cell, rest[0] if rest else None)


def _value(node: ast.expr) -> object:
    """Read a plain value, or a day."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "date":
        return date(*(ast.literal_eval(one) for one in node.args))
    return ast.literal_eval(node)


def _is_free(name: str) -> bool:
    """Tell whether Python can call an answer by the cell's name."""
    is_name = name.isidentifier() and not keyword.iskeyword(name) and name not in _TAKEN
    return is_name and unicodedata.normalize("NFKC", name) == name


def _text(text: str) -> str:
    return '"' + _escaped(text).replace('"', '\\"') + '"'


def _long_text(text: str) -> str:
    """Write a text of several lines as it stands, in three quotes."""
    escaped = _escaped(text).replace('"""', '\\"\\"\\"')
    return f'"""\n{escaped}\n"""'


def _escaped(text: str) -> str:
    """Write out what Python would take otherwise, or not at all: no source may hold a nought."""
    return text.replace("\\", "\\\\").replace("\0", "\\x00")
