"""What a server does as it starts: beside it is made what the first pages would wait for."""

import contextlib
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pyarrow as pa
import streamlit as st
from starlette.concurrency import run_in_threadpool
from streamlit.runtime.pages_manager import PagesManager

from tend.figures import doubts
from tend.handouts import told
from tend.language import text
from tend.language.errors import TendError
from tend.store.database import trouble
from tend.store.workspace import Workspace
from tend.ui.frame.navigation import START
from tend.ui.server import opened
from tend.ui.state import clock, data
from tend.view import View

_PAGES = (START, "renewals")
_LOOK_SECONDS = 0.05


class _OverError(Exception):
    """The server ends."""


@contextlib.asynccontextmanager
async def beside(_app: st.App) -> AsyncIterator[None]:
    """Open the workspace and ask what the first pages show, while the server runs already."""
    # else the first reader's page is run without its frame, which would have to lead back to it
    PagesManager.uses_pages_directory = False
    is_over = threading.Event()
    work = threading.Thread(target=_prepare, args=(is_over,), name="tend-start", daemon=True)
    work.start()
    yield
    is_over.set()
    await run_in_threadpool(work.join)


def _prepare(is_over: threading.Event) -> None:
    """Ask; whoever opens a page meanwhile has the machine, and hears what is the matter, if any."""
    with contextlib.suppress(_OverError, TendError, *trouble.ERRORS):
        _ask(opened.workspace(), is_over)


def _ask(workspace: Workspace, is_over: threading.Event) -> None:
    def ask(name: str, view: View, **given: object) -> pa.Table:
        while data.is_drawing() and not is_over.is_set():
            is_over.wait(_LOOK_SECONDS)
        if is_over.is_set():
            raise _OverError
        return data.answer(workspace, (name, view, tuple(sorted(given.items()))))

    there = ask("freshness", View(date.min)).to_pylist()
    if not any(row["rows"] for row in there if row["dataset"] == "contracts"):
        return
    fixed = workspace.settings.language
    language = fixed if fixed in text.LANGUAGES else text.LANGUAGES[0]
    reading = replace(told.reading(workspace, language), ask=ask)
    view = View(doubts.opens_on(ask, clock.today()))
    for name in _PAGES:
        told.page(reading, name, view)
