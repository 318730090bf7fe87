"""The timeline of a customer: where its bars, marks and scores stand, and that it can be drawn."""

import random
from datetime import date, timedelta
from typing import Any

import pytest

from tend.figures.customers import timeline
from tend.figures.customers.timeline import Shape, laid_out

pytestmark = pytest.mark.quick

DAY = date(2025, 1, 1)
NOTHING = dict.fromkeys(
    ("until", "what", "said", "stage", "state", "is_change", "is_open", "value")
)


def row(lane: str, day: date = DAY, **told: object) -> dict[str, Any]:
    """Give a row as the query gives it."""
    return {"lane": lane, "day": day, "of_most": None, **NOTHING, **told}


def bars(count: int, seed: int) -> list[dict[str, Any]]:
    """Give contracts of a year, begun on days by chance."""
    chance = random.Random(seed)
    days = (DAY + timedelta(days=chance.randrange(1500)) for _ in range(count))
    return [
        row("contract", day, until=day + timedelta(days=364), what=f"K{n}", is_open=n % 2 == 0)
        for n, day in enumerate(days)
    ]


@pytest.mark.parametrize("seed", range(20))
def test_no_bar_lies_on_another(seed: int) -> None:
    """Contracts that run at once stand under each other, as long as there is room for them."""
    drawn, shape = laid_out(bars(8, seed), lambda one: one["what"])
    rows = drawn.to_pylist()
    most = max(sum(two["day"] <= one["day"] <= two["until"] for two in rows) for one in rows)
    assert shape.bars == min(most, 6)
    if most > 6:
        return
    for one in rows:
        for two in rows:
            if one["at"] == two["at"] and one is not two:
                assert one["until"] < two["day"] or two["until"] < one["day"]


def test_lanes_stand_under_each_other_and_scores_go_up() -> None:
    """Only lanes that hold something take room; a hundred points are at the top of their band."""
    rows = [
        *bars(1, 0),
        row("touch"),
        row("ticket"),
        row("outcome", value=100.0, state="healthy", is_change=True),
        row("outcome", DAY + timedelta(days=31), value=0.0, state="at_risk", is_change=True),
        row("experience", value=2.0, state="at_risk", is_change=True),
        row("usage", value=3.0, of_most=1.0, what="key_actions"),
    ]
    drawn, shape = laid_out(rows, lambda one: one["lane"])
    assert (shape.bars, shape.lanes) == (1, ("touch", "ticket"))
    at = {(one["lane"], one["day"]): one["at"] for one in drawn.to_pylist()}
    assert at["touch", DAY] < at["ticket", DAY] < shape.score_top
    assert at["outcome", DAY] == shape.score_top
    assert shape.score_top < at["outcome", DAY + timedelta(days=31)] < shape.use_top
    assert at["usage", DAY] == shape.use_top
    names = [one for one in drawn.to_pylist() if one["label"] in ("outcome", "experience")]
    assert len(names) == 2
    assert abs(names[0]["foot"] - names[1]["foot"]) >= 15


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("dark", [False, True])
def test_every_shape_is_drawn(language: str, dark: bool) -> None:
    """With contracts alone, and with everything; the lanes are named in words."""
    alone = timeline.timeline(language, dark, Shape(1, (), has_scores=False, has_use=False))
    whole = timeline.timeline(
        language, dark, Shape(3, ("touch", "stage"), has_scores=True, has_use=True)
    )
    assert alone["height"] == 36
    assert "labelExpr" in str(whole)
    assert {"en": "Touches", "zh": "跟进"}[language] in str(whole)
