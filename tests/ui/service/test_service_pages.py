"""SOP matrix and Workbench: every workspace, from a cell to a finished step, two at once."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from streamlit.testing.v1 import AppTest

from tend.acts import tasks_by_rule
from tend.figures import task_words
from tend.language import format, text
from tend.language.errors import TendError
from tend.queries import asking
from tend.settings import sops
from tend.store.workspace import open_workspace
from tend.ui.state import data
from tend.view import View
from tests.kit.browsing import WAIT, Watched
from tests.kit.driver import html, opened_in_frame, opened_page, texts, undo
from tests.kit.server import serve
from tests.ui.conftest import LANGUAGES, Held, Open
from tests.ui.frame.test_page import AS_OF, KINDS

pytestmark = pytest.mark.timeout(240)
PAGES = ("sop", "workbench")
DAY = date.fromisoformat(AS_OF)


@pytest.fixture(scope="module")
def copied(
    made: Open, holder: Held, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Path]:
    """Give a copy of each kind of workspace: these pages make tasks in it."""
    folders: dict[str, Path] = {}

    def copy(kind: str) -> Path:
        if kind not in folders:
            folders[kind] = tmp_path_factory.mktemp(f"own-{kind}") / "workspace"
            holder.let_go()  # what is copied is closed
            shutil.copytree(made(kind), folders[kind])
        return folders[kind]

    return copy


@pytest.fixture
def own(copied: Callable[[str], Path], held: Held, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Let the app open a copy of a kind of workspace."""

    def point(kind: str) -> Path:
        folder = copied(kind)
        held.hold(folder)
        monkeypatch.setenv("TEND_WORKSPACE", str(folder))
        return folder

    return point


