"""A server is there soon, whatever is the matter; its pages find what was asked meanwhile."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
import streamlit as st

from tend import tally
from tend.language import format
from tend.language.errors import TendError
from tend.store.database.connection import FILE
from tend.store.workspace import open_workspace
from tend.ui.frame import start
from tend.ui.frame.navigation import START
from tend.ui.server import opened
from tend.ui.state import data
from tests.kit import driver
from tests.kit.companies import Companies
from tests.kit.server import ROOT

# What a thread raises would only be printed.
pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
# What takes a tenth of a second of processor or more, and only few pages need.
_LATE = ("openpyxl", "pandas", "pptx", "pypinyin", "scipy", "nbformat", "apprise")
_LOADED = "import sys, tend.ui.frame.start; print(*sys.modules)"
_PATIENCE = 60.0
_APP = st.App(ROOT / "app.py")


def _damaged(path: Path) -> None:
    (path / FILE).write_bytes(b"no database" * 1000)


def _newer(path: Path) -> None:
    with duckdb.connect(path / FILE) as connection:
        connection.execute("update migrations set number = number + 1000")


def _lost(path: Path) -> None:
    (path / FILE).unlink()


def _no_folder(path: Path) -> None:
    for name in (FILE, "lock"):
        (path / name).unlink(missing_ok=True)
        (path / name).mkdir()


BROKEN: dict[str, Callable[[Path], None]] = {
    "damaged": _damaged,
    "newer": _newer,
    "lost": _lost,
    "no_folder": _no_folder,
}


@pytest.fixture
def workspace(companies: Companies, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the folder of this server's workspace, which nobody has opened yet."""
    path = companies.sample(customers=12)
    monkeypatch.setenv("TEND_WORKSPACE", str(path))
    yield path
    data.close()


def _asked() -> int:
    """Count the questions that reached the database so far."""
    known = tally.durations().get("named")
    return sum(known.within) if known else 0


def _run(while_it_runs: Callable[[], object]) -> None:
    """Start a server and end it; fail where either waits for what it must not wait for."""

    async def life() -> None:
        async with start.beside(_APP):
            while_it_runs()

    running = threading.Thread(target=lambda: asyncio.run(life()), daemon=True)
    running.start()
    running.join(_PATIENCE)
    assert not running.is_alive()


def _started() -> None:
    """Start a server, and wait until all is asked that it asks by itself."""

    def asked() -> None:
        for work in [one for one in threading.enumerate() if one.name == "tend-start"]:
            work.join(_PATIENCE)
            assert not work.is_alive()

    _run(asked)


def test_what_few_pages_need_is_loaded_late() -> None:
    """Nobody who starts a server waits for what writes workbooks, slides or pinyin."""
    command = [sys.executable, "-c", _LOADED]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    loaded = set(told.stdout.split())
    assert "tend.ui" in loaded
    assert loaded.isdisjoint(_LATE)


@pytest.mark.usefixtures("workspace")
def test_the_first_pages_find_what_they_ask() -> None:
    """Renewals asks nothing that was not asked; This week only what the watched folder holds."""
    _started()
    for page, own in {START: 1, "renewals": 0}.items():
        before = _asked()
        assert not driver.opened_page(page).exception
        assert _asked() == before + own, page


@pytest.mark.usefixtures("workspace")
def test_what_was_asked_is_let_go_of_after_a_commit() -> None:
    """What a start asked goes with the first question after a commit, like all that pages ask."""
    _started()
    assert len(data._answers) > len(start._PAGES)
    opened.workspace().set("currency", "EUR")
    data.freshness()
    assert len(data._answers) == 1


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_the_matter_is_said_by_pages(workspace: Path, what: str) -> None:
    """A workspace that cannot be opened stops no start; who opens a page hears the sentence."""
    BROKEN[what](workspace)
    _started()
    with pytest.raises(TendError) as told:
        data.workspace()
    assert format.plain(told.value.message("en")) in driver.texts(driver.opened_page(START))


def test_another_program_holds_the_workspace(workspace: Path) -> None:
    """Whoever has it first keeps it; the server opens it for a page once it is free."""
    with open_workspace(workspace):
        _started()
        assert not opened._at_hand
    assert data.freshness()


def test_there_is_nothing_to_ask_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an empty workspace only one thing is asked: that it is."""
    monkeypatch.setenv("TEND_WORKSPACE", str(tmp_path / "workspace"))
    before = _asked()
    _started()
    assert _asked() == before + 1
    data.close()


@pytest.mark.usefixtures("workspace")
def test_a_server_is_there_before_its_workspace() -> None:
    """However long the workspace takes to open, the server runs meanwhile."""
    is_there = threading.Event()

    def while_it_runs() -> None:
        is_there.set()
        opened._opening.release()

    opened._opening.acquire()
    try:
        _run(while_it_runs)
    finally:
        if not is_there.is_set():
            opened._opening.release()
    assert is_there.is_set()


@pytest.mark.usefixtures("workspace")
def test_pages_come_first_and_the_end_before_all() -> None:
    """Nothing is asked beside a start while somebody's page is drawn, nor once a server ends."""
    opened.workspace()
    before = _asked()
    with data.drawing(START, "", ()):
        _run(lambda: None)
    assert _asked() == before
