"""The map of rooms: which room of the package knows which, read from its imports."""

import ast
from collections.abc import Iterable, Mapping
from graphlib import TopologicalSorter
from html import escape
from pathlib import Path

import grimp

PACKAGE = Path(__file__).parents[1] / "tend"
# From the pages down to the words; import-linter holds the code to the same order.
FLOORS = (
    ("cli", "ui"),
    ("handouts",),
    ("acts",),
    ("notebook",),
    ("figures",),
    ("queries",),
    ("store",),
    ("ingest",),
    ("settings",),
    ("schema",),
    ("people",),
    ("view", "language", "sample", "child"),
    ("logs", "tally"),
)
_CELL, _LEFT, _TOP = 15, 190, 150
_INK, _LINE, _MARK = "#1f2933", "#e3e7eb", "#2f6fdb"


def knows() -> Mapping[str, Mapping[str, int]]:
    """Tell which room imports from which other, and how often."""
    graph = grimp.build_graph("tend", cache_dir=None)
    found: dict[str, dict[str, int]] = {}
    for module in sorted(graph.modules - {"tend", "tend.__main__"}):
        for other in sorted(graph.find_modules_directly_imported_by(module) - {"tend"}):
            here, there = room(module), room(other)
            if here != there:
                mine = found.setdefault(here, {})
                mine[there] = mine.get(there, 0) + 1
                found.setdefault(there, {})
    return found


def room(module: str) -> str:
    """Name the room a module stands in: its folder, or itself where it stands on a floor."""
    _, *parts = module.split(".")
    return "/".join(parts[:2])


def ordered(found: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Give the rooms from pages down to words. Raises CycleError where two know each other."""
    order = TopologicalSorter({name: sorted(one) for name, one in found.items()}).static_order()
    places = {name: place for place, name in enumerate(order)}
    floors = {name: n for n, name in enumerate(name for floor in FLOORS for name in floor)}
    return sorted(found, key=lambda name: (floors[name.split("/")[0]], -places[name]))


def picture() -> str:
    """Draw who knows whom: a row knows the columns that are marked, all of them to its right."""
    found = knows()
    rooms = ordered(found)
    side = _CELL * len(rooms)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LEFT + side + 20}"'
            f' height="{_TOP + side + 20}" font-family="sans-serif" font-size="11">',
            '<rect width="100%" height="100%" fill="#ffffff"/>',
            *_labels(rooms),
            *_marks(rooms, found),
            "</svg>",
        ]
    )


def _labels(rooms: list[str]) -> Iterable[str]:
    side, floor = _CELL * len(rooms), ""
    for place, name in enumerate(rooms):
        x, y = _LEFT + place * _CELL, _TOP + place * _CELL
        if name.split("/")[0] != floor:
            floor = name.split("/")[0]
            yield f'<path d="M0 {y}h{_LEFT + side}M{x} 0v{_TOP + side}" stroke="{_LINE}"/>'
        said = f'fill="{_INK}">{escape(name)}</text>'
        yield f'<text x="8" y="{y + 11}" {said}'
        yield f'<text transform="translate({x + 11} {_TOP - 6}) rotate(-90)" {said}'
        yield f'<rect x="{x}" y="{y}" width="{_CELL}" height="{_CELL}" fill="{_LINE}"/>'


def _marks(rooms: list[str], found: Mapping[str, Mapping[str, int]]) -> Iterable[str]:
    places = {name: place for place, name in enumerate(rooms)}
    for name in rooms:
        for other, times in sorted(found[name].items()):
            x, y = _LEFT + places[other] * _CELL, _TOP + places[name] * _CELL
            shade = min(1.0, 0.3 + times / 15)
            yield (
                f'<rect x="{x + 1}" y="{y + 1}" width="{_CELL - 2}" height="{_CELL - 2}"'
                f' fill="{_MARK}" fill-opacity="{shade:.2f}"><title>{escape(name)} knows'
                f" {escape(other)}: {times}</title></rect>"
            )


def page() -> str:
    """Write the map in words: each room with what it holds, and the rooms it knows."""
    found = knows()
    rows = [f"| `{name}` | {_holds(name)} | {_size(name)} |" for name in ordered(found)]
    return "\n".join(
        [
            "# Rooms",
            "",
            "Written by `make docs` from the imports. A room of `tend/` is a folder, or a file that"
            " stands on a floor; each knows only rooms that stand below it here.",
            "",
            "![Which room knows which](rooms.svg)",
            "",
            "A row knows the columns that are marked. All marks lie right of the diagonal: no room"
            " is known by one that it knows.",
            "",
            "| Room | What it holds | Files |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _path(name: str) -> Path:
    folder = PACKAGE / name
    return folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")


def _holds(name: str) -> str:
    said = ast.get_docstring(ast.parse(_path(name).read_text(encoding="utf-8"))) or ""
    return said.splitlines()[0].replace("|", "\\|")


def _size(name: str) -> int:
    folder = PACKAGE / name
    return sum(1 for _ in folder.rglob("*.py")) if folder.is_dir() else 1
