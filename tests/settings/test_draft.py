"""Drafts of the definition of health: what is wrong with them, what they change, how they meet."""

import pytest

from tend.language.errors import TendError
from tend.settings import draft as drafts
from tend.settings.company import Settings
from tend.settings.definition import Indicator
from tend.settings.draft import Change

pytestmark = pytest.mark.quick

NOW = Settings()


def by_hand(name: str, **parts: object) -> Settings:
    """Change one indicator."""
    return drafts.with_indicator(NOW, name, **parts)


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (NOW, {}),
        (by_hand("nps", weight=0.0), {"nps": "weight"}),
        (by_hand("nps", weight=None), {"nps": "weight"}),
        (by_hand("nps", low=8.0, high=3.0), {"nps": "limits"}),
        (by_hand("nps", low=5.0, high=5.0), {"nps": "limits"}),
        (by_hand("nps", low=5.0, high=9.0), {}),
        # one limit alone is held against the other one that was learned
        (by_hand("nps", low=11.0), {"nps": "limits"}),
        (by_hand("nps", low=7.0), {}),
        (by_hand("depth", low=7.0), {}),
        (drafts.with_level(NOW, "average", "outcome", 60.0), {"levels.outcome": "levels"}),
        (drafts.with_level(NOW, "average", "outcome", 50.0), {}),
    ],
)
def test_faults(draft: Settings, expected: dict[str, str]) -> None:
    """What cannot be tried or kept is named at its place."""
    assert drafts.faults(draft, {"nps": (6.0, 10.0)}, {"outcome": (25.0, 50.0)}) == expected


def test_a_score_needs_an_indicator() -> None:
    """With all of them off, the score is named."""
    draft = NOW
    for name in drafts.of_score(NOW, "experience"):
        draft = drafts.with_indicator(draft, name, is_on=False)
    assert drafts.faults(draft, {}, {}) == {"experience": "nothing_on"}


def test_changes_are_listed() -> None:
    """Indicators first, then states, then the rest; what came and went is told as such."""
    draft = drafts.with_indicator(NOW, "nps", weight=2.0)
    draft = drafts.added(draft, "measure:x", Indicator(score="outcome"))
    draft = drafts.without(draft, "depth")
    draft = drafts.with_level(draft, "healthy", "outcome", 70.0)
    draft = draft.model_copy(update={"health_margin": 5})
    assert drafts.changes(NOW, draft) == [
        Change("removed", "depth"),
        Change("weight", "nps", 1.0, 2.0),
        Change("added", "measure:x"),
        Change("healthy_from", "outcome", None, 70.0),
        Change("health_margin", "", 3, 5),
    ]
    assert drafts.changes(NOW, NOW) == []


def test_only_health_is_put_onto_other_settings() -> None:
    """What somebody else set meanwhile besides health stays."""
    draft = drafts.with_indicator(NOW, "nps", weight=2.0)
    made = drafts.onto(NOW.changed("hourly_cost", 10), draft)
    assert made.hourly_cost == 10
    assert drafts.is_same(made, draft)


@pytest.mark.parametrize("weight", [0.0, 1.1e6, float("inf"), float("nan")])
def test_a_weight_beyond_bounds_is_refused(weight: float) -> None:
    """Drafts hold anything; settings do not, and say so in words."""
    with pytest.raises(TendError) as refused:
        drafts.onto(NOW, drafts.with_indicator(NOW, "nps", weight=weight))
    assert refused.value.code == "bad_setting"


def test_two_drafts_meet() -> None:
    """Both changes stand, also within one indicator; the later one wins only where they differ."""
    mine = drafts.with_indicator(NOW, "nps", weight=2.0, low=5.0)
    mine = drafts.without(mine, "trend")
    mine = drafts.with_level(mine, "average", "outcome", 30.0)
    theirs = drafts.with_indicator(NOW, "nps", high=9.0)
    theirs = drafts.with_indicator(theirs, "depth", is_on=False)
    theirs = drafts.with_level(theirs, "healthy", "outcome", 60.0)
    theirs = theirs.model_copy(update={"health_margin": 1})
    met = drafts.rebased(NOW, mine, theirs)
    nps = met.health_indicators["nps"]
    assert (nps.weight, nps.low, nps.high) == (2.0, 5.0, 9.0)
    assert not met.health_indicators["depth"].is_on
    assert "trend" not in met.health_indicators
    assert met.health_margin == 1
    assert met.health_average_from == {"outcome": 30.0}
    assert met.health_healthy_from == {"outcome": 60.0}
