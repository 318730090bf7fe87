"""Answers of many views and languages, packed: what they share stands once."""

import copy
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pyarrow as pa

# A value as JSON has it. What differs by language is a list with one value for each.
Json = Any
# One step into a specification: a name in an object, or a place in a list.
Path = tuple[str | int, ...]
_AROUND = 12  # letters that a packed column takes for itself


def by_language(values: Sequence[Json]) -> Json:
    """Give a value that all languages share, else one for each."""
    return values[0] if all(value == values[0] for value in values) else list(values)


@dataclass
class Rows:
    """The distinct rows of a figure: each view names those it has, in its order.

    A filtered list has few rows that the whole has not, so it takes a few numbers.
    """

    names: Sequence[str]
    _at: dict[tuple[Json, ...], int] = field(default_factory=dict)
    _keys: dict[Json, int] = field(default_factory=dict)

    def put(self, tables: Sequence[pa.Table], keys: Sequence[Json]) -> list[int]:
        """Keep the rows of a view, given as one table for each language; give their numbers.

        Rows of different keys are different rows, however alike they look.
        """
        columns = [self._column(tables, name) for name in self.names]
        numbers = [self._keys.setdefault(key, len(self._keys)) for key in keys]
        return [
            self._at.setdefault(row, len(self._at)) for row in zip(numbers, *columns, strict=True)
        ]

    def cells(self) -> list[Json]:
        """Give the values of each column, row by row."""
        columns = zip(*self._at, strict=True) if self._at else ([] for _ in (None, *self.names))
        _, *values = columns
        return [packed(column) for column in values]

    def keys(self) -> list[int]:
        """Give the number of the key of each row: rows of one key tell of the same."""
        return [number for number, *_ in self._at]

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._at)

    @staticmethod
    def _column(tables: Sequence[pa.Table], name: str) -> list[Json]:
        of_each = [[plain(value) for value in table.column(name).to_pylist()] for table in tables]
        if all(values == of_each[0] for values in of_each):
            return of_each[0]
        return [_told(values) for values in zip(*of_each, strict=True)]


def _told(values: tuple[Json, ...]) -> Json:
    return values[0] if all(value == values[0] for value in values) else values


@dataclass
class Texts:
    """Texts that views say again and again: each stands once, and views name its number."""

    _at: dict[Json, int] = field(default_factory=dict)

    def put(self, of_each: Sequence[str]) -> int:
        """Keep a text, given in each language; give its number."""
        return self._at.setdefault(_told(tuple(of_each)), len(self._at))

    def all(self) -> list[Json]:
        """Give the texts."""
        return [list(text) if isinstance(text, tuple) else text for text in self._at]


def packed(column: Iterable[Json]) -> Json:
    """Give a column as its values, or as their numbers where that is shorter."""
    values = [list(value) if isinstance(value, tuple) else value for value in column]
    written = [json.dumps(value, ensure_ascii=False) for value in values]
    distinct = {value: at for at, value in enumerate(dict.fromkeys(written))}
    at = [distinct[value] for value in written]
    if len(",".join(distinct)) + len(",".join(map(str, at))) + _AROUND > len(",".join(written)):
        return values
    return {"of": [json.loads(value) for value in distinct], "at": at}


def plain(value: object) -> Json:
    """Give a value of an answer as JSON has it: a day by its ISO form, a list as its words."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return _short(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(plain(one)) for one in value)
    return value if value is None or isinstance(value, str | bool | int) else str(value)


def _short(value: float) -> float | int | None:
    """Leave out digits that nobody sees: ten hold any amount and rate; what is no number is not."""
    if value != value or value in (float("inf"), float("-inf")):
        return None
    short = float(f"{value:.10g}")
    return int(short) if short.is_integer() else short


def applied(base: Json, changes: Sequence[Sequence[Json]]) -> Json:
    """Give a specification with its changes, as the browser makes them."""
    made = copy.deepcopy(base)
    for path, *value in changes:
        if not path:
            return copy.deepcopy(value[0])
        at = made
        for step in path[:-1]:
            at = at[step]
        if value:
            at[path[-1]] = copy.deepcopy(value[0])
        else:
            del at[path[-1]]
    return made


def patch(base: Json, other: Json) -> list[list[Json]]:
    """Give what makes another specification of one: places with the values they have there."""
    return [[list(path), *value] for path, value in _differences(base, other, ())]


def _differences(base: Json, other: Json, path: Path) -> Iterable[tuple[Path, list[Json]]]:
    if isinstance(base, Mapping) and isinstance(other, Mapping):
        for name in dict.fromkeys([*base, *other]):
            if name not in other:
                yield (*path, name), []
            elif name not in base:
                yield (*path, name), [other[name]]
            else:
                yield from _differences(base[name], other[name], (*path, name))
    elif isinstance(base, list) and isinstance(other, list) and len(base) == len(other):
        for place, (one, two) in enumerate(zip(base, other, strict=True)):
            yield from _differences(one, two, (*path, place))
    elif base != other:
        yield path, [other]
