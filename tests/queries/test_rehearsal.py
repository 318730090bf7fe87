"""Rehearsals: the same answers as when the settings are really kept, for every section."""

from pathlib import Path

import pyarrow as pa
import pytest

from tend.acts import definitions
from tend.language.errors import TendError
from tend.people.person import Person
from tend.queries import asking, library, rehearsal
from tend.queries.rehearsal import EFFECTS, GIVEN, Effect
from tend.settings import changes
from tend.settings.company import Settings
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.companies import UNTIL, Companies

VIEW = View(UNTIL, UNTIL.replace(year=UNTIL.year - 1, month=10, day=1), UNTIL)
# Of each section a change that moves something in the sample.
CHANGES: dict[str, dict[str, object]] = {
    "renewal": {"grace_days": 15, "start_days": 120, "lost_words": ("lost",)},
    "targets": {"targets": {"nrr": 1.1}},
    "tiers": {"size_large_from": 300, "size_small_below": 50},
    "tasks": {"low_active_share": 0.7, "forgotten_days": 2},
    "sop": {"nps_neutral_from": 8.0, "csat_neutral_from": 0.7},
    "money": {"gross_margin": 0.4, "discount_rate": 0.3, "hourly_cost": 900.0},
    "people": {"usual_load": (10, 20), "referral_words": ("event",)},
}


@pytest.fixture
def company(companies: Companies) -> Path:
    """Give a sample company whose settings a test may change."""
    return companies.sample(customers=50)


def answers(workspace: Workspace, section: str) -> dict[str, pa.Table]:
    """Ask all that a section's trial looks at, by what is kept."""
    found = {}
    for effect in EFFECTS[section]:
        known = library.find(effect.query).parameters
        given = {name: value for name, value in GIVEN.items() if name in known}
        found[effect.query] = asking.run(workspace, effect.query, VIEW, **given)
    return found


def told(
    effects: tuple[Effect, ...], before: dict[str, pa.Table], after: dict[str, pa.Table]
) -> list[object]:
    """Tell all that a trial would say of two sets of answers, to the digits that it shows."""
    found: list[object] = []
    for effect in effects:
        changed = [
            one for one in rehearsal.numbers(effect, before, after) if rehearsal.differs(one)
        ]
        found += [
            (one.query, one.column, one.row, *(x and round(x, 6) for x in (one.before, one.after)))
            for one in changed
        ]
        found += rehearsal.moved(effect, before, after)
    return found


def test_a_rehearsal_tells_what_keeping_brings(company: Path) -> None:
    """And leaves nothing behind; the last one taken back, its settings are as they were."""
    with open_workspace(company) as workspace:
        for section, values in CHANGES.items():
            kept = workspace.settings
            wanted = kept.with_all(values)
            before = answers(workspace, section)
            version = workspace.version
            tried = asking.rehearse(workspace, wanted, VIEW, list(before), **GIVEN)
            assert (workspace.version, workspace.settings) == (version, kept)
            back = definitions.keep(workspace.seen_by(Person("Mara")), wanted, kept)
            said = told(EFFECTS[section], before, tried)
            assert said == told(EFFECTS[section], before, answers(workspace, section))
            assert bool(said) == (section != "targets")
        back(workspace.seen_by(Person("Mara")))
        assert workspace.settings == kept


def test_numbers_are_held_against_each_other() -> None:
    """Rows come and go, sums differ in their last digits, and rows are counted by a code."""
    before = pa.table({"task_id": ["1", "2", "3"], "cause": ["a", "a", "b"]})
    after = pa.table({"task_id": ["1", "4"], "cause": ["a", "c"]})
    found = rehearsal.numbers(
        Effect("task_causes", counted="cause"), {"task_causes": before}, {"task_causes": after}
    )
    assert {one.row: (one.before, one.after) for one in found} == {
        ("a",): (2, 1),
        ("b",): (1, 0),
        ("c",): (0, 1),
    }
    assert [rehearsal.step(one) for one in found] == [-1, -1, 1]
    rates = Effect("renewal_headline", numbers=("value",))
    tables = [
        {"renewal_headline": pa.table({"measure": ["x", "y"], "value": values})}
        for values in ([0.1 + 0.2, 0.5], [0.3, None])
    ]
    same, gone = rehearsal.numbers(rates, *tables)
    assert not rehearsal.differs(same)
    assert rehearsal.differs(gone)
    assert rehearsal.step(gone) is None


def test_a_version_is_taken_back_by_itself(workspace: Workspace) -> None:
    """What others changed since stays; what was changed again has to be taken back first."""
    workspace.seen_by(Person("Mara")).set("grace_days", 30)
    workspace.seen_by(Person("Jonas")).set("gross_margin", 0.5)
    definitions.take_back(workspace.seen_by(Person("Mara")), 1)
    assert (workspace.settings.grace_days, workspace.settings.gross_margin) == (60, 0.5)
    workspace.seen_by(Person("Mara")).set("gross_margin", 0.6)
    with pytest.raises(TendError, match="gross_margin"):
        definitions.take_back(workspace.seen_by(Person("Jonas")), 2)
    assert [one.changed_by for one in workspace.versions()] == ["Mara", "Mara", "Jonas", "Mara"]


def test_what_differs_is_told_part_by_part() -> None:
    """Leaves of tables, words that come and go, spans as one."""
    now = Settings()
    wanted = now.with_all(
        {
            "solve_days": {**now.solve_days, "high": 2},
            "trial_words": ("taster", *now.trial_words[1:]),
            "usual_load": (10, 60),
        }
    )
    found = changes.differences(now, wanted, ("solve_days", "trial_words", "usual_load"))
    assert [(one.key, one.path, one.before, one.after) for one in found] == [
        ("solve_days", ("high",), 3, 2),
        ("trial_words", (), now.trial_words[0], None),
        ("trial_words", (), None, "taster"),
        ("usual_load", (), [40, 60], [10, 60]),
    ]
    assert changes.changed(now, wanted) == ("trial_words", "solve_days", "usual_load")
