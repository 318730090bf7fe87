"""The rulings on satisfaction and touches as cases by hand, and their identities as properties."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tend.queries import asking
from tend.store.facts import entries, imports
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.asking import Row, contract
from tests.kit.comparing import differences
from tests.kit.product import fill
from tests.oracle.facts.company import Company
from tests.oracle.facts.facts import Customer
from tests.oracle.facts.signals import Signals, Survey, Touch
from tests.oracle.service import service
from tests.oracle.service.service import Team

DAY = date(2026, 6, 30)
NAMES = ("big", "mid", "tiny", "odd", "free", "late", "gone", "pilot")
CUSTOMERS = [
    Customer("big", "Big", size="KA", csm="Mara"),
    Customer("mid", "Mid", size="100-499", size_number=100, csm="Mara"),
    Customer("tiny", "Tiny", size="99", size_number=99, csm="Ines"),
    Customer("odd", "Odd", size="whatever", csm="Ines"),
    Customer("free", "Free", size="1000+", size_number=1000, csm="Ines"),
    *(Customer(name, name.title(), size="SMB") for name in ("late", "gone", "pilot")),
]
CONTRACTS = [
    contract("B1", "2026-01-01", "2026-12-31", 1200, "big", product="Chat"),
    contract("B2", "2026-01-01", "2026-12-31", 2400, "big", product="Desk"),
    contract("M1", "2026-01-01", "2026-12-31", 1200, "mid", product="Chat"),
    contract("T1", "2026-01-01", "2026-12-31", 1200, "tiny"),
    contract("O1", "2026-01-01", "2026-12-31", 1200, "odd"),
    # in force without ARR (C4), overdue (C3), lost (G2), one-off (B12)
    contract("F1", "2026-01-01", "2026-12-31", 0, "free"),
    contract("L1", "2025-06-01", "2026-05-31", 1200, "late"),
    contract("G1", "2025-01-01", "2025-12-31", 1200, "gone"),
    contract("P1", "2026-01-01", "2026-12-31", 1200, "pilot", contract_type="Pilot"),
]


class Told:
    """The small company with what is said of it, asked of the product and of the oracle."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._held: list[int] = []
        self.team = Team(Company(CONTRACTS, CUSTOMERS), Signals())

    def tell(self, surveys: Sequence[Survey] = (), touches: Sequence[Touch] = ()) -> None:
        """Enter answers and touches in the place of those before."""
        columns = ("customer_id", "answered_on", "nps", "csat", "csat_scale", "respondent")
        answers = [{name: getattr(one, name) for name in columns} for one in surveys]
        visits = [
            {"customer_id": one.customer_id, "touched_on": one.touched_on, "note": one.note}
            for one in touches
        ]
        with self.workspace.together():
            for entry in self._held:
                imports.undo(self.workspace, entry)
            self._held = []
            for dataset, facts in (("surveys", answers), ("touches", visits)):
                if facts:
                    self._held.append(entries.enter(self.workspace, dataset, facts))
        self.team = Team(self.team.company, Signals(surveys=surveys, touches=touches))

    def rows(self, name: str, view: View) -> list[Row]:
        """Give the product's rows, which are the oracle's."""
        rows: list[Row] = asking.run(self.workspace, name, view).to_pylist()
        wanted = {
            "sop_matrix": service.sop_matrix,
            "nps": service.nps,
            "touch_rate": service.touch_rate,
            "sop_movement": service.sop_movement,
        }[name](self.team, view)
        assert differences(name, rows, wanted) == []
        return rows

    def cell(self, customer: str, view: View | None = None) -> str:
        """Give the cell a customer stands in."""
        chosen = asking.run(
            self.workspace, "sop_customers", view or View(DAY), scale=None, satisfaction=None
        ).to_pylist()
        self.rows("sop_matrix", view or View(DAY))
        return next(
            f"{row['scale']}/{row['satisfaction']}"
            for row in chosen
            if row["customer_id"] == customer
        )


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """Give the small company."""
    folder: Path = tmp_path_factory.mktemp("service")
    workspace = open_workspace(folder)
    fill(workspace, Company(CONTRACTS, CUSTOMERS), 1)
    found = Told(workspace)
    yield found
    found.workspace.close()


