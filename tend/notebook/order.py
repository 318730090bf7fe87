"""In which order cells run: it follows from what their statements read, and from nothing else."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from graphlib import CycleError, TopologicalSorter

from tend.queries.door.refused import Refused

# Which names each cell reads, by the cell's name; other names than those of cells are tables.
Reads = Mapping[str, AbstractSet[str]]


def behind(name: str, reads: Reads) -> tuple[str, ...]:
    """Name the cells that a cell needs, directly or through others, each after what it needs.

    Raises Refused where they go round in a circle: it names the cells of it.
    """
    folded, found = _folded(reads), {name.lower()}
    while more := {one for each in found for one in folded[each]} - found:
        found |= more
    try:
        ordered = tuple(
            TopologicalSorter({one: sorted(folded[one]) for one in sorted(found)}).static_order()
        )
    except CycleError as error:
        raise Refused("door_circle", {"cells": " → ".join(reversed(error.args[1]))}) from None
    return ordered[:-1]


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
