"""Whole columns: days and months as numbers, words by their place in a list."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Draw = np.random.Generator
Column = np.ndarray[Any, Any]
Table: TypeAlias = Any  # of pyarrow, which has no types


def table(**columns: Any) -> Table:
    """Put columns side by side."""
    return pa.table(columns)


def picked(draw: Draw, weights: Mapping[str, int], count: int) -> Column:
    """Draw places in a list of codes, by their weights."""
    shares = np.array(list(weights.values()), float)
    return np.asarray(draw.choice(len(shares), count, p=shares / shares.sum()))


def worded(words: Sequence[str], places: Column) -> pa.Array:
    """Give the words at places; none where the place is under 0."""
    return pa.array(words, pa.string()).take(pa.array(places, mask=places < 0))


def chosen(draw: Draw, lists: Sequence[Sequence[str]], places: Column) -> pa.Array:
    """Give one word of the list at each place."""
    begins = np.cumsum([0, *map(len, lists)])
    sizes = np.diff(begins)[places]
    flat = [word for one in lists for word in one]
    return worded(flat, begins[places] + (draw.random(len(places)) * sizes).astype(int))


def blanked(draw: Draw, share: float, values: Any) -> pa.Array:
    """Leave a share of the values blank."""
    values = values if isinstance(values, pa.Array) else pa.array(values)
    return pc.if_else(pa.array(draw.random(len(values)) < share), None, values)


def days(numbers: Column, unknown: Column | None = None) -> pa.Array:
    """Give days by their numbers; none where they are unknown."""
    return pa.array(numbers.astype("int32"), pa.int32(), mask=unknown).cast(pa.date32())


def month_of(numbers: Column) -> Column:
    """Give the number of the month that a day lies in."""
    return numbers.astype("datetime64[D]").astype("datetime64[M]").astype(int)


def first_day(months: Column) -> Column:
    """Give the number of a month's first day."""
    return np.asarray(months.astype("datetime64[M]").astype("datetime64[D]").astype(int))


def add_months(numbers: Column, months: Column) -> Column:
    """Step whole months; a day that the month does not have is clamped to its end."""
    at = month_of(numbers)
    begin, end = first_day(at + months), first_day(at + months + 1) - 1
    return np.asarray(np.minimum(begin + numbers - first_day(at), end))


def squeezed(values: Column) -> Column:
    """Squeeze any number into a share between 0 and 1."""
    return np.asarray(1 / (1 + np.exp(-values)))
