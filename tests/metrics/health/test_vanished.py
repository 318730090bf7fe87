"""Ruling M18: who drops out of the usage file counts nought, not missing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tend.queries import asking
from tend.store.facts import imports
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.samples.health_stories import Story, Told, only, term, usage
from tests.oracle.facts.signals import Signals, Usage

Tell = Callable[[Story], Told]
CUSTOMERS = ("stays", "leaves", "never")


def months(customer: str, first: int, last: int, **measures: float) -> list[Usage]:
    """Write usage of some months of 2026."""
    each = [usage(customer, f"2026-{month:02}", **measures) for month in range(first, last + 1)]
    return [one for month in each for one in month]


def story(rows: list[Usage], **highs: float) -> Story:
    """Give three customers with usage, and an outcome of some indicators alone."""
    return Story(
        [term(name) for name in CUSTOMERS], signals=Signals(rows), definition=only(**highs)
    )


def test_who_leaves_the_file_counts_nought(tell: Tell) -> None:
    """100 points while it was counted, and 0 once 90 days have passed; who never was is missing."""
    rows = [
        *months("stays", 1, 8, active_users=10, licensed_users=10, features_used=5),
        *months("leaves", 1, 2, active_users=10, licensed_users=10, features_used=5),
    ]
    told = tell(story(rows, deployment=1, breadth=5))
    for day, score in (("2026-04-30", 100), ("2026-05-31", 0), ("2026-08-31", 0)):
        assert told.column("outcome_score", day) == {"stays": 100, "leaves": score, "never": None}
    assert told.column("outcome_state", "2026-08-31")["leaves"] == "at_risk"


def test_where_all_leave_nothing_is_known(tell: Tell) -> None:
    """A file that ends says nothing of who left later, and after 90 days nothing of anybody."""
    rows = months("stays", 1, 3, features_used=5) + months("leaves", 1, 2, features_used=5)
    told = tell(story(rows, breadth=5))
    assert told.column("outcome_score", "2026-05-31") == {
        "stays": 100,
        "leaves": 100,
        "never": None,
    }
    assert set(told.column("outcome_score", "2026-08-31").values()) == {None}


def test_a_measure_that_is_counted_no_more_is_missing(tell: Tell) -> None:
    """The file goes on without features: the one who left has no key actions, and no breadth."""
    rows = [
        *months("stays", 1, 3, active_users=10, key_actions=100, features_used=5),
        *months("stays", 4, 8, active_users=10, key_actions=100),
        *months("leaves", 1, 2, active_users=10, key_actions=100, features_used=5),
    ]
    told = tell(story(rows, depth=10, breadth=5))
    assert told.health("2026-05-31")["leaves"]["coverage"] == 1
    row = told.health("2026-08-31")["leaves"]
    assert (row["outcome_score"], row["coverage"]) == (0, 0.5)


def test_the_trend_to_nothing_is_seen_once(tell: Tell) -> None:
    """-100 % while the 90 days before had some; after that there is no trend."""
    rows = [
        *months("stays", 1, 10, active_users=10, key_actions=100),
        *months("leaves", 1, 3, active_users=10, key_actions=100),
    ]
    told = tell(story(rows, trend=1))
    assert told.column("outcome_score", "2026-07-31")["leaves"] == 0
    assert told.column("coverage", "2026-10-31")["leaves"] == 0


def test_a_row_without_a_value_is_no_absence(tell: Tell) -> None:
    """A customer that is in the file with other measures has not dropped out."""
    rows = [
        *months("stays", 1, 8, active_users=10, features_used=5),
        *months("leaves", 1, 2, active_users=10, features_used=5),
        *months("leaves", 3, 8, active_users=10),
    ]
    told = tell(story(rows, breadth=5))
    assert told.column("outcome_score", "2026-08-31")["leaves"] is None


@pytest.mark.parametrize(
    "headers",
    [
        ("Customer", "Month", "Active users", "Licensed users", "Reports run"),
        ("客户名称", "月份", "活跃用户数", "开通账号数", "报表次数"),
    ],
    ids=["en", "zh"],
)
def test_a_measure_of_the_teams_own(
    workspace: Workspace, tmp_path: Path, headers: tuple[str, ...]
) -> None:
    """A further column that is an indicator counts nought, too, out of files of both languages."""
    contracts = tmp_path / "contracts.csv"
    contracts.write_text(
        "contract no,customer,start date,end date,amount\n"
        "1,Ada,2025-07-01,2026-12-31,100\n2,Bo,2025-07-01,2026-12-31,100\n",
        encoding="utf-8",
    )
    path = tmp_path / "usage.csv"
    lines = [f"Ada,2026-{month:02},5,10,7" for month in range(1, 9)]
    lines += [f"Bo,2026-{month:02},5,10,7" for month in (1, 2)]
    path.write_text("\n".join([",".join(headers), *lines]), encoding="utf-8")
    for file in (contracts, path):
        report = imports.import_file(workspace, file)
        assert report.error is None
        assert not any(sheet.rejected for sheet in report.sheets)
    measure = {"score": "outcome", "is_on": True, "weight": 1.0, "low": 0, "high": 7}
    workspace.set(f"health_indicators.measure:{headers[-1]}", measure)
    for name in ("depth", "trend", "breadth", "engagement"):
        workspace.set(f"health_indicators.{name}.is_on", value=False)
    health = asking.run(workspace, "health", View(date(2026, 8, 31))).to_pylist()
    assert {row["customer_name"]: row["outcome_state"] for row in health}["Bo"] == "at_risk"
    with workspace.cursor() as cursor:
        found = cursor.execute(
            "select indicator, value from health_values where day = date '2026-08-31'"
            " and customer_id = 'Bo' order by indicator"
        ).fetchall()
    assert found == [("deployment", 0), (f"measure:{headers[-1]}", 0)]
