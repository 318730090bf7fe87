"""How each column of a table is written: by the kind that the header of its query says."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from tend.figures import wording
from tend.queries import library
from tend.queries.kinds import Kind

# An outcome with its mark is longer than the sign of most rows.
_WIDTHS: Mapping[str, int] = MappingProxyType({"outcome": 150})
# A rate is a fraction: a thousandth of it is a tenth of a per cent.
_STEP, _DIGITS = 0.001, 3
_DAYS = MappingProxyType({"date": "YYYY-MM-DD", "month": "YYYY-MM"})


def config(query: str, names: list[str], language: str, unit: str) -> Mapping[str, Any]:
    """Give header, unit of money and format of columns of an answer in the reader's language."""
    # a header is drawn as it is: an escaped one would show its backslashes
    labels = {name: wording.header(query, name, language, unit) for name in names}
    return of_kinds(library.find(query).kinds, labels)


def of_kinds(kinds: Mapping[str, Kind], labels: Mapping[str, str]) -> Mapping[str, Any]:
    """Give header and format of columns by their kinds."""
    return {name: _column(kinds.get(name), name, label) for name, label in labels.items()}


def written(query: str, table: pa.Table) -> pa.Table:
    """Give a query's answer with its rates at one decimal of a per cent."""
    return rounded(library.find(query).kinds, table)


def rounded(kinds: Mapping[str, Kind], table: pa.Table) -> pa.Table:
    """Give the table with its rates at one decimal of a per cent.

    The browser cuts off what is beyond a column's step: it has to be rounded before.
    """
    for place, field in enumerate(table.schema):
        if field.name in kinds and kinds[field.name].is_rate:
            rounded = pc.round(table.column(place), _DIGITS, "half_towards_infinity")
            table = table.set_column(place, field, rounded)
    return table


def _column(kind: Kind | None, name: str, label: str) -> Any:
    """Give a column's configuration; what the app adds to an answer has no kind."""
    kinds = st.column_config
    if kind is not None and kind.is_rate:
        return kinds.NumberColumn(label, format="percent", step=_STEP)
    if kind is not None and kind.digits is not None:
        return kinds.NumberColumn(label, format=f"%,.{kind.digits}f")
    if kind is not None and kind.name == "coefficient":
        return kinds.NumberColumn(label, format="%.3g")
    if kind is not None and kind.name == "mixed":
        return kinds.NumberColumn(label, format="localized")
    if kind is not None and kind.name in _DAYS:
        return kinds.DateColumn(label, format=_DAYS[kind.name])
    return kinds.Column(label, width=_WIDTHS.get(name))
