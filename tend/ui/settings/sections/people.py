"""Who may come in: the list, an invitation, a change with what it would show, whole domains."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from tend.language import format
from tend.language.errors import TendError
from tend.people.person import ROLES, Person
from tend.store.people import people
from tend.ui.intake import sheets
from tend.ui.parts import done, html, pieces, words
from tend.ui.state import address, alone, data, person, rights

_PLACE = "people"
_WHOSE = ("own", "all")


def who_may_come_in() -> None:
    """Show and change who may come in, to whoever may say so."""
    if not rights.may("people"):
        return
    title = html.h2(words.say("people.title"))
    html.show(html.div(title, html.p(words.say("people.about")), css="tend-score"))
    if not person.signs_in():
        pieces.note(words.say("people.off"))
    there = people.listed(data.workspace())
    with st.container(key="people"):
        _list(there)
        _choose(there)
    _domains()


def _list(there: Sequence[Person]) -> None:
    if not there:
        pieces.note(words.say("people.nobody"))
        return
    lines = (
        html.tr(
            html.td(format.clipped(_named(one))),
            html.td(format.clipped(one.address)),
            html.td(words.say(f"people.roles.{one.role}")),
            html.td(_sees(one)),
        )
        for one in there
    )
    heads = sheets.heads("people", ("name", "address", "role", "sees"))
    html.show(sheets.table(heads, lines, "tend-told"))


def _named(one: Person) -> str:
    is_reader = one.key == person.current().key
    return words.say("people.you", name=one.name) if is_reader else one.name


def _sees(one: Person) -> str:
    if one.sees_all:
        return words.say("people.whose.all")
    csms = [format.clipped(csm) for csm in one.csms]
    return format.listed(csms, address.choice().language) or format.MISSING


def _choose(there: Sequence[Person]) -> None:
    """Lead to one person, or to an invitation."""
    by_key = {one.key: one for one in there}
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        if st.button(words.say("people.invite"), key="invite"):
            _edit(people.of_role("csm"))
        if there:
            _choose_one(by_key)
    if chosen := by_key.get(st.session_state.pop("open_person", None)):
        _edit(chosen)


def _choose_one(by_key: Mapping[str, Person]) -> None:
    st.selectbox(
        words.say("people.change", name=""),
        list(by_key),
        index=None,
        key="chosen_person",
        placeholder=words.say("people.change", name="…"),
        format_func=lambda key: format.plain(by_key[key].name),
        label_visibility="collapsed",
        width=290,
        on_change=_open_chosen,
    )


def _open_chosen() -> None:
    """Open somebody, and let them be chosen once more after that."""
    st.session_state["open_person"] = st.session_state["chosen_person"]
    st.session_state["chosen_person"] = None


def _edit(one: Person) -> None:
    name = words.say("people.change", name=one.name) if one.key else words.say("people.invite")
    alone.dialog(format.plain(name), lambda: _form(one))()


def _form(one: Person) -> None:
    """Ask for all that somebody is, and show how many customers that is."""
    wanted = _asked(one)
    try:
        mine, of = people.reach(data.workspace(), wanted)
    except TendError as error:
        st.error(format.plain(error.message(address.choice().language)))
        return
    said = words.say("people.would_see", mine=format.count(mine), of=format.count(of))
    pieces.note(said)
    done.say(_PLACE)
    with st.container(horizontal=True, gap="small"):
        word = "keep" if one.key else "let_in"
        if st.button(words.say(f"people.{word}"), key="keep_person", type="primary"):
            _keep(wanted)
        if one.key and st.button(words.say("people.remove"), key="remove_person"):
            _remove(one)


def _asked(one: Person) -> Person:
    name = st.text_input(words.say("people.name"), one.name, max_chars=people.LONGEST_NAME)
    mail = st.text_input(words.say("people.address"), one.address)
    role = st.selectbox(
        words.say("people.role"),
        ROLES,
        index=ROLES.index(one.role),
        format_func=lambda role: words.say(f"people.roles.{role}"),
    )
    pieces.note(words.say(f"people.role_about.{role}"))
    begun = people.of_role(role, name=name, address=mail)
    begun = replace(begun, key=one.key)
    if role == "admin":
        return begun
    if role == "leader":
        return _allowed(begun, one, may_import=True)
    return _with_customers(_allowed(begun, one, may_import=role == "csm"), one)


def _with_customers(begun: Person, one: Person) -> Person:
    """Ask whose customers are theirs, by the CSMs that the data name, and which they see."""
    labels = list(dict.fromkeys([*people.labels(data.workspace()), *one.csms]))
    csms = st.multiselect(
        words.say("people.csms"),
        labels,
        list(one.csms),
        format_func=format.plain,
        placeholder=words.say("people.choose_csms"),
    )
    sees_all = one.sees_all if one.role == begun.role else begun.sees_all
    sees = st.radio(
        words.say("people.sees"),
        _WHOSE,
        index=int(sees_all),
        format_func=lambda whose: words.say(f"people.whose.{whose}"),
        horizontal=True,
    )
    return replace(begun, csms=tuple(csms), sees_all=sees == "all")


def _allowed(begun: Person, one: Person, *, may_import: bool) -> Person:
    is_masked = st.checkbox(words.say("people.masked"), one.is_masked)
    imports = may_import and st.checkbox(words.say("people.may_import"), one.may_import)
    return replace(begun, is_masked=is_masked, may_import=imports)


def _keep(wanted: Person) -> None:
    act = people.change if wanted.key else people.invite
    said = "people.changed" if wanted.key else "people.invited"
    name = wanted.name or wanted.address
    if done.do(_PLACE, lambda: words.say(said, name=name), _quietly(act), wanted):
        st.rerun()
    st.rerun(scope="fragment")


def _remove(one: Person) -> None:
    said = words.say("people.removed", name=one.name)
    if done.do(_PLACE, lambda: said, people.remove, one.key):
        st.rerun()
    st.rerun(scope="fragment")


def _quietly(act: Callable[..., object]) -> Callable[..., None]:
    """Give an act that cannot be taken back by a word: what it gives is no entry."""

    def do(*given: object) -> None:
        act(*given)

    return do


def _domains() -> None:
    title = html.h2(words.say("people.domains"))
    html.show(html.div(title, html.p(words.say("people.domains_about")), css="tend-score"))
    with st.container(key="domains"):
        for one in people.domains(data.workspace()):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                role = words.say(f"people.roles.{one.role}")
                html.show(html.p(words.say("people.as_role", domain=one.domain, role=role)))
                st.button(
                    words.say("people.remove"),
                    key=f"domain_{one.domain}",
                    type="tertiary",
                    on_click=_let_in_no_more,
                    args=(one.domain,),
                )
        _add_domain()


def _add_domain() -> None:
    with (
        st.form("add_domain", clear_on_submit=True, border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        domain = st.text_input(words.say("people.domain"), key="new_domain", width=290)
        role = st.segmented_control(
            words.say("people.role"),
            [role for role in ROLES if role != "admin"],
            default="reviewer",  # who may do least, unless somebody says more
            key="new_domain_role",
            format_func=lambda role: words.say(f"people.roles.{role}"),
            required=True,
        )
        is_asked = st.form_submit_button(words.say("people.add_domain"))
    if is_asked and domain:
        said = words.say("people.domain_in", domain=domain)
        done.do("domains", lambda: said, _quietly(people.let_in), domain, role)
        st.rerun()


def _let_in_no_more(domain: str) -> None:
    said = words.say("people.domain_out", domain=domain)
    done.do("domains", lambda: said, people.let_in_no_more, domain)
