"""What waits from the watched folder is told on This week, and answered on the Data page."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tend.language import text
from tend.ui.state import data
from tests.kit.driver import html, opened_in_frame, opened_page, undo
from tests.kit.processes import wait_until
from tests.kit.watched.handing import ASKED, BOTH_WAYS, BROKEN, CLEAR, Hand, stands
from tests.ui.conftest import HOSTILE, LANGUAGES
from tests.ui.intake.conftest import press

pytestmark = pytest.mark.timeout(180)
BAD_NAME = f"{HOSTILE[1].replace('/', '')}.csv"


@pytest.fixture(autouse=True)
def _came(workspace: Path) -> None:
    """Hand four files over to the server, which takes them in by itself."""
    assert not (workspace / "workspace").exists()
    opened = data.workspace()
    hand = Hand(opened)
    for words, name in ((CLEAR, "in.csv"), (ASKED, "sub/ask.csv"), (BOTH_WAYS, BAD_NAME)):
        hand(words, name)
    hand(BROKEN, "bad.xlsx")
    wait_until(lambda: len(stands(opened)) == 4)


def buttons(app: AppTest, key: str) -> list[str]:
    """Give the labels of the buttons whose key begins so."""
    return [str(one.label) for one in app.button if str(one.key).startswith(key)]


def test_this_week_tells_and_data_lists() -> None:
    """How many came, wait and were refused; each with its name, as data, and the reason."""
    for language in LANGUAGES:
        [line] = buttons(opened_page("week", lang=language), "to_watched")
        assert text.say("watched.week_waits", language, waits="2") in line
        assert text.say("watched.week_refused", language, refused="1") in line
        said = html(opened_page("data", lang=language))
        assert text.say("watched.wait", language, count=2) in said
        assert text.say("problems.not_a_spreadsheet", language) in said
        assert text.say("problems.decision_dmy_default", language) in said
        assert "sub/ask.csv" in said
        assert HOSTILE[1] not in said
        assert "&lt;img" in said


def test_what_waits_is_answered_as_if_uploaded() -> None:
    """One click shows the previews; what is discarded or left out can be had back; Import takes
    what is answered, which is remembered."""
    workspace = data.workspace()
    app = press(opened_in_frame("data", lang="en"), "look_at_watched")
    assert {one.name for one in app.session_state["tend.waiting"]} == {"ask.csv", BAD_NAME}
    assert buttons(app, "look_at_watched") == []
    app = press(app, "discard")
    app = press(app, "leave_watched_2")
    assert ("sub/ask.csv", "left_out") in stands(workspace)
    assert text.say("watched.wait", "en", count=1) in html(app)
    undo(app, "watched")
    app = press(app, "look_at_watched")
    assert any("whatever they mean" in str(one.label) for one in app.radio)
    press(app, "import")
    assert sorted(stands(workspace)) == [
        (BAD_NAME, "in"),
        ("bad.xlsx", "refused"),
        ("in.csv", "in"),
        ("sub/ask.csv", "in"),
    ]
    Hand(workspace)(ASKED.replace("9000", "9500"), "next.csv")
    wait_until(lambda: len(stands(workspace)) == 5)
    assert stands(workspace)[-1] == ("next.csv", "in")