def answer(customer: str, on: str, nps: float | None = None, **more: object) -> Survey:
    """Write an answer."""
    return Survey(customer, date.fromisoformat(on), nps, **more)  # type: ignore[arg-type]


def test_scale_and_who_is_there(told: Told) -> None:
    """G1: 99 small, 100 mid, 1000 large, words, unknown; G2, C3, C4: in force, nobody else."""
    told.tell()
    found = {name: told.cell(name).split("/")[0] for name in NAMES[:6]}
    assert found == {
        "big": "large",
        "mid": "mid",
        "tiny": "small",
        "odd": "unknown",
        "free": "large",
        "late": "small",
    }
    rows = told.rows("sop_matrix", View(DAY))
    assert sum(row["customers"] for row in rows) == 6
    assert {row["satisfaction"] for row in rows} == {"not_asked"}


@pytest.mark.parametrize(
    ("surveys", "expected"),
    [
        # G6: a mean of exactly 8.5 or 6.5; the same day a year ago is outside
        ([("2026-06-01", 9, "A"), ("2026-06-01", 8, "B")], "satisfied"),
        ([("2026-06-01", 7, "A"), ("2026-06-01", 6, "B")], "neutral"),
        ([("2026-06-01", 6, "A"), ("2026-06-01", 6, "B"), ("2026-06-01", 7, "C")], "critical"),
        ([("2025-06-30", 9, "A")], "not_asked"),
        ([("2025-07-01", 9, "A")], "satisfied"),
        ([("2026-07-01", 9, "A")], "not_asked"),
        # each one's latest; letters and spaces of a name do not matter; a nameless is one (M5)
        ([("2026-01-01", 0, "Li"), ("2026-02-01", 9, " li ")], "satisfied"),
        ([("2026-01-01", 0, None), ("2026-02-01", 9, None)], "critical"),
        # 0 is an answer
        ([("2026-01-01", 0, "A")], "critical"),
    ],
)
def test_satisfaction_by_nps(
    told: Told, surveys: list[tuple[str, float, str | None]], expected: str
) -> None:
    """The mean of each respondent's latest NPS within 12 months."""
    told.tell([answer("big", on, nps, respondent=who) for on, nps, who in surveys])
    assert told.cell("big") == f"large/{expected}"


def test_the_latest_answer_with_an_nps_counts(told: Told) -> None:
    """G7: a later form with CSAT alone leaves the NPS before it."""
    told.tell(
        [
            answer("big", "2026-01-01", 9, respondent="A"),
            answer("big", "2026-05-01", csat=1.0, csat_scale=5.0, respondent="A"),
        ]
    )
    assert told.cell("big") == "large/satisfied"


@pytest.mark.parametrize(
    ("rated", "scale", "expected"),
    [
        ((4, 5, 4, 5, 3), 5, "satisfied"),
        ((4, 5, 4, 3, 3), 5, "neutral"),
        ((4, 5, 3, 3, 3), 5, "critical"),
        ((8, 7, 10, 9, 8), 10, "satisfied"),
        ((80, 79, 100), 100, "neutral"),
    ],
)
def test_satisfaction_by_csat(
    told: Told, rated: tuple[float, ...], scale: float, expected: str
) -> None:
    """G4: the share of 4-5 of 5, 8-10 of 10, 80 % and more, where nobody gave an NPS."""
    told.tell(
        [
            answer("big", "2026-06-01", csat=float(r), csat_scale=float(scale), respondent=str(n))
            for n, r in enumerate(rated)
        ]
    )
    assert told.cell("big") == f"large/{expected}"


def test_nps_counts_all_who_answered(told: Told) -> None:
    """G5: those without a contract, too; by product those with such a contract in force (D6)."""
    told.tell(
        [
            answer("big", "2026-06-01", 10, respondent="A"),
            answer("big", "2025-12-01", 0, respondent="B"),
            answer("mid", "2026-03-01", 7),
            answer("gone", "2026-03-01", 3),
        ]
    )
    [row] = told.rows("nps", View(DAY))
    assert (row["answers"], row["promoters"], row["passives"], row["detractors"]) == (4, 1, 1, 2)
    assert row["nps"] == -25
    [row] = told.rows("nps", View(DAY, date(2026, 1, 1), DAY))
    assert (row["answers"], row["detractors"]) == (3, 1)
    by_product = {row["segment"]: row for row in told.rows("nps", View(DAY, group_by="product"))}
    assert {name: row["answers"] for name, row in by_product.items()} == {"Chat": 3, "Desk": 2}
    by_size = {
        row["segment"]: row["answers"] for row in told.rows("nps", View(DAY, None, None, "size"))
    }
    assert by_size == {"large": 2, "mid": 1, "small": 1}


