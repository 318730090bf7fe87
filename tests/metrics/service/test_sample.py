"""Satisfaction and touches of the sample company: every cell equals a calculation in Python."""

from datetime import date, timedelta

import pytest

from tend.view import View
from tests.kit.asking import Row
from tests.kit.companies import UNTIL
from tests.kit.comparing import differences
from tests.kit.samples.health import FILTERS, MONTH_ENDS, Sample
from tests.oracle.service import service
from tests.oracle.service.service import Team

AS_OF = [UNTIL, date(2025, 6, 15), date(2024, 2, 29)]
GROUPS = (None, "size", "industry", "csm", "product", "contract_type", "tier", "Province")
WINDOWS = [(None, None), (date(2026, 1, 1), UNTIL), (date(2025, 3, 10), date(2025, 8, 20))]


@pytest.fixture(scope="module")
def team(english: Sample) -> Team:
    """Give the sample company as its spreadsheet tells it."""
    return Team(english.health.company, english.health.signals)


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("as_of", AS_OF, ids=str)
def test_sop_matrix(english: Sample, team: Team, as_of: date, filters: str) -> None:
    """Each cell: its customers, their ARR and NPS, by every kind of segment."""
    for group in (*GROUPS, "potential"):
        view = View(as_of, group_by=group, filters=FILTERS[filters])
        rows = english.rows("sop_matrix", view)
        assert rows
        assert differences("sop_matrix", rows, service.sop_matrix(team, view)) == []


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_nps(
    english: Sample, team: Team, window: tuple[date | None, date | None], filters: str
) -> None:
    """Answers and NPS by segment, in and without a window, of a past day, too."""
    for as_of in AS_OF[:2]:
        for group in GROUPS:
            view = View(as_of, *window, group, FILTERS[filters])
            rows = english.rows("nps", view)
            assert rows or window[0] == date(2026, 1, 1)
            assert differences("nps", rows, service.nps(team, view)) == []


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize(
    "view",
    [
        View(UNTIL),
        View(date(2025, 6, 15)),
        View(date(2026, 9, 17), date(2026, 7, 1), date(2026, 12, 31)),
        View(UNTIL, date(2025, 3, 10), date(2025, 8, 20)),
        View(UNTIL + timedelta(days=50), date(2026, 7, 1), date(2026, 12, 31)),
    ],
    ids=str,
)
def test_touch_rate(english: Sample, team: Team, view: View, filters: str) -> None:
    """By CSM and month, in whole months and in the running one, for segments of contracts, too."""
    for group in (None, "department", "product"):
        asked = View(view.as_of, view.start, view.end, group, FILTERS[filters])
        rows = english.rows("touch_rate", asked)
        assert rows
        assert differences("touch_rate", rows, service.touch_rate(team, asked)) == []


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("start", [None, date(2025, 12, 31), date(2024, 7, 15)], ids=str)
def test_sop_movement(english: Sample, team: Team, start: date | None, filters: str) -> None:
    """Who went from which satisfaction to which."""
    view = View(UNTIL, start, filters=FILTERS[filters])
    rows = english.rows("sop_movement", view)
    assert rows
    assert differences("sop_movement", rows, service.sop_movement(team, view)) == []


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("as_of", [UNTIL, *MONTH_ENDS[3::8], date(2025, 6, 15)], ids=str)
def test_every_customer_stands_in_one_cell(english: Sample, as_of: date, filters: str) -> None:
    """The list of all cells has each customer in force once; the matrix adds up to it."""
    view = View(as_of, filters=FILTERS[filters])
    listed = english.rows("sop_customers", view)
    names = [row["customer_id"] for row in listed]
    assert len(names) == len(set(names)) > 0
    assert set(names) == {row["customer_id"] for row in english.rows("health", view)}
    matrix = english.rows("sop_matrix", view)
    assert total(matrix, "customers") == len(names)
    assert total(matrix, "arr") == pytest.approx(total(listed, "arr"))
    for cell in matrix:
        inside = english.rows(
            "sop_customers", view, scale=cell["scale"], satisfaction=cell["satisfaction"]
        )
        assert len(inside) == cell["customers"]
        assert total(inside, "arr") == pytest.approx(cell["arr"])


def test_movement_adds_up(english: Sample) -> None:
    """Who came, stayed and went gives the cells of both days."""
    start = UNTIL - timedelta(days=200)
    rows = english.rows("sop_movement", View(UNTIL, start))
    for word in ("satisfied", "neutral", "critical", "not_asked"):
        now = [r for r in english.rows("sop_matrix", View(UNTIL)) if r["satisfaction"] == word]
        came = [r for r in rows if r["satisfaction"] == word]
        assert total(came, "customers") == total(now, "customers")
    assert {r["went"] for r in rows} >= {"rise", "fall", "stay", "gone"}


@pytest.mark.parametrize("as_of", AS_OF, ids=str)
def test_touched_are_no_more_than_customers(english: Sample, as_of: date) -> None:
    """Touched is between none and all; per month the customers are those of arr_movements."""
    rows = english.rows("touch_rate", View(as_of))
    first = min(touch.touched_on for touch in english.health.signals.touches)
    for row in rows:  # of a month before the first touch nothing is known
        is_known = row["month"] >= first.replace(day=1)
        assert (row["touched"] is not None) == is_known
        assert not is_known or 0 <= row["touched"] <= row["customers"]
    moves = english.rows("arr_movements", View(as_of))
    for move in moves:
        here = [row for row in rows if row["month"] == move["month"]]
        assert total(here, "arr") == pytest.approx(move["closing"])
        assert total(here, "customers") >= move["customers"]  # those without ARR are touched, too


def total(rows: list[Row], column: str) -> float:
    """Add up a column."""
    return float(sum(row[column] for row in rows))
