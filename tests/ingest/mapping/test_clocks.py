"""A time of day in a column of its own belongs to the day beside it (M5, M6)."""

from pathlib import Path

import pytest

from tend.ingest.results import Options, Remembered
from tests.kit.reading import read_text, told

pytestmark = pytest.mark.quick

AFTERNOON, MORNING = "14:30:00", "09:05:00"


@pytest.mark.parametrize(
    ("head", "day", "times"),
    [
        ("Customer,Date,Time,Type,Note", "2024-01-03", ("14:30", "09:05")),
        ("Customer,Date,Start time,Type,Note", "Jan 3 2024", ("2:30 PM", "9:05 am")),
        ("客户名称,日期,时间,方式,内容", "2024年1月3日", ("14:30", "9:05")),
        ("客户名称,日期,拜访时间,方式,内容", "2024/1/3", ("下午2点30分", "上午9点05分")),
        ("客户名称,跟进日期,跟进时间,方式,内容", "2024.1.3", ("14:30:00", "09:05:00")),
        ("Customer,Date,Time,Type,Note", "2024-01-03 00:00:00", ("1899-12-31 14:30:00", "1899-12-31 09:05:00")),
    ],
)  # fmt: skip
def test_a_touch_has_its_time(tmp_path: Path, head: str, day: str, times: tuple[str, str]) -> None:
    """Two calls of one day are two, and no copies; that the columns were joined is told."""
    rows = "\n".join(f"Ada,{day},{time},Call,hello" for time in times)
    sheet = read_text(tmp_path, "touches.csv", f"{head}\n{rows}")
    assert sheet.facts is not None
    assert sheet.facts.column("time_of_day").to_pylist() == [AFTERNOON, MORNING]
    assert {str(d) for d in sheet.facts.column("touched_on").to_pylist()} == {"2024-01-03"}
    assert (len(sheet.problems), sheet.unused) == (0, ())
    header = head.split(",")[2]
    assert sheet.mapping[header] == "time_of_day"
    assert header in told(sheet)["time_joined"]


@pytest.mark.parametrize(
    ("name", "head", "row"),
    [
        ("nps.csv", "Customer,Date,Time,Respondent,NPS", "Ada,2024-01-03,{},x,9"),
        ("满意度.csv", "客户名称,日期,时间,受访人,NPS", "甲,2024-01-03,{},x,9"),
        ("tickets.csv", "Ticket no,Customer,Date,Time,Subject", "{0},Ada,2024-01-03,{0},x"),
    ],
)
def test_answers_and_tickets_have_theirs(tmp_path: Path, name: str, head: str, row: str) -> None:
    """Of two answers of one person on one day none contradicts the other."""
    rows = "\n".join(row.format(time) for time in ("14:30", "09:05"))
    sheet = read_text(tmp_path, name, f"{head}\n{rows}")
    assert sheet.facts is not None
    assert (sheet.accepted, sheet.facts.column("time_of_day").to_pylist()) == (
        2, [AFTERNOON, MORNING]
    )  # fmt: skip


@pytest.mark.parametrize("times", [("1:30", "0:45"), ("1.5", "2"), ("90 min", "1h")])
def test_how_long_it_took_stays_hours(tmp_path: Path, times: tuple[str, str]) -> None:
    """What is mostly before six in the morning is no time of day."""
    rows = "\n".join(f"Ada,2024-01-0{n},{time},Call" for n, time in enumerate(times, 3))
    sheet = read_text(tmp_path, "touches.csv", f"Customer,Date,Time,Type\n{rows}")
    assert sheet.mapping["Time"] == "hours"
    assert "time_joined" not in told(sheet)


def test_a_mapping_says_which_it_is(tmp_path: Path) -> None:
    """Both ways: hours, and the time of day in a column that is called otherwise."""
    text = "Customer,Date,Time,Slot,Type\nAda,2024-01-03,14:30,15:45,Call"
    for columns, time in (
        ({"Time": "hours"}, None), ({"Slot": "time_of_day"}, "15:45:00"), ({"Time": ""}, None)
    ):  # fmt: skip
        said = Options(mappings={"t.csv": Remembered("touches", columns)})
        sheet = read_text(tmp_path, "t.csv", text, options=said)
        assert sheet.facts is not None
        assert sheet.facts.column("time_of_day").to_pylist() == [time]
