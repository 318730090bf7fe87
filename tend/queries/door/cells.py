"""Earlier cells as common table expressions before a statement, and whose a place in that is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from tend.queries.door.refused import Place, Refused, place_in

# The statement itself among cells.
OWN = ""


@dataclass(frozen=True)
class Whole:
    """A statement with the cells it reads: the text, and where in it each of them begins."""

    text: str
    parts: tuple[tuple[str, str, int], ...]  # cell, its text, its first byte

    def place(self, offset: int) -> Place | None:
        """Give the place that a byte has in the statement or cell it lies in."""
        for cell, text, begins in self.parts:
            if begins <= offset <= begins + len(text.encode()):
                return place_in(text, offset - begins, cell)
        return None


def in_order(reads: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Order cells, each after those it reads. Raises Refused where they read each other."""
    try:
        return tuple(TopologicalSorter(reads).static_order())
    except CycleError as error:
        circle = [one for one in error.args[1] if one != OWN]
        raise Refused("door_circle", {"cells": ", ".join(reversed(circle))}) from None


def whole(statement: str, cells: Mapping[str, str]) -> Whole:
    """Put cells, in this order, before a statement, which stays as it is where there are none."""
    if not cells:
        return Whole(statement, ((OWN, statement, 0),))
    text, parts = "with ", []
    for number, (name, cell) in enumerate(cells.items()):
        text += f'{", " * bool(number)}"{name.replace(chr(34), chr(34) * 2)}" as (\n'
        parts.append((name, cell, len(text.encode())))
        text += f"{cell}\n)"
    text += " select * from (\n"
    parts.append((OWN, statement, len(text.encode())))
    return Whole(f"{text}{statement}\n)", tuple(parts))
