"""The sections of Settings: each setting has its home, is tried, kept and taken back."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tend.cli import commands as cli
from tend.language import format, text
from tend.language.errors import TendError
from tend.queries import asking
from tend.queries.rehearsal import EFFECTS
from tend.settings import draft as drafts
from tend.settings.company import Settings
from tend.settings.customer_lists import LOOKS
from tend.settings.sections import PARTS, SECTIONS, SHARES, places
from tend.store.workspace import open_workspace
from tend.ui.settings.sections.tables import limited_tiers
from tend.ui.state import data
from tend.view import View
from tests.kit.companies import UNTIL
from tests.kit.driver import html, opened_in_frame
from tests.ui.conftest import Open

pytestmark = pytest.mark.timeout(240)
AS_OF = UNTIL.isoformat()
# What machines bear is set by the command line alone.
OF_THE_MACHINE = {
    *("read_seconds", "read_memory_mb", "database_memory_mb", "file_mb", "unpacked_mb"),
    *("csv_rows", "sheet_columns", "sheets"),
}


@pytest.fixture
def company(made: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a sample company of its own, whose settings a test may change."""
    folder = tmp_path / "workspace"
    shutil.copytree(made("sample-en"), folder)
    monkeypatch.setenv("TEND_WORKSPACE", str(folder))
    yield folder
    data.close()


def opened(part: str, language: str = "en") -> AppTest:
    """Open a section."""
    return opened_in_frame("settings", lang=language, as_of=AS_OF, part=part)


