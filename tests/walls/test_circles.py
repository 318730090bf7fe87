"""No circles: neither between modules nor between rooms, imports inside functions included."""

import ast
from collections import defaultdict
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


def rooms(graph: Graph) -> Graph:
    """Give the same between rooms: a floor and a subject."""
    found: Graph = defaultdict(set)
    for name, needed in graph.items():
        found[_room(name)] |= {_room(one) for one in needed} - {_room(name)}
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


def _room(name: str) -> str:
    parts = name.split(".")
    return ".".join(parts[:3]) if name.startswith("tend.ui.") else ".".join(parts[:2])


def test_modules_and_rooms_know_no_circle() -> None:
    """Each can be read after those it needs."""
    graph = imports(app())
    assert circle(graph) == []
    assert circle(rooms(graph)) == []


def test_the_guard_bites() -> None:
    """A circle of two modules is found, also through a function, and one of two rooms."""
    one = Source("tend/ui/a/x.py", "from tend.ui.b import y")
    other = Source("tend/ui/b/y.py", "def f():\n    from tend.ui.a import x")
    assert circle(imports([one, other])) in (
        ["tend.ui.a.x", "tend.ui.b.y", "tend.ui.a.x"],
        ["tend.ui.b.y", "tend.ui.a.x", "tend.ui.b.y"],
    )
    far = [Source("tend/ui/b/y.py", ""), Source("tend/ui/b/z.py", "from tend.ui.a import x")]
    assert circle(imports([one, *far])) == []
    assert circle(rooms(imports([one, *far])))
