"""What explains the change of the renewal rate: by which dimensions, and in words."""

from dataclasses import replace

import streamlit as st

from tend.figures.collection import FIGURES
from tend.figures.renewals import findings as renewal_findings
from tend.language import format, text
from tend.ui.parts import words
from tend.ui.state import address, data
from tend.view import View

# The change is looked at by one dimension alone.
_ALONE = "none"
# A window of a year is held against the year before, as the sentence does.
ONCE_A_YEAR = ("year_to_date", "last_12_months")


def explained_view(view: View) -> View:
    """Give the view by the two dimensions chosen, else by the first two that have values."""
    choice = address.choice()
    offered = _telling(view)
    first = choice.split if choice.split in offered else offered[0]
    others = [name for name in offered if name != first]
    second = choice.across if choice.across in others else next(iter(others), None)
    both = view.grouped(first).split(None if choice.across == _ALONE else second)
    return both.yearly(is_yearly=choice.window in ONCE_A_YEAR)


def _telling(view: View) -> list[str]:
    """Give the dimensions that can explain: one that the filters hold to one value cannot."""
    held = {name for name, values in view.filters if len(values) == 1}
    offered = data.splits(view)
    return [name for name in offered if name not in held] or offered


def choose_explained(view: View) -> View:
    """Offer the second dimension that the change is explained by."""
    choice, asked = address.choice(), explained_view(view)
    offered = [_ALONE, *(name for name in _telling(view) if name != asked.group_by)]
    labels = {
        name: words.say("ui.across_by", dimension=words.dimension(name, choice.language))
        for name in offered
    } | {_ALONE: words.say("figures.alone")}
    st.session_state["explained_by"] = asked.split_by or _ALONE
    st.selectbox(
        words.say("ui.across"),
        offered,
        key="explained_by",
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        width=260,
        on_change=_keep,
    )
    return asked


def explanation(view: View) -> str:
    """Name the segments that explain the change, to end a sentence; nothing where none do."""
    language, asked = address.choice().language, explained_view(view)
    rows = _explainers(asked, language) or _explainers(asked.split(None), language)
    if not rows:
        return ""
    names = [renewal_findings.segment_name(row) for row in rows]
    listed = words.say("figures.and").join(names)
    if renewal_findings.is_outweighed(rows[-1]):
        way = "up" if rows[-1]["change"] > 0 else "down"
        return text.say(
            f"figures.explained_alone.{way}",
            language,
            names=listed,
            points=format.size_of_change(rows[-1]["explained_effect"]),
            others=format.size_of_change(rows[-1]["others_effect"]),
        )
    key = "explained" if len(names) == 1 else "explained_both"
    return text.say(f"figures.{key}", language, names=listed)


def _explainers(view: View, language: str) -> list[renewal_findings.Row]:
    figure = FIGURES["renewals_change"]
    table = words.worded(figure.query, data.answer(figure, view), language)
    return renewal_findings.explainers(table)


def _keep() -> None:
    address.change(replace(address.choice(), across=st.session_state["explained_by"]))
