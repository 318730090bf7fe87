"""No circles between modules, imports inside functions included; rooms have a wall of their own."""

import ast
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter

from tests.walls.sources import Source, app

Graph = dict[str, set[str]]


def imports(sources: Iterable[Source]) -> Graph:
    """Give which module of ours needs which, wherever in the file it says so."""
    modules = {_name(source.path): source for source in sources}
    found: Graph = {name: set() for name in modules}
    for name, source in modules.items():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                wanted = {f"{node.module}.{alias.name}" for alias in node.names}
                found[name] |= {one if one in modules else node.module for one in wanted}
        found[name] = {one for one in found[name] if one in modules and one != name}
    return found


def circle(graph: Graph) -> list[str]:
    """Give one circle, from a name back to itself; none where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [str(name) for name in error.args[1]]
    return []


def _name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def test_modules_know_no_circle() -> None:
    """Each can be read after those it needs."""
    assert circle(imports(app())) == []


def test_the_guard_bites() -> None:
    """A circle of two modules is found, also through a function."""
    one = Source("tend/ui/a/x.py", "from tend.ui.b import y")
    other = Source("tend/ui/b/y.py", "def f():\n    from tend.ui.a import x")
    assert circle(imports([one, other])) in (
        ["tend.ui.a.x", "tend.ui.b.y", "tend.ui.a.x"],
        ["tend.ui.b.y", "tend.ui.a.x", "tend.ui.b.y"],
    )
    far = [Source("tend/ui/b/y.py", ""), Source("tend/ui/b/z.py", "from tend.ui.a import x")]
    assert circle(imports([one, *far])) == []
