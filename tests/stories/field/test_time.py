"""Days, terms and ends: one order for a sheet, nothing endless by accident (M9, M11, M13, M16)."""

import pytest

from tests.stories.field.conftest import Bring, Case, hold

CASES = [
    Case(
        ("F03.csv",),
        "2024-12-15",
        {"Ada Ltd": 12000, "Bo Ltd": 24000, "Cy Ltd": 6000, "Di Ltd": 9000},
        {"mdy", "mdy_sheet"},
        {
            "Ada Ltd": ("2024-03-01", "2025-02-28"),
            "Bo Ltd": ("2024-06-01", "2025-05-31"),
            "Cy Ltd": ("2023-11-01", "2024-10-31"),
            "Di Ltd": ("2024-12-01", "2025-11-30"),
        },
    ),
    Case(
        ("F07.csv",),
        "2024-06-30",
        {"甲公司": 12000, "乙公司": 24000},
        {"ymd", "ymd_sheet"},
        dict.fromkeys(("甲公司", "乙公司"), ("2024-01-01", "2024-12-31")),
    ),
    Case(
        ("F08.csv",),
        "2024-06-30",
        {"Bo Ltd": 12000},
        {"end_from_term"},
        {"Ada Ltd": ("2022-01-01", "2022-12-31"), "Bo Ltd": ("2022-01-01", "2024-12-31")},
    ),
    Case(
        ("F09.csv",),
        "2024-06-30",
        {"甲公司": 12000},
        {"end_from_term", "unreadable_value 3", "unreadable_value 5"},
        {"甲公司": ("2022-01-01", "2024-12-31"), "丙公司": ("2023-01-01", "2023-12-31")},
    ),
    Case(
        ("F11.csv",),
        "2024-01-31",
        {"Cy Ltd": 1200, "Di Ltd": 1200},
        {"monthly", "status_lost", "notice"},
    ),
    Case(
        ("F19.csv",),
        "2024-06-30",
        {"Ada Ltd": 12000},
        {"zone_of_midnights"},
        {"Ada Ltd": ("2024-04-01", "2025-03-31")},
    ),
    Case(("F26.csv",), "2024-06-30", {"Ada Ltd": 12000}),
    Case(
        ("F32.xlsx",),
        "2024-06-30",
        {"Ada Ltd": 12000, "Bo Ltd": 24000},
        {"date_1904"},
        {"Ada Ltd": ("2024-01-01", "2024-12-31"), "Bo Ltd": ("2024-03-01", "2025-02-28")},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_days_are_read_as_they_were_meant(bring: Bring, case: Case) -> None:
    """ARR on the day, first and last days, and each decision told."""
    hold(bring, case)


def test_nothing_of_an_ended_term_is_in_force(bring: Bring) -> None:
    """Start and term without an end: ended, so nothing is in force on 2026-06-30 (M9)."""
    brought = bring("F08.csv")
    assert brought.arr("2026-06-30") == {}


def test_a_notice_of_an_active_contract_ends_nothing(bring: Bring) -> None:
    """Canceled At beside Ended At: the end counts; under notice but active is in force (M13)."""
    brought = bring("F11.csv")
    months = brought.rows("arr_movements", "2024-04-30", "2024-01-01", "2024-04-30")
    assert [month["closing"] for month in months] == [2400, 1200, 1200, 1200]
    assert brought.arr("2024-02-15") == {"Cy Ltd": 1200, "Di Ltd": 1200}
    assert brought.arr("2024-02-16") == {"Di Ltd": 1200}
