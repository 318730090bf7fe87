"""What a customer got from the product, and what is next: the numbers of its review."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from tend.queries import asking
from tend.store.workspace import open_workspace
from tend.view import View
from tests.kit.asking import Row
from tests.kit.companies import UNTIL, Companies
from tests.kit.samples import reviewed
from tests.kit.samples.health import Sample
from tests.oracle.customers import results as oracle
from tests.oracle.facts.days import add_months, month_end
from tests.oracle.renewals.contracts import next_renewals

NOW = View(UNTIL).between(date(2026, 7, 1), date(2026, 9, 30))
BEFORE = (date(2026, 4, 1), date(2026, 6, 30))
YEAR = View(UNTIL).between(date(2025, 10, 1), UNTIL)
DAY = date(2026, 6, 30)


def test_results_of_the_sample(english: Sample) -> None:
    """Each measure in the window and before, of how many cases, and whether it is better."""
    signals, met = english.health.signals, set()
    for fact in english.health.company.customers[::4]:
        name = str(fact.customer_id)
        rows = {r["measure"]: r for r in english.rows("customer_results", NOW, customer_id=name)}
        now = oracle.results(signals, name, date(2026, 7, 1), UNTIL)
        before = oracle.results(signals, name, *BEFORE)
        without = {"licensed_users", "active_share"}  # contracts stand in: by hand below
        assert rows.keys() - without == (now.keys() | before.keys()) - without
        for measure in now.keys() | before.keys():
            row = rows[measure]
            for told, column, cases in (
                (now, "value", "cases"),
                (before, "before", "cases_before"),
            ):
                if measure in told:
                    assert (row[column], row[cases]) == pytest.approx(told[measure]), (
                        name,
                        measure,
                    )
                elif measure not in without:
                    assert (row[column], row[cases]) == (None, 0)
            if measure in now and measure in before:
                change = now[measure][0] - before[measure][0]
                assert row["change"] == pytest.approx(change)
                met.add((measure, row["is_better"], (change > 0) - (change < 0)))
    assert {("days_to_solve", True, -1), ("active_users", True, 1), ("nps", False, -1)} <= met
    assert {better for measure, better, _ in met if measure == "tickets_opened"} == {None}


def test_months_of_the_sample(english: Sample) -> None:
    """Each month of the year: the mean of active users, actions and tickets."""
    ends = [month_end(add_months(UNTIL, -n)) for n in range(11, -1, -1)]
    for fact in english.health.company.customers[2::9]:
        name = str(fact.customer_id)
        rows = english.rows("customer_months", YEAR, customer_id=name)
        wanted = oracle.months(english.health.signals, name, ends)
        assert [{key: row[key] for key in wanted[0]} for row in rows] == wanted


def test_the_plan_of_the_sample(english: Sample) -> None:
    """What ends by the end of the next quarter comes first; open tickets are counted."""
    deals = english.health.company.deals(UNTIL)
    ends = next_renewals(deals, english.health.company.settings)
    met: set[str] = set()
    for fact in english.health.company.customers[::3]:
        name = str(fact.customer_id)
        rows = english.rows("customer_plan", View(UNTIL), customer_id=name)
        steps = [row["step"] for row in rows]
        met |= set(steps)
        deal = ends.get(name)
        is_ending = deal is not None and deal.last is not None and deal.last <= date(2026, 12, 31)
        assert (steps[0] == "contract") == is_ending
        if is_ending:
            assert deal is not None
            assert (rows[0]["about"], rows[0]["day"]) == (deal.fact.contract_id, deal.last)
        assert (steps[-1], rows[-1]["day"]) == ("review", date(2026, 12, 31))
        own = english.health.signals.of(name)
        waiting = [
            one for one in own.tickets
            if one.opened_on <= UNTIL and not (one.resolved_on and one.resolved_on <= UNTIL)
        ]  # fmt: skip
        told = {row["step"]: row["amount"] for row in rows}
        assert told.get("tickets", 0) == len(waiting)
        assert {row["contact"] for row in rows} == {fact.key_contact}
    assert {"contract", "rating", "ask", "licences", "more_licences"} <= met


@pytest.fixture(scope="module")
def small(companies: Companies) -> Path:
    """Give a workspace with the customer whose numbers are by hand."""
    return companies.copy("reviewed", lambda folder: [reviewed.book(folder)])[0]


def asked(folder: Path, query: str, view: View, **own: object) -> Sequence[Row]:
    """Ask a workspace."""
    with open_workspace(folder) as workspace:
        rows: list[Row] = asking.run(workspace, query, view, **own).to_pylist()
        return rows


def test_results_by_hand(small: Path) -> None:
    """Licences of the contract stand in; a share is that of all periods; ratings are the latest."""
    view = View(DAY).between(date(2026, 4, 1), DAY)
    rows = asked(small, "customer_results", view, customer_id="C1")
    told = {row["measure"]: (row["value"], row["before"], row["is_better"]) for row in rows}
    assert told == {
        "active_users": (31, 22, True),
        "licensed_users": (50, 50, None),
        "active_share": (pytest.approx(93 / 150), pytest.approx(66 / 150), True),
        "key_actions": (480, 330, True),
        "tickets_opened": (3, 1, None),
        "tickets_solved": (2, 1, None),
        "days_to_solve": (4, 10, True),
        "ticket_csat": (pytest.approx(0.9), pytest.approx(0.6), True),
        "nps": (6, 6, None),
    }
    rows = asked(small, "customer_results", view, customer_id="C2")
    assert {row["measure"]: row["value"] for row in rows} == {
        "tickets_opened": 0,
        "tickets_solved": 0,
    }


def test_the_plan_by_hand(small: Path) -> None:
    """The contract first, then the ticket, those not content; each has its owner and its day."""
    rows = asked(small, "customer_plan", View(DAY), customer_id="C1")
    told = [(r["step"], r["amount"], r["of_whole"], r["day"], r["owner"]) for r in rows]
    quarter = date(2026, 9, 30)
    assert told == [
        ("contract", None, None, date(2026, 8, 31), "Jon"),
        ("tickets", 1, None, quarter, "Mara"),
        ("rating", 2, None, quarter, "Mara"),
        ("review", None, None, quarter, "Mara"),
    ]
    assert [r["step"] for r in asked(small, "customer_plan", View(DAY), customer_id="C2")] == [
        "ask",
        "review",
    ]


def test_what_else_the_list_says_and_all_names(small: Path) -> None:
    """Further columns by their heads; names in the form in which they are compared."""
    rows = asked(small, "customer_extras", View(DAY), customer_id="C1")
    assert {row["header"]: row["said"] for row in rows} == {
        "Goals": "Half the time for month ends",
        "Province": "X",
    }
    names = asked(small, "customer_names", View(DAY))
    assert {row["name"]: row["customer_id"] for row in names} == {
        "alder & sons": "C1",
        "birch logistics": "C2",
    }
