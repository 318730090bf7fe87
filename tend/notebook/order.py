"""In which order cells run: it follows from what their statements read, and from nothing else."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from tend.language.errors import TendError

# Which names each cell reads, by the cell's name; other names than those of cells are tables.
Reads = Mapping[str, AbstractSet[str]]


def behind(name: str, reads: Reads) -> tuple[str, ...]:
    """Name the cells that a cell needs, directly or through others, each after what it needs.

    Raises TendError where they go round in a circle: it names the cells of it.
    """
    return tuple(one for one in _walk(name.lower(), _folded(reads), ()) if one != name.lower())


def order(reads: Reads) -> tuple[str, ...]:
    """Give all cells, each after those it needs, as they stand otherwise."""
    folded = _folded(reads)
    return tuple(dict.fromkeys(one for name in folded for one in _walk(name, folded, ())))


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


def _walk(name: str, reads: Mapping[str, set[str]], on_the_way: tuple[str, ...]) -> Iterator[str]:
    if name in on_the_way:
        circle = (*on_the_way[on_the_way.index(name) :], name)
        raise TendError("cells_in_a_circle", cells=" → ".join(circle))
    for one in sorted(reads[name]):
        yield from _walk(one, reads, (*on_the_way, name))
    yield name