def said(app: AppTest) -> str:
    """Give what is written on the page, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", html(app), flags=re.S))


def test_every_setting_has_one_home_and_its_words() -> None:
    """A section of the menu, the draft of health, or a page; with what it is and changes."""
    shown = [key for _, key in places()]
    assert len(shown) == len(set(shown)) > 40
    elsewhere = {*drafts.KEYS, *LOOKS, "sop", *OF_THE_MACHINE}
    assert {*shown, *elsewhere} == set(Settings.model_fields)
    assert not elsewhere.intersection(shown)
    assert EFFECTS.keys() == {name for name, groups in SECTIONS.items() if groups}
    effects = [effect for some in EFFECTS.values() for effect in some]
    columns = {name for one in effects for name in (*one.numbers, *one.moves)} - {"value"}
    for language in text.LANGUAGES:
        told = text.catalogue(language)
        assert {f"company.effects.{one.query}" for one in effects} <= told.keys()
        assert {f"columns.{name}" for name in columns} <= told.keys()
        for room in ("fields", "meanings"):
            assert {f"company.{room}.{key}" for key in shown} <= told.keys()
        for name, groups in SECTIONS.items():
            part = next(one for one, some in PARTS.items() if name in some)
            assert f"company.parts.{part}" in told
            assert f"company.sections.{name}" in told or PARTS[part] == (name,)
            assert {f"company.groups.{group}" for group in groups} <= told.keys()


def test_limits_stand_by_the_tiers_there_are() -> None:
    """Those of the company, by the names set for them; all others go by one row."""
    limits: dict[str, object] = {"strategic": {}, "core": {}, "other": {}, "战略": {}}
    assert limited_tiers(limits, ["Strategic", "A", "unknown"]) == ["strategic", "A", "other"]
    assert limited_tiers(limits, ["战略"]) == ["战略", "other"]
    assert limited_tiers(limits, []) == ["other"]


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_fractions_are_written_as_per_cents(language: str) -> None:
    """Every share among the fields says so in its label, and is read as one."""
    numbers = {key: v for _, key in places() if isinstance(v := getattr(Settings(), key), float)}
    shares = {key for key, value in numbers.items() if 0 < value < 1}
    assert shares == SHARES - {"stage_chances"}
    for key in shares:
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
        workspace.define(rules.changed("sop", {"zh": {"small/critical": shipped}}))
        wanted = workspace.settings
    assert cli.main(["settings", "--workspace", str(one), "--format", "json"]) == 0
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    assert cli.main(["settings", "--workspace", str(other), "--take", str(file)]) == 0
    with open_workspace(other) as workspace:
        assert workspace.settings == wanted
        [version] = workspace.versions()
        # a file says its currency: no import takes its place any more (M22)
        assert set(version.keys) == {"currency", "sop", "task_rules"}
    file.write_text("[1]", encoding="utf-8")
    assert cli.main(["settings", "--workspace", str(other), "--take", str(file)]) == 2
    file.write_text(json.dumps({"grace_days": "soon"}), encoding="utf-8")
    assert cli.main(["settings", "--workspace", str(other), "--take", str(file)]) == 2
    assert "grace_days" in capsys.readouterr().err


@pytest.mark.usefixtures("company")
def test_a_change_is_tried_kept_and_taken_back() -> None:
    """Grace of 20 days: rates and outcomes as they come out once it is kept; then it is undone."""
    app = opened("renewal")
    assert "A contract counts as renewed" in said(app)
    assert "Change a value to see here" in said(app)
    app.number_input(key="set_grace_days_0").set_value(20).run()
    assert "Days of grace after the end 60 → 20" in said(app)
    app.button(key="try_section").click().run()
    tried = said(app)
    assert data.workspace().settings.grace_days == 60
    view = View(UNTIL, UNTIL.replace(year=UNTIL.year - 1, month=10, day=1), UNTIL)
    before = _rate(view)
    app.button(key="keep_section").click().run()
    assert not app.exception
    assert "Saved" in " ".join([said(app), *(str(one.value) for one in app.success)])
    assert data.workspace().settings.grace_days == 20
    after = _rate(view)
    assert before > after
    assert f"Contract renewal rate {format.rate(before, 'en')} {format.rate(after, 'en')}" in tried
    assert app.number_input(key="set_grace_days_1").value == 20
    app = opened("versions")
    assert "Days of grace after the end 60 → 20" in said(app)
    app.button(key="take_back_1").click().run()
    assert data.workspace().settings.grace_days == 60
    assert _rate(view) == before
    assert "Days of grace after the end 20 → 60" in said(app)
    assert [str(one.key) for one in app.button if "take_back" in str(one.key)] == ["take_back_2"]


def _rate(view: View) -> float:
    rows = asking.run(data.workspace(), "renewal_headline", view).to_pylist()
    return float(next(r["value"] for r in rows if r["measure"] == "contract_renewal_rate"))


@pytest.mark.usefixtures("company")
def test_each_section_says_what_its_change_would_move() -> None:
    """Members counted by hand from the answers of now; a let-go draft leaves no trace."""
    view = View(UNTIL)
    stands = asking.run(data.workspace(), "sop_customers", view).to_pylist()
    falls = sum(row["satisfaction"] == "neutral" and row["nps_mean"] < 8 for row in stands)
    app = opened("sop")
    app.number_input(key="set_nps_neutral_from_0").set_value(8.0).run()
    app.button(key="try_section").click().run()
    assert re.search(rf"◆ neutral → ▲ critical [^→]* {falls} ", said(app))
    app.button(key="drop_section").click().run()
    assert app.number_input(key="set_nps_neutral_from_1").value == 6.5
    assert "→" not in said(app)

    csms = asking.run(data.workspace(), "csm_coverage", view).to_pylist()
    rises = sum(row["segment"] != "unknown" and 20 <= row["customers"] < 40 for row in csms)
    app = opened("people")
    assert "No sign-in is set up" in said(app)
    assert "Nobody is invited yet." in said(app)
    app.number_input(key="set_usual_load_0_from").set_value(20).run()
    app.button(key="try_section").click().run()
    assert re.search(rf"light → usual [^→]* {rises} ", said(app))

    ltv = asking.run(data.workspace(), "lifetime_value", view).to_pylist()[0]["ltv"]
    app = opened("money")
    app.number_input(key="set_gross_margin_0").set_value(40.0).run()
    app.button(key="try_section").click().run()
    assert f"LTV, CNY {ltv:,.0f} {ltv / 2:,.0f} −{ltv / 2:,.0f}" in said(app)
    assert data.workspace().versions() == []


@pytest.mark.usefixtures("company")
def test_every_section_opens_in_both_languages() -> None:
    """Nine parts, groups of each; a setting is found by its name; bad values are told."""
    assert [one for some in PARTS.values() for one in some] == [*SECTIONS]
    for language in text.LANGUAGES:
        app = opened("erasure", language)
        assert app.segmented_control(key="section").value == "erasure"
        assert len(app.segmented_control(key="settings_part").options) == len(PARTS) == 9
        for part, name in ((part, name) for part, some in PARTS.items() for name in some):
            if name == part:
                app.segmented_control(key="settings_part").set_value(part).run()
            else:
                app.segmented_control(key="section").set_value(name).run()
            assert not app.exception
            assert app.segmented_control(key="settings_part").value == part
            assert [*app.query_params.get("part", ["health"])] in ([name], [*name])
            for group in SECTIONS[name]:
                assert text.say(f"company.groups.{group}", language) in said(app)
        label = text.say("company.fields.gross_margin", language)
        wanted = next(one for one in app.selectbox(key="find_setting").options if label in one)
        app.selectbox(key="find_setting").set_value(wanted).run()
        assert app.query_params["part"] in ("money", ["money"])
    app.text_input(key="set_currency_0").set_value("money").run()
    assert "currency" in app.error[0].value
    assert "keep_section" not in {str(one.key) for one in app.button}


@pytest.mark.usefixtures("company")
def test_somebody_else_is_not_overwritten() -> None:
    """What another reader kept of the same section stays; of the same setting it is refused."""
    app = opened("money")
    app.number_input(key="set_gross_margin_0").set_value(50.0).run()
    data.workspace().set("hourly_cost", 450)
    app.button(key="keep_section").click().run()
    kept = data.workspace().settings
    assert (kept.gross_margin, kept.hourly_cost) == (0.5, 450)
    assert app.number_input(key="set_hourly_cost_1").value == 450
    app.number_input(key="set_gross_margin_1").set_value(60.0).run()
    data.workspace().set("gross_margin", 0.7)
    app.button(key="keep_section").click().run()
    assert data.workspace().settings.gross_margin == 0.7
