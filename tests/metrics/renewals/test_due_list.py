"""The list of what falls due has what one decides by: health, stage and last touch."""

from collections.abc import Iterable
from datetime import date

from tend.figures.collection import FIGURES
from tend.view import View
from tests.kit.companies import UNTIL
from tests.kit.samples.health import Sample
from tests.oracle.facts.signals import Touch


def last_touches(touches: Iterable[Touch], day: date) -> dict[str, date]:
    """Give each customer's last touch by a day."""
    found: dict[str, date] = {}
    for touch in touches:
        if touch.touched_on <= day:
            last = found.get(touch.customer_id, touch.touched_on)
            found[touch.customer_id] = max(last, touch.touched_on)
    return found


def test_health_stage_and_last_touch_of_the_sample_company(english: Sample) -> None:
    """Health is that of the month end, the stage that of the board, the touch that of the sheet."""
    for day in (UNTIL, date(2026, 6, 15)):
        rows = english.rows("renewals_due", View(day))
        states = {r["customer_id"]: r["outcome_state"] for r in english.rows("health", View(day))}
        stages = {r["contract_id"]: r["stage"] for r in english.rows("renewal_process", View(day))}
        touches = last_touches(english.health.signals.touches, day)
        assert {row["stage"] for row in rows} > {None, "not_started", "start"}
        for row in rows:
            # a customer whose contract began after the month end has no health yet
            assert row["outcome_state"] == states.get(row["customer_id"], "unknown")
            assert row["stage"] == stages.get(row["contract_id"])
            assert row["last_touch"] == touches.get(row["customer_id"])


def test_the_page_begins_with_what_is_near(english: Sample) -> None:
    """Overdue ones and the next 120 days first; all of them when asked for."""
    near, everything = (
        english.rows(cell.query, cell.ask(View(UNTIL)))
        for cell in (FIGURES["renewals_due"], FIGURES["renewals_due_all"])
    )
    assert near == [row for row in everything if row["days_left"] <= 120]
    assert {row["days_left"] < 0 for row in near} == {True, False}
    assert len(near) < len(everything)
