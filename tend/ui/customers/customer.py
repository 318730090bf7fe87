"""The page of one customer begins: who it is, what to do and why, how it stands, what one does."""

from datetime import date, timedelta
from typing import Any

import pyarrow.compute as pc
import streamlit as st

from tend.acts.tasks import NOT_DONE
from tend.figures import task_words, wording
from tend.figures.service import reasons
from tend.language import format
from tend.settings import sops
from tend.settings.definition import SCORES
from tend.ui.customers import list_cells, neighbours
from tend.ui.customers.customers import STYLE
from tend.ui.figures import opens
from tend.ui.parts import html, lead, pieces, reader, words
from tend.ui.state import address, data, going, rights
from tend.ui.workbench import log_forms
from tend.view import View

Row = dict[str, Any]
_RECENT = timedelta(days=90)
_LEAST_SHARE = 0.0005  # smaller shares would be written as 0.0 %


def open_one(view: View) -> Row:
    """Give the customer of the address, or say kindly that there is none, and end the page."""
    html.style(STYLE)
    customer_id = address.choice().customer or ""
    neighbours.show(customer_id)
    found: list[Row] = data.ask("customer", View(view.as_of), customer_id=customer_id).to_pylist()
    if not found:
        # whether somebody else has such a customer is not told
        unknown = "unknown" if rights.theirs() is None else "not_theirs"
        key = unknown if customer_id else "which"
        lead.say(words.say(f"customer.{key}", customer=format.clipped(customer_id)))
        st.stop()
    return found[0]


def customer_head(row: Row, view: View) -> None:
    """Say who it is, what is to be done and why, how it stands, and offer the actions."""
    language = address.choice().language
    view = View(view.as_of)
    about = [
        wording.value(row[name], language) for name in ("tier", "industry", "csm") if row[name]
    ]
    lead.say(wording.customer(row), what_to_do(row, view), _standing(row, view, language))
    html.show(html.p(html.join(" · ", about), css="tend-note"))
    pieces.cards(*_cards(row, view, language))
    with st.container(key="customer_actions", horizontal=True, gap="small"):
        log_forms.offer(row)
        if row["contract_id"]:
            st.button(
                words.say(
                    f"customer.{'stage' if rights.may_change(row['customer_id']) else 'contract'}"
                ),
                key="customer_stage",
                on_click=opens.open_contract,
                args=(row["contract_id"],),
            )
        with st.popover(words.say("customer.link"), key="customer_link"):
            there = going.link("customer", customer=row["customer_id"])
            st.code(there, language=None, wrap_lines=True)
    reader.limits(row["customer_id"])


def what_to_do(row: Row, view: View) -> str:
    """Say what presses and why, what turned for the worse, and the next step of the SOP."""
    language = address.choice().language
    if not row["is_in_force"]:
        return ""
    urgent = _of(row, "priorities", view)
    said = []
    if urgent:
        why = reasons.said(words.reading(), urgent[0])
        key = "do" if urgent[0]["reasons"] else "do_nothing"
        said.append(words.say(f"customer.{key}", why=why))
    else:
        said.append(words.say("customer.given_up"))
    known = set(urgent[0]["reasons"]) if urgent else set()
    if turned := _turned(row, view, known):
        said.append(words.say("customer.turned", causes=format.listed(turned, language)))
    return format.sentences([*said, _next_step(row, view, language)], language)


def _of(row: Row, query: str, view: View, **more: object) -> list[Row]:
    """Give a customer's rows of what is asked for all."""
    table = data.ask(query, view, **more)
    found: list[Row] = table.filter(pc.equal(table["customer_id"], row["customer_id"])).to_pylist()
    return found


def _turned(row: Row, view: View, known: set[str]) -> list[str]:
    """Name what began in the last 90 days and lasts, but for a fall that is told as a reason."""
    since = view.between(view.as_of - _RECENT, None)
    lasting = [one["cause"] for one in _of(row, "health_alerts", since) if one["is_lasting"]]
    causes = [cause for cause in lasting if cause != "quadrant_fall" or "fall" not in known]
    return [words.say(f"customer.causes.{cause}") for cause in dict.fromkeys(causes)]


def _next_step(row: Row, view: View, language: str) -> str:
    """Say the next open task; where there is none, how the SOP of its cell begins."""
    tasks = _of(row, "tasks", view, states=NOT_DONE)
    if not tasks:
        cell = f"{row['scale']}/{row['satisfaction']}"
        steps = sops.of(data.workspace().settings, cell, language).steps
        key = "sop_begins" if steps else "no_step"
        return words.say(f"customer.{key}", step=steps[0].text if steps else "")
    said = format.clipped(task_words.of(tasks[0], language))
    return words.say("customer.step", task=said, day=format.day(tasks[0]["due_on"], language))


def _standing(row: Row, view: View, language: str) -> str:
    """Say since when it is a customer, when its next contract ends, when it was touched."""
    said = []
    if row["last_day"]:
        name, day = wording.customer(row), format.day(row["last_day"], language)
        said.append(words.say("customer.lost", customer=name, day=day))
    elif not row["is_in_force"]:
        day = format.day(view.as_of, language)
        said.append(words.say("customer.none", customer=wording.customer(row), day=day))
    if row["months"] is not None:
        said.append(words.say("customer.months", months=format.count(row["months"])))
    ago = row["days_since_touch"]
    key = "never_touched" if ago is None else "touched" if ago else "touched_today"
    day = format.day(row["last_touch"], language)
    said.append(words.say(f"customer.{key}", day=day, days=format.count(ago)))
    return format.sentences(said, language)


def _cards(row: Row, view: View, language: str) -> list[html.Html]:
    arr = words.reading().amount(row["arr"])
    share = format.rate(row["arr_share"], language)
    if row["arr_share"] is not None and 0 < row["arr_share"] < _LEAST_SHARE:
        share = words.say("customer.tiny_share")
    whole = words.say("customer.share", share=share) if row["arr_share"] else ""
    late = words.say("customer.overdue", arr=format.money(row["overdue_arr"], language))
    return [
        _card("arr", arr, whole, late if row["overdue_arr"] else ""),
        _card("next_end", list_cells.due(row, language), _day(row["end_date"], language)),
        *(_state(row, axis) for axis in SCORES),
        _chance(row, view, language),
    ]


def _day(day: date | None, language: str) -> str:
    return format.day(day, language) if day else ""


def _state(row: Row, axis: str) -> html.Html:
    state = row[f"{axis}_state"]
    word = html.span(words.say(f"states.{state}"), css=words.ink("states", state))
    score = words.say("customer.score", score=format.count(row[f"{axis}_score"]))
    return _card(axis, word, score if row[f"{axis}_score"] is not None else "")


def _chance(row: Row, view: View, language: str) -> html.Html:
    """Give the chance that its next contract renews, and where the chance comes from."""
    open_ones = _of(row, "renewal_forecast", view)
    found = [one for one in open_ones if one["contract_id"] == row["contract_id"]]
    if not found:
        return _card("chance", format.MISSING, words.say("customer.no_chance"))
    [one] = found
    basis = words.say("customer.chance_from", basis=words.say(f"figures.basis.{one['basis']}"))
    return _card("chance", format.rate(one["probability"], language), basis)


def _card(name: str, value: object, *lines: str) -> html.Html:
    return pieces.card(words.say(f"customer.cards.{name}"), value, *lines)
