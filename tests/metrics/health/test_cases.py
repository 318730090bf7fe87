"""Health worked out by hand, for the oracle and for the product."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tend.view import View
from tests.kit.samples.health_stories import Story, Told, only, survey, term, ticket, touch, usage
from tests.oracle.facts.facts import Customer
from tests.oracle.facts.signals import Signals, Usage
from tests.oracle.health.standings import INDICATORS, Definition

Tell = Callable[[Story], Told]


def breadths(month: str, values: dict[str, float]) -> list[Usage]:
    """Write a month's features used by customer."""
    return [one for name, v in values.items() for one in usage(name, month, features_used=v)]


def test_percentiles_and_states(tell: Tell) -> None:
    """Breadths 0 to 10: 0 points at 1, 100 at 9; healthy from 50, average from 18.75 (J4, J6)."""
    names = [f"c{n:02}" for n in range(11)]
    signals = Signals(breadths("2026-01", {name: n for n, name in enumerate(names)}))
    told = tell(Story([term(name) for name in names], signals=signals))
    scores = told.column("outcome_score", "2026-01-31")
    points = [0, 0, 12.5, 25, 37.5, 50, 62.5, 75, 87.5, 100, 100]
    assert [scores[name] for name in names] == pytest.approx(points)
    states = told.column("outcome_state", "2026-01-31")
    expected = ["at_risk"] * 3 + ["average"] * 2 + ["healthy"] * 6
    assert [states[name] for name in names] == expected
    assert set(told.column("experience_state", "2026-01-31").values()) == {"unknown"}
    assert set(told.column("coverage", "2026-01-31").values()) == {0.1}


def test_all_alike(tell: Tell) -> None:
    """Where all have the same value, at or over is 100; for tickets, at or under (J4)."""
    names = ("a", "b", "c")
    signals = Signals(
        breadths("2026-01", dict.fromkeys(names, 3)), tickets=[ticket("z", "2026-01-05")]
    )
    found = tell(Story([term(name) for name in names], signals=signals)).health("2026-01-31")
    assert {row["outcome_score"] for row in found.values()} == {100}
    assert {row["experience_score"] for row in found.values()} == {100}
    assert {row["quadrant"] for row in found.values()} == {9}


def test_peers(tell: Tell) -> None:
    """An industry with enough values is its own measure, others are held against all (J4, J5)."""
    industries = {"a": "Retail", "b": "Retail", "c": "Retail", "d": "Software", "e": None}
    values = {"a": 0.0, "b": 10.0, "c": 20.0, "d": 30.0, "e": 40.0}
    story = Story(
        [term(name) for name in industries],
        [Customer(name, industry=industry) for name, industry in industries.items()],
        Signals(breadths("2026-01", values)),
        Definition(min_peers=3),
    )
    scores = tell(story).column("outcome_score", "2026-01-31")
    assert scores == pytest.approx({"a": 0, "b": 50, "c": 100, "d": 81.25, "e": 100})


def test_learned_from_renewals(tell: Tell) -> None:
    """20 renewals teach: points by their values 90 days before the end, and not a day earlier."""
    names = [f"c{n:02}" for n in range(20)]
    first = [term(name, "2025-07-01", "2026-06-30") for name in names]
    again = [term(name, "2026-07-01", "2027-06-30", signed_date="2026-06-15") for name in names]
    then = {name: float(n) for n, name in enumerate(names)}
    signals = Signals(
        [*breadths("2026-03", then), *breadths("2026-06", dict.fromkeys(names, 10.0))]
    )
    told = tell(Story([*first, *again], signals=signals))
    # on the last day of the term they are renewed early, and teach nothing: all are alike
    assert set(told.column("outcome_score", "2026-06-30").values()) == {100}
    scores = told.column("outcome_score", "2026-07-31")
    expected = 100 * (10 - 1.9) / (17.1 - 1.9)
    assert list(scores.values()) == [pytest.approx(expected)] * 20
    assert set(told.column("outcome_state", "2026-07-31").values()) == {"healthy"}


