"""Dates of a sheet: one order, short years, zones, the book's calendar (M11)."""

from collections.abc import Sequence
from datetime import date

import pytest

from tend.ingest import pipeline
from tend.ingest.cells import zones
from tend.ingest.reading.raw_sheet import RawSheet
from tend.ingest.results import Decision, Known, Options, SheetResult
from tests.ingest.conftest import Check, codes, facts, sheet

HEAD = ["customer", "start date", "end date", "amount"]
HAN = ["客户名称", "开始日期", "到期日期", "合同金额"]


def days(result: SheetResult) -> list[tuple[object, object]]:
    """Give first and last day of each contract."""
    return [(f.get("start_date"), f.get("end_date")) for f in facts(result)]


def contracts(
    check: Check, head: Sequence[str], *pairs: tuple[str, str], options: Options | None = None
) -> SheetResult:
    """Read contracts with these starts and ends."""
    rows = [[f"C{n}", start, end, "5"] for n, (start, end) in enumerate(pairs)]
    return check([head, *rows], options=options, typed=False)


def decided(result: SheetResult) -> list[str]:
    """Give the codes of what was decided."""
    return [decision.code for decision in result.decisions]


@pytest.mark.parametrize(
    ("pairs", "start", "code"),
    [
        ([("03/01/2024", "02/28/2025"), ("06/01/2024", "05/31/2025")], date(2024, 3, 1), "mdy_sheet"),
        ([("01/03/2024", "28/02/2025"), ("01/06/2024", "31/05/2025")], date(2024, 3, 1), "dmy_sheet"),
        ([("01.03.24", "28.02.25"), ("01.06.24", "31.05.25")], date(2024, 3, 1), "dmy"),
        ([("04/05/2024", "03/05/2025"), ("02/12/2024", "01/12/2025")], date(2024, 5, 4), "dmy_default"),
        ([("03/01/2024", "02/01/2025"), ("12/01/2023", "11/01/2024")], date(2024, 1, 3), "dmy_default"),
    ],
)  # fmt: skip
def test_columns_settle_each_other(
    check: Check, pairs: list[tuple[str, str]], start: date, code: str
) -> None:
    """What one column shows holds for all; what none shows is warned of."""
    result = contracts(check, HEAD, *pairs)
    assert days(result)[0][0] == start
    assert any(one.startswith(code) for one in decided(result))
    assert (code == "dmy_default") == ("ambiguous_date_order" in {c for _, c in codes(result)})


def test_terms_settle_what_days_leave_open(check: Check) -> None:
    """Read in one order only, each contract starts before it ends."""
    result = contracts(check, HEAD, ("03/12/2024", "12/11/2024"), ("01/02/2024", "12/01/2024"))
    assert days(result)[0] == (date(2024, 3, 12), date(2024, 12, 11))
    assert ("mdy_terms" in decided(result), codes(result)) == (True, [])


@pytest.mark.parametrize(
    ("head", "pairs"),
    [
        (HAN, [("24.1.1", "24.12.31"), ("24.3.1", "25.2.28")]),
        (HAN, [("24/01/01", "24/12/31"), ("24/03/01", "25/02/28")]),
        (HEAD, [("24-01-01", "24-12-31"), ("24-03-01", "25-02-28")]),
        (HAN, [("24.01.01", "24.12.31"), ("24.03.01", "25.02.28")]),
    ],
)
def test_a_short_year_may_stand_first(
    check: Check, head: list[str], pairs: list[tuple[str, str]]
) -> None:
    """Where only so contracts have terms; told."""
    result = contracts(check, head, *pairs)
    assert days(result) == [
        (date(2024, 1, 1), date(2024, 12, 31)), (date(2024, 3, 1), date(2025, 2, 28))
    ]  # fmt: skip
    assert any(code.startswith("ymd") for code in decided(result))
    assert codes(result) == []


def test_a_short_year_may_stand_last(check: Check) -> None:
    """As ever."""
    result = contracts(check, HEAD, ("01.03.24", "28.02.25"), ("15/04/24", "14/04/25"))
    assert days(result)[1] == (date(2024, 4, 15), date(2025, 4, 14))


def test_what_is_chosen_holds(check: Check) -> None:
    """The order that somebody chose."""
    chosen = Options(date_order="ymd")
    result = contracts(check, HEAD, ("10.11.12", "11.11.11"), options=chosen)
    assert days(result) == [(date(2010, 11, 12), date(2011, 11, 11))]
    assert "ymd_chosen" in decided(result)


@pytest.mark.parametrize(
    ("pair", "told", "zone"),
    [
        (("2024-03-31T16:00:00.000Z", "2025-03-30T16:00:00.000Z"), (date(2024, 4, 1), date(2025, 3, 31)), "UTC+08:00"),
        (("2024-04-01T00:00:00+08:00", "2025-03-31T00:00:00+08:00"), (date(2024, 4, 1), date(2025, 3, 31)), "UTC+08:00"),
        (("2024-04-01 04:00 UTC", "2025-03-31 04:00 UTC"), (date(2024, 4, 1), date(2025, 3, 31)), "UTC-04:00"),
        (("2024-04-01T00:00Z", "2025-03-31T00:00Z"), (date(2024, 4, 1), date(2025, 3, 31)), ""),
        (("2024-03-31T16:20Z", "2025-03-30T16:00Z"), (date(2024, 3, 31), date(2025, 3, 31)), "UTC+08:00"),
        (("2024-04-01 00:00", "2025-03-31 00:00"), (date(2024, 4, 1), date(2025, 3, 31)), ""),
    ],
)  # fmt: skip
def test_midnights_show_their_zone(
    check: Check, pair: tuple[str, str], told: tuple[date, date], zone: str
) -> None:
    """All times of a column are midnight in one zone: the day is the one it is there, and told."""
    result = contracts(check, HEAD, pair)
    assert days(result) == [told]
    assert {d.params["zone"] for d in result.decisions if "zone" in d.params} == {zone} - {""}


def test_a_zone_with_summer_time_is_found() -> None:
    """Midnights of winter and summer are of one zone."""
    found = zones.localised(["2024-01-31T23:00Z", "2024-06-30T22:00Z"], "")
    assert (found.texts, found.zone) == (
        ["2024-02-01 00:00:00", "2024-07-01 00:00:00"],
        "Europe/Berlin",
    )


@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Shanghai", date(2024, 4, 1)), ("America/New_York", date(2024, 3, 31))]
)
def test_the_zone_of_the_settings_is_honoured(check: Check, zone: str, day: date) -> None:
    """Whatever the times are."""
    result = contracts(
        check, HEAD, ("2024-03-31T17:30Z", "2025-03-31T01:00Z"), options=Options(time_zone=zone)
    )
    assert days(result)[0][0] == day


@pytest.mark.parametrize("is_1904", [True, False])
def test_serials_follow_the_book(*, is_1904: bool) -> None:
    """A plain number counts from the day that the book counts from."""
    made = sheet([HEAD, ["A", "43830", "44195.0", "5"], ["B", "2024-03-01 00:00:00", "44194", "5"]])
    book = (Decision("", "date_1904"),) if is_1904 else ()
    raw = RawSheet(made.name, False, 1, (), True, made.cells, book)
    [result] = pipeline.check_sheets([raw], Known(), Options(), lambda _s, _f: None)
    if is_1904:
        assert days(result)[0] == (date(2024, 1, 1), date(2024, 12, 31))
    else:
        assert days(result)[0][0] == date(2019, 12, 31)
