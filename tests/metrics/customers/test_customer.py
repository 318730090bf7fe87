"""All about one customer: every cell of every customer equals a calculation from the workbook."""

from collections import Counter
from datetime import date, timedelta

import pytest

from tend.acts import tasks
from tend.queries import asking
from tend.settings.sop import Sop, Step
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.companies import UNTIL
from tests.kit.comparing import differences
from tests.kit.facts import add_contract
from tests.kit.product import Product
from tests.kit.samples.health import Sample
from tests.kit.samples.value import efforts
from tests.oracle.customers.portrait import log_of, portraits
from tests.oracle.facts.company import Company
from tests.oracle.facts.facts import Contract, Customer
from tests.oracle.value.value import Book

DAYS = (UNTIL, date(2025, 6, 15))


@pytest.fixture(scope="module")
def book(english: Sample) -> Book:
    """Give the sample company with the hours spent on it."""
    [path] = english.workspace.uploads.iterdir()
    health = english.health
    return Book(health.company, health.signals, health, efforts(path, "en"))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_customer(english: Sample, book: Book, day: date) -> None:
    """Every second customer on one of two days: in force, lost and not begun."""
    wanted = portraits(book, View(day))[DAYS.index(day) :: 2 * len(DAYS)]
    rows = [
        row
        for one in wanted
        for row in english.rows("customer", View(day), customer_id=one["customer_id"])
    ]
    assert differences("customer", rows, wanted) == []
    assert {row["is_in_force"] for row in rows} == {True, False}
    assert any(row["life_stage"] is None for row in rows) == (day != UNTIL)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_what_was_done_and_said(english: Sample, day: date) -> None:
    """Touches, answers and tickets of customers by then, each with what was known of it."""
    asked = ("day", "event", "kind", "who", "nps", "csat", "resolved_on", "hours")
    met = set()
    for customer in english.health.company.customers[::9]:
        assert customer.customer_id
        found = english.rows("customer_log", View(day), customer_id=customer.customer_id)
        assert [row["day"] for row in found] == sorted((r["day"] for r in found), reverse=True)
        wanted = log_of(english.health.signals, customer.customer_id, day)
        rows = Counter(tuple(row[name] for name in asked) for row in found)
        assert rows == Counter(tuple(row[name] for name in asked) for row in wanted)
        met |= {row["event"] for row in found}
    assert met == {"touch", "answer", "ticket"}


def test_an_unknown_customer_has_no_row(english: Sample) -> None:
    """Neither has one that is not known by that name."""
    assert english.rows("customer", View(UNTIL), customer_id="nobody") == []


def test_a_customer_without_a_contract_in_force_has_a_row(product: Product) -> None:
    """Lost, signed for later, or only listed: all of them exist; shares go by those in force."""
    days = {"lost": (2024, 2024), "here": (2025, 2025), "later": (2027, 2027)}
    contracts = [
        Contract(f"K-{name}", name, date(first, 1, 1), date(last, 12, 31), 1200.0)
        for name, (first, last) in days.items()
    ]
    company = Company(contracts, [Customer(name) for name in (*days, "listed")])
    day = date(2025, 6, 30)
    found = {
        name: product(company, "customer", View(day), customer_id=name)[0]
        for name in (*days, "listed")
    }
    told = {
        name: (row["life_stage"], row["is_in_force"], row["last_day"], row["arr_share"])
        for name, row in found.items()
    }
    assert told == {
        "lost": ("lost", False, date(2024, 12, 31), 0),
        "here": ("serving", True, None, 1),
        "later": (None, False, None, None),
        "listed": (None, False, None, None),
    }
    assert found["here"]["days_left"] == 184
    assert {row["satisfaction"] for row in found.values()} == {"not_asked"}


def test_tasks_are_counted(workspace: Workspace) -> None:
    """Two steps are open, of which one is past its day; tasks of others count for nobody else."""
    day = date(2025, 6, 30)
    for number in (1, 2):
        add_contract(workspace, f"K{number}", customer_id=f"C{number}", end="2026-05-31")
    steps = (Step(days=2, text="Call"), Step(days=20, text="Visit"))
    sop = Sop(goal="Keep it", role="csm", steps=steps, avoid=())
    customers = asking.run(workspace, "customer", View(day), customer_id="C1").to_pylist()
    tasks.start(workspace, "small/neutral", sop, customers, day - timedelta(days=5))
    for name, counts in (("C1", (2, 1)), ("C2", (0, 0))):
        [row] = asking.run(workspace, "customer", View(day), customer_id=name).to_pylist()
        assert (row["open_tasks"], row["overdue_tasks"]) == counts
