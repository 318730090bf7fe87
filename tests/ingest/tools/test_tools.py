"""Exports in the manner of the tools people use, read without a mapping: equal to what they tell."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tend.ingest.results import SheetResult
from tests.kit.reading import read_text
from tests.kit.tools.tables import Table, tables, tools

pytestmark = pytest.mark.quick

COUNT, SEED = 500, 14
MEASURES = ("active_users", "licensed_users", "key_actions", "features_used")


def rows_of(table: Table) -> list[dict[str, Any]]:
    """Give the facts as they are kept: a day a period begins, a row per measure."""
    if table.dataset != "usage":
        return [dict(fact) for fact in table.facts]
    rows = []
    for fact in table.facts:
        who = {k: v for k, v in fact.items() if k.startswith("customer")}
        who["period_start"] = fact["period"]
        rows += [who | {"measure": m, "value": fact[m]} for m in MEASURES if m in fact]
    return rows


def sorted_out(rows: Iterable[Mapping[str, Any]]) -> list[tuple[tuple[str, str], ...]]:
    """Bring rows to one order, and values to texts that compare."""
    plain = [tuple(sorted((k, said(v)) for k, v in row.items())) for row in rows]
    return sorted(plain)


def said(value: Any) -> str:
    """Write a value; an amount to the cent."""
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def found(sheet: SheetResult, wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the facts that were read, of the columns that the table tells."""
    assert sheet.facts is not None
    names = list(wanted[0])
    return [{n: row.get(n) for n in names} for row in sheet.facts.to_pylist()]


@pytest.mark.parametrize("tool", tools())
def test_a_tool_is_read_as_it_writes(tool: str, tmp_path: Path) -> None:
    """Every table gives the facts it was written from, and no row is rejected."""
    for number, table in enumerate(tables(tool, COUNT, SEED)):
        sheet = read_text(tmp_path, table.file, table.text)
        wanted = rows_of(table)
        why = f"{tool} {number}: {sheet.dataset} {sheet.mapping}\n{table.text}"
        assert (sheet.dataset, sheet.rejected) == (table.dataset, 0), why
        read = found(sheet, wanted)
        if "outcome" in wanted[0]:
            assert len(read) == len(wanted), why
            wanted, read = _without(wanted, "outcome"), _without(read, "outcome")
        assert sorted_out(read) == sorted_out(wanted), why


def _without(rows: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [{k: v for k, v in row.items() if k != name} for row in rows]