def test_by_product_a_customer_stands_in_each(told: Told) -> None:
    """D6: restricted to the contracts of the segment, ARR and all."""
    told.tell()
    rows = told.rows("sop_matrix", View(DAY, group_by="product"))
    arr = {row["segment"]: row["arr"] for row in rows if row["scale"] == "large"}
    assert arr == {"Chat": 1200, "Desk": 2400, "unknown": 0}
    [row] = told.rows("sop_matrix", View(DAY, filters=(("product", ("Desk",)),)))
    assert (row["customers"], row["arr"]) == (1, 2400)


def test_touches(told: Told) -> None:
    """H1: in force on the month's last day, in the running month on the day; H2: by anybody."""
    told.tell(
        touches=[
            Touch("big", date(2026, 5, 31), "x"),
            Touch("late", date(2026, 5, 2), "x"),
            Touch("mid", date(2026, 6, 10), "x"),
            Touch("gone", date(2026, 6, 10), "x"),
            Touch("tiny", date(2026, 6, 16), "x"),
        ]
    )
    asked = View(date(2026, 6, 15), date(2026, 5, 1), date(2026, 6, 30))
    rows = {
        (row["csm"], row["month"].month): (row["touched"], row["customers"])
        for row in told.rows("touch_rate", asked)
    }
    assert rows == {
        ("Mara", 5): (1, 2),
        ("Ines", 5): (0, 3),
        ("unknown", 5): (1, 1),
        ("Mara", 6): (1, 2),
        ("Ines", 6): (0, 3),
        ("unknown", 6): (0, 1),
    }


days = st.integers(0, 800).map(lambda back: DAY + timedelta(days=30 - back))
answers = st.builds(
    lambda who, day, nps, rating, scale, name: Survey(
        who, day, nps, None, name, None if rating is None else rating * scale / 5, scale
    ),
    st.sampled_from(NAMES),
    days,
    st.one_of(st.none(), st.integers(0, 20).map(lambda halves: halves / 2)),
    st.one_of(st.none(), st.integers(1, 5)),
    st.sampled_from((5.0, 10.0, 100.0)),
    st.sampled_from((None, "A", "a ", "B", "Ｃ")),
)
visits = st.builds(lambda who, day: Touch(who, day, "x"), st.sampled_from(NAMES), days)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        answers, max_size=25, unique_by=lambda s: (s.customer_id, s.answered_on, s.respondent)
    ),
    st.lists(visits, max_size=25, unique=True),
    st.sampled_from((DAY, date(2026, 2, 28), date(2025, 12, 31))),
)
def test_identities(told: Told, surveys: list[Survey], touches: list[Touch], as_of: date) -> None:
    """Any answers and touches: the oracle's numbers, each in one cell, and parts that add up."""
    told.tell(surveys, touches)
    view = View(as_of)
    matrix = told.rows("sop_matrix", view)
    listed = asking.run(
        told.workspace, "sop_customers", view, scale=None, satisfaction=None
    ).to_pylist()
    assert sum(row["customers"] for row in matrix) == len({r["customer_id"] for r in listed})
    assert len(listed) == len({r["customer_id"] for r in listed})
    for group in (None, "size", "product"):
        for row in told.rows("nps", View(as_of, group_by=group)):
            assert row["promoters"] + row["passives"] + row["detractors"] == row["answers"]
            assert -100 <= row["nps"] <= 100
    for row in told.rows("touch_rate", view):
        known = row["touched"]  # nothing is known of months without any touch, at either end
        assert (known is None) == (row["touch_rate"] is None)
        assert known is None or 0 <= known <= row["customers"]
    moves = told.rows("sop_movement", View(as_of, as_of - timedelta(days=120)))
    now = sum(row["customers"] for row in moves if row["satisfaction"])
    assert now == len(listed)
    for row in asking.run(told.workspace, "priorities", view).to_pylist():
        parts = [value for name, value in row.items() if name.endswith("_part")]
        assert row["priority"] == pytest.approx(sum(parts), abs=1e-9)
