"""One customer's review: its numbers are those of the queries, and nothing internal is in it."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tend.handouts import told
from tend.handouts.slides.customer import sieve
from tend.handouts.slides.customer.review import Review, review
from tend.handouts.slides.kit import writing
from tend.language import format, text
from tend.language.errors import TendError
from tend.queries import asking
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.companies import UNTIL, Companies
from tests.kit.files import decks
from tests.kit.samples import reviewed
from tests.kit.samples.reviewed import HOSTILE, LONG, OTHER, OWN, SHEETS

VIEW = View(UNTIL)
DAY = View(date(2026, 6, 30))
# What a customer must not read, in whatever language the deck is.
INTERNAL = re.compile(
    r"\b(health|healthy|at risk|quadrants?|priority|tier|arr|mrr|nrr|churn|chance|probability|sop|"
    r"forecast|renewal rate|score|upsell|detractor|promoter)\b"
    "|健康|危险|象限|优先级|等级|分级|流失|概率|可能性|续约率|金额单位|翻动率|增购|SOP|ARR",
    re.IGNORECASE,
)


def made(
    workspace: Workspace, language: str, customer: str, view: View = VIEW, **how: bool
) -> tuple[Review, bytes]:
    """Make a customer's deck."""
    found = review(told.reading(workspace, language), view, customer, **how)
    return found, writing.written(found.deck, None, found.checked)[0]


@pytest.fixture(scope="module")
def company(companies: Companies) -> Workspace:
    """Give the sample company, to be read."""
    return companies.read()


@pytest.fixture(scope="module")
def small(companies: Companies) -> Iterator[Workspace]:
    """Open the workspace with the customer whose numbers are by hand."""
    with open_workspace(companies.copy("reviewed", lambda to: [reviewed.book(to)])[0]) as found:
        yield found


def largest(company: Workspace) -> list[str]:
    """Name the customers with ARR, the largest first."""
    rows = asking.run(company, "customer_values", VIEW).to_pylist()
    return [row["customer_id"] for row in rows if row["arr"] > 0]


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("place", [0, 40, 90])
def test_nothing_internal_and_nobody_else(company: Workspace, place: int, language: str) -> None:
    """In slides, notes, books behind charts and properties, of customers of every size."""
    customer = largest(company)[place]
    _, packed = made(company, language, customer)
    said = decks.words(packed)
    directory = asking.run(company, "directory", VIEW).to_pylist()
    names = {row["customer_name"]: row["customer_id"] for row in directory}
    own = next(name for name, known in names.items() if known == customer)
    assert own in said
    others = [name for name in names if name != own and name not in own]
    assert len(others) > 200
    assert [name for name in others if name in said] == []
    assert INTERNAL.findall(said.replace(own, "")) == []
    [row] = asking.run(company, "customer", VIEW, customer_id=customer).to_pylist()
    worth = {format.money(row["arr"], language), f"{row['arr']:,.0f}", f"{row['arr']:.0f}"}
    assert not any(re.search(rf"(?<![\d.,]){re.escape(one)}(?![\d.,])", said) for one in worth)


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_internal_is_there_where_asked_for(company: Workspace, language: str) -> None:
    """One more slide, and every foot says whom it is for."""
    _, plain = made(company, language, largest(company)[3])
    _, packed = made(company, language, largest(company)[3], is_internal=True)
    assert len(decks.titles(packed)) == len(decks.titles(plain)) + 1
    assert INTERNAL.search(decks.words(packed))
    assert not INTERNAL.search(decks.words(plain))
    foot = text.say("deck.footer_internal", language, customer="", day="")[:6]
    feet = [shape.text_frame.text for _, shape in decks.shapes(packed) if shape.name == "footer"]
    assert len(feet) == len(decks.titles(packed))
    assert all(one.startswith(foot) for one in feet)


def test_its_numbers_are_those_of_the_queries(company: Workspace) -> None:
    """The table of outcomes cell by cell, and use and tickets month by month."""
    both = ((one, made(company, "en", one)[1]) for one in largest(company))
    customer, packed = next(one for one in both if len(decks.charts(one[1])) == 2)
    window = VIEW.between(date(2026, 7, 1), UNTIL)
    year = VIEW.between(date(2025, 10, 1), UNTIL)
    results = asking.run(company, "customer_results", window, customer_id=customer).to_pylist()
    months = asking.run(company, "customer_months", year, customer_id=customer).to_pylist()
    table = next(one for one in decks.tables(packed) if one[0][0] == "Measure")
    assert [row[0] for row in table[1:]] == [
        text.say(f"results.{row['measure']}", "en") for row in results
    ]
    shares = [row for row in results if row["unit"] == "rate"]
    assert shares
    for row in shares:
        name = text.say(f"results.{row['measure']}", "en")
        [shown] = [cells for cells in table if cells[0] == name]
        assert shown[1:3] == [format.rate(row["value"], "en"), format.rate(row["before"], "en")]
    charts = list(decks.charts(packed).values())
    names = [f"{row['month']:%Y-%m}" for row in months]
    use = [[row[name] for row in months] for name in ("active_users", "licensed_users")]
    tickets = [[row[name] for row in months] for name in ("tickets_opened", "tickets_solved")]
    assert charts[0] == (names, dict(zip(("Active users", "Licences"), use, strict=True)))
    assert charts[1] == (names, dict(zip(("Opened", "Solved"), tickets, strict=True)))


