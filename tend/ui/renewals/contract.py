"""One contract on top of any page: its facts, its chain, its process, and where each came from."""

from typing import Any

import pyarrow as pa
import streamlit as st

from tend.figures import wording
from tend.figures.renewals import contract_charts
from tend.language import format
from tend.ui.figures import opens
from tend.ui.parts import html, words
from tend.ui.parts.names_and_values import facts
from tend.ui.parts.sources import sources
from tend.ui.renewals import process
from tend.ui.state import address, alone, data, rights
from tend.view import View

Row = dict[str, Any]
_FACTS = (
    *("contract_type", "product", "start_date", "end_date", "signed_date", "amount", "arr"),
    *("licensed_users", "csm", "tier", "size", "industry", "region", "status", "loss_reason"),
)


def show(contract_id: str) -> None:
    """Open a contract, whichever page is beneath."""
    view = View(address.choice().day())
    title = format.plain(words.say("contract.title", contract=format.clipped(contract_id)))
    shown = alone.dialog(title, _panel, width="large", on_dismiss=opens.close_contract)
    shown(contract_id, view)


def _panel(contract_id: str, view: View) -> None:
    language = address.choice().language
    found = data.ask("contract", view, contract_id=contract_id).to_pylist()
    if not found:
        said = {"contract": format.clipped(contract_id), "day": format.day(view.as_of, language)}
        # whether somebody else has such a contract is not told
        key = "unknown" if rights.theirs() is None else "not_theirs"
        html.show(html.p(words.say(f"contract.{key}", **said)))
        return
    row = found[0]
    html.show(html.div(html.p(_sentence(row, language), css="tend-sum"), css="tend-panel"))
    about = words.say("customer.about", customer=wording.customer(row))
    if st.button(format.plain(about), key="about_customer", type="tertiary"):
        opens.open_customer(row["customer_id"])
        st.rerun()
    units = {"amount": row["currency"], "arr": words.currency()}
    facts(row, _FACTS, units, language)
    process.of_contract(row, view)
    _chain(contract_id, view, language)
    html.show(html.h3(words.say("contract.sources")))
    sources("contracts", contract_id, language)


def _sentence(row: Row, language: str) -> str:
    """Say how the contract stands: renewed by which one, lost, due in so many days."""
    said = {
        "customer": wording.customer(row),
        "successor": format.clipped(row["successor_id"] or format.MISSING),
        "days": format.count(abs(row["days_left"])) if row["days_left"] is not None else "",
        "arr": format.money(row["arr"], language),
        "successor_arr": format.money(row["successor_arr"], language),
    }
    outcome = row["outcome"] or "open_ended"
    if outcome.startswith("renewed") and not row["successor_id"]:
        return words.say("contract.said.renewed_by_word", **said)
    if outcome == "due" and not row["days_left"]:
        outcome = "due_today"
    sentence = words.say(f"contract.said.{outcome}", **said)
    # due, and shows its mark (B8)
    marked = [words.say("contract.said.marked")] if row["is_marked_lost"] else []
    return format.sentences([sentence, *marked], language)


def _chain(contract_id: str, view: View, language: str) -> None:
    table = data.ask("contract_chain", view, contract_id=contract_id)
    if len(table) < 2 or None in table["start_date"].to_pylist():
        return
    flags = [place == "itself" for place in table["place"].to_pylist()]
    shown = wording.worded("contract_chain", table, language).append_column(
        "is_itself", pa.array(flags, pa.bool_())
    )
    near = [row for row in table.to_pylist() if row["steps"] <= contract_charts.NEAR]
    more = format.count(len(table) - len(near))
    key = "contract.chain" if len(near) == len(table) else "contract.chain_near"
    html.show(html.h3(words.say(key, more=more)))
    spec = contract_charts.chain(language, st.context.theme.type == "dark")
    st.vega_lite_chart(shown, spec, theme=None, key="chart_chain", width="stretch")
    with st.container(horizontal=True, gap="small"):
        for number, other in enumerate(near):
            label = format.plain(format.clipped(other["contract_id"]))
            if other["steps"]:
                st.button(
                    label,
                    key=f"chain_{number}",
                    type="tertiary",
                    on_click=opens.open_contract,
                    args=(other["contract_id"],),
                )
