"""An answer in types that tables, charts, JSON and CSV can show."""

import datetime
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

# Longer names come of expressions without one.
_NAME = 120
_TEXT = pa.string()
_CALENDAR = (np.datetime64("0001-01-01"), np.datetime64("9999-12-31"))


def table(batches: Sequence[pa.RecordBatch], schema: pa.Schema) -> pa.Table:
    """Give the batches as one table: columns of names of their own, and of plain types.

    Raises ValueError where values cannot be shown.
    """
    rows = pa.Table.from_batches(batches, schema)
    columns = [_column(_whole(rows.column(place))) for place in range(rows.num_columns)]
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


def _whole(column: Any) -> Any:
    array = column.combine_chunks()
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _column(array: Any) -> Any:
    kind = array.type
    if pa.types.is_decimal(kind):
        return _number(array)
    if pa.types.is_date32(kind) or pa.types.is_timestamp(kind):
        return _days(array)
    if pa.types.is_dictionary(kind):
        return array.dictionary_decode()
    wanted = _type(kind)
    if wanted == kind and not pa.types.is_nested(kind):
        return array
    try:
        values = array.to_pylist()
        return array if wanted == kind else pa.array([_as(one, wanted) for one in values], wanted)
    except (OverflowError, pa.ArrowException) as error:
        raise ValueError(str(error)) from None


def _number(array: Any) -> Any:
    """Give decimals as whole numbers where they are, else as fractions; huge ones stay exact."""
    if array.type.scale:
        return array.cast(pa.float64())
    try:
        return array.cast(pa.int64())
    except pa.ArrowInvalid:
        return array


def _days(array: Any) -> Any:
    """Give days and moments; as text where a calendar does not have them, such as infinity."""
    if pa.types.is_timestamp(array.type) and array.type.unit == "ns":
        return array.cast(pa.timestamp("us", array.type.tz), safe=False)
    numbers = array.view(pa.int32() if pa.types.is_date32(array.type) else pa.int64())
    unit: Any = "D" if pa.types.is_date32(array.type) else array.type.unit
    known = numbers.drop_null().to_numpy().astype(f"datetime64[{unit}]")
    first, last = _CALENDAR
    if not len(known) or (known.min() >= first and known.max() < last + np.timedelta64(1, "D")):
        return array
    most = np.iinfo(numbers.type.to_pandas_dtype()).max
    ends = {most: "infinity", -most: "-infinity"}
    return pa.array(
        [
            None if one is None else ends.get(one) or str(np.datetime64(one, unit))
            for one in numbers.to_pylist()
        ],
        _TEXT,
    )


def _type(kind: Any) -> Any:
    """Give the type in which values of a type are handed over."""
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        inner = _type(kind.value_type)
        return kind if inner == kind.value_type else pa.list_(inner)
    if pa.types.is_struct(kind):
        parts = [pa.field(part.name, _type(part.type)) for part in kind]
        same = all(one.type == part.type for one, part in zip(parts, kind, strict=True))
        return kind if same else pa.struct(parts)
    if pa.types.is_map(kind):
        key, item = _type(kind.key_type), _type(kind.item_type)
        return kind if (key, item) == (kind.key_type, kind.item_type) else pa.map_(key, item)
    if pa.types.is_decimal(kind):
        return pa.float64() if kind.scale else pa.int64()
    return _TEXT if _is_strange(kind) else kind


def _is_strange(kind: Any) -> bool:
    """Tell whether a type is one that no table or chart knows."""
    kinds = (
        *(pa.types.is_interval, pa.types.is_duration, pa.types.is_time, pa.types.is_union),
        *(pa.types.is_binary, pa.types.is_large_binary, pa.types.is_fixed_size_binary),
        pa.types.is_dictionary,
    )
    return isinstance(kind, pa.BaseExtensionType) or any(is_kind(kind) for is_kind in kinds)


def _as(value: Any, wanted: Any) -> Any:
    """Give a value, and those inside of it, in the type that is wanted."""
    if value is None:
        return None
    if pa.types.is_map(wanted):
        return [(_as(key, wanted.key_type), _as(one, wanted.item_type)) for key, one in value]
    if pa.types.is_struct(wanted):
        return {part.name: _as(value[part.name], part.type) for part in wanted}
    if isinstance(value, list) and wanted != _TEXT:  # one of a union is text
        return [_as(one, wanted.value_type) for one in value]
    if pa.types.is_floating(wanted):
        return float(value)
    if pa.types.is_integer(wanted):
        return int(value)
    return _text(value) if wanted == _TEXT else value


def _text(value: Any) -> str:
    if isinstance(value, pa.MonthDayNano):
        return _interval(value.months, value.days, value.nanoseconds)
    return value.hex() if isinstance(value, bytes) else str(value)


def _interval(months: int, days: int, nanoseconds: int) -> str:
    """Write an interval as DuckDB does: 1 year 2 months 3 days 4:05:06."""
    years, months = divmod(months, 12)
    counted = ((years, "year"), (months, "month"), (days, "day"))
    parts = [f"{number} {word}{'s' * (number != 1)}" for number, word in counted if number]
    if nanoseconds or not parts:
        parts.append(str(datetime.timedelta(microseconds=nanoseconds // 1000)))
    return " ".join(parts)