def test_those_in_force_stand_in(tell: Tell) -> None:
    """Where not one of 20 renewed contracts has an indicator, those in force are the measure."""
    names = [f"c{n:02}" for n in range(20)]
    first = [term(name, "2025-07-01", "2026-06-30") for name in names]
    again = [term(name, "2026-07-01", "2027-06-30", signed_date="2026-06-15") for name in names]
    now = {name: float(n) for n, name in enumerate(names)}
    early = [touch(name, "2026-03-01") for name in names]  # what renewed contracts do have
    # touches go on: that there are none of these is known
    other = term("other", "2024-01-01", "2024-12-31")
    signals = Signals(breadths("2026-07", now), touches=[*early, touch("other", "2026-07-20")])
    story = Story([other, *first, *again], signals=signals, definition=two("breadth", "engagement"))
    scores = tell(story).column("outcome_score", "2026-07-31")
    # no touch in 90 days, under the one that all who renewed had: 0 points
    expected = [min(100, max(0, 100 * (n - 1.9) / 15.2)) / 2 for n in range(20)]
    assert list(scores.values()) == pytest.approx(expected)


def two(*names: str) -> Definition:
    """Switch on these indicators alone."""
    return Definition(tuple(replace(one, is_on=one.name in names) for one in INDICATORS))


def test_licences_of_what_was_lost_meanwhile(tell: Tell) -> None:
    """Licences count by contract on the day, as judged at the month end: what was lost is lost."""
    names = [f"c{n:02}" for n in range(20)]
    contracts = [term(n, "2025-06-01", "2026-05-31", licensed_users=10) for n in names]
    contracts += [term(n, "2026-06-01", "2027-05-31", licensed_users=10) for n in names]
    # ended on 31 January, overdue on 2 March (90 days before 31 May), lost since
    contracts += [
        term(n, "2025-02-01", "2026-01-31", licensed_users=30, product="Other") for n in names[:10]
    ]
    contracts = [replace(c, product=c.product or "Base") for c in contracts]
    february = [one for n in names for one in usage(n, "2026-02", active_users=5)]
    june = [one for n in names for one in usage(n, "2026-06", active_users=2)]
    signals = Signals([*february, *june])
    story = Story(contracts, signals=signals, definition=two("deployment"))
    # all had 5 of 10 then, so 2 of 10 now is under it: 0 points; 5 of 40 would be in between
    assert set(tell(story).column("outcome_score", "2026-06-30").values()) == {0}


FIXED = {**{f"low{n}": 40.0 for n in range(8)}, **{f"high{n}": 60.0 for n in range(10)}}


def steps(path: dict[str, float]) -> Story:
    """Tell of a customer that moves among others that stay: average from 40, healthy from 60."""
    months = [f"2026-{number:02}" for number in range(1, 9)]
    signals = [one for month in months for one in breadths(month, FIXED)]
    signals += [one for month, value in path.items() for one in breadths(month, {"a": value})]
    contracts = [term(name) for name in ("a", *FIXED)]
    return Story(contracts, signals=Signals(signals), definition=only(breadth=100))


def test_a_state_changes_by_a_margin(tell: Tell) -> None:
    """Limits 40 and 60, margin 3: 58 stays healthy, 57 falls, 62 stays, 63 rises (J7)."""
    values = [61, 58, 57, 62, 63, 30, 42, 43]
    states = [
        "healthy",
        "healthy",
        "average",
        "average",
        "healthy",
        "at_risk",
        "at_risk",
        "average",
    ]
    told = tell(steps({f"2026-{n:02}": value for n, value in enumerate(values, 1)}))
    days = ("01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31")
    assert [told.column("outcome_state", f"2026-{day}")["a"] for day in days] == states


def test_an_unknown_month_keeps_the_way_back(tell: Tell) -> None:
    """Healthy, then unknown, then 58: still healthy, the state before is where it starts (J7)."""
    # in the file with another measure: else it would count nought (M18)
    there = Signals(usage("a", "2026-04", active_users=1))
    told = tell(steps({"2026-01": 61, "2026-06": 58}).with_signals(there))
    states = [
        told.column("outcome_state", day)["a"] for day in ("2026-04-30", "2026-05-31", "2026-06-30")
    ]
    assert states == ["healthy", "unknown", "healthy"]


GRID = {f"q{3 * o + e + 1}": (50.0 * o, 5.0 * e) for o in range(3) for e in range(3)}
CORNER = (100.0, 10.0)


