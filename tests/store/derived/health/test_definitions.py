"""What stands of health after another definition is as it would be made from nothing."""

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tend.people.person import Person
from tend.settings.company import Settings
from tend.store.derived.health import check
from tend.store.facts import imports
from tests.kit.samples.health_stories import Story, term, workspace_of, write
from tests.kit.samples.used_team import LAST, MONTHS, NAMES, company, used_in
from tests.oracle.facts.days import add_months, month_end
from tests.oracle.facts.facts import Customer
from tests.oracle.facts.signals import Signals


@pytest.mark.parametrize("seed", range(3))
def test_definitions_in_a_row_equal_a_rebuild(tmp_path: Path, seed: int) -> None:
    """Whatever stands of values and limits after a definition, all is as made from nothing."""
    chance = random.Random(seed)
    with workspace_of(tmp_path, renewed()) as opened:
        for step in range(8):
            if chance.random() < 0.25:  # facts come in between
                (folder := tmp_path / f"{step}").mkdir()
                story = Story([], signals=used_in(chance.choice(MONTHS)))
                assert imports.import_file(opened, write(folder, story)).error is None
            key, value = another(opened.settings, chance)
            opened.seen_by(Person("Ann")).set(key, value)
            assert check.differs(opened) == [], (step, key, value)


def renewed() -> Story:
    """Give the company with customers of two industries who have renewed before."""
    story, start = company(MONTHS), add_months(LAST, -14).replace(day=1)
    before = f"{add_months(start, -12)}", f"{start - timedelta(days=1)}"
    terms = [*story.contracts, *(term(name, *before) for name in NAMES[2:])]
    industries = [
        Customer(name, industry="Retail" if n % 2 else "Media") for n, name in enumerate(NAMES)
    ]
    months = [month_end(add_months(LAST.replace(day=1), -back)) for back in (17, 16)]
    used = [one for month in months for one in used_in(month).usage]
    told = replace(story, contracts=terms, customers=industries)
    return told.with_signals(Signals(used))


def another(settings: Settings, chance: random.Random) -> tuple[str, object]:
    """Choose what is defined otherwise: weights, limits, who is learned from, states."""
    name = chance.choice(("breadth", "depth", "nps", "deployment"))
    return chance.choice(
        [
            (f"health_indicators.{name}.weight", chance.randint(1, 9)),
            (f"health_indicators.{name}.is_on", not settings.health_indicators[name].is_on),
            (f"health_indicators.{name}.high", chance.choice((None, 50.0))),
            ("health_margin", chance.randint(0, 10)),
            ("health_fewest_renewed", chance.choice((1, 4, 30))),
            ("health_fewest_peers", chance.choice((1, 3, 8))),
        ]
    )
