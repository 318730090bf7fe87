"""The imports so far, the newest first: what each brought, and the way to take it back."""

from datetime import datetime
from typing import cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tend import sample
from tend.language import format, text
from tend.store.facts import imports, reports
from tend.store.facts.reports import ImportReport
from tend.store.people import own
from tend.store.workspace import Workspace
from tend.ui.intake import rejected, sheets, waiting
from tend.ui.parts import done, html, pieces, words
from tend.ui.state import address, data, rights

Row = dict[str, object]


def history() -> None:
    """Show who imported which file when, with a way back for each."""
    everything = imports.history(data.workspace())
    with st.container(key="history"):
        html.show(html.h2(words.say("data_page.history")))
        done.say("history")
        origin = _choose_origin(everything)
        found = [row for row in everything if row["origin"] == origin]
        if not found:
            pieces.note(words.say("data_page.no_history"))
            return
        shown = pieces.shown("imports")
        for row in found[:shown]:
            with st.container(key=f"import_{row['import_id']}"):
                _import(row)
        pieces.more("imports", len(found), shown, "intake.history.older")


def _choose_origin(found: list[Row]) -> str:
    """Let the reader choose between files and what was entered here, where there is both."""
    if not any(row["origin"] == own.ENTRY for row in found):
        return "file"
    names = {name: words.say(f"intake.history.origins.{name}") for name in ("file", "entry")}
    chosen = st.segmented_control(
        words.say("data_page.history"),
        list(names),
        default="file",
        key="origin",
        required=True,
        format_func=names.__getitem__,
        label_visibility="collapsed",
    )
    return str(chosen)


def _named(row: Row) -> str:
    """Name an import: its file, or that it was entered here."""
    if row["origin"] == own.ENTRY:
        return words.say("intake.history.entered")
    return words.say("intake.history.sample") if _is_sample(row) else str(row["file"])


def _is_sample(row: Row) -> bool:
    """Tell whether an import is the sample company's workbook, in whichever language."""
    return row["file"] in [sample.file_name(language) for language in text.LANGUAGES]


def _import(row: Row) -> None:
    number = cast(int, row["import_id"])
    what, ways = st.columns((6, 1), vertical_alignment="center")
    html.show(place=what, said=_line(row))
    if row["undone_at"] is not None:
        return
    if rights.may_undo(number):
        _offer_undo(row, number, ways)
    if row["origin"] == own.ENTRY:
        return
    _sheets(number)
    if row["rejected"] and rights.person().sees.is_whole:
        report = _report(number)
        for sheet in range(1, len(report.sheets) + 1):
            rejected.show(report, sheet, f"past_{number}")


def _offer_undo(row: Row, number: int, ways: DeltaGenerator) -> None:
    with ways.popover(words.say("intake.history.undo"), key=f"undo_{number}"):
        named = _named(row)
        st.markdown(words.say("intake.history.undo_what", file=format.plain(named)))
        if st.button(words.say("intake.history.undo_do"), key=f"undo_do_{number}", type="primary"):
            done.do(
                "history", lambda: words.say("intake.history.undone", file=named), _undo, number
            )
            st.rerun()


def _sheets(number: int) -> None:
    """Offer what became of each sheet, why rows were rejected, what was noticed in others."""
    label = words.say("intake.by_sheet")
    with st.expander(label, key=f"sheets_{number}", on_change="rerun") as box:
        if not box.open:  # thousands of problems are read only for those who look
            return
        report = _report(number)
        html.show(sheets.counts(report.sheets, {}))
        for sheet in report.sheets:
            sheets.rejections(sheet)
            sheets.noticed(sheet)


def _report(number: int) -> ImportReport:
    with data.workspace().cursor() as cursor:
        return reports.of_import(cursor, number)


def _undo(workspace: Workspace, number: int) -> None:
    """Take an import back, and what was said of it when it came."""
    imports.undo(workspace, number)
    waiting.report([one for one in waiting.reported() if one.import_id != number])


def _line(row: Row) -> html.Html:
    language = address.choice().language
    names = [words.say(f"datasets.{name}") for name in cast(list[str], row["datasets"] or [])]
    counts = {
        name: format.count(cast(int, row[name] or 0))
        for name in ("accepted", "rejected", "skipped", "warnings")
    }
    parts = [
        format.moment(cast(datetime, row["imported_at"]), language),
        str(row["file"] if _is_sample(row) else row["who"] or ""),
        format.listed(names, language),
        words.say("intake.history.counts", **counts),
        words.say("intake.history.warnings", **counts) if row["warnings"] else "",
        words.say("intake.history.replaced") if row["mode"] == "replace" else "",
    ]
    said = html.join(" · ", (part for part in parts if part))
    file = _named(row)
    if row["undone_at"] is None:
        return html.div(html.b(file), html.small(said), css="tend-import")
    key = "undone_by_who" if row["undone_by"] else "undone_by"
    when = format.moment(cast(datetime, row["undone_at"]), language)
    undone = words.say(f"intake.history.{key}", when=when, who=row["undone_by"])
    return html.div(
        html.s(html.b(file)), html.small(html.s(said), " · ", undone), css="tend-import tend-undone"
    )
