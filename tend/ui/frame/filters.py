"""The quiet bar: filters and what is on; and the as-of date."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from tend.figures import wording
from tend.language import format
from tend.ui.frame import opened_day
from tend.ui.parts import html, pieces, words
from tend.ui.state import address, clock, rights
from tend.ui.state.address import Choice
from tend.view import FIRST_DAY, LAST_DAY, folded

# What every meeting asks for; the others are one click away, and stay where they are on.
_FIRST = ("size", "industry", "contract_type")
_MOST_NAMED = 3


def bar(choice: Choice) -> None:
    """Draw the bar that every page with data has."""
    with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="small"):
        _filters(choice)
        html.show(html.div(_written_out(choice), css="tend-on"), width="stretch")
        if choice.filters:
            st.button(words.say("ui.clear"), key="clear", type="tertiary", on_click=_clear)


def say_what_is_left_out(language: str) -> None:
    """Say what of the address could not be understood: nothing is dropped without a word."""
    if names := address.not_understood():
        shown = [format.clipped(name) for name in names[:_MOST_NAMED]]
        more = [words.say("ui.and_more", count=len(names) - len(shown))]
        said = format.listed(shown + more[: len(names) > len(shown)], language)
        html.show(html.p(words.say("ui.left_out"), " ", said, css="tend-note"))


def _filters(choice: Choice) -> None:
    popover = st.popover(words.say("ui.filters"), key="filters", on_change="rerun")
    if not popover.open:
        return
    offered = words.reading().options(choice.view())
    with popover, st.container(key="filter_list"):
        first = [name for name in offered if name in _FIRST or choice.chosen(name)]
        for name in first:
            _one_filter(choice, name, offered[name])
        rest = [name for name in offered if name not in first]
        if rest:
            more = st.expander(words.say("ui.more"), key="more_filters", on_change="rerun")
            with more:
                for name in rest if more.open else ():
                    _one_filter(choice, name, offered[name])


def _one_filter(choice: Choice, name: str, values: list[tuple[str, int]]) -> None:
    key = f"filter.{name}"
    chosen = choice.chosen(name)
    by_letters = {folded(value): value for value, _ in values}
    on = [by_letters.get(folded(value), value) for value in chosen]
    counts = dict(values)
    labels = {
        value: f"{wording.value(value, choice.language)} ({counts.get(value, 0):,})"
        for value in dict.fromkeys([*counts, *on])
    }
    st.session_state[key] = on
    st.multiselect(
        format.plain(wording.dimension(name, choice.language)),
        list(labels),
        key=key,
        format_func=labels.__getitem__,
        placeholder=words.say("ui.any"),
        on_change=_keep_filter,
        args=(name, key, labels),
    )


def _keep_filter(name: str, key: str, labels: Mapping[str, str]) -> None:
    """Keep the values that are offered: others' entries change the counts in labels meanwhile.

    Streamlit gives a label it does not know as it came; without its count it is known again.
    """
    uncounted = {_uncounted(label): value for value, label in labels.items()}
    given = [
        one if one in labels else uncounted.get(_uncounted(one)) for one in st.session_state[key]
    ]
    chosen = tuple(dict.fromkeys(value for value in given if value is not None))
    address.change(address.choice().filtered(name, chosen))


def _uncounted(label: str) -> str:
    return label.rpartition(" (")[0]


def _written_out(choice: Choice) -> html.Html:
    """Write what is on: Industry: retail, logistics · Size: mid."""
    colon = words.say("ui.colon")
    parts = [
        html.join(
            "",
            (
                format.clipped(wording.dimension(name, choice.language)),
                colon,
                html.b(
                    format.listed(
                        [wording.value(v, choice.language) for v in values], choice.language
                    )
                ),
            ),
        )
        for name, values in choice.filters
    ]
    everybody = "all_customers" if rights.theirs() is None else "all_of_yours"
    said = html.join(" · ", parts) or words.say(f"ui.{everybody}")
    amounts = words.say("ui.amounts_in", currency=words.currency())
    return html.join(" · ", (said, amounts))


def on_paper(choice: Choice, page: str, *, has_view: bool, has_filters: bool) -> None:
    """Say at the head of paper which page it is, of which day, and what is on."""
    day = choice.day() if has_view else clock.today()
    said = [html.b(page), words.say("ui.as_of", day=format.day(day, choice.language))]
    if has_filters:
        said.append(_written_out(choice))
    html.show(html.div(html.join(" · ", said), css="tend-on-paper"))


def as_of(choice: Choice) -> None:
    """Say from which day all is looked at, and offer another."""
    day = choice.day()
    label = words.say("ui.as_of", day=format.day(day, choice.language))
    popover = st.popover(label, key="as_of", type="tertiary", on_change="rerun")
    if not popover.open:
        return
    with popover:
        st.session_state["as_of_day"] = day
        st.date_input(
            words.say("ui.as_of_label"),
            key="as_of_day",
            format="YYYY-MM-DD",
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            on_change=_keep_as_of,
        )
        pieces.note(words.say("ui.as_of_note"))
        if choice.as_of:
            opened_day.back_button("today")


def _keep_as_of() -> None:
    opened_day.look_from(st.session_state["as_of_day"])


def _clear() -> None:
    address.change(replace(address.choice(), filters=()))
