"""What stands behind a selected mark: the view and the parameters that list its contracts."""

from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa

from tend.figures.figure import GROUP, SPLIT, WINDOW, Figure, told
from tend.view import DIMENSIONS, GRIDS, PERIODS, View, period_days

# What is picked, as columns of the figure's table with their codes.
Picked = Mapping[str, str]


def listed(figure: Figure, view: View, picked: Picked) -> tuple[View, dict[str, object]]:
    """Give the view and the further parameters of the list behind a mark.

    A value of a dimension becomes a filter of that dimension alone: what was chosen there before
    holds the mark already. A grid is no grouping: cells of two by two list by two by two.
    """
    asked = figure.ask(view)
    filters, own = dict(asked.filters), dict(figure.narrowed)
    for column, kind in figure.behind:
        dimension = {GROUP: asked.group_by, SPLIT: asked.split_by}.get(kind, kind)
        if dimension is None:
            continue
        if kind == WINDOW:
            asked = asked.between(*period_days(picked[column]))
            continue
        if kind in (GROUP, SPLIT, *DIMENSIONS, *PERIODS):
            filters[dimension] = (picked[column],)
        else:
            own[dimension] = picked[column]
    grid = asked.group_by if asked.group_by in GRIDS else None
    return replace(asked, group_by=grid, split_by=None, filters=tuple(filters.items())), own


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


def place_of(figure: Figure, picked: Picked, codes: pa.Table) -> int | None:
    """Give the row that has these codes: an address may name a mark that there is none of."""
    bars = dict(figure.bars)
    own = {column: code for column, code in picked.items() if column in codes.column_names}
    if any(code not in bars for column, code in picked.items() if column not in own):
        return None
    rows = zip(*(codes[column].to_pylist() for column in own), strict=True)
    wanted = tuple(own.values())
    return next((place for place, row in enumerate(rows) if tuple(map(told, row)) == wanted), None)
