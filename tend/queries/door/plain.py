"""An answer in types that tables, charts, JSON and CSV can show."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

# Longer names come of expressions without one.
_NAME = 120
_SECOND = 1_000_000_000


def table(batches: Sequence[pa.RecordBatch], schema: pa.Schema) -> pa.Table:
    """Give the batches as one table: columns of names of their own, and of plain types."""
    rows = pa.Table.from_batches(batches, schema)
    columns = [_column(rows.column(place).combine_chunks()) for place in range(rows.num_columns)]
    return pa.table(columns, names=_names(schema.names))


def _names(names: Sequence[str]) -> list[str]:
    """Give each column a name of its own: of two `arr` the second is `arr_2`."""
    found: list[str] = []
    for name in names:
        short = own = name[:_NAME] or "column"
        number = 1
        while own in found:
            number += 1
            own = f"{short}_{number}"
        found.append(own)
    return found


def _column(column: Any) -> Any:
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    wanted = _type(array.type)
    if pa.types.is_decimal(array.type):
        return _number(array)
    if (pa.types.is_date(array.type) or pa.types.is_timestamp(array.type)) and _is_far(array):
        return pa.array([str(one) for one in array.cast(pa.int64()).to_pylist()])
    if wanted == array.type:
        return array
    if pa.types.is_dictionary(array.type):
        return array.dictionary_decode()
    return pa.array([_value(one) for one in array.to_pylist()], wanted)


def _number(array: Any) -> Any:
    """Give decimals as whole numbers where they are, else as fractions; huge ones stay exact."""
    if array.type.scale:
        return array.cast(pa.float64())
    try:
        return array.cast(pa.int64())
    except pa.ArrowInvalid:
        return array


def _is_far(array: Any) -> bool:
    """Tell whether there are days that a calendar does not have, such as infinity."""
    ends = pc.min_max(array.cast(pa.int64() if array.type.bit_width == 64 else pa.int32()))
    unit = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
    per_day = 86_400 * unit[array.type.unit] if pa.types.is_timestamp(array.type) else 1
    first, last = (
        day - datetime.date(1970, 1, 1) for day in (datetime.date.min, datetime.date.max)
    )
    low, high = ends["min"].as_py(), ends["max"].as_py()
    return low is not None and (low < first.days * per_day or high >= (last.days + 1) * per_day)


def _type(kind: Any) -> Any:
    """Give the type in which values of a type are handed over."""
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        return (
            pa.list_(_type(kind.value_type)) if _type(kind.value_type) != kind.value_type else kind
        )
    if pa.types.is_struct(kind):
        parts = [pa.field(part.name, _type(part.type)) for part in kind]
        same = all(one.type == part.type for one, part in zip(parts, kind, strict=True))
        return kind if same else pa.struct(parts)
    if pa.types.is_map(kind):
        key, item = _type(kind.key_type), _type(kind.item_type)
        return kind if (key, item) == (kind.key_type, kind.item_type) else pa.map_(key, item)
    if pa.types.is_decimal(kind):
        return pa.float64() if kind.scale else pa.int64()
    return pa.string() if _is_strange(kind) else kind


def _is_strange(kind: Any) -> bool:
    return bool(
        pa.types.is_interval(kind)
        or pa.types.is_duration(kind)
        or pa.types.is_time(kind)
        or pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_fixed_size_binary(kind)
        or pa.types.is_union(kind)
        or pa.types.is_dictionary(kind)
    )


def _value(value: Any) -> Any:
    """Give a value as a plain one: what no table knows as text."""
    if value is None or isinstance(value, bool | int | float | str | datetime.date):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {key: _value(one) for key, one in value.items()}
    if isinstance(value, pa.MonthDayNano):
        return _interval(value.months, value.days, value.nanoseconds)
    if isinstance(value, list | tuple):
        return type(value)(_value(one) for one in value)
    return value.hex() if isinstance(value, bytes) else str(value)


def _interval(months: int, days: int, nanoseconds: int) -> str:
    """Write an interval as DuckDB does: 1 year 2 months 3 days 04:05:06."""
    years, months = divmod(months, 12)
    parts = [
        f"{n} {word}{'s' * (n != 1)}"
        for n, word in ((years, "year"), (months, "month"), (days, "day"))
        if n
    ]
    if nanoseconds or not parts:
        parts.append(str(datetime.timedelta(microseconds=nanoseconds // 1000)))
    return " ".join(parts)
