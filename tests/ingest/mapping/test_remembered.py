"""What is said now joins what was remembered; nothing of either is lost."""

from dataclasses import replace

import pytest

from tend.ingest import pipeline
from tend.ingest.results import Known, Options, Remembered
from tests.ingest.conftest import Rows, check_all, codes, sheet

pytestmark = pytest.mark.quick


def test_a_column_chosen_now_keeps_what_was_remembered_of_others() -> None:
    """A column belongs to one header: who had it before has none."""
    before = Remembered("contracts", {"Wert": "amount", "Bis": "end_date"}, {"interval": "total"})
    now = Remembered("contracts", {"Summe": "amount"}, {"matrix": "usage"}).over(before)
    assert now.columns == {"Bis": "end_date", "Summe": "amount"}
    assert now.answers == {"interval": "total", "matrix": "usage"}
    assert Remembered("usage", {"a": "value"}).over(before).columns == {"a": "value"}


@pytest.mark.parametrize(
    "header", [["customer", "end date", "amount"], ["客户名称", "到期日", "合同金额"]]
)
def test_trailing_rows_of_formulas_without_result_are_told(header: list[str]) -> None:
    """They are rejected, each at its row, and no row vanishes."""
    rows: Rows = [header, ["Ada", "2024-12-31", 5], [None, None, None], [None, None, None]]
    raw = replace(sheet(rows), errors=((2, 2, ""), (3, 2, "")))
    [found] = pipeline.check_sheets([raw], Known(), Options(), lambda _s, _f: None)
    assert (found.rows, found.accepted, found.rejected) == (3, 1, 2)
    assert {code for _, code in codes(found)} >= {"formula_without_result"}


@pytest.mark.parametrize("name", ["x", "表"])
def test_a_table_without_trailing_formulas_ends_where_it_did(name: str) -> None:
    """Blank rows at the end are none."""
    found = check_all({name: [["客户名称", "到期日", "合同金额"], ["甲", "2024-12-31", 5], [None]]})
    assert found[name].rows == 1
