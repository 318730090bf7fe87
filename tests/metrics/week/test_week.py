"""This week: each number is that of its own page, and of a second calculation."""

import random
from collections import Counter
from datetime import date, timedelta
from math import fsum

import pytest

from tend.queries import asking
from tend.store.workspace import Workspace
from tend.view import View, month_end_by, quarter_start, since, window
from tests.kit.asking import Row
from tests.kit.companies import UNTIL, Companies
from tests.kit.samples.health import FILTERS, Sample
from tests.oracle.service.service import Team
from tests.oracle.week import week

# Twenty days of two years, Mondays and month ends among them, always the same.
DAYS = sorted(random.Random(15).sample([UNTIL - timedelta(days=n) for n in range(730)], 18))
DAYS += [date(2025, 12, 31), date(2026, 8, 31)]
SOON = {"d30": 30, "d60": 60, "d90": 90}


@pytest.fixture(scope="module")
def company(companies: Companies) -> Workspace:
    """A company of 90 customers."""
    return companies.read(customers=90)


@pytest.fixture(scope="module")
def team(english: Sample) -> Team:
    """The sample company as its spreadsheet tells it."""
    return Team(english.health.company, english.health.signals)


def ask(workspace: Workspace, name: str, view: View, **own: object) -> list[Row]:
    """Give a query's rows."""
    rows: list[Row] = asking.run(workspace, name, view, **own).to_pylist()
    return rows


def total(rows: list[Row], column: str = "arr") -> object:
    """Add up a column, for a comparison of sums."""
    return pytest.approx(fsum(row[column] or 0 for row in rows))


def held(workspace: Workspace, day: date) -> View:
    """Look from a day at what changed since the last meeting."""
    [row] = ask(workspace, "last_meeting", View(day))
    meeting = row["meeting"]
    assert meeting.weekday() == 0
    assert 1 <= (day - meeting).days <= 7
    return View(day, meeting)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_numbers_are_those_of_their_pages(company: Workspace, day: date) -> None:
    """On twenty days of two years, with nothing else asked than what those pages ask."""
    view, plain = held(company, day), View(day)
    hold_due(company, view, plain)
    hold_fell(company, view, plain)
    hold_uncovered(company, view, plain)
    hold_renewing(company, view)
    hold_decide(company, view, plain)


def hold_due(company: Workspace, view: View, plain: View) -> None:
    """The due list of Renewals, by days left; states of health on that very day."""
    told = {row["horizon"]: row for row in ask(company, "week_due", view)}
    due = ask(company, "renewals_due", plain)
    states = {
        row["customer_id"]: row["outcome_state"] for row in ask(company, "health_on_day", plain)
    }
    kinds = {row["contract_id"]: kind(row) for row in due}
    for name in ("overdue", *SOON):
        mine = [row for row in due if kinds[row["contract_id"]] == name]
        assert told[name]["contracts"] == len(mine)
        assert told[name]["arr"] == total(mine)
        within = mine if name == "overdue" else up_to(SOON[name], due)
        assert told[name]["arr_within"] == pytest.approx(total(within))
        counted = Counter(states.get(row["customer_id"], "unknown") for row in mine)
        names = ("at_risk", "average", "healthy", "unknown")
        assert {state: told[name][state] for state in names} == {s: counted[s] for s in names}
    listed = ask(company, "week_due_list", plain)
    assert {row["contract_id"] for row in listed} == {k for k, v in kinds.items() if v}
    assert told["all"]["contracts"] == len(listed)
    assert told["all"]["arr"] == total(listed)
    before = ask(company, "renewals", plain, open_on=view.start)
    ends = [(row["end_date"] - view.start).days for row in before]
    assert told["all"]["contracts_before"] == sum(days <= 90 for days in ends)
    assert told["overdue"]["contracts_before"] == sum(days < 0 for days in ends)


def up_to(days: int, due: list[Row]) -> list[Row]:
    """Give what ends within so many days and is not overdue."""
    return [row for row in due if row["outcome"] != "overdue" and row["days_left"] <= days]