def facts(month: str, places: dict[str, tuple[float, float]]) -> Signals:
    """Write one month in which customers have these breadths and NPS."""
    values = breadths(month, {name: place[0] for name, place in places.items()})
    # one person's: the latest counts, while answers without a name are people of their own (M5)
    answers = [
        survey(name, f"{month}-15", place[1], respondent="Ann") for name, place in places.items()
    ]
    return Signals(values, answers)


def moved() -> Story:
    """Tell of nine customers, one per quadrant, some of which change places by July."""
    before = {**GRID, "x": CORNER, "y": CORNER, "gone": CORNER}
    swapped = {"q1": "q9", "q9": "q1", "q2": "q4", "q4": "q2"}
    after = {name: GRID[swapped.get(name, name)] for name in GRID}
    after |= {"x": CORNER, "y": CORNER, "new": CORNER}
    contracts = [term(name) for name in ("x", "y", *GRID)]
    contracts += [term("gone", "2025-05-01", "2026-04-30"), term("new", "2026-06-01", "2027-05-31")]
    story = Story(contracts, definition=only(breadth=100, nps=10))
    return story.with_signals(facts("2026-04", before)).with_signals(facts("2026-07", after))


def test_quadrants(tell: Tell) -> None:
    """States 0, 1, 2 make quadrants 3 x outcome + experience + 1; on 15 May those of April (J2)."""
    told = tell(moved())
    for day in ("2026-04-30", "2026-05-15"):
        found = told.health(day)
        assert {name: found[name]["quadrant"] for name in GRID} == {
            name: int(name[1]) for name in GRID
        }
        assert {row["month"] for row in found.values()} == {date(2026, 4, 30)}
        assert {row["coverage"] for row in found.values()} == {1}


def test_movement(tell: Tell) -> None:
    """Rise, fall, mixed, stay; who left or came has no quadrant on one side, and no way (J8)."""
    view = View(date(2026, 8, 20), date(2026, 5, 10), date(2026, 8, 10))
    rows = tell(moved()).rows("quadrant_movement", view)
    found = {(row["from_quadrant"], row["to_quadrant"]): row for row in rows}
    assert len(found) == len(rows)
    arr = 1200 * 12 / 18
    expected: dict[tuple[int | None, int | None], tuple[int, str | None]] = {
        (1, 9): (1, "rise"),
        (9, 1): (1, "fall"),
        (2, 4): (1, "mixed"),
        (4, 2): (1, "mixed"),
        **{(q, q): (1, "stay") for q in (3, 5, 6, 7, 8)},
        (9, 9): (2, "stay"),
        (9, None): (1, None),
        (None, 9): (1, None),
    }
    assert {pair: (row["customers"], row["direction"]) for pair, row in found.items()} == expected
    assert found[9, None]["arr"] == 0
    assert found[None, 9]["arr"] == pytest.approx(1200)
    assert found[9, 9]["arr"] == pytest.approx(2 * arr)


def test_backtest(tell: Tell) -> None:
    """Renewed 80 and 40, lost 40 and 20: three and a half of four pairs are the right way round."""
    values = {"r1": 80.0, "r2": 40.0, "l1": 40.0, "l2": 20.0}
    contracts = [term(name, "2025-07-01", "2026-06-30") for name in ("r1", "r2")]
    contracts += [term(name, "2025-07-01", "2026-06-30", status="lost") for name in ("l1", "l2")]
    contracts += [term(name, "2026-07-01", "2027-06-30") for name in ("r1", "r2")]
    signals = Signals(
        [*breadths("2026-03", values), *breadths("2026-04", dict.fromkeys(values, 1.0))]
    )
    told = tell(Story(contracts, signals=signals, definition=only(breadth=100, nps=10)))
    [row] = told.rows("health_backtest", View(date(2026, 8, 31)))
    assert (row["quadrant"], row["contracts"], row["renewed"]) == (None, 4, 2)
    assert row["rate"] == pytest.approx(0.5)
    interval = (row["rate_low"], row["rate_high"])
    assert interval == pytest.approx((0.15004, 0.84996), abs=1e-5)
    assert (row["outcome_auc"], row["experience_auc"], row["auc"]) == (0.875, None, None)
    assert told.rows("health_backtest", View(date(2026, 8, 31), end=date(2026, 6, 29))) == []
