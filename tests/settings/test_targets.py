"""Targets: each is optional, within reach, and held against what is reached."""

import json

import pytest

from tend.language.errors import TendError
from tend.queries import asking
from tend.settings.company import Settings
from tend.store.workspace import open_workspace
from tend.view import View, window
from tests.kit.asking import Row
from tests.kit.companies import UNTIL, Companies

VIEW = View(UNTIL, *window("last_12_months", UNTIL))
TARGETS = {"contract_renewal_rate": 0.9, "net_renewal_rate": 1.02, "nrr": 1.1, "grr": 0.85}
OTHERS = {"nps": 30.0, "touch_rate": 0.7}


def test_a_target_is_set_and_taken_away() -> None:
    """One by one, as the command sets them; null takes one away."""
    kept = Settings().changed("targets.nrr", 1.1).changed("targets.nps", -20)
    assert kept.targets == {"nrr": 1.1, "nps": -20}
    assert kept.changed("targets.nrr", None).targets == {"nps": -20}
    assert Settings.model_validate(json.loads(kept.model_dump_json())) == kept


@pytest.mark.parametrize(
    ("name", "target"),
    [("touch_rate", 70), ("grr", 1.2), ("nrr", 110), ("nps", 101), ("on_time_rate", -0.1)],
)
def test_per_cents_are_no_fractions(name: str, target: float) -> None:
    """What cannot be reached is refused: 70 would be 7,000 %."""
    with pytest.raises(TendError, match=name):
        Settings().changed(f"targets.{name}", target)
    with pytest.raises(TendError):
        Settings().changed("targets.happiness", 1)


def test_numbers_say_how_far_they_are(companies: Companies) -> None:
    """Beside each number its target and the difference; without a target neither."""
    with open_workspace(companies.sample(until=UNTIL)) as workspace:

        def rows(name: str, view: View = VIEW) -> list[Row]:
            found: list[Row] = asking.run(workspace, name, view).to_pylist()
            return found

        assert {row["target"] for row in rows("renewal_headline")} == {None}
        workspace.set("targets", TARGETS | OTHERS)
        for row in rows("renewal_headline"):
            target = TARGETS.get(str(row["measure"]))
            assert row["target"] == target
            by = None if target is None else row["value"] - target
            assert row["from_target"] == (None if by is None else pytest.approx(by))
        [kept] = rows("retention_12m", View(UNTIL))
        for name in ("nrr", "grr"):
            assert kept[f"{name}_target"] == TARGETS[name]
            assert kept[f"{name}_from_target"] == pytest.approx(kept[name] - TARGETS[name])
        trend = rows("retention_trend")
        assert {(row["nrr_target"], row["grr_target"]) for row in trend} == {(1.1, 0.85)}
        assert {row["target"] for row in rows("renewal_rates", VIEW.grouped("quarter"))} == {0.9}
        assert {row["target"] for row in rows("nps")} == {OTHERS["nps"]}
        assert {row["target"] for row in rows("touch_rate")} == {OTHERS["touch_rate"]}
