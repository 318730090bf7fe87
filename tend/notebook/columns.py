"""What the columns of an answer hold: as its figure says, else as queries call such columns."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

from tend.figures.figure import Figure
from tend.queries import kinds, library
from tend.queries.kinds import Kind
from tend.view import DIMENSIONS

Kinds = Mapping[str, Kind]
# How columns end that are fractions of 1, whoever made them.
_RATES = ("_rate", "_share")


def kinds_of(table: pa.Table, figure: Figure | None = None) -> Kinds:
    """Give the kind of each column; one whose values do not fit its name is what its type says."""
    said = library.find(figure.query).kinds if figure else {}
    found = {}
    for field in table.schema:
        kind = said.get(field.name) or _by_name().get(field.name)
        if kind is None and field.name in DIMENSIONS:
            kind = kinds.read("label")
        fits = kind is not None and (str(field.type) in kind.types or kind.is_list)
        found[field.name] = kind if kind is not None and fits else _by_type(field)
    return found


def plain(table: pa.Table) -> pa.Table:
    """Give the table in types that tables, charts and files know: decimals are numbers."""
    for place, field in enumerate(table.schema):
        if wanted := _plain_type(field.type):
            column = _as_text(table[place]) if wanted == pa.string() else table[place].cast(wanted)
            table = table.set_column(place, field.name, column)
    return table


def is_measure(kind: Kind) -> bool:
    """Tell whether a column holds amounts, so that a chart can draw them by size."""
    return kind.digits is not None or kind.name in ("mixed", "coefficient")


def is_time(kind: Kind) -> bool:
    """Tell whether a column holds days, moments or periods."""
    return kind.name in ("date", "month", "moment", "period")


def _plain_type(kind: pa.DataType) -> pa.DataType | None:
    if pa.types.is_decimal(kind):
        return pa.float64() if kind.scale else pa.int64()
    if pa.types.is_float32(kind) or pa.types.is_float16(kind):
        return pa.float64()
    if pa.types.is_timestamp(kind) and kind != pa.timestamp("us"):
        return pa.timestamp("us")
    if pa.types.is_integer(kind) and kind not in (pa.int32(), pa.int64()):
        return pa.int64()
    known = pa.types.is_primitive(kind) or pa.types.is_string(kind)
    return None if known or _is_list_of_texts(kind) else pa.string()


def _is_list_of_texts(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) and pa.types.is_string(kind.value_type))


def _as_text(column: pa.ChunkedArray) -> pa.Array:
    if pa.types.is_large_string(column.type) or pa.types.is_dictionary(column.type):
        return pc.cast(column, pa.string())
    values = column.to_pylist()
    return pa.array([None if one is None else str(one) for one in values], pa.string())


def _by_type(field: pa.Field) -> Kind:
    if pa.types.is_floating(field.type):
        return kinds.read("rate" if field.name.endswith(_RATES) else "mixed")
    if pa.types.is_integer(field.type):
        return kinds.read("count")
    if pa.types.is_date(field.type):
        return kinds.read("date")
    if pa.types.is_timestamp(field.type):
        return kinds.read("moment")
    return kinds.read("flag" if pa.types.is_boolean(field.type) else "text")


@cache
def _by_name() -> Mapping[str, Kind]:
    """Give the kinds of columns that are of one kind wherever a query has them."""
    found: dict[str, set[Kind]] = {}
    for query in library.queries().values():
        for name, kind in query.kinds.items():
            found.setdefault(name, set()).add(kind)
    return MappingProxyType({n: next(iter(some)) for n, some in found.items() if len(some) == 1})