@pytest.fixture
def company(made: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a sample company of its own."""
    folder = tmp_path / "workspace"
    shutil.copytree(made("sample-en"), folder)
    monkeypatch.setenv("TEND_WORKSPACE", str(folder))
    yield folder
    data.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("kind", KINDS)  # the slowest to change: each is opened once
def test_page_runs(own: Open, page: str, kind: str, language: str) -> None:
    """No page fails, whatever is missing, and no number that is none is shown."""
    own(kind)
    app = opened_page(page, lang=language, as_of=AS_OF)
    assert not app.exception
    assert not app.error
    said = html(app)
    assert "None" not in said.replace("None of", "")
    assert ">nan" not in said
    if kind == "no-contracts":
        assert text.say(f"ui.missing.{page}", language) in texts(app)


@pytest.mark.parametrize("page", PAGES)
def test_hostile_names_stay_text(own: Open, page: str) -> None:
    """A name with markup in it never reaches the page as markup."""
    own("hostile")
    app = opened_page(page, lang="en", as_of="2025-06-30")
    assert not app.exception
    said = html(app)
    assert "<script" not in said
    assert "<img" not in said
    labels = " ".join(str(box.label) for box in app.checkbox)
    assert "**bold** [link]" not in labels


def opened(page: str) -> AppTest:
    """Open a page as a second reader would."""
    return opened_in_frame(page, lang="en", as_of=AS_OF)


@pytest.mark.usefixtures("company", "lived")
def test_the_start_of_an_sop_is_taken_back() -> None:
    """Start for those ticked, see the steps, undo: nothing is left."""
    app = opened("sop")
    first = next(box for box in app.checkbox if str(box.key).startswith("pick_customer_"))
    app.checkbox(key=str(first.key)).check().run()
    app.button(key="start_some").click().run()
    steps = text.say("service.sop.steps", "en", steps="5")
    assert steps in html(app)
    undo(app, "tasks")
    assert steps not in html(app)


@pytest.mark.usefixtures("company", "lived")
def test_what_runs_is_not_started_again() -> None:
    """Started for all, the button says so and rests; each customer shows its next step."""
    app = opened("sop")
    ticks = [box for box in app.checkbox if str(box.key).startswith("pick_customer_")]
    app.button(key="start_all").click().run()
    assert not app.error
    button = app.button(key="start_all")
    assert button.disabled
    assert button.label == text.say("service.sop.runs_all", "en", customers=str(len(ticks)))
    steps = [box for box in app.checkbox if str(box.key).startswith("pick_sop_")]
    assert len(steps) == len(ticks)
    assert "The SOP was started" in " ".join(str(note.value) for note in app.success)
    app.segmented_control(key="sop_satisfaction").set_value("neutral").run()
    assert not app.success
    assert not app.button(key="start_all").disabled


@pytest.mark.usefixtures("company", "lived")
def test_what_was_done_is_said_in_the_language_of_now() -> None:
    """A confirmation, and the word on why there is none, follow the reader's language."""
    app = opened("sop")
    ticks = [box for box in app.checkbox if str(box.key).startswith("pick_customer_")]
    app.button(key="start_all").click().run()
    for language in ("en", "zh", "en"):
        said = text.say("service.sop.started", language, customers=f"{len(ticks)}")
        assert [str(note.value) for note in app.success] == [format.plain(said)]
        app.button(key="language").click().run()

    tasks_by_rule.make(data.workspace(), DAY, "en")
    one, other = opened("workbench"), opened("workbench")
    done = next(str(b.key) for b in one.button if str(b.key).startswith("finish_next_"))
    rows = asking.run(data.workspace(), "tasks", View(DAY), states=None).to_pylist()
    [task] = [row for row in rows if f"finish_next_{row['task_id']}" == done]
    for session in (one, other):
        session.button(key=done).click().run()
        session.button(key="language").click().run()
    said = text.say(
        "service.tasks.one.finish",
        "zh",
        customer=task["customer_name"],
        task=task_words.of(task, "zh"),
    )
    assert [str(note.value) for note in one.success] == [format.plain(said)]
    refused = TendError("task_moved", task=task["task"]).message("zh")
    assert [str(note.value) for note in other.error] == [format.plain(refused)]


@pytest.mark.usefixtures("company", "lived")
def test_an_sop_is_edited_and_shipped_again() -> None:
    """What a team writes for a cell stands on the page; a second editor is told."""
    app = opened("sop")
    workspace = data.workspace()
    cell = "large/critical"
    seen = sops.of(workspace.settings, cell, "en")
    wanted = seen.model_copy(update={"goal": "Our <own> goal"})
    workspace.define(sops.edited(workspace.settings, cell, "en", wanted, seen))
    app.run()
    assert "Our &lt;own&gt; goal" in html(app)
    with pytest.raises(TendError, match="Somebody else"):
        sops.edited(workspace.settings, cell, "en", None, seen)
    back = sops.edited(workspace.settings, cell, "en", None, wanted)
    workspace.define(back)
    app.run()
    assert seen.goal in html(app)
    assert [one.keys for one in workspace.versions("sop")] == [("sop",), ("sop",)]


@pytest.mark.usefixtures("company", "lived")
def test_two_sessions_at_once() -> None:
    """Both see an open task; one finishes it, the other is told and nothing is changed."""
    tasks_by_rule.make(data.workspace(), DAY, "en")
    one, other = opened("workbench"), opened("workbench")
    done = next(str(b.key) for b in one.button if str(b.key).startswith("finish_next_"))
    assert any(b.key == done for b in other.button)
    one.button(key=done).click().run()
    assert not one.error
    other.button(key=done).click().run()
    assert "Somebody else" in " ".join(str(note.value) for note in other.error)
    assert not any(b.key == done for b in other.button)
    # what else is done by the second stands beside it
    following = next(str(b.key) for b in other.button if str(b.key).startswith("finish_next_"))
    other.button(key=following).click().run()
    assert not other.error
    rows = asking.run(data.workspace(), "tasks", View(DAY), states=["done"]).to_pylist()
    keys = {f"finish_next_{row['task_id']}" for row in rows}
    assert keys == {done, following}


def test_from_a_cell_to_a_finished_step(made: Open, tmp_path: Path, chromium: Browser) -> None:
    """A critical large customer: its SOP started, the first step done, the counts follow."""
    folder = tmp_path / "workspace"
    shutil.copytree(made("sample-today"), folder)
    with serve(folder) as server:
        context = chromium.new_context(viewport={"width": 1440, "height": 1400})
        watched = Watched(context, server)
        page = watched.page
        page.goto(f"{server.url}/sop?lang=en")
        panel = page.locator(".st-key-sop_cell")
        expect(panel).to_contain_text("Large, ▲ critical", timeout=2 * WAIT)
        expect(card(page)).to_have_text("0")
        first = panel.locator("[class*='st-key-sop_customer_']").first
        first.locator("label").click()
        page.get_by_role("button", name="Start for those ticked (1)").click()
        expect(page.locator(".st-key-toast")).to_contain_text("started for 1 customer.")
        expect(card(page)).to_have_text("5")
        expect(panel).to_contain_text("Steps under way: 5")
        panel.get_by_role("button", name="Done").first.click()
        expect(panel).to_contain_text("Steps under way: 4")
        expect(card(page)).to_have_text("4")
        second = Watched(chromium.new_context(), server)
        second.page.goto(f"{server.url}/sop?lang=en")
        expect(card(second.page)).to_have_text("4", timeout=2 * WAIT)
        # both do the same step: who comes second is told, sees what stands, and changes nothing
        panel.get_by_role("button", name="Done").first.click()
        expect(card(page)).to_have_text("3")
        theirs = second.page.locator(".st-key-sop_cell")
        theirs.get_by_role("button", name="Done").first.click()
        expect(second.page.locator(".st-key-toast")).to_contain_text("Somebody else")
        expect(card(second.page)).to_have_text("3")
        second.check()
        watched.check()
        context.close()
    with open_workspace(folder) as workspace:
        view = View(date.today())
        cells = asking.run(workspace, "sop_matrix", view).to_pylist()
        [cell] = [c for c in cells if (c["scale"], c["satisfaction"]) == ("large", "critical")]
        assert (cell["open_steps"], cell["started"]) == (3, 1)
        done = asking.run(workspace, "tasks", view, states=["done"]).to_pylist()
        assert [row["step"] for row in done if row["cause"] == "sop"] == ["1", "2"]


def test_touch_and_hand_over(made: Open, tmp_path: Path, chromium: Browser) -> None:
    """A touch in two clicks, taken back by one; all customers of a CSM get another."""
    folder = tmp_path / "workspace"
    shutil.copytree(made("sample-en"), folder)
    with serve(folder) as server:
        context = chromium.new_context(viewport={"width": 1440, "height": 1400})
        watched = Watched(context, server)
        page = watched.page
        page.goto(f"{server.url}/workbench?lang=en&as_of={AS_OF}")
        first = page.locator("[class*='st-key-priority_']").first
        expect(first).to_be_visible(timeout=2 * WAIT)
        first.get_by_role("button", name="Log touch").click()
        expect(page.locator(".tend-note", has_text="counts from today").first).to_be_visible()
        page.get_by_role("button", name="Save").click()
        done = page.locator("[class*='st-key-done_log_']")
        expect(done).to_contain_text("Touch saved")
        # saved once: the form is closed
        expect(page.get_by_role("button", name="Save")).to_have_count(0)
        done.get_by_role("button", name="Undo").click()
        expect(done).to_contain_text("Undone.")
        page.goto(f"{server.url}/workbench?lang=en&as_of={AS_OF}&csm=Mara+Lindholt")
        page.locator(".st-key-hand_over button").first.click(timeout=2 * WAIT)
        page.get_by_label("New CSM").fill("Nobody Yet")
        page.get_by_label("New CSM").press("Tab")
        page.get_by_role("button", name="Hand over", exact=True).click()
        expect(page.locator(".st-key-done_hand_over")).to_contain_text("handed over to Nobody Yet")
        watched.check()
        context.close()
    with open_workspace(folder) as workspace:
        rows = asking.run(workspace, "priorities", View(DAY)).to_pylist()
        owners = {row["csm"] for row in rows}
        assert "Nobody Yet" in owners
        assert "Mara Lindholt" not in owners


def card(page: Page) -> Locator:
    """Give the number of open steps."""
    return page.locator(".tend-card").nth(4).locator(".tend-value")
