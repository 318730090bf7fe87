"""One customer's health in a panel: why it moved, its path, and what its scores are made of."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from tend.figures import moves, wording
from tend.figures.health import charts as health_charts
from tend.figures.renewals import contract_charts
from tend.language import format
from tend.settings.definition import SCORES
from tend.ui.figures import opens
from tend.ui.parts import html, pieces, words
from tend.ui.state import address, alone, data, printing
from tend.view import View

Row = dict[str, Any]
_CONTRACTS = 12  # that are listed; monthly ones may be many
_INKS = {"at_risk": "at-risk", "lower": "at-risk", "average": "average"}


def show(row: Row, view: View) -> None:
    """Open the panel of a customer."""
    title = format.plain(wording.customer(row))
    alone.dialog(title, _panel, width="large")(row, view)


def _panel(row: Row, view: View) -> None:
    language = address.choice().language
    why = moves.why(row, language)
    scores = [_score(row, axis) for axis in SCORES]
    html.show(
        html.div(
            html.p(way(row)),
            html.p(why, css="tend-sum"),
            html.p(html.join(" · ", scores), css="tend-note"),
            css="tend-panel",
        )
    )
    if st.button(words.say("customer.more"), key="about_customer"):
        opens.open_customer(row["customer_id"])
        st.rerun()
    path_of(row["customer_id"], view)
    _indicators(row, view, language)
    _timeline(contracts_of(row["customer_id"], view), language)


def path_of(customer_id: str, view: View) -> None:
    """Draw a customer's scores month by month, or say that they are not known."""
    path = data.ask("customer_health", View(view.as_of), customer_id=customer_id)
    html.show(html.h3(words.say("movement.path")))
    if path["outcome_score"].null_count == path["experience_score"].null_count == len(path):
        pieces.note(words.say("customer.no_health"))
        return
    path = _from_first_score(path)
    spec = health_charts.path(address.choice().language, st.context.theme.type == "dark")
    st.vega_lite_chart(path, spec, theme=None, key="chart_path", width=printing.width())


def _from_first_score(path: pa.Table) -> pa.Table:
    """Leave out the months before anything was known: contracts are older than signals."""
    scored = pc.or_(pc.is_valid(path["outcome_score"]), pc.is_valid(path["experience_score"]))
    return path.slice(pc.index(scored, True).as_py())


def contracts_of(customer_id: str, view: View) -> pa.Table:
    """List a customer's contracts, the newest first, and give them; a click opens one on top."""
    language = address.choice().language
    table = data.ask("customer_contracts", View(view.as_of), customer_id=customer_id)
    html.show(html.h3(words.say("contract.of_customer", contracts=format.count(len(table)))))
    newest = table.slice(0, _CONTRACTS)
    with st.container(key="contracts_of", gap="xxsmall"):
        for number, row in enumerate(newest.to_pylist()):
            _line(number, row, language)
    return newest


def _line(number: int, row: Row, language: str) -> None:
    with st.container(key=f"contract_{number}", horizontal=True, vertical_alignment="center"):
        label = format.plain(format.clipped(row["contract_id"]))
        st.button(
            label,
            key=f"open_contract_{number}",
            type="tertiary",
            on_click=opens.open_contract,
            args=(row["contract_id"],),
        )
        pieces.note(_contract(row, language))


def _timeline(table: pa.Table, language: str) -> None:
    """Draw the contracts from first to last day; one alone, or one without days, is no timeline."""
    if len(table) > 1 and not table["start_date"].null_count:
        spec = contract_charts.timeline(language, st.context.theme.type == "dark")
        shown = wording.worded("customer_contracts", table, language)
        st.vega_lite_chart(shown, spec, theme=None, key="chart_timeline", width=printing.width())


def _contract(row: Row, language: str) -> html.Html:
    ends = row["end_date"].isoformat() if row["end_date"] else words.say("contract.no_end")
    days = " – ".join(day for day in (str(row["start_date"] or ""), ends) if day)
    outcome = words.say(f"outcomes.{row['outcome']}") if row["outcome"] else ""
    facts = (days, format.money(row["arr"], language), outcome)
    return html.join(" · ", (fact for fact in facts if fact))


def _score(row: Row, axis: str) -> str:
    before, after = row[f"from_{axis}_score"], row[f"{axis}_score"]
    return words.say(
        "movement.score",
        axis=words.say(f"charts.{axis}"),
        before=format.count(before),
        after=format.count(after),
    )


def _indicators(row: Row, view: View, language: str) -> None:
    asked = data.ask("customer_move", view, customer_id=row["customer_id"])
    heads = ("indicator", "from_value", "to_value", "from_points", "to_points", "change")
    lines = html.join("", (_indicator(one, language) for one in asked.to_pylist()))
    titles = html.join("", (html.th(words.say(f"columns.{name}")) for name in heads))
    html.show(
        html.join(
            "",
            (
                html.h3(words.say("movement.indicators")),
                html.table(html.tr(titles), lines, css="tend-table"),
                html.p(words.say("movement.indicators_note"), css="tend-note"),
            ),
        )
    )


def _indicator(one: Row, language: str) -> html.Html:
    name = one["indicator"]
    called = moves.indicator(name, language)
    axis = words.say(f"charts.{one['score']}")
    cells = [
        moves.value(name, one["from_value"], language),
        moves.value(name, one["to_value"], language),
        format.count(one["from_points"]),
        format.count(one["to_points"]),
        format.change(one["change"]),
    ]
    rest = html.join("", (html.td(cell) for cell in cells))
    return html.tr(html.td(called, html.BREAK, html.small(axis)), rest)


def way(row: Row) -> html.Html:
    """Write from where to where, each state by its shape, its ink and its word."""
    said = [
        html.join(" ", (words.say(f"charts.{axis}"), _state(before), "→", _state(after)))
        for axis, before, after in moves.changed(row)
    ]
    if said:
        return html.join(html.BREAK, said)
    if row["to_quadrant"] is None or (row["from_quadrant"] is None and row["direction"] is None):
        return html.text(words.say("movement.from_unknown"))
    return html.text(words.say("movement.stayed"))


def _state(state: str) -> html.Html:
    ink = _INKS.get(state, "healthy")
    return html.span(words.say(f"states.{state}"), css=f"tend-{ink}")
