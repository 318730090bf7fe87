"""What was decided: who sees to it, how far it has come, and a form for what is decided now."""

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from tend.acts import decisions as kept
from tend.acts.tasks import WEEK
from tend.figures import wording
from tend.figures.collection import FIGURES
from tend.figures.week.decided import DECISION, LONGEST, NOTE, Decided, decided
from tend.language import format
from tend.ui.figures import foot
from tend.ui.parts import done, html, pieces, reader, real_day, words
from tend.ui.state import address, alone, clock, data, rights
from tend.view import View

Row = dict[str, Any]
PLACE = "decisions"
_AT_FIRST = 4
_LONGEST_NAME = 120
# What can be done with a decision, by where it stands.
_TURNS = {kept.OPEN: (kept.DONE, kept.DROPPED), "late": (kept.DONE, kept.DROPPED)}


def decisions(view: View) -> None:
    """List what is open and what has changed since the last meeting, with the form for more."""
    figure = FIGURES["meeting_decisions"]
    codes = words.reading().answer(figure, view)
    rows = decided(words.reading(), view)
    with st.container(key="decisions", gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            html.show(html.h2(words.say("week.decisions.title")), width="content")
            if rights.may("edit"):
                _form("write", None)
            foot.show(figure, view, codes)
        reader.limits()
        if not rows:
            pieces.note(words.say("week.good.decisions"))
        shown = pieces.shown(PLACE, _AT_FIRST)
        for one in rows[:shown]:
            with st.container(
                key=f"decision_{one.row['decision_id']}",
                horizontal=True,
                vertical_alignment="center",
                gap="small",
            ):
                _row(one)
        pieces.more(PLACE, len(rows), shown)


def _row(one: Decided) -> None:
    """Draw what was decided, who sees to it, its state, and what can be done with it."""
    row = one.row
    html.show(_told(one), width="stretch")
    if not _may_change(row):
        return
    if row["kind"] == DECISION:
        for state in _TURNS.get(row["state"], (kept.OPEN,)):
            st.button(
                words.say(f"week.decisions.{state}"),
                key=f"{state}_{row['decision_id']}",
                on_click=_turn,
                args=(row, state),
            )
    _form("edit", row)


def _may_change(row: Row) -> bool:
    named = {name: row[name] for name in ("decision_id", "customer_id")}
    return rights.may_enter("decisions", named)


def _told(one: Decided) -> html.Html:
    state = one.row["state"]
    css = "tend-over" if state in (kept.DONE, kept.DROPPED) else ""
    facts = html.small(html.join(" · ", one.facts))
    return html.div(html.p(one.said, css=css), facts, css=f"tend-decision tend-is-{state}")


def _form(what: str, row: Row | None) -> None:
    """Offer the form, on top of the page."""
    key = f"{what}_{row['decision_id'] if row else 'decision'}"
    label = words.say(f"week.decisions.{what}")
    if st.button(label, key=f"form_{key}"):
        alone.dialog(label, _fill_in)(key, row)


def _fill_in(key: str, row: Row | None) -> None:
    """Show the fields; what is saved closes them."""
    _fields(key, row or {})
    real_day.note()
    if st.button(
        words.say("week.decisions.save"),
        key=f"save_{key}",
        type="primary",
        on_click=_save,
        args=(key, row),
    ):
        st.rerun()


def _fields(key: str, row: Row) -> None:
    st.text_area(
        words.say("week.decisions.what"),
        row.get("decision") or "",
        key=f"{key}_decision",
        max_chars=LONGEST,
    )
    kinds = {name: words.say(f"week.entries.{name}") for name in (DECISION, NOTE)}
    st.segmented_control(
        words.say("week.decisions.kind"),
        list(kinds),
        default=row.get("kind") or DECISION,
        required=True,
        key=f"{key}_kind",
        format_func=kinds.__getitem__,
    )
    st.text_input(
        words.say("week.decisions.owner"),
        row.get("owner") or "",
        key=f"{key}_owner",
        max_chars=_LONGEST_NAME,
    )
    st.date_input(
        words.say("week.decisions.due"),
        row.get("due_on") if row else clock.today() + WEEK,
        key=f"{key}_due",
        format="YYYY-MM-DD",
    )
    names = _customers()
    chosen = row.get("customer_id")
    st.selectbox(
        words.say("week.decisions.customer"),
        list(names),
        index=list(names).index(chosen) if chosen in names else None,
        key=f"{key}_customer",
        placeholder=words.say("week.decisions.nobody"),
        format_func=names.__getitem__,
    )


def _customers() -> dict[str, str]:
    """Give the customers a decision can be about, the largest first."""
    view = View(address.choice().view().as_of)
    rows = data.ask("customer_values", view).to_pylist()
    theirs = rights.among(rows)
    return {row["customer_id"]: format.plain(wording.customer(row)) for row in theirs}


def _save(key: str, row: Row | None) -> None:
    state = st.session_state
    said = state[f"{key}_decision"].strip()
    if not said:
        return
    values: dict[str, object] = {
        "decision_kind": state[f"{key}_kind"],
        "owner": state[f"{key}_owner"].strip() or None,
        "due_on": state[f"{key}_due"],
        "customer_id": state[f"{key}_customer"],
    }
    if row is None:
        _do("write", said, kept.write, said, day=clock.today(), **values)
    else:
        _do("edit", said, kept.change, row, decision=said, **values)


def _turn(row: Row, state: str) -> None:
    _do(state, row["decision"], kept.turn, row, state, day=clock.today())


def _do(
    what: str, said: str, act: Callable[..., int], *given: object, **more: date | object
) -> None:
    shown = format.clipped(said)
    done.do(
        PLACE,
        lambda: words.say(f"week.decisions.said_{what}", decision=shown),
        act,
        *given,
        **more,
    )
