"""Priorities and rules: every part and every cause equals a calculation in Python."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from math import isnan

import pytest

from tend.acts import tasks_by_rule
from tend.queries import asking
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.asking import Row
from tests.kit.companies import UNTIL, Companies
from tests.kit.comparing import differences
from tests.kit.samples.health import FILTERS, MONTH_ENDS, Sample
from tests.kit.samples.spreadsheets import sheets
from tests.oracle.service import ends, service, work
from tests.oracle.service.ends import Stage
from tests.oracle.service.service import Team
from tests.oracle.service.work import Cause

# So long after the newest data that a month is without any.
STALE = UNTIL + timedelta(days=30)
PARTS = tuple(f"{name}_part" for name in ("renewal", "health", "fall", "touch", "task", "stage"))


@pytest.fixture(scope="module")
def team(english: Sample) -> Team:
    """Give the sample company as its spreadsheet tells it."""
    return Team(english.health.company, english.health.signals)


@pytest.fixture(scope="module")
def stages(english: Sample) -> list[Stage]:
    """Give the renewal process of the sample workbook, read by pandas alone."""
    [path] = english.workspace.uploads.iterdir()
    sheet = sheets(path)["Renewal stages"]
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
@pytest.mark.parametrize("as_of", [UNTIL, date(2025, 6, 15), MONTH_ENDS[20], STALE], ids=str)
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
    # who is marked lost in all that is in force is in the list of those to save (M31)
    given_up = {row["customer_id"] for row in english.rows("renewals_to_save", View(as_of))}
    listed = {row["customer_id"] for row in rows}
    there = {row["customer_id"] for row in english.rows("health", View(as_of))}
    assert there - listed <= given_up
    assert len(there) == summary["customers"]
    assert there - listed


@pytest.fixture(scope="module")
def own(companies: Companies) -> Iterator[Workspace]:
    """Give the sample company in a workspace that rules may write to."""
    with open_workspace(companies.sample(until=UNTIL)) as workspace:
        yield workspace


def test_36_months_of_rules(
    own: Workspace, english: Sample, team: Team, stages: list[Stage]
) -> None:
    """Looked at through 36 months, in the last year twice a month: a task a cause, none missed."""
    known: set[Cause] = set()
    for number, day in enumerate(work.days_of(UNTIL, 36)):
        fresh = work.causes(team, english.health, stages, day) - known
        made = Counter(shown(row) for row in tasks_by_rule.make(own, day, "en"))
        assert made == Counter(cause[:3] for cause in fresh)
        if number % 12 == 0:  # later days show it as well: what is known makes nothing new
            assert asking.run(own, "task_causes", View(day)).num_rows == 0
            assert tasks_by_rule.make(own, day, "en") == []
        known |= fresh
    listed = asking.run(own, "tasks", View(UNTIL), states=None).to_pylist()
    assert Counter(shown(task) for task in listed) == Counter(cause[:3] for cause in known)
    counts = Counter(task["cause"] for task in listed)
    assert set(counts) == {
        *("renewal_due", "first_visit", "quadrant_fall", "critical_answer"),
        *("low_active_share", "single_feature", "not_touched", "stage_over"),
    }
    assert len({task["task_id"] for task in listed}) == len(listed) > 1000


@pytest.mark.parametrize("a_day", [5, 2])
def test_what_is_made_in_one_go_is_spread_over_working_days(english: Sample, a_day: int) -> None:
    """First what is due first, then the larger customer; so many a working day for each owner."""
    rules = english.workspace.settings
    made = english.rows("task_causes", View(UNTIL), tasks_a_day=a_day)
    for row in made:
        wanted = UNTIL + timedelta(days=rules.task_rules[row["cause"]].due_in)
        row["earliest"] = next(
            day for n in range(3) if (day := wanted + timedelta(days=n)).weekday() < 5
        )
    made.sort(
        key=lambda r: (
            r["earliest"],
            -r["arr"],
            r["customer_id"],
            r["cause"],
            r["about"],
            r["task_id"],
        )
    )
    assert {r["task_id"]: r["due_on"] for r in made} == work.due_days(made, a_day)
    busiest = Counter((row["owner"], row["due_on"]) for row in made)
    assert max(busiest.values()) == a_day
    assert len(made) > 200


def test_touches_settle_what_asked_for_them(own: Workspace, team: Team) -> None:
    """On any later day: done by the first touch that does it, by nothing else, and not before."""
    seen: Counter[str] = Counter()
    for day in (date(2025, 11, 22), date(2026, 4, 30), date(2026, 8, 21)):
        tasks_by_rule.make(own, day, "en")
        for as_of in (day, day + timedelta(days=12), UNTIL):
            for task in asking.run(own, "tasks", View(as_of), states=None).to_pylist():
                wanted = work.settled_on(team, task, as_of)
                assert task["settled_on"] == wanted, task
                assert (task["state"] == "done") == (wanted is not None)
                assert wanted is None or task["done_on"] == max(wanted, task["there_since"])
                seen[task["cause"]] += wanted is not None
    assert min(seen["not_touched"], seen["first_visit"]) > 0


def shown(row: Mapping[str, object]) -> tuple[str, str, str]:
    """Give what a task says of its cause."""
    return str(row["cause"]), str(row["customer_id"]), str(row["about"])


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("as_of", [UNTIL, date(2025, 6, 15), STALE], ids=str)
def test_summaries_and_coverage(
    english: Sample, team: Team, stages: list[Stage], as_of: date, filters: str
) -> None:
    """Renewals in hand, stages over their limit, coverage and satisfaction, from the sheets."""
    view = View(as_of, filters=FILTERS[filters])
    chosen = {deal.fact.contract_id for deal in team.company.chosen(view)}
    hand = english.rows("renewals_in_hand", view)
    wanted = {
        deal.fact.contract_id
        for deal in team.company.chosen(view)
        if deal.outcome in work.OPEN and deal.last and (deal.last - as_of).days <= 120
    }
    assert {row["contract_id"] for row in hand} == wanted
    over = {
        one.deal.fact.contract_id
        for one in work.standings(team, stages, as_of)
        if one.is_over and one.deal.fact.contract_id in chosen
    }
    assert {row["contract_id"] for row in hand if row["is_over_limit"]} == over & wanted
    [summary] = english.rows("workbench_summary", view)
    assert summary["stuck"] == len(over)
    assert summary["renewals"] == sum(row["days_left"] <= 90 for row in hand)
    assert (
        differences("csm_coverage", english.rows("csm_coverage", view), coverage(team, view)) == []
    )
    cells = service.cells(team, view, as_of).values()
    [satisfied] = english.rows("sop_summary", view)
    assert satisfied["customers"] == len(cells)
    for word in ("satisfied", "neutral", "critical", "not_asked"):
        assert satisfied[word] == sum(cell[1] == word for cell in cells)
    assert satisfied["large_critical"] == sum(c[:2] == ("large", "critical") for c in cells)
    assert satisfied["critical_arr"] == pytest.approx(
        sum(c[2] for c in cells if c[1] == "critical")
    )


def coverage(team: Team, view: View) -> list[Row]:
    """Count each CSM's customers, their ARR and the hours spent on them."""
    first, newest = service.year_to(view.as_of), ends.newest_touch(team, view.as_of)
    is_known = newest >= view.as_of.replace(day=1)
    books: dict[str, list[tuple[float, float, bool]]] = {}
    for (_, name), deals in service.in_force(team, view, view.as_of).items():
        own = [t for t in team.signals.of(name).touches if t.touched_on <= view.as_of]
        hours = sum(t.hours or 0 for t in own if t.touched_on >= first)
        touched = any(t.touched_on >= view.as_of.replace(day=1) for t in own)
        csm = team.company.customer(name).csm or "unknown"
        arr = sum(deal.arr_on(view.as_of) for deal in deals)
        books.setdefault(csm, []).append((arr, hours, touched))
    rows: list[Row] = []
    for csm, book in books.items():
        arr, hours = (sum(one[n] for one in book) for n in (0, 1))
        load = "light" if len(book) < 40 else "heavy" if len(book) > 60 else "usual"
        rows.append(
            {
                "segment": csm,
                "customers": len(book),
                "arr": arr,
                "touched": sum(one[2] for one in book) if is_known else None,
                "load": None if csm == "unknown" else load,
                "hours": hours,
                "service_cost": 300 * hours,
                "cost_rate": 300 * hours / arr if arr else None,
            }
        )
    return rows