def kind(row: Row) -> str | None:
    """Name how soon a contract ends."""
    if row["outcome"] == "overdue":
        return "overdue"
    return next((name for name, days in SOON.items() if row["days_left"] <= days), None)


def hold_fell(company: Workspace, view: View, plain: View) -> None:
    """The movement between the very days; on month ends also the list of Health movement."""
    [told] = ask(company, "week_fell", view)
    moves = ask(company, "quadrant_movement", view, exact=True)
    for name, way in (("fell", "fall"), ("rose", "rise")):
        mine = [row for row in moves if row["direction"] == way]
        assert told[name] == sum(row["customers"] for row in mine)
        assert told[f"{name}_arr"] == total(mine)
    assert told["compared"] == sum(r["customers"] for r in moves if r["direction"])
    listed = ask(company, "week_fell_list", view)
    assert told["fell"] == len(listed)
    ends: dict[str, int] = {}
    for row in ask(company, "renewals_due", plain):
        if not row["is_marked_lost"]:
            days = min(ends.get(row["customer_id"], row["days_left"]), row["days_left"])
            ends[row["customer_id"]] = days
    ending = [row for row in listed if ends.get(row["customer_id"], 999) <= 120]
    assert told["ending"] >= len(ending)  # one that is marked lost alone ends, too
    assert told["ending_arr"] == total([row for row in listed if row["is_ending"]])
    assert told["into_risk_arr"] == total([row for row in listed if row["is_into_risk"]])
    if view.as_of == month_end_by(view.as_of):
        hold_months(company, view)


def hold_months(company: Workspace, view: View) -> None:
    """Between two month ends it is what Health movement says, to the customer."""
    months = View(view.as_of, *since("month", view.as_of))
    assert months.end == view.as_of
    then = View(view.as_of, months.start)
    [exactly] = ask(company, "week_fell", then)
    [monthly] = ask(company, "movement_summary", months)
    assert (exactly["fell"], exactly["rose"]) == (monthly["fallen"], monthly["risen"])
    fallen = ask(company, "movement_customers", months, direction="fall")
    mine = {row["customer_id"]: row["arr"] for row in ask(company, "week_fell_list", then)}
    assert mine == pytest.approx({row["customer_id"]: row["arr"] for row in fallen})


def hold_uncovered(company: Workspace, view: View, plain: View) -> None:
    """Untouched and summary of the Workbench, touch rate by CSM, limits of the stage board."""
    told = {row["csm"]: row for row in ask(company, "week_uncovered", view)}
    [summary] = ask(company, "workbench_summary", plain)
    missing = ask(company, "untouched", plain)
    whole = told.pop(None)
    # on the first day of a month nothing may be known of it
    is_told = summary["touched"] is not None
    assert whole["is_untold"] != is_told
    assert whole["untouched"] == len(missing)
    assert not is_told or len(missing) == summary["customers"] - summary["touched"]
    assert whole["untouched_arr"] == total(missing)
    assert (whole["customers"], whole["stuck"]) == (summary["customers"], summary["stuck"])
    month = View(view.as_of, view.as_of.replace(day=1), view.as_of)
    rates = {row["csm"]: row for row in ask(company, "touch_rate", month)}
    for csm, row in rates.items():
        assert told[csm]["customers"] == row["customers"]
        missed = row["customers"] - row["touched"] if is_told else 0
        assert told[csm]["untouched"] == missed
    over = [row for row in ask(company, "renewal_process", plain) if row["is_over_limit"]]
    assert whole["stuck_arr"] == total(over)
    assert whole["without_csm"] == rates.get("unknown", {"customers": 0})["customers"]
    listed = ask(company, "week_uncovered_list", plain)
    reasons = Counter(reason for row in listed for reason in row["reasons"])
    assert reasons["untouched"] == whole["untouched"]
    assert reasons["no_csm"] >= whole["without_csm"]
    assert reasons["stage_over"] == len({row["customer_id"] for row in over})


