"""Quick tests (`make check`) are of the code alone or of a few facts."""

import ast

from tests.walls.sources import Source, python
from tests.walls.test_imports import imported

# What takes seconds: companies, pages, servers, browsers, processes.
DEAR = ("tests.kit.companies", "tests.kit.driver", "tests.kit.server", "playwright", "subprocess")
MARK = "pytest.mark.quick"


def is_quick(source: Source) -> bool:
    """Tell whether a file says so of itself."""
    marks = [node.value for node in source.tree.body if isinstance(node, ast.Assign)]
    return MARK in map(ast.unparse, marks)


def dear(source: Source) -> list[str]:
    """Name what a file imports that is not quick."""
    return [f"{source.path}: {name}" for name in imported(source) if name.startswith(DEAR)]


def test_quick_tests_are_quick() -> None:
    """They make no company, open no page and start no process."""
    quick = [source for source in python("tests") if is_quick(source)]
    assert len(quick) > 10
    assert [found for source in quick for found in dear(source)] == []


def test_the_guard_bites() -> None:
    """A quick file that opens a page is found."""
    bad = Source("tests/bad.py", f"from tests.kit.driver import html\npytestmark = {MARK}\n")
    assert is_quick(bad)
    assert dear(bad) == ["tests/bad.py: tests.kit.driver", "tests/bad.py: tests.kit.driver.html"]
    assert not is_quick(Source("tests/dear.py", "x = 1\n"))
