"""What the page of a customer shows beside it: indicators, worth, people and its timeline."""

from collections import Counter, defaultdict
from datetime import date
from math import fsum
from statistics import median
from typing import Any

import pytest

from tend.view import View
from tests.kit.companies import UNTIL
from tests.kit.samples.health import Sample
from tests.metrics.customers.test_customer import book as book  # the sample with its hours
from tests.oracle.customers.portrait import portraits
from tests.oracle.facts.company import band
from tests.oracle.facts.days import add_months, month_end
from tests.oracle.value.value import Book

NOW = View(UNTIL)
BEFORE = date(2026, 6, 30)  # the last month end not after 90 days before
FEW = 10


def in_force(english: Sample) -> list[str]:
    """Name the customers in force."""
    return sorted(str(row["customer_id"]) for row in english.rows("health", NOW))


def test_indicators_against_their_kind(english: Sample) -> None:
    """Values and points as the workbook has them, the kind's median counted apart (S1)."""
    names, health = in_force(english), english.health
    facts = {one.customer_id: one for one in health.company.customers}
    kinds = {
        name: (facts[name].industry, band(facts[name], health.company.settings)) for name in names
    }
    met = set()
    for name in names[::7]:
        now, then = health.standing(name, UNTIL), health.standing(name, BEFORE)
        assert now
        rows = english.rows("customer_indicators", NOW, customer_id=name)
        for row in rows:
            indicator = str(row["indicator"])
            if row["points"] is not None:
                assert row["value"] == pytest.approx(now.values[indicator])
                assert row["points"] == pytest.approx(now.points[indicator])
            if then and row["from_points"] is not None:
                assert row["from_value"] == pytest.approx(then.values[indicator])
                assert row["from_points"] == pytest.approx(then.points[indicator])
            known = {
                other: found
                for other in names
                if other != name
                and (standing := health.standing(other, UNTIL))
                and (found := standing.values.get(indicator)) is not None
            }
            alike = [v for other, v in known.items() if kinds[other] == kinds[name]]
            same = [v for other, v in known.items() if kinds[other][0] == kinds[name][0]]
            kind, of = (
                ("industry_size", alike)
                if len(alike) >= FEW
                else ("industry", same)
                if len(same) >= FEW
                else ("all", list(known.values()))
            )
            met.add(kind)
            if known:
                assert (row["kind_of"], row["kind_customers"]) == (kind, len(of)), (name, indicator)
                assert row["kind_value"] == pytest.approx(median(of))
        for score, points in now.scores.items():
            parts = [row["part"] for row in rows if row["score"] == score and row["part"]]
            assert fsum(parts) == pytest.approx(points or 0)
            before = then.scores[score] if then else None
            if points is not None and before is not None:
                moved = fsum(row["change"] or 0 for row in rows if row["score"] == score)
                assert moved == pytest.approx(points - before)
    assert {"industry_size", "industry"} <= met


def test_worth_against_the_tier(english: Sample, book: Book) -> None:
    """ARR, hours and effort beside the medians of those in force of the same tier."""
    rows: list[dict[str, Any]] = portraits(book, NOW)
    served = [row for row in rows if row["is_in_force"] and row["arr"] > 0]
    effort = {row["customer_id"]: row["service_cost"] / row["arr"] for row in served}
    tiers: dict[object, list[dict[str, Any]]] = defaultdict(list)
    for row in served:
        tiers[row["tier"]].append(row)
    for row in served[::6]:
        [told] = english.rows("customer_worth", NOW, customer_id=row["customer_id"])
        own = tiers[row["tier"]]
        assert told["tier_customers"] == len(own)
        wanted = {
            "arr": row["arr"],
            "service_hours": row["service_hours"],
            "effort_share": effort[row["customer_id"]],
            "tier_arr": median(one["arr"] for one in own),
            "tier_hours": median(one["service_hours"] for one in own),
            "tier_effort_share": median(effort[one["customer_id"]] for one in own),
        }
        assert {name: told[name] for name in wanted} == pytest.approx(wanted)
    shares = {r["customer_id"]: r["tier_effort_share"] for r in english.rows("value_effort", NOW)}
    assert told["tier_effort_share"] == pytest.approx(shares[told["customer_id"]])
    gone = next(row for row in rows if not row["is_in_force"])
    assert english.rows("customer_worth", NOW, customer_id=gone["customer_id"]) == []


def test_people_and_what_they_said_last(english: Sample) -> None:
    """The key contact first; of each who answered, how often, when last, and what."""
    for fact in english.health.company.customers[::11]:
        assert fact.customer_id
        rows = english.rows("customer_people", NOW, customer_id=fact.customer_id)
        surveys = [
            one
            for one in english.health.signals.of(fact.customer_id).surveys
            if one.answered_on <= UNTIL and one.respondent
        ]
        said = Counter(one.respondent for one in surveys)
        told = {row["person"]: row["answers"] for row in rows if row["answers"]}
        assert told == dict(said)
        assert [row["person"] for row in rows if row["is_key"]] == [fact.key_contact]
        for row in rows:
            own = sorted(
                (one for one in surveys if one.respondent == row["person"]),
                key=lambda one: one.answered_on,
            )
            if own:
                assert row["answered_on"] == own[-1].answered_on
                assert row["nps"] == [one.nps for one in own if one.nps is not None][-1]


@pytest.mark.parametrize("day", [UNTIL, date(2025, 6, 15)], ids=str)
def test_a_timeline_holds_everything_once(english: Sample, day: date) -> None:
    """Contracts, events, and scores month by month; a new state is where another stood before."""
    for fact in english.health.company.customers[4::23]:
        name = str(fact.customer_id)
        rows = english.rows("customer_timeline", View(day), customer_id=name)
        lanes = Counter(row["lane"] for row in rows)
        log = Counter(
            row["event"] for row in english.rows("customer_log", View(day), customer_id=name)
        )
        assert {lane: lanes[lane] for lane in ("touch", "answer", "ticket")} == {
            lane: log[lane] for lane in ("touch", "answer", "ticket")
        }
        contracts = english.rows("customer_contracts", View(day), customer_id=name)
        bars = {
            (row["what"], row["day"], row["until"]) for row in rows if row["lane"] == "contract"
        }
        assert bars == {(c["contract_id"], c["start_date"], c["shown_until"]) for c in contracts}
        last = month_end(add_months(day, 0 if day == UNTIL else -1))
        for lane in ("outcome", "experience"):
            path = [row for row in rows if row["lane"] == lane]
            states = [None, *(row["state"] for row in path)]
            for row, before in zip(path, states, strict=False):
                assert row["day"] <= last
                standing = english.health.standing(name, row["day"])
                assert standing
                assert row["value"] == pytest.approx(standing.scores[lane])
                assert row["state"] == standing.state(lane)
                assert row["is_change"] == (row["state"] != before)
        used = [row["of_most"] for row in rows if row["lane"] == "usage"]
        assert not used or max(used) == 1