def hold_renewing(company: Workspace, view: View) -> None:
    """What was decided since, as listed by Renewals; the path of its quarters on month ends."""
    [told] = ask(company, "week_decided", view)
    plain = View(view.as_of)
    found = ask(company, "renewals", plain, open_on=view.start, is_decided=True)
    lost = [row for row in found if row["outcome"] == "lost"]
    renewed = [row for row in found if row["outcome"] != "lost"]
    assert (told["renewed"], told["lost"]) == (len(renewed), len(lost))
    assert (told["renewed_arr"], told["lost_arr"]) == (total(renewed), total(lost))
    of_quarter = [r for r in renewed if quarter_start(r["end_date"]) == quarter_start(view.as_of)]
    assert told["quarter_renewed"] == len(of_quarter)
    paths = ask(company, "week_path", plain)
    rates = ask(company, "renewal_rates", plain.between(*window("this_quarter", view.as_of)))
    for path in paths:
        assert (path["contracts"], path["renewed"]) == (rates[0]["contracts"], rates[0]["renewed"])
    if view.as_of == month_end_by(view.as_of):
        [now] = [
            row
            for row in ask(company, "renewal_cohorts", plain)
            if row["is_current"] and row["is_latest"]
        ]
        names = ("renewed_share", "usual_renewed_share", "count_finished")
        assert {name: paths[0][name] for name in names} == {name: now[name] for name in names}


def hold_decide(company: Workspace, view: View, plain: View) -> None:
    """Large critics of the SOP matrix, the list of those to save, and stale data."""
    told = {row["kind"]: row for row in ask(company, "week_decide", view)}
    [sop] = ask(company, "sop_summary", plain)
    assert told["critical"]["things"] == sop["large_critical"]
    assert told["critical"]["arr"] == pytest.approx(sop["large_critical_arr"])
    marked = ask(company, "renewals_to_save", plain)
    assert told["marked_lost"]["things"] == len(marked)
    assert told["marked_lost"]["arr"] == total(marked)
    stale = [row for row in ask(company, "activity", plain) if row["is_stale"]]
    assert told["stale"]["things"] == len(stale)
    listed = ask(company, "week_decide_list", view)
    kinds = Counter(row["kind"] for row in listed)
    assert {name: row["things"] for name, row in told.items()} == {
        name: kinds[name] if name != "all" else len(listed) for name in told
    }
    assert told["all"]["things_new"] == sum(bool(row["is_new"]) for row in listed)


@pytest.mark.parametrize("filters", ["none", "size_and_csm"])
@pytest.mark.parametrize("day", [date(2026, 9, 24), date(2025, 11, 4)], ids=str)
def test_a_second_calculation(english: Sample, team: Team, day: date, filters: str) -> None:
    """The company judged anew on both days: decided, waiting then, untouched then, fallen, path."""
    view = View(day, held(english.workspace, day).start, None, None, FILTERS[filters])
    assert view.start
    [told] = english.rows("week_decided", view)
    assert told == pytest.approx(week.decided(team, view))
    due = {row["horizon"]: row for row in english.rows("week_due", view)}
    for which, suffix in ((day, ""), (view.start, "_before")):
        found = week.waiting(team, view, which)
        for name in ("overdue", *SOON):
            pair = (due[name][f"contracts{suffix}"], due[name][f"arr{suffix}"])
            assert pair == pytest.approx(found.get(name, (0, 0)))
    whole = english.rows("week_uncovered", view)[0]
    assert whole["untouched"] == len(week.untouched(team, view, day))
    assert whole["untouched_before"] == len(week.untouched(team, view, view.start))
    listed = english.rows("week_fell_list", view)
    ways = {row["customer_id"]: (row["from_quadrant"], row["to_quadrant"]) for row in listed}
    assert ways == week.falls(english.health, view)
    [path] = english.rows("week_path", View(day, filters=view.filters))
    assert {k: v for k, v in path.items() if k != "quarter"} == pytest.approx(
        week.path(team, View(day, filters=view.filters))
    )
