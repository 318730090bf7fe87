"""A mapping somebody chose or confirmed: what it says about the headers of this sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tend import schema
from tend.ingest.results import Remembered
from tend.language.errors import TendError
from tend.schema import DATASETS
from tend.schema.words import normal

CLOCK = "time_of_day"  # a column of its own for the time of the facts' day


@dataclass
class Places:
    """Where a mapping puts the columns; `taken` are positions nothing else may use."""

    columns: dict[str, int] = field(default_factory=dict)
    extras: dict[int, str] = field(default_factory=dict)
    measures: dict[int, str] = field(default_factory=dict)
    also: dict[str, int] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    basis: str | None = None
    clock: int | None = None


def places(headers: Sequence[str], mapping: Remembered | None) -> Places:
    """Find the positions a mapping speaks of. Raises TendError for a column that does not exist."""
    used = Places()
    for header, column in (mapping.columns if mapping else {}).items():
        position = position_of(header, headers)
        if position is not None and mapping is not None:
            used.taken.add(position)
            _put(used, position, header, column, mapping.dataset)
    return used


def position_of(header: str, headers: Sequence[str]) -> int | None:
    """Find a header as it is written, else but for width, case and punctuation."""
    if header in headers:
        return headers.index(header)
    key = normal(header)
    return next((i for i, h in enumerate(headers) if key and normal(h) == key), None)


def missing(headers: Sequence[str], mapping: Remembered | None) -> list[str]:
    """List the headers a mapping names and the sheet does not have."""
    return [h for h in (mapping.columns if mapping else {}) if position_of(h, headers) is None]


def _put(places: Places, position: int, header: str, said: str, dataset: str) -> None:
    column, basis = schema.parted(said)
    kind, _, name = column.partition(":")
    others = DATASETS[dataset].others
    attribute = column.removeprefix("customers.")
    if column == "":
        return
    if column in DATASETS[dataset].columns and column not in places.columns:
        places.columns[column] = position
        places.basis = basis or places.basis
    elif column == CLOCK and schema.moment(dataset) and places.clock is None:
        places.clock = position
    elif kind == "extra" and others == "filters":
        places.extras[position] = name or header
    elif kind == "measure" and others == "measures":
        places.measures[position] = name or header
    elif others == "customers" and _is_attribute(column, attribute):
        places.also[attribute] = position
    elif column in places.columns:
        raise TendError("column_twice", column=column, header=header)
    else:
        known = ", ".join(DATASETS[dataset].columns)
        raise TendError("unknown_column", column=column, header=header, known=known)


def _is_attribute(column: str, attribute: str) -> bool:
    known: Mapping[str, object] = DATASETS["customers"].columns
    return attribute != column and attribute in known and attribute not in schema.CUSTOMER
