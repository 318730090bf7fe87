"""NPS has one meaning: every query that speaks of it gives the same figure and the same groups."""

from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tend.queries import asking
from tend.store.workspace import open_workspace
from tend.view import View
from tests.kit.asking import Row
from tests.kit.product import fill
from tests.metrics.service.test_cases import CONTRACTS, CUSTOMERS, DAY, NAMES, Told, answer
from tests.oracle.facts.company import Company
from tests.oracle.facts.signals import Survey, nps_group, nps_of
from tests.oracle.service.service import people, satisfaction, year_to
from tests.oracle.value.effort import value_base
from tests.oracle.value.goals import four_goals
from tests.oracle.value.value import Book

IN_FORCE = NAMES[:6]
halves = st.integers(0, 20).map(lambda number: number / 2)
surveys = st.lists(
    st.builds(
        lambda who, back, score, name: Survey(who, date(2026, 6, 30 - back), score, None, name),
        st.sampled_from(NAMES),
        st.integers(0, 29),
        halves,
        st.sampled_from((None, "A", "B", "C")),
    ),
    max_size=25,
    unique_by=lambda one: (one.customer_id, one.answered_on, one.respondent),
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """Give the small company of the cases of service."""
    workspace = open_workspace(tmp_path_factory.mktemp("nps"))
    fill(workspace, Company(CONTRACTS, CUSTOMERS), 1)
    yield Told(workspace)
    workspace.close()


def ask(told: Told, name: str, **own: object) -> list[Row]:
    """Give the rows of a query at the day."""
    rows: list[Row] = asking.run(told.workspace, name, View(DAY), **own).to_pylist()
    return rows


def figures(told: Told) -> list[float | None]:
    """Give the NPS of customers in force, of each query that pages show it from."""
    cells = ask(told, "sop_matrix")
    summed = {name: sum(cell[name] for cell in cells) for name in ("answers", "promoters")}
    fell = sum(cell["detractors"] for cell in cells)
    of_cells = 100 * (summed["promoters"] - fell) / summed["answers"] if summed["answers"] else None
    [summary], [goals] = ask(told, "sop_summary"), ask(told, "four_goals")
    return [of_cells, summary["nps"], goals["nps"], ask(told, "value_base")[-1]["nps"]]


def wanted(told: Told, names: Sequence[str]) -> float | None:
    """Give the NPS of these customers by the oracle."""
    answers = [one.nps for name, one in people(told.team, year_to(DAY), DAY) if name in names]
    return nps_of(score for score in answers if score is not None)


def test_a_half_is_passive(told: Told) -> None:
    """Answers 6.5, 8, 9 and 10 give 50 wherever NPS is spoken of, and no task (M29)."""
    scores = (6.5, 9, 10, 8)
    told.tell([answer("big", "2026-06-01", n, respondent=str(n)) for n in scores])
    assert figures(told) == [50, 50, 50, 50]
    [row] = ask(told, "nps")
    assert (row["promoters"], row["passives"], row["detractors"], row["nps"]) == (2, 2, 0, 50)
    assert not [one for one in ask(told, "task_causes") if one["cause"] == "critical_answer"]


def test_pages_show_customers_in_force(told: Told) -> None:
    """Who has left counts in the query of all who answered, and in no figure of a page (M32)."""
    told.tell([answer("big", "2026-06-01", 9), answer("gone", "2026-06-01", 0)])
    assert figures(told) == [100, 100, 100, 100]
    assert [row["nps"] for row in ask(told, "nps")] == [0]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(surveys)
def test_one_figure_everywhere(told: Told, surveys: list[Survey]) -> None:
    """Whatever is answered, halves too: one figure of all queries, the oracle's; tasks agree."""
    told.tell(surveys)
    figure = wanted(told, IN_FORCE)
    assert figures(told) == [figure and pytest.approx(figure)] * 4
    book = Book(told.team.company, told.team.signals)
    assert [row["nps"] for row in four_goals(book, View(DAY))] == [figure]
    assert value_base(book, View(DAY), [DAY])[-1]["nps"] == figure
    everybody = wanted(told, NAMES)
    assert [row["nps"] for row in ask(told, "nps")] == (
        [] if everybody is None else [pytest.approx(everybody)]
    )
    critical = {
        (one.customer_id, str(one.answered_on))
        for one in surveys
        if one.customer_id in IN_FORCE and one.nps is not None and nps_group(one.nps) == "detractor"
    }
    causes = [one for one in ask(told, "task_causes") if one["cause"] == "critical_answer"]
    assert {(one["customer_id"], one["about"]) for one in causes} == critical


def test_a_group_is_no_satisfaction(told: Told) -> None:
    """Two passive answers of 8 make a neutral customer, two of 8.5 a satisfied one (G6)."""
    for score, word in ((8.0, "neutral"), (8.5, "satisfied")):
        said = [answer("big", "2026-06-01", score, respondent=who) for who in "AB"]
        told.tell(said)
        assert told.cell("big") == f"large/{word}"
        assert satisfaction(said, DAY) == word
        assert nps_group(score) == "passive"