def test_what_is_said_of_one_customer(small: Workspace) -> None:
    """Goals, people, outcomes, what people said, what is next and the question, by hand."""
    found, packed = made(small, "en", "C1", DAY)
    said = decks.words(packed)
    titles = decks.titles(packed)
    assert titles[:3] == [
        OWN,
        "Together for 17 months, live since 2025-01-15",
        "Active users: 31, up from 22; Would recommend us (0–10): 6, as before",
    ]
    assert titles[-1] == "How do we go on after 2026-08-31?"
    assert "Half the time for month ends" in said
    assert "“Month ends take half the time” (2026-05-20)" in said
    plan = next(table for table in decks.tables(packed) if table[0][0] == "What")
    assert plan[1] == ["Agree on what follows the contract K1", "Jon", "Ada Alder", "2026-08-31"]
    assert plan[2][0] == "Solve the 1 ticket that is open"
    # one answer names another customer, one speaks the house's words: both are left out, and told
    assert found.left_out == 2
    assert OTHER not in said
    assert "Slower than" not in said
    assert "churn" not in said


def test_a_customer_is_found_by_its_name(small: Workspace) -> None:
    """As files write it, in any case; an unknown one is told."""
    assert made(small, "en", " alder &  SONS", DAY)[0].deck.title.startswith(OWN)
    with pytest.raises(TendError) as refused:
        review(told.reading(small, "en"), DAY, "Nobody")
    assert refused.value.code == "no_such_customer"


def test_without_any_data_it_asks_what_to_measure(small: Workspace) -> None:
    """A customer nobody has data of: no chart of nothing, no number, and still a deck."""
    day = View(date(2025, 6, 30))
    _, packed = made(small, "zh", "C2", day)
    assert decks.charts(packed) == {}
    assert text.say("deck.measure_first", "zh") in decks.words(packed)
    assert len(decks.titles(packed)) == 5


def test_names_of_all_kinds(companies: Companies) -> None:
    """Names that read like code stand as they are, long ones are cut, wherever they stand."""
    names = (*HOSTILE, LONG)

    def files(folder: Path) -> list[Path]:
        customers, contracts = SHEETS["Customers"], SHEETS["Contracts"]
        own = [
            [f"C{n}", name, name, "", name, "2025-01-15", name, ""] for n, name in enumerate(names)
        ]
        deals = [[f"K{n}", f"C{n}", name, *contracts[1][3:]] for n, name in enumerate(names)]
        sheets = {"Customers": [customers[0], *own], "Contracts": [contracts[0], *deals]}
        return [reviewed.book(folder, sheets, "hostile")]

    with open_workspace(companies.copy("hostile names", files)[0]) as workspace:
        for number, name in enumerate(names):
            _, packed = made(workspace, "en", f"C{number}", DAY, is_internal=True)
            title = decks.titles(packed)[0]
            assert title == format.clipped(name)
            external = [part for part, held in decks.parts(packed) if b"External" in held]
            assert external == []


def test_a_template_that_names_another_customer_is_refused(small: Workspace) -> None:
    """A deck of the last customer used as a template would tell the next one about it."""
    found, _ = made(small, "en", "C1", DAY)
    with pytest.raises(TendError) as refused:
        found.checked(f"Prepared for {OTHER}")
    assert refused.value.code == "template_names"
    found.checked(f"Prepared for {OWN}")
    found.checked("Quality first")


@pytest.mark.quick
@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ("Works well at Acme Logistics", True),  # its own name, which begins with another's
        ("Better than Acme", False),
        ("ACME　is better", False),  # in any case and width
        ("Acmeology", True),
        ("比阿尔德更好", False),
        ("The health module is good", False),
        ("Our healthcare team", True),
        ("担心流失", False),
        ("", True),
    ],
)
def test_what_a_customer_may_read(said: str, fits: bool) -> None:
    """Names count as whole words in Latin letters, wherever they stand in Chinese."""
    own, others = sieve._any_of(["acme logistics"]), sieve._any_of(["acme", "阿尔德"])
    through = sieve.Sieve(own, others, sieve._any_of(sieve.words()["words"]))
    assert through.of(said) == (said if fits else "")
    assert through.left_out == (set() if fits else {said})


@pytest.mark.quick
@pytest.mark.parametrize("header", ["Goals", "Business goal", "客户目标", "Success criteria"])
def test_which_columns_are_goals(header: str) -> None:
    """As teams head them."""
    assert sieve.is_goal(header)
    assert not sieve.is_goal("Province")
