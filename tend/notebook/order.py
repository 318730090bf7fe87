"""In which order cells run: it follows from what their statements read, and from nothing else."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from tend.queries.door.refused import Refused

# Which names each cell reads, by the cell's name; other names than those of cells are tables.
Reads = Mapping[str, AbstractSet[str]]


def behind(name: str, reads: Reads) -> tuple[str, ...]:
    """Name the cells that a cell needs, directly or through others, each after what it needs.

    Raises Refused where they go round in a circle: it names the cells of it.
    """
    found: dict[str, None] = {}
    _visit(name.lower(), _folded(reads), found, ())
    return tuple(found)[:-1]


def order(reads: Reads) -> tuple[str, ...]:
    """Give all cells as they stand, but each after those it needs. Raises Refused as `behind`."""
    folded, found = _folded(reads), dict[str, None]()
    for name in folded:
        _visit(name, folded, found, ())
    return tuple(found)


def _visit(
    name: str, reads: Mapping[str, set[str]], found: dict[str, None], way: tuple[str, ...]
) -> None:
    """Find a cell after all that it needs; each is visited once, however many ways lead there."""
    if name in way:
        circle = (*way[way.index(name) :], name)
        raise Refused("door_circle", {"cells": " → ".join(circle)})
    if name not in found:
        for one in sorted(reads[name]):
            _visit(one, reads, found, (*way, name))
        found[name] = None


def needing(name: str, reads: Reads) -> frozenset[str]:
    """Name the cells that need this one; those in a circle need each other."""
    folded, found = _folded(reads), {name.lower()}
    while more := {one for one, names in folded.items() if names & found} - found:
        found |= more
    return frozenset(found - {name.lower()})


def _folded(reads: Reads) -> dict[str, set[str]]:
    """Give what cells read of other cells: SQL does not tell capitals from small letters."""
    cells = {name.lower() for name in reads}
    return {n.lower(): {one.lower() for one in names} & cells for n, names in reads.items()}
