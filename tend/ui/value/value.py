"""The top of Customer value: the sentence, the numbers, the list, and topics in tabs."""

from dataclasses import replace
from typing import Any

import streamlit as st

from tend.figures import doubts
from tend.figures.collection import FIGURES
from tend.figures.limits import CRITICAL_RATE, HEALTHY_RATIO
from tend.figures.value import findings
from tend.language import format
from tend.ui.figures import figures, foot, leading, tables
from tend.ui.frame import page
from tend.ui.parts import lead, pieces, words
from tend.ui.parts.tiles import Tile
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
    language = address.choice().language
    found = _first("concentration", view)
    more = []
    if found is None:
        said = words.say("value.lead_none")
        there = data.ask("customer_values", view.grouped(None), search=None).num_rows
        if there and not data.ask("cohort_retention", view.grouped(None)).num_rows:
            more.append(words.say("value.no_dates"))
    else:
        arr = format.money(found["arr"], language)
        if found["customers"] == 1:
            name = format.clipped(found["largest_customer_name"])
            said = words.say("value.lead_one", name=name, arr=arr)
        else:
            said = words.say(
                "value.lead",
                top=format.count(found["top_20_percent_customers"]),
                customers=format.count(found["customers"]),
                share=format.rate(found["top_20_percent_share"], language),
                arr=arr,
            )
        more += [*_ratio(view), _largest(found, language)]
    more += [*_foreign(view), *doubts.doubled(words.reading(), view)]
    lead.say(said, format.sentences(more, language))


def value_headline(view: View) -> None:
    """Show ARR, what stays of it, growth against loss, lifetime, LTV/CAC and service cost."""
    language = address.choice().language
    shown = [
        _arr(view, language),
        _retention(view, language),
        _quick(view, language),
        *_lifetime(view, language),
        _effort(view, language),
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


def _first(name: str, view: View) -> Row | None:
    rows: list[Row] = data.ask(name, view.grouped(None)).to_pylist()
    return rows[0] if rows else None


def _ratio(view: View) -> list[str]:
    told = _first("lifetime_value", view)
    if told is None or told["ltv_cac"] is None:
        return []
    key = "ratio_good" if told["ltv_cac"] > HEALTHY_RATIO else "ratio_low"
    return [words.say(f"value.{key}", ratio=format.times(told["ltv_cac"]))]


def _largest(found: Row, language: str) -> str:
    said = {
        "name": format.clipped(found["largest_customer_name"]),
        "share": format.rate(found["largest_share"], language),
    }
    if found["nrr"] is None:
        return words.say("value.largest", **said)
    return words.say(
        "value.largest_nrr",
        **said,
        nrr=format.rate(found["nrr"], language),
        without=format.rate(found["nrr_without_largest"], language),
    )


def _foreign(view: View) -> list[str]:
    rows = data.ask("arr_movements", view.grouped(None)).to_pylist()
    amounts = rows[-1]["other_currencies"] if rows else None
    return [words.say("value.other_currencies", amounts=amounts)] if amounts else []


def _tile(name: str, shown: str, *lines: str) -> Tile:
    card = pieces.card(
        words.say(f"value.cards.{name}"),
        shown,
        *lines,
        title=words.say(f"definitions.value_{name}"),
    )
    return leading.tile(f"tile_{name}", card, "" if shown == format.MISSING else None)


def _arr(view: View, language: str) -> Tile:
    row = _first("concentration", view)
    if row is None:
        return _tile("arr", format.money(0, language))
    late = row["overdue_arr"]
    said = words.say(
        "value.cards.mrr",
        mrr=format.money(row["mrr"], language),
        customers=format.count(row["customers"]),
    )
    more = words.say("value.cards.overdue", arr=format.money(late, language)) if late else ""
    return _tile("arr", format.money(row["arr"], language), said, more)


def _retention(view: View, language: str) -> Tile:
    row = _first("retention_12m", view)
    if row is None:
        return _tile("nrr", format.MISSING)
    kept = {
        "kept": format.count(row["kept_customers"]),
        "opening": format.count(row["opening_customers"]),
    }
    return _tile(
        "nrr",
        format.rate(row["nrr"], language),
        words.say("value.cards.grr", grr=format.rate(row["grr"], language)),
        words.say("value.cards.of_opening", **kept),
    )


def _quick(view: View, language: str) -> Tile:
    row = _first("arr_growth", view)
    if row is None:
        return _tile("quick", format.MISSING)
    said = words.say(
        "value.cards.quick_of",
        won=format.money(row["won"], language),
        lost=format.money(row["lost"], language),
        open=findings.so_far(row, language),
    )
    return _tile("quick", format.times(row["quick_ratio"]), said)


def _lifetime(view: View, language: str) -> list[Tile]:
    row = _first("lifetime_value", view)
    nothing = words.say("value.cards.nothing")
    if row is None or row["logo_renewal_rate"] is None:
        return [_tile(name, format.MISSING, nothing) for name in ("lifetime", "ltv_cac")]
    years = row["lifetime_years"]
    key = "lifetime_more" if years is None else "lifetime_years"
    shown = format.times(years) if years is not None else format.count(row["at_least_years"])
    said = words.say(
        "value.cards.lifetime_of",
        rate=format.rate(row["logo_renewal_rate"], language),
        renewed=format.count(row["customers_renewed"]),
        decided=format.count(row["customers_decided"]),
    )
    low = row["logo_renewal_rate"] < CRITICAL_RATE
    few = words.say("charts.few") if row["is_few_cases"] else ""
    line = words.say("value.cards.below_line") if low else ""
    life = _tile("lifetime", words.say(f"value.cards.{key}", years=shown), said, line, few)
    return [life, _pays_off(row, language)]


def _pays_off(row: Row, language: str) -> Tile:
    ltv = format.money(row["ltv"], language)
    if row["ltv"] is None:
        return _tile("ltv_cac", format.MISSING, words.say("value.cards.nothing"))
    if row["cac"] is None:
        return _tile("ltv_cac", format.MISSING, words.say("value.cards.no_cac", ltv=ltv))
    said = words.say(
        "value.cards.ltv_of",
        ltv=ltv,
        cac=format.money(row["cac"], language),
        customers=format.count(row["customers_with_cac"]),
    )
    return _tile("ltv_cac", format.times(row["ltv_cac"]), said)


def _effort(view: View, language: str) -> Tile:
    row = _first("service_effort", view)
    if row is None:
        return _tile("effort", format.MISSING, words.say("value.cards.no_hours"))
    said = words.say(
        "value.cards.effort_of",
        cost=format.money(row["service_cost"], language),
        arr=format.money(row["arr"], language),
    )
    return _tile("effort", format.rate(row["effort_share"], language), said)
