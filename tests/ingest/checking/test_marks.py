"""What 1.200 is: the sheet's other numbers, separator and dates say it before the default (M15)."""

import pytest

from tend.ingest import pipeline
from tend.ingest.reading.raw_sheet import RawSheet
from tend.ingest.results import Decision, Known, Options, SheetResult
from tests.ingest.conftest import codes, facts, sheet

HEAD = ["customer", "start date", "end date", "amount", "seats"]


def read(amount: str, seats: str, start: str, end: str, separator: str) -> SheetResult:
    """Read one contract of a text file."""
    made = sheet([HEAD, ["A", start, end, amount, seats]], typed=False)
    cut = (Decision("", "separator", {"separator": separator, "columns": "5"}),)
    raw = RawSheet("a.csv", False, 1, (), False, made.cells, cut)
    [result] = pipeline.check_sheets([raw], Known(), Options(), lambda _s, _f: None)
    return result


DASHED, DOTTED = ("2024-01-01", "2024-12-31"), ("01.01.2024", "31.12.2024")


@pytest.mark.parametrize(
    ("amount", "seats", "days", "separator", "value", "code"),
    [
        ("1.200", "5", DOTTED, ";", 1200, "decimal_comma_sheet"),
        ("1.200", "5", DASHED, ";", 1200, "decimal_comma_sheet"),
        ("1.200", "5", DOTTED, ",", 1200, "decimal_comma_sheet"),
        ("1.200", "12,5", DASHED, ",", 1200, "decimal_comma_sheet"),
        ("1.200", "12.5", DOTTED, ";", 1.2, "decimal_dot_sheet"),
        ("1.200 €", "5", DOTTED, ";", 1200, "decimal_comma_sheet"),
        ("1,200", "5", DASHED, ";", 1200, None),
        ("1.200,50", "5", DASHED, ",", 1200.5, "decimal_comma"),
    ],
)
def test_the_sheet_says_what_a_column_cannot(
    amount: str, seats: str, days: tuple[str, str], separator: str, value: float, code: str | None
) -> None:
    """Read by the sheet and told, without a warning."""
    result = read(amount, seats, *days, separator)
    assert facts(result)[0]["amount"] == value
    assert "ambiguous_number" not in {c for _, c in codes(result)}
    told = {d.code for d in result.decisions if d.header == "amount"}
    assert code is None or code in told


def test_without_any_sign_it_is_a_fraction_with_a_warning() -> None:
    """As ever (K22)."""
    result = read("1.200", "5", *DASHED, ",")
    assert facts(result)[0]["amount"] == 1.2
    assert codes(result) == [(2, "ambiguous_number")]
