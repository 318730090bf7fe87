"""Rooms know each other one way only; the map of them is drawn from the imports."""

import tomllib
from graphlib import CycleError

import pytest

from docs import rooms
from tests.walls.sources import ROOT

MOST_FILES = {".py": 15, ".sql": 25}


def crowded(listed: dict[str, list[str]]) -> list[str]:
    """Name the folders that hold more files of a kind than one finds one's way among."""
    return [
        f"{folder}: {kind}"
        for folder, names in listed.items()
        for kind, most in MOST_FILES.items()
        if sum(name.endswith(kind) for name in names) > most
    ]


def test_the_floors_are_those_of_the_linter() -> None:
    """The map and the import contract speak of the same floors, in the same order."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    [contract] = [
        one
        for one in settings["tool"]["importlinter"]["contracts"]
        if one.get("containers") == ["tend"]
    ]
    layers = [tuple(line.split(" | ")) for line in contract["layers"]]
    assert layers == [("__main__",), *rooms.FLOORS]


def test_no_room_is_crowded() -> None:
    """At most 15 Python files, or 25 of SQL, in a folder."""
    folders = {
        path.relative_to(ROOT).as_posix(): [one.name for one in path.iterdir()]
        for top in ("tend", "queries", "tests", "pages", "docs", "benchmarks")
        for path in (ROOT / top, *(ROOT / top).rglob("*"))
        if path.is_dir()
    }
    assert crowded(folders) == []


def test_the_guards_bite() -> None:
    """A circle and a crowded room are found."""
    with pytest.raises(CycleError):
        rooms.ordered({"ui/a": {"ui/b": 1}, "ui/b": {"ui/a": 1}})
    assert crowded({"tend/hall": [f"{n}.py" for n in range(16)]}) == ["tend/hall: .py"]
