"""CSV: what looks like a formula is text."""

import csv
import io

import pyarrow as pa
import pytest

from tend.ui.parts import download

pytestmark = pytest.mark.quick

NAMES = ("=1+1", "+49 30", "@x", "-5", "Acme \x07", "\tTab", "普通")


@pytest.mark.parametrize("name", NAMES)
def test_csv_holds_no_formula(name: str) -> None:
    """In a CSV such a text gets the quote that Excel takes for "this is text"."""
    table = pa.table({"customer_name": [name], "contracts": [-1]})
    [heads, row] = csv.reader(io.StringIO(download.as_csv(table, {}).decode("utf-8-sig")))
    assert heads == ["customer_name", "contracts"]
    assert not row[0].startswith(("=", "+", "-", "@", "\t"))
    assert row[1] == "-1"
