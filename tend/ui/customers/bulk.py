"""What is done for several customers at once: one entry, said once, and taken back by one click."""

from collections import defaultdict
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from tend.acts import tasks
from tend.figures import wording
from tend.language import format
from tend.settings import sops
from tend.store.facts import entries
from tend.ui.parts import done, html, pieces, words
from tend.ui.state import address, clock, data, rights
from tend.ui.workbench import log_forms

Row = dict[str, Any]
PLACE = "bulk"
_PICKED = "tend.customers_picked"


def tick(row: Row) -> None:
    """Let a customer be selected; what is selected stays so on other pages of the list.

    Nothing can be done for a customer of others: its place stays empty.
    """
    if not rights.may_change(row["customer_id"]):
        html.show(html.span(css="tend-no-tick"))
        return
    key = f"tick_{row['customer_id']}"
    st.session_state[key] = row["customer_id"] in _picked()
    label = words.say("customers.select", customer=wording.customer(row))
    st.checkbox(
        format.plain(label),
        key=key,
        label_visibility="collapsed",
        on_change=_take,
        args=(key, [row["customer_id"]]),
    )


def tick_page(rows: list[Row]) -> None:
    """Let all customers of the page be selected for whom something can be done."""
    names = [row["customer_id"] for row in rights.among(rows)]
    if not names:
        html.show(html.span(css="tend-no-tick"))
        return
    st.session_state["tick_page"] = set(names) <= _picked()
    st.checkbox(
        words.say("customers.select_page"),
        key="tick_page",
        label_visibility="collapsed",
        on_change=_take,
        args=("tick_page", names),
    )


def show(codes: pa.Table) -> None:
    """Offer what can be done for the selected customers of this list; nothing while none is."""
    if (theirs := rights.changeable()) is not None:
        codes = codes.filter(pc.is_in(codes["customer_id"], pa.array(sorted(theirs), pa.string())))
    chosen = codes.filter(pc.is_in(codes["customer_id"], pa.array(sorted(_picked()), pa.string())))
    if not len(chosen):
        return
    rows = chosen.select(["customer_id", "csm", "account_manager", "scale", "satisfaction"])
    with st.container(key="bulk", horizontal=True, vertical_alignment="center", gap="small"):
        count = format.count(len(chosen))
        pieces.note(words.say("customers.bulk.picked", customers=count), width="content")
        _forms(rows.to_pylist())
        if len(chosen) < len(codes):
            everybody = codes["customer_id"].to_pylist()
            label = words.say("customers.bulk.all", customers=format.count(len(codes)))
            st.button(label, key="bulk_all", type="tertiary", on_click=_pick, args=(everybody,))
        label = words.say("customers.bulk.none")
        st.button(label, key="bulk_none", type="tertiary", on_click=_let_go)


def _forms(rows: list[Row]) -> None:
    log_forms.touch_form("bulk", _touch, rows)
    log_forms.task_form("bulk", _note, rows)
    form = log_forms.popover("customers.bulk.csm", "csm_bulk")
    if form.open:
        with form:
            st.text_input(words.say("customers.bulk.csm_to"), key="csm_bulk_to", max_chars=120)
            log_forms.save("csm_bulk", _hand_over, rows)
    st.button(words.say("customers.bulk.sop"), key="bulk_sop", on_click=_start, args=(rows,))


def _touch(key: str, rows: list[Row]) -> None:
    facts = [log_forms.touch_fact(key, row) for row in rows]
    count = format.count(len(rows))
    log_forms.do(
        key,
        PLACE,
        lambda: words.say("customers.bulk.touched", customers=count),
        entries.enter,
        "touches",
        facts,
    )


def _note(key: str, rows: list[Row]) -> None:
    what = st.session_state[f"{key}_what"].strip()
    if not what:
        return
    count = format.count(len(rows))
    log_forms.do(
        key,
        PLACE,
        lambda: words.say("customers.bulk.noted", customers=count, task=what),
        tasks.add,
        {row["customer_id"]: log_forms.owner(row) for row in rows},
        what,
        due_on=st.session_state[f"{key}_day"],
        day=clock.today(),
    )


def _hand_over(key: str, rows: list[Row]) -> None:
    csm = st.session_state[f"{key}_to"].strip()
    if not csm:
        return
    count = format.count(len(rows))
    log_forms.do(
        key,
        PLACE,
        lambda: words.say("customers.bulk.csm_set", customers=count, csm=csm),
        entries.enter,
        "customers",
        [{"customer_id": row["customer_id"], "csm": csm} for row in rows],
    )


def _start(rows: list[Row]) -> None:
    """Start for each the SOP of the cell it stands in; one without a contract in force has none."""
    cells: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["scale"]:
            cells[f"{row['scale']}/{row['satisfaction']}"].append(row)
    settings, language = data.workspace().settings, address.choice().language
    runs = [(cell, sops.of(settings, cell, language), own) for cell, own in cells.items()]
    started, left_out = sum(map(len, cells.values())), sum(not row["scale"] for row in rows)

    def said() -> str:
        told = [words.say("customers.bulk.sop_started", customers=format.count(started))]
        if left_out:
            told.append(words.say("customers.bulk.without_sop", customers=format.count(left_out)))
        return format.sentences(told, address.choice().language)

    done.do(PLACE, said, tasks.start_each, runs, clock.today())


def _picked() -> set[str]:
    found: set[str] = st.session_state.setdefault(_PICKED, set())
    return found


def _take(key: str, names: list[str]) -> None:
    picked = _picked()
    (picked.update if st.session_state[key] else picked.difference_update)(names)


def _pick(names: list[str]) -> None:
    _picked().update(names)


def _let_go() -> None:
    _picked().clear()
