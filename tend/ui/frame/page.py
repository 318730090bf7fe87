"""How a page begins: inside the frame, with its data, or with a kind word on what is missing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NoReturn

import streamlit as st

from tend import sample
from tend.ingest import temporary
from tend.language import format
from tend.store.facts import imports
from tend.ui.frame import frame, whose
from tend.ui.frame.navigation import WITHOUT_FILTERS
from tend.ui.parts import html, lead, pieces, reader, words
from tend.ui.state import address, clock, data, lists, rights
from tend.ui.state.address import Choice
from tend.view import View

# Data sets a page cannot do without; of several in brackets, one is enough.
_SIGNALS = ("usage", "surveys", "touches", "tickets")
NEEDS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "week": (("contracts",),),
    "renewals": (("contracts",),),
    "customers": (("contracts",),),
    "customer": (("contracts", "customers"),),
    "value": (("contracts",),),
    "movement": (("contracts",), _SIGNALS),
    "sop": (("contracts",),),
    "workbench": (("contracts",),),
    "notebook": (("contracts", "customers"),),
}


def open_page(name: str) -> View:
    """Open a page: give the reader's view, or end kindly where its data are missing."""
    frame.enter(name)
    lists.arrive(name)
    there = data.freshness()
    for datasets in NEEDS.get(name, ()):
        if not any(dataset in there for dataset in datasets):
            if there:
                said = words.say("ui.or").join(words.say(f"datasets.{one}") for one in datasets)
                _missing(name, words.say("ui.missing.title", dataset=said))
            elif rights.theirs() is not None:
                _nothing_theirs()
            else:
                _welcome()
            st.stop()
    view = address.choice().view()
    return replace(view, filters=()) if name in WITHOUT_FILTERS else view


def lacking(name: str) -> NoReturn:
    """End a page kindly whose data are there, but hold nothing that it could show."""
    choice = address.choice()
    day = format.day(choice.view().as_of, choice.language)
    _missing(name, words.say("ui.missing.nothing_then", day=day))
    st.stop()


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
        html.show(
            html.join(
                "",
                (
                    html.h1(words.say("ui.welcome.title")),
                    html.p(words.say("ui.welcome.what")),
                    html.ul(
                        *(
                            html.li(
                                html.b(words.say(f"datasets.{name}")),
                                " ",
                                words.say(f"ui.welcome.{name}"),
                            )
                            for name in ("contracts", "customers", "others")
                        )
                    ),
                    html.p(words.say("ui.welcome.how")),
                ),
            )
        )
        _ways()


def _nothing_theirs() -> None:
    """Say to who sees certain customers that none of them is here yet, and who mends that."""
    csms = whose.named()
    key = "nothing_theirs" if csms else "nobody_theirs"
    lead.say(words.say(f"rights.{key}"), words.say(f"rights.{key}_how", csms=csms))


def _missing(page: str, what: str) -> None:
    with st.container(key="welcome"):
        more = words.say(f"ui.missing.{page}")
        html.show(html.join("", (html.h1(what), html.p(more))))
        _ways()


def _ways() -> None:
    if not rights.may("import"):
        pieces.note(reader.why_not("import", "imports"))
        return
    with st.container(horizontal=True, gap="small"):
        if st.button(words.say("ui.to_upload"), key="to_upload"):
            frame.go("data")
        sample_button("sample")


def _load_sample(choice: Choice) -> None:
    """Make the sample company and read it in: it lives today."""
    workspace = data.workspace()
    maker = workspace.seen_by(workspace.person.named(words.say("ui.sample_by")))
    with temporary.folder("sample") as folder:
        for path in sample.write(folder, language=choice.language, until=clock.today()):
            imports.import_file(maker, path)
