"""What stands behind a selected mark: the view and the parameters that list its contracts."""

from collections.abc import Mapping
from dataclasses import replace

from tend.figures.figure import GROUP, SPLIT, Figure
from tend.view import DIMENSIONS, PERIODS, View

# What is picked, as columns of the figure's table with their codes.
Picked = Mapping[str, str]


def listed(cell: Figure, view: View, picked: Picked) -> tuple[View, dict[str, object]]:
    """Give the view and the further parameters of the list of contracts behind a mark.

    A value of a dimension becomes a filter of that dimension alone: what was chosen there before
    holds the mark already.
    """
    asked = cell.ask(view)
    filters, own = dict(asked.filters), dict[str, object]()
    for column, kind in cell.behind:
        dimension = {GROUP: asked.group_by, SPLIT: asked.split_by}.get(kind, kind)
        if dimension is None:
            continue
        if kind in (GROUP, SPLIT, *DIMENSIONS, *PERIODS):
            filters[dimension] = (picked[column],)
        else:
            own[dimension] = picked[column]
    return replace(asked, group_by=None, split_by=None, filters=tuple(filters.items())), own


def written(cell: Figure, picked: Picked) -> tuple[str, ...]:
    """Write what is picked as it stands in an address: the cell, then column=code."""
    return (cell.name, *(f"{column}={picked[column]}" for column, _ in cell.behind))


def read(cell: Figure, words: tuple[str, ...]) -> Picked | None:
    """Understand what an address says is picked; nothing where it speaks of another figure."""
    if not words or words[0] != cell.name:
        return None
    said = dict(word.partition("=")[::2] for word in words[1:])
    wanted = [column for column, _ in cell.behind]
    return {column: said[column] for column in wanted} if said.keys() >= set(wanted) else None
