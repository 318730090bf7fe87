"""The definitions on the page Settings: each has its field, is checked, and goes as a file."""

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tend.cli import commands as cli
from tend.language import format, text
from tend.language.errors import TendError
from tend.settings.company import Settings
from tend.store.workspace import open_workspace
from tend.ui.settings.company import GROUPS, SHARES, limited_tiers
from tests.kit.browsing import WAIT, Watched
from tests.kit.server import serve
from tests.ui.conftest import Open
from tests.ui.frame.test_page import AS_OF

pytestmark = pytest.mark.timeout(240)


def test_every_field_is_a_setting_with_its_words() -> None:
    """Each group names settings there are; label and group stand in both languages."""
    keys = [key for group in GROUPS.values() for key in group]
    assert len(keys) == len(set(keys)) > 20
    assert set(keys) <= Settings.model_fields.keys()
    for language in text.LANGUAGES:
        told = text.catalogue(language)
        assert {f"company.fields.{key}" for key in keys} <= told.keys()
        assert {f"company.groups.{name}" for name in GROUPS} <= told.keys()


def test_limits_stand_by_the_tiers_there_are() -> None:
    """Those of the company, by the names set for them; all others go by one row."""
    limits: dict[str, object] = {"strategic": {}, "core": {}, "other": {}, "战略": {}}
    assert limited_tiers(limits, ["Strategic", "A", "unknown"]) == ["strategic", "A", "other"]
    assert limited_tiers(limits, ["战略"]) == ["战略", "other"]
    assert limited_tiers(limits, []) == ["other"]


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_fractions_are_written_as_per_cents(language: str) -> None:
    """Every share among the fields says so in its label, and is read as one."""
    fields = {key for keys in GROUPS.values() for key in keys}
    numbers = {key: v for key in fields if isinstance(v := getattr(Settings(), key), float)}
    shares = {key for key, value in numbers.items() if 0 < value < 1}
    assert shares == SHARES
    for key in SHARES:
        assert "%" in text.say(f"company.fields.{key}", language)
    assert format.share(0.125, language).replace(" ", "") == "12.5%"


@pytest.mark.parametrize(
    "bad",
    [
        {"nps_neutral_from": 9},
        {"usual_load": [60, 40]},
        {"currency": "money"},
        {"task_rules": {"renewal_due": {"days": -1}}},
        {"sop": {"en": {"huge/happy": {"goal": "", "role": "am", "steps": []}}}},
        {"no_such_setting": 1},
    ],
)
def test_a_bad_definition_is_refused(bad: dict[str, object]) -> None:
    """With one sentence that says what is wrong."""
    with pytest.raises(TendError) as told:
        Settings().with_all(bad)
    for language in text.LANGUAGES:
        assert next(iter(bad)) in told.value.message(language)


def test_all_settings_make_a_round_trip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Written by one workspace, taken over by another: the same settings, as one version."""
    one, other, file = tmp_path / "one", tmp_path / "other", tmp_path / "settings.json"
    with open_workspace(one) as workspace:
        rules = workspace.settings.changed("task_rules.renewal_due.days", 60)
        shipped = {
            "goal": "目标",
            "role": "csm",
            "steps": [{"text": "联系", "days": 2}],
            "avoid": [],
        }
        workspace.define(rules.changed("sop", {"zh": {"small/critical": shipped}}), "Mara")
        wanted = workspace.settings
    assert cli.main(["settings", "--workspace", str(one), "--format", "json"]) == 0
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    assert cli.main(["settings", "--workspace", str(other), "--take", str(file)]) == 0
    with open_workspace(other) as workspace:
        assert workspace.settings == wanted
        [version] = workspace.versions()
        assert set(version.keys) == {"sop", "task_rules"}
    file.write_text("[1]", encoding="utf-8")
    assert cli.main(["settings", "--workspace", str(other), "--take", str(file)]) == 2
    file.write_text(json.dumps({"grace_days": "soon"}), encoding="utf-8")
    assert cli.main(["settings", "--workspace", str(other), "--take", str(file)]) == 2
    assert "grace_days" in capsys.readouterr().err


def test_rules_are_tried_and_kept(made: Open, tmp_path: Path, chromium: Browser) -> None:
    """The page says how many tasks the rules would make; a changed number is kept as a version."""
    folder = tmp_path / "workspace"
    shutil.copytree(made("sample-en"), folder)
    with serve(folder) as server:
        context = chromium.new_context(viewport={"width": 1440, "height": 1400})
        watched = Watched(context, server)
        page = watched.page
        page.goto(f"{server.url}/settings?lang=en&as_of={AS_OF}")
        page.get_by_text("Rules that make tasks").click(timeout=2 * WAIT)
        page.locator(".st-key-try_rules button").click()
        expect(page.locator(".st-key-company")).to_contain_text("would make")
        expect(page.locator(".st-key-company")).to_contain_text("forgotten after 14 days")
        page.get_by_label("Forgotten: overdue for longer").fill("21")
        page.get_by_label("Forgotten: overdue for longer").press("Enter")
        page.locator(".st-key-keep_rules button").click()
        expect(page.locator(".st-key-company")).to_contain_text("Saved.")
        expect(page.locator(".st-key-company")).to_contain_text(
            "forgotten after 21 days", timeout=WAIT
        )
        watched.check()
        context.close()
    with open_workspace(folder) as workspace:
        assert workspace.settings.forgotten_days == 21
        assert [one.keys for one in workspace.versions()] == [("forgotten_days",)]
