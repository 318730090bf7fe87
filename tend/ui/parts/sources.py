"""Where a fact comes from: file, sheet and row of all that is known of it, and the file itself."""

from typing import Any

import streamlit as st

from tend.language import format
from tend.store.facts import imports
from tend.ui.parts import html, pieces, words
from tend.ui.state import address, data
from tend.view import View

Row = dict[str, Any]
_HEADS = ("file", "sheet", "row_no", "imported_at", "who")


def sources(dataset: str, key: str, language: str) -> None:
    """List the rows that speak of a fact, and give their files."""
    # whatever the day, the sources are the same: another one would have a model made for it
    day = View(address.choice().day())
    rows = data.ask("sources", day, dataset=dataset, key=key).to_pylist()
    html.show(html.h4(words.say("contract.sources")))
    if not rows:
        pieces.note(words.say("contract.no_sources"))
        return
    titles = html.join("", (html.th(words.say(f"columns.{name}")) for name in _HEADS))
    lines = html.join("", (_source(row, language) for row in rows))
    html.show(html.table(html.tr(titles), lines, css="tend-table tend-told tend-sources"))
    files = {row["content_hash"]: row["file"] for row in rows if row["origin"] == "file"}
    with st.container(horizontal=True, gap="small"):
        for number, (content_hash, file) in enumerate(files.items()):
            kept = imports.kept_upload(data.workspace(), file, content_hash)
            if kept.exists():
                st.download_button(
                    format.plain(words.say("contract.get_file", file=file)),
                    kept.read_bytes,
                    file_name=file,
                    key=f"source_{dataset}_{number}",
                    on_click="ignore",
                )


def _source(row: Row, language: str) -> html.Html:
    is_entry = row["origin"] == "entry"
    cells = (
        words.say("intake.history.entered") if is_entry else row["file"],
        format.MISSING if is_entry else row["sheet"],
        format.MISSING if is_entry else str(row["row_no"]),
        format.moment(row["imported_at"], language),
        row["who"] or format.MISSING,
    )
    return html.tr(*(html.td(str(cell)) for cell in cells))
