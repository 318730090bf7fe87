"""Files and functions stay small: a smell when exceeded, so the bounds are generous."""

import ast
from collections.abc import Iterator
from statistics import median

from tests.walls.sources import Source, app, python

MOST_LINES, MOST_FUNCTION_LINES, MEDIAN_LINES = 300, 70, 14


def functions(source: Source) -> Iterator[tuple[str, int]]:
    """Give every function with its length, from `def` to its last line."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{source.path}:{node.name}", (node.end_lineno or 0) - node.lineno + 1


def too_long(source: Source) -> list[str]:
    """Name what is too long in a file."""
    long = [name for name, lines in functions(source) if lines > MOST_FUNCTION_LINES]
    return long + [source.path] * (len(source.text.splitlines()) > MOST_LINES)


def test_nothing_is_too_long() -> None:
    """No file and no function has outgrown its reader."""
    sources = [*app(), *python("tests", "sample_data", "docs", "benchmarks")]
    assert [found for source in sources for found in too_long(source)] == []


def test_most_functions_are_small() -> None:
    """Half of all functions are about ten lines or fewer."""
    assert median(lines for source in app() for _, lines in functions(source)) <= MEDIAN_LINES


def test_the_guard_bites() -> None:
    """A long function and a long file are found."""
    body = "\n".join("    x = 1" for _ in range(MOST_FUNCTION_LINES))
    assert too_long(Source("bad.py", f"def f():\n{body}\n")) == ["bad.py:f"]
    assert too_long(Source("bad.py", "x = 1\n" * (MOST_LINES + 1))) == ["bad.py"]
