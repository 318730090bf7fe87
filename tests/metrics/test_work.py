"""Priorities and rules: every part and every cause equals a calculation in Python."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from math import isnan

import pandas as pd
import pytest

from tend import queries, sample, tasks
from tend.store import imports
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.metrics.comparing import differences
from tests.metrics.health_sample import FILTERS, MONTH_ENDS, UNTIL, Sample
from tests.oracle import work
from tests.oracle.service import Team
from tests.oracle.work import Cause, Stage

PARTS = tuple(f"{name}_part" for name in ("renewal", "health", "fall", "touch", "task", "stage"))


@pytest.fixture(scope="module")
def team(english: Sample) -> Team:
    """Give the sample company as its spreadsheet tells it."""
    return Team(english.health.company, english.health.signals)


@pytest.fixture(scope="module")
def stages(english: Sample) -> list[Stage]:
    """Give the renewal process of the sample workbook, read by pandas alone."""
    [path] = english.workspace.uploads.iterdir()
    sheet = pd.read_excel(path, sheet_name="Renewal stages", dtype=object, engine="openpyxl")
    return [
        Stage(
            row["Contract ID"],
            row["Stage"],
            row["Entered on"].date(),
            None if isnan(row["Probability"]) else float(row["Probability"]),
        )
        for row in sheet.to_dict("records")
    ]


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("as_of", [UNTIL, date(2025, 6, 15), MONTH_ENDS[20]], ids=str)
def test_priorities(
    english: Sample, team: Team, stages: list[Stage], as_of: date, filters: str
) -> None:
    """Each part of each customer, its weight, its reasons and their order."""
    view = View(as_of, filters=FILTERS[filters])
    rows = english.rows("priorities", view)
    wanted = work.priorities(team, english.health, stages, view)
    assert len(rows) == len(wanted) > 0
    assert differences("priorities", rows, wanted) == []


@pytest.mark.parametrize("as_of", [UNTIL, date(2025, 6, 15)], ids=str)
def test_a_priority_is_the_sum_of_its_parts(english: Sample, as_of: date) -> None:
    """What is shown adds up; reasons are the parts that are not nought; the highest come first."""
    rows = english.rows("priorities", View(as_of))
    for row in rows:
        assert row["priority"] == pytest.approx(sum(row[part] for part in PARTS), abs=1e-9)
        assert {f"{name}_part" for name in row["reasons"]} == {p for p in PARTS if row[p] > 0}
        assert 0.5 <= row["weight"] <= 1.5
    assert [row["priority"] for row in rows] == sorted(
        (row["priority"] for row in rows), reverse=True
    )
    missing = english.rows("untouched", View(as_of))
    summary = english.rows("workbench_summary", View(as_of))[0]
    assert summary["customers"] - summary["touched"] == len(missing)
    assert summary["customers"] == len(rows)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Give the sample company in a workspace that rules may write to."""
    folder = tmp_path_factory.mktemp("rules")
    [path] = sample.write(folder, language="en", until=UNTIL)
    workspace = open_workspace(folder / "workspace")
    assert imports.import_file(workspace, path).error is None
    yield workspace
    workspace.close()


def test_36_months_of_rules(
    own: Workspace, english: Sample, team: Team, stages: list[Stage]
) -> None:
    """Looked at twice a month for 36 months: each cause makes one task, none is missed."""
    known: set[Cause] = set()
    for day in work.days_of(UNTIL, 36):
        fresh = work.causes(team, english.health, stages, day) - known
        made = Counter(shown(row) for row in tasks.make(own, day, "en"))
        assert made == Counter(cause[:3] for cause in fresh)
        assert tasks.make(own, day, "en") == []
        known |= fresh
    listed = queries.run(own, "tasks", View(UNTIL), states=None).to_pylist()
    assert Counter(shown(task) for task in listed) == Counter(cause[:3] for cause in known)
    counts = Counter(task["cause"] for task in listed)
    assert set(counts) == {
        *("renewal_due", "first_visit", "quadrant_fall", "critical_answer"),
        *("low_active_share", "single_feature", "not_touched", "stage_over"),
    }
    assert len({task["task_id"] for task in listed}) == len(listed) > 1000


def shown(row: Mapping[str, object]) -> tuple[str, str, str]:
    """Give what a task says of its cause."""
    return str(row["cause"]), str(row["customer_id"]), str(row["about"])
