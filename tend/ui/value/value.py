"""The top of Customer value: the sentence, the numbers, the list, and topics in tabs."""

from dataclasses import replace
from typing import Any

import streamlit as st

from tend.figures.collection import FIGURES
from tend.figures.value import headlines, sentences
from tend.language import format
from tend.ui.figures import figures, foot, leading, tables
from tend.ui.frame import page
from tend.ui.parts import lead, pieces, words
from tend.ui.state import address, data, going
from tend.view import View

Row = dict[str, Any]


def open_value(view: View) -> View:
    """Give the view of the page: no window; without a contract that counts, end kindly."""
    asked = view.between(None, None)
    if not len(data.ask("customer_values", View(view.as_of), search=None)):
        page.lacking("value")
    return asked


def value_sentence(view: View) -> None:
    """Say on how few customers the ARR stands, whether they pay off, and what one loss would do."""
    lead.show(sentences.value(words.reading(), view))


def value_headline(view: View) -> None:
    """Show ARR, what stays of it, growth against loss, lifetime, LTV/CAC and service cost."""
    shown = [
        # what is not known leads to nobody
        leading.tile(f"tile_{one.name}", pieces.number(one), "" if one.value is None else None)
        for one in headlines.value(words.reading(), view)
    ]
    leading.headline(shown, view)


def value_list(view: View) -> None:
    """List the customers, the largest first; letters find one."""
    with st.container(key="value_list"):
        _list(view)


def _list(view: View) -> None:
    figure = FIGURES["customer_values"]
    codes = words.reading().answer(figure, view)
    figures.head(figure, view, codes)
    sought = st.text_input(
        words.say("value.search"),
        key="value_search",
        placeholder=words.say("value.search_hint"),
        label_visibility="collapsed",
        width=260,
    )
    given = {"search": sought.strip() or None}
    if sought.strip():
        codes = data.ask("customer_values", figure.ask(view), **given)
    if len(codes):
        tables.show(figure, codes)
    foot.show(figure, view, codes, given=given)


def topics(view: View, **names: tuple[str, ...]) -> None:
    """Show figures by topic in tabs; only the open one is made."""
    labels = [words.say(f"value.topics.{topic}") for topic in names]
    tabs = st.tabs(labels, key="value_topics", on_change="rerun")
    for tab, (topic, cells) in zip(tabs, names.items(), strict=True):
        if tab.open:
            with tab:
                if topic == "tiers":
                    _tier_rule()
                for name in cells:
                    figures.figure(name, view)


def _tier_rule() -> None:
    """Say the rule as it is set, and lead to where another one is tried."""
    settings, language = data.workspace().settings, address.choice().language
    shares = {"strategic": settings.strategic_share, "core": settings.core_share}
    said = {name: format.share(share, language) for name, share in shares.items()}
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        pieces.note(words.say("value.tier_rule", **said), width="content")
        label = words.say("value.to_tier_rule")
        st.button(label, key="to_tier_rule", type="tertiary", on_click=_to_tier_rule)


def _to_tier_rule() -> None:
    address.change(replace(address.choice().closed(), section="tiers"))
    going.to("settings")
