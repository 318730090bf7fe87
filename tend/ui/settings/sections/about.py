"""What stands beside the fields of a section: who is there, and where the rest is edited."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from tend.language import format
from tend.settings.sop import CELLS
from tend.ui.intake import sheets
from tend.ui.parts import html, pieces, reader, words
from tend.ui.settings.sections import people
from tend.ui.state import address, data, going
from tend.view import View

_SHOWN = 30


def first(section: str) -> None:
    """Show what a section has above its fields: who may come in, to whoever may say so."""
    if section == "people":
        people.who_may_come_in()


def more(section: str, view: View) -> None:
    """Show what a section has beside its fields."""
    if section in _MORE:
        _MORE[section](view)


def _people(view: View) -> None:
    """Ask for the reader's name, and list the CSMs that the data name."""
    _title("names")
    with st.container(key="your_name"):
        reader.ask("people")
    rows = data.ask("csm_coverage", View(view.as_of)).to_pylist()
    named = [row for row in rows if row["segment"] != "unknown"]
    shown = named[:_SHOWN]
    if not shown:
        pieces.note(words.say("company.people.none"))
        return
    lines = (
        html.tr(
            html.td(format.clipped(row["segment"])),
            html.td(format.count(row["customers"])),
            html.td(words.say(f"service.loads.{row['load']}") if row["load"] else format.MISSING),
        )
        for row in shown
    )
    heads = sheets.heads("company.people", ("name", "customers", "load"))
    html.show(sheets.table(heads, lines, "tend-people"))
    if rest := len(named) - len(shown):
        pieces.note(words.say("company.people.rest", rest=format.count(rest)))


def _tiers(view: View) -> None:
    """Say where files give tiers: there the rule changes nothing but what stands beside them."""
    rows = data.ask("filter_options", View(view.as_of), dimensions=("tier",)).to_pylist()
    if any(row["value"] not in ("strategic", "core", "basic") for row in rows):
        pieces.note(words.say("company.tiers_given"))


def _sops(_view: View) -> None:
    """Say how many SOPs are the team's own, and lead to where they are edited."""
    _title("sops")
    sops = data.workspace().settings.sop
    edited = next((own for language, own in sops.items() if language == _language()), {})
    said = words.say(
        "company.sops.edited",
        edited=format.count(len(edited)),
        cells=format.count(len(CELLS)),
    )
    pieces.note(said)
    st.button(
        words.say("company.sops.open"),
        key="to_sop",
        type="tertiary",
        on_click=partial(going.to, "sop"),
    )


def _language() -> str:
    return address.choice().language


def _title(group: str) -> None:
    title = html.h2(words.say(f"company.groups.{group}"))
    what = html.p(words.say(f"company.about.{group}"))
    html.show(html.div(title, what, css="tend-score"))


_MORE: Mapping[str, Callable[[View], None]] = {"people": _people, "sop": _sops, "tiers": _tiers}
