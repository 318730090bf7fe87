"""What stands behind a selected mark: the view and the parameters that list its contracts."""

from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa

from tend.figures.figure import GROUP, SPLIT, Figure
from tend.view import DIMENSIONS, PERIODS, View

# What is picked, as columns of the figure's table with their codes.
Picked = Mapping[str, str]


def listed(figure: Figure, view: View, picked: Picked) -> tuple[View, dict[str, object]]:
    """Give the view and the further parameters of the list of contracts behind a mark.

    A value of a dimension becomes a filter of that dimension alone: what was chosen there before
    holds the mark already.
    """
    asked = figure.ask(view)
    filters, own = dict(asked.filters), dict(figure.narrowed)
    for column, kind in figure.behind:
        dimension = {GROUP: asked.group_by, SPLIT: asked.split_by}.get(kind, kind)
        if dimension is None:
            continue
        if kind in (GROUP, SPLIT, *DIMENSIONS, *PERIODS):
            filters[dimension] = (picked[column],)
        else:
            own[dimension] = picked[column]
    return replace(asked, group_by=None, split_by=None, filters=tuple(filters.items())), own


def written(figure: Figure, picked: Picked) -> tuple[str, ...]:
    """Write what is picked as it stands in an address: the figure, then column=code."""
    return (figure.name, *(f"{column}={picked[column]}" for column, _ in figure.behind))


def is_of(figure: Figure, words: tuple[str, ...]) -> bool:
    """Tell whether an address speaks of this figure's marks."""
    return bool(words) and words[0] == figure.name


def read(figure: Figure, words: tuple[str, ...]) -> Picked | None:
    """Understand what an address says is picked; nothing where it speaks of another figure."""
    if not is_of(figure, words):
        return None
    said = dict(word.partition("=")[::2] for word in words[1:])
    wanted = [column for column, _ in figure.behind]
    return {column: said[column] for column in wanted} if said.keys() >= set(wanted) else None


def place_of(picked: Picked, codes: pa.Table) -> int | None:
    """Give the row that has these codes: an address may name a mark that there is none of."""
    rows = zip(*(codes[column].to_pylist() for column in picked), strict=True)
    wanted = tuple(picked.values())
    return next((place for place, row in enumerate(rows) if _written(row) == wanted), None)


def _written(row: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(str(code) for code in row)
