"""Pages hold no SQL, no arithmetic and no literal user text; they read like a table of contents."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.walls.sources import Source, calls, python

PAGES = ("app.py", "pages")
SQL = re.compile(
    r"\b(select\b.*\bfrom|insert\s+into|delete\s+from|update\s+\w+\s+set|create\s+\w*\s*table)\b",
    re.IGNORECASE | re.DOTALL,
)
# A code names something (renewal_rates, pages/data.py, tend-note); a text speaks to somebody.
CODE = re.compile(r"[\w./:*#-]*")
SIGNS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
COUNTING = {"sum", "round", "divmod", "abs", "mean", "median", "statistics.mean"}
MOST_LINES = 60


def faults(page: Source) -> Iterator[str]:
    """Name what does not belong on a page."""
    for line, said in texts(page.tree):
        if SQL.search(said):
            yield f"{page.path}:{line} SQL"
        elif not (CODE.fullmatch(said) and said.isascii()):
            yield f"{page.path}:{line} text {said!r}"
    for node in ast.walk(page.tree):
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, SIGNS):
            yield f"{page.path}:{node.lineno} arithmetic"
    for name, call in calls(page.tree):
        if name in COUNTING:
            yield f"{page.path}:{call.lineno} arithmetic"


def texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Give the strings of a file that are no docstrings, with their lines."""
    prose = {id(node) for node in docstrings(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def docstrings(tree: ast.Module) -> Iterator[ast.AST]:
    """Give the nodes of all docstrings: prose, not texts of the app."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr):
                yield first.value


def is_long(page: Source) -> bool:
    """Tell whether a page is longer than it may be; the frame may be a little longer."""
    return len(page.text.splitlines()) > (2 if page.path == "app.py" else 1) * MOST_LINES


def test_pages_only_arrange() -> None:
    """No page holds SQL, arithmetic or a text of its own."""
    assert [fault for page in python(*PAGES) for fault in faults(page)] == []


def test_pages_are_short() -> None:
    """A page stays about 40 lines."""
    assert [page.path for page in python(*PAGES) if is_long(page)] == []


@pytest.mark.parametrize(
    "line",
    [
        'rows = run("select sum(arr) from renewals")',
        'rows = run("""\nSELECT *\nFROM renewals""")',
        "rate = renewed / decided",
        "total += 1",
        "rate = sum(kept)",
        'st.title("Renewals this quarter")',
        'st.title("续费")',
        'st.write(f"{count} of them")',
    ],
)
def test_the_guard_bites(line: str) -> None:
    """Each thing that does not belong on a page is found."""
    assert list(faults(Source("pages/bad.py", line)))


def test_the_guard_finds_a_long_page() -> None:
    """One line too many is found."""
    long = "x = 1\n" * (MOST_LINES + 1)
    assert is_long(Source("pages/bad.py", long))
    assert not is_long(Source("app.py", long))


def test_the_guard_lets_a_good_page_pass() -> None:
    """Names of cells, files and keys are no texts."""
    page = (
        '"""Renewals: are we renewing?"""\nview = ui.open_page("renewals")\nui.figure("due", view)'
    )
    assert list(faults(Source("pages/good.py", page))) == []


def test_what_is_drawn_alone_says_its_refusals() -> None:
    """Fragments and dialogs are made in one place, which shows no box of Streamlit's own."""
    found = [
        f"{one.path}:{call.lineno} {name}"
        for one in python("tend/ui", *PAGES)
        for name, call in calls(one.tree)
        if name in ("st.fragment", "st.dialog") and one.path != "tend/ui/state/alone.py"
    ]
    assert found == []
