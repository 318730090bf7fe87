"""One contract on top of any page: its facts, its chain, its process, and where each came from."""

import html
from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa
import streamlit as st

from tend import contract_charts, format
from tend.store import imports
from tend.ui import address, data, process, words
from tend.view import View

Row = dict[str, Any]
_FACTS = (
    *("contract_type", "product", "start_date", "end_date", "signed_date", "amount", "arr"),
    *("licensed_users", "csm", "tier", "size", "industry", "region", "status", "loss_reason"),
)
_MONEY = ("amount", "arr")


def show() -> None:
    """Open the contract that the address names, whichever page is beneath."""
    choice = address.choice()
    if choice.contract:
        view = View(choice.as_of or date.today())
        title = format.plain(words.say("contract.title", contract=choice.contract))
        st.dialog(title, width="large", on_dismiss=_close)(_panel)(choice.contract, view)


def _close() -> None:
    address.change(replace(address.choice(), contract=None))


def _panel(contract_id: str, view: View) -> None:
    language = address.choice().language
    found = data.ask("contract", view, contract_id=contract_id).to_pylist()
    if not found:
        day = format.day(view.as_of, language)
        st.html(f"<p>{words.escaped('contract.unknown', contract=contract_id, day=day)}</p>")
        return
    row = found[0]
    st.html(f'<div class="tend-panel"><p class="tend-sum">{_sentence(row, language)}</p></div>')
    st.html(_facts(row, language))
    process.of_contract(row, view)
    _chain(contract_id, view, language)
    _sources(contract_id, language)


def _sentence(row: Row, language: str) -> str:
    """Say how the contract stands: renewed by which one, lost, due in so many days."""
    said = {
        "customer": row["customer_name"] or row["customer_id"],
        "successor": row["successor_id"] or format.MISSING,
        "days": format.count(abs(row["days_left"])) if row["days_left"] is not None else "",
        "arr": format.money(row["arr"], language),
        "successor_arr": format.money(row["successor_arr"], language),
    }
    outcome = row["outcome"] or "open_ended"
    if outcome.startswith("renewed") and not row["successor_id"]:
        return words.escaped("contract.said.renewed_by_word", **said)
    if outcome == "due" and not row["days_left"]:
        outcome = "due_today"
    sentence = words.escaped(f"contract.said.{outcome}", **said)
    # due, and shows its mark (B8)
    return (
        f"{sentence} {words.escaped('contract.said.marked')}" if row["is_marked_lost"] else sentence
    )


def _facts(row: Row, language: str) -> str:
    cells = "".join(
        f"<div><dt>{words.escaped(f'columns.{name}')}</dt>"
        f"<dd>{html.escape(_written(name, row, language))}</dd></div>"
        for name in _FACTS
        if row[name] is not None
    )
    return f'<dl class="tend-facts">{cells}</dl>'


def _written(name: str, row: Row, language: str) -> str:
    value = row[name]
    if isinstance(value, date):
        return value.isoformat()
    if name in _MONEY:
        unit = row["currency"] if name == "amount" else data.workspace().settings.currency
        return f"{value:,.0f} {unit}"
    if isinstance(value, float):
        return f"{value:,.0f}"
    return words.value(str(value), language)


def _chain(contract_id: str, view: View, language: str) -> None:
    table = data.ask("contract_chain", view, contract_id=contract_id)
    if len(table) < 2 or None in table["start_date"].to_pylist():
        return
    flags = [place == "itself" for place in table["place"].to_pylist()]
    shown = words.worded(table, language).append_column("is_itself", pa.array(flags, pa.bool_()))
    near = [row for row in table.to_pylist() if row["steps"] <= contract_charts.NEAR]
    more = format.count(len(table) - len(near))
    key = "contract.chain" if len(near) == len(table) else "contract.chain_near"
    st.html(f"<h4>{words.escaped(key, more=more)}</h4>")
    spec = contract_charts.chain(language, st.context.theme.type == "dark")
    st.vega_lite_chart(shown, spec, theme=None, key="chart_chain", width="stretch")
    with st.container(horizontal=True, gap="small"):
        for number, other in enumerate(near):
            label = format.plain(other["contract_id"])
            if other["steps"] and st.button(label, key=f"chain_{number}", type="tertiary"):
                address.change(replace(address.choice(), contract=other["contract_id"]))
                st.rerun()


def _sources(contract_id: str, language: str) -> None:
    """Tell file, sheet and row of all that is known of the contract, and give the file."""
    view = View(date.max)
    rows = data.ask("sources", view, dataset="contracts", key=contract_id).to_pylist()
    heads = ("file", "sheet", "row_no", "imported_at", "who")
    titles = "".join(f"<th>{words.escaped(f'columns.{name}')}</th>" for name in heads)
    lines = "".join(_source(row, language) for row in rows)
    st.html(
        f"<h4>{words.escaped('contract.sources')}</h4>"
        f'<table class="tend-table tend-told tend-sources"><tr>{titles}</tr>{lines}</table>'
    )
    files = {row["content_hash"]: row["file"] for row in rows if row["origin"] == "file"}
    with st.container(horizontal=True, gap="small"):
        for number, (content_hash, file) in enumerate(files.items()):
            kept = imports.kept_upload(data.workspace(), file, content_hash)
            if kept.exists():
                st.download_button(
                    format.plain(words.say("contract.get_file", file=file)),
                    kept.read_bytes,
                    file_name=file,
                    key=f"source_{number}",
                    on_click="ignore",
                )


def _source(row: Row, language: str) -> str:
    is_entry = row["origin"] == "entry"
    cells = (
        words.say("intake.history.entered") if is_entry else row["file"],
        format.MISSING if is_entry else row["sheet"],
        format.MISSING if is_entry else str(row["row_no"]),
        format.moment(row["imported_at"], language),
        row["who"] or format.MISSING,
    )
    return f"<tr>{''.join(f'<td>{html.escape(str(cell))}</td>' for cell in cells)}</tr>"
