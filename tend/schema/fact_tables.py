"""The tables of facts, one per data set: their Arrow types follow from the kinds of the columns."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pyarrow as pa

from tend.schema import CUSTOMER, DATASETS, DataSet

EXTRA = pa.map_(pa.string(), pa.string())
_HOLDS = {"text": pa.string(), "number": pa.float64(), "date": pa.date32()}


def _fields(dataset: DataSet) -> Iterator[tuple[str, pa.DataType]]:
    yield "row_no", pa.int32()
    for name in (*CUSTOMER, "name_key"):
        yield name, pa.string()
    for column in dataset.columns.values():
        if column.name not in CUSTOMER and not column.is_measure:
            for name, holds in column.kept.items():
                yield name, _HOLDS[holds]
    if dataset.placed:
        yield "place", pa.int32()
    if dataset.measures:
        yield "part", pa.int32()
    if dataset.others == "filters":
        yield "extra", EXTRA


TABLES: Mapping[str, pa.Schema] = MappingProxyType(
    {name: pa.schema(list(_fields(dataset))) for name, dataset in DATASETS.items()}
)
