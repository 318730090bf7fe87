"""How a page begins: inside the frame, with its data, or with a kind word on what is missing."""

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import streamlit as st

from tend import sample
from tend.store import imports
from tend.ui import address, data, frame, words
from tend.ui.address import Choice
from tend.view import View

# Data sets a page cannot do without.
NEEDS = {"renewals": ("contracts",), "data": (), "settings": ()}


def open_page(name: str) -> View:
    """Open a page: give the reader's view, or end kindly where its data are missing."""
    frame.enter(name)
    there = data.freshness()
    missing = [dataset for dataset in NEEDS[name] if dataset not in there]
    if missing:
        _welcome() if not there else _missing(name, missing[0])
        st.stop()
    return address.choice().view()


def sample_button(key: str, *, kind: str = "primary") -> None:
    """Offer the sample company by one click, in the reader's language."""
    if st.button(
        words.say("ui.load_sample"), key=key, type="primary" if kind == "primary" else "secondary"
    ):
        with st.spinner(words.say("ui.loading_sample")):
            _load_sample(address.choice())
        st.rerun()


def _welcome() -> None:
    """Say what Tend shows, what to upload, and offer the sample company."""
    with st.container(key="welcome"):
        st.html(
            f"<h1>{words.escaped('ui.welcome.title')}</h1>"
            f"<p>{words.escaped('ui.welcome.what')}</p>"
            "<ul>"
            + "".join(
                f"<li><b>{words.escaped(f'datasets.{name}')}</b> "
                f"{words.escaped(f'ui.welcome.{name}')}</li>"
                for name in ("contracts", "customers", "others")
            )
            + f"</ul><p>{words.escaped('ui.welcome.how')}</p>"
        )
        _ways()


def _missing(page: str, dataset: str) -> None:
    with st.container(key="welcome"):
        name = words.say(f"datasets.{dataset}")
        st.html(
            f"<h1>{words.escaped('ui.missing.title', dataset=name)}</h1>"
            f"<p>{words.escaped(f'ui.missing.{page}')}</p>"
        )
        _ways()


def _ways() -> None:
    with st.container(horizontal=True, gap="small"):
        if st.button(words.say("ui.to_upload"), key="to_upload"):
            frame.go("data")
        sample_button("sample")


def _load_sample(choice: Choice) -> None:
    """Make the sample company and read it in; its last day is the day to look from (A9)."""
    with tempfile.TemporaryDirectory() as folder:
        for path in sample.write(Path(folder), language=choice.language):
            imports.import_file(data.workspace(), path, who=words.say("ui.sample_by"))
    if date.today() > sample.UNTIL:
        address.change(replace(choice, as_of=sample.UNTIL))
