"""Who a customer is: profile and people, what it is worth against its tier, what it said."""

from typing import Any

import streamlit as st

from tend.figures import wording
from tend.language import format
from tend.schema import DATASETS
from tend.ui.parts import choosing, html, pieces, words
from tend.ui.parts.names_and_values import facts
from tend.ui.parts.sources import sources
from tend.ui.state import address, data
from tend.view import View

Row = dict[str, Any]
_PROFILE = (
    *("industry", "size", "tier", "csm", "account_manager", "department", "region"),
    *("source_channel", "potential", "go_live_date", "life_stage"),
)
# What it is worth, and the median of its tier beside it.
_WORTH = (
    ("arr", "tier_arr"),
    ("service_hours", "tier_hours"),
    ("effort_share", "tier_effort_share"),
    ("contracted_to_date", None),
)
_KEY = "tend.sources_of"
_SAID = 6  # answers that are shown


def customer_worth(row: Row, view: View) -> None:
    """Hold its ARR and the hours it takes against the median of its tier."""
    language = address.choice().language
    found = data.ask("customer_worth", View(view.as_of), customer_id=row["customer_id"])
    if not len(found):
        return
    [worth] = found.to_pylist()
    has_tier = worth["tier"] != "unknown"
    tier = wording.value(worth["tier"], language) if has_tier else words.say("customer.no_tier")
    others = format.count(worth["tier_customers"])
    pieces.title(words.say("customer.worth"), _verdict(worth, tier))
    head = (
        html.th(),
        html.th(words.say("customer.this_one")),
        html.th(words.say("customer.tier_median", tier=tier, customers=others)),
    )
    lines = (
        html.tr(
            html.td(words.say(f"columns.{name}")),
            html.td(html.b(_worth(name, worth[name], language))),
            html.td(_worth(name, worth[median], language) if median else ""),
        )
        for name, median in _WORTH
        if worth[name] is not None
    )
    html.show(html.table(html.tr(*head), *lines, css="tend-table tend-fit"))


def _verdict(worth: Row, tier: str) -> str:
    """Say whether it takes more or less than its tier usually does."""
    own, usual = worth["effort_share"], worth["tier_effort_share"]
    if own is None or usual is None:
        return words.say("customer.no_hours")
    key = "takes_more" if own > usual else "takes_less" if own < usual else "takes_as_much"
    return words.say(f"customer.{key}", tier=tier)


def _worth(name: str, value: float | None, language: str) -> str:
    if value is None:
        return format.MISSING
    if name == "effort_share":
        return format.rate(value, language)
    if name == "service_hours":
        return format.number(value, ",.1f")
    return words.reading().amount(value)


def customer_profile(row: Row, view: View) -> None:
    """Show its profile, the size with what the file says of it, and the people one knows there."""
    language = address.choice().language
    table = data.ask("customer", View(view.as_of), customer_id=row["customer_id"])
    [told] = wording.worded("customer", table, language).to_pylist()
    told["size"] = " · ".join(dict.fromkeys(filter(None, (told["size"], told["given_size"]))))
    told["size"] = told["size"] or None
    pieces.title(words.say("customer.profile"))
    facts(told, _PROFILE, {}, language)
    people = data.ask("customer_people", View(view.as_of), customer_id=row["customer_id"])
    if len(people):
        html.show(html.h3(words.say("customer.people")))
        lines = (html.li(_person(one, language)) for one in people.to_pylist())
        html.show(html.ul(*lines, css="tend-log"))


def _person(one: Row, language: str) -> html.Html:
    said = []
    if one["is_key"]:
        said.append(words.say("customer.key_contact"))
    if one["role"]:
        said.append(one["role"])
    if one["nps"] is not None:
        said.append(f"NPS {one['nps']:g}")
    elif one["csat"] is not None:
        said.append(f"CSAT {format.rate(one['csat'], language)}")
    if one["answered_on"]:
        day = format.day(one["answered_on"], language)
        said.append(words.say("customer.answered", answers=format.count(one["answers"]), day=day))
    return html.join("", (html.b(one["person"]), " ", html.small(html.join(" · ", said))))


def customer_said(row: Row, view: View) -> None:
    """Show what it said in its own words, the newest first."""
    language = address.choice().language
    log = data.ask("customer_log", View(view.as_of), customer_id=row["customer_id"]).to_pylist()
    answers = [one for one in log if one["event"] == "answer" and one["text"]]
    if not answers:
        return
    html.show(html.h3(words.say("customer.said")))
    lines = []
    for one in answers[:_SAID]:
        nps = f"NPS {one['nps']:g}" if one["nps"] is not None else ""
        facts = (one["who"], format.day(one["day"], language), nps)
        told = html.join(" · ", (fact for fact in facts if fact))
        lines.append(html.li("“", one["text"], "” ", html.small(told)))
    html.show(html.ul(*lines, css="tend-log"))


def customer_sources(row: Row) -> None:
    """Show at the foot where all of it comes from, one data set at a time."""
    there = data.freshness()
    names = {name: words.say(f"datasets.{name}") for name in DATASETS if name in there}
    chosen = st.session_state.get(_KEY)
    chosen = chosen if chosen in names else next(iter(names))
    html.show(html.h2(words.say("customer.sources"), css="tend-group"))
    choosing.one_of("sources_of", words.say("customer.sources"), names, chosen, _keep)
    sources(chosen, row["customer_id"], address.choice().language)


def _keep() -> None:
    st.session_state[_KEY] = st.session_state["sources_of"]
