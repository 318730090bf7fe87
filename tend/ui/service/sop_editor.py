"""The SOP editor: change the SOP of a cell, go back to the one shipped or to an earlier version."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from pydantic import ValidationError

from tend.language import format
from tend.language.errors import TendError
from tend.settings import sops
from tend.settings.sop import Sop, Step
from tend.ui.parts import html, pieces, words
from tend.ui.state import address, alone, data, rights

_VERSIONS_SHOWN = 6


def offer(cell: str, sop: Sop) -> None:
    """Offer to edit the SOP of a cell."""
    language = address.choice().language
    own = dict(data.workspace().settings.sop).get(language, {})  # type: ignore[call-overload]
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        is_wanted = rights.may("settings") and st.button(
            words.say("service.edit.open"), key="edit_sop"
        )
        if is_wanted:
            alone.dialog(words.say("service.edit.title"), _form, width="large")(cell, sop)
        note = "own" if cell in own else "shipped"
        pieces.note(words.say(f"service.edit.{note}"))


def _form(cell: str, sop: Sop) -> None:
    goal = st.text_area(words.say("service.edit.goal"), sop.goal, key="sop_goal", max_chars=600)
    role = st.segmented_control(
        words.say("service.edit.role"),
        ("am", "csm"),
        default=sop.role,
        required=True,
        key="sop_role",
        format_func=lambda code: words.say(f"service.roles.{code}"),
    )
    steps = st.data_editor(
        [{"days": step.days, "text": step.text} for step in sop.steps],
        num_rows="dynamic",
        hide_index=True,
        key="sop_steps",
        column_config={
            "days": st.column_config.NumberColumn(
                words.say("service.edit.days"), min_value=0, max_value=365, step=1, required=True
            ),
            "text": st.column_config.TextColumn(
                words.say("service.edit.step"), max_chars=300, required=True, width="large"
            ),
        },
    )
    avoid = st.text_area(
        words.say("service.edit.avoid"), "\n".join(sop.avoid), key="sop_avoid", max_chars=2000
    )
    with st.container(horizontal=True, gap="small"):
        if st.button(words.say("service.edit.keep"), key="keep_sop", type="primary"):
            _keep(cell, sop, {"goal": goal, "role": role, "steps": steps, "avoid": avoid})
        shipped = sops.standard(address.choice().language)[cell]
        if st.button(words.say("service.edit.revert"), key="revert_sop", disabled=sop == shipped):
            _store(cell, sop, None)
    _versions(cell, sop)


def _keep(cell: str, seen: Sop, told: Mapping[str, Any]) -> None:
    try:
        made = Sop(
            goal=str(told["goal"]).strip(),
            role=told["role"],
            steps=tuple(
                Step(days=int(one["days"] or 0), text=str(one["text"]).strip())
                for one in told["steps"]
                if str(one["text"] or "").strip()
            ),
            avoid=tuple(line.strip() for line in told["avoid"].splitlines() if line.strip()),
        )
    except ValidationError:
        st.error(words.say("service.edit.bad"))
        return
    _store(cell, seen, made)


def _store(cell: str, seen: Sop, wanted: Sop | None) -> None:
    language = address.choice().language
    workspace = data.workspace()
    try:
        base = workspace.settings
        changed = sops.edited(base, cell, language, wanted, seen)
        workspace.define(changed, base=base)
    except TendError as error:
        st.error(format.plain(error.message(language)))
        return
    st.rerun()


def _versions(cell: str, sop: Sop) -> None:
    """List what this cell said before, with the way back to each."""
    language = address.choice().language
    workspace = data.workspace()
    shown: list[Sop] = [sop]
    for one in workspace.versions("sop")[:_VERSIONS_SHOWN]:
        then = sops.of(workspace.settings_at(one.number), cell, language)
        if then in shown:
            continue
        shown.append(then)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            who = one.changed_by
            when = format.moment(one.changed_at, language)
            html.show(html.p(when, " ", who, ": ", then.goal, css="tend-note"))
            if st.button(words.say("settings.versions.back"), key=f"sop_back_{one.number}"):
                _store(cell, sop, then)
