"""Contract by contract: the model's chance beside the CSM's own call, made by one click."""

from dataclasses import replace
from typing import Any

import streamlit as st

from tend.acts import calls
from tend.acts.calls import Call
from tend.figures import wording
from tend.figures.collection import FIGURES
from tend.language import format
from tend.settings.process import CALLS
from tend.ui.figures import figures, foot, opens, tables
from tend.ui.parts import done, html, pieces, reader, real_day, words
from tend.ui.state import address, clock, printing, rights
from tend.view import View

Row = dict[str, Any]
_AT_FIRST = 8
_ON_PAPER = ("customer_name", "days_left", "arr", "probability", "basis", "call", "called_on")


def call_list(view: View) -> None:
    """List open contracts, the next end first, each with its chance and its call."""
    cell, language = FIGURES["forecast_list"], address.choice().language
    codes = words.reading().answer(cell, view)
    figures.head(cell, view, codes)
    if printing.is_on():
        tables.show(replace(cell, columns=_ON_PAPER), codes)
        return
    rows = codes.to_pylist()
    reader.limits()
    if rights.may("edit"):
        real_day.note()
    shown = pieces.shown("calls", _AT_FIRST)
    with st.container(key="call_list", gap=None):
        for row in rows[:shown]:
            _line(row, language)
    pieces.more("calls", len(rows), shown, "process.more")
    foot.show(cell, view, codes)


def _line(row: Row, language: str) -> None:
    name = row["contract_id"]
    with st.container(key=f"callrow_{name}", horizontal=True, vertical_alignment="center"):
        with st.container(key=f"callwho_{name}", gap=None, width=300):
            st.button(
                format.plain(wording.customer(row)),
                key=f"call_open_{name}",
                type="tertiary",
                help=words.whole_name(row),
                on_click=opens.open_contract,
                args=(name,),
            )
            html.show(html.small(_facts(row), css="tend-quiet"))
        html.show(_chance(row, language), width=260)
        _choice(row)


def _facts(row: Row) -> html.Html:
    reading = words.reading()
    when = wording.ends(row, reading.language)
    facts = [reading.amount(row["arr"]), when, wording.csm(row, reading.language)]
    return html.join(" · ", [fact for fact in facts if fact])


def _chance(row: Row, language: str) -> html.Html:
    """Draw the model's chance as a bar, and say where it comes from."""
    rate = format.rate(row["probability"], language)
    width = f"width:{100 * (row['probability'] or 0):.0f}%"
    bar = html.div(html.i(style=width), css="tend-chance", role="img", aria_label=rate)
    basis = words.say(f"figures.basis.{row['basis']}")
    return html.div(bar, html.p(html.b(rate), " ", html.small(basis)), css="tend-model")


def _choice(row: Row) -> None:
    """Offer the three calls, a click keeps one; of a customer of others, say which was made."""
    if rights.may_change(row["customer_id"]):
        _calls(row)
    else:
        said = words.say(f"calls.{row['call']}") if row["call"] else format.MISSING
        html.show(html.b(said), width="content")
    if row["called_on"]:
        when = format.day(row["called_on"], address.choice().language)
        odds = html.b(" · ", words.say("calls.at_odds")) if row["is_at_odds"] else html.NOTHING
        html.show(html.small(when, odds, css="tend-quiet"), width="content")


def _calls(row: Row) -> None:
    name = row["contract_id"]
    key = f"call_{name}"
    names = {call: words.say(f"calls.{call}") for call in CALLS}
    st.session_state[key] = row["call"]
    st.segmented_control(
        words.say("calls.label"),
        CALLS,
        key=key,
        format_func=names.__getitem__,
        label_visibility="collapsed",
        on_change=_keep,
        args=(row,),
    )


def _keep(row: Row) -> None:
    call = st.session_state[f"call_{row['contract_id']}"]
    if call is None:  # clicked again: it stays what it was
        return
    made = Call(row["contract_id"], row["customer_id"], call, clock.today(), row["csm"])
    said = {"customer": wording.customer(row)}
    done.do("calls", lambda: words.say(f"calls.said.{call}", **said), calls.keep, made)
