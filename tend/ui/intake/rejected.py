"""Rejected rows of a sheet: shown, and as a file in the sheet's own columns with the reason."""

from functools import partial
from pathlib import PurePath

import pyarrow as pa
import streamlit as st

from tend.handouts.workbook import one_table
from tend.language import format
from tend.store.facts import rejected
from tend.store.facts.reports import ImportReport
from tend.ui.parts import download, html, pieces, words
from tend.ui.state import address, data

_SHOWN = 100


def show(report: ImportReport, number: int, key: str) -> None:
    """Offer the rejected rows of one sheet, where it has any."""
    sheet = report.sheets[number - 1]
    if report.import_id is None or not sheet.rejected:
        return
    language = address.choice().language
    label = words.say("intake.rejected_shown", count=format.count(sheet.rejected))
    with st.expander(label, key=f"rejected_{key}_{number}", on_change="rerun") as box:
        # Thousands of rows are read only for those who look.
        if not box.open:
            return
        pieces.note(words.say("intake.rejected_how"))
        table, headers = rows(report.import_id, number, language)
        download.button(
            words.say("intake.rejected_download"),
            partial(one_table.write, table, headers, sheet.sheet),
            name=f"{words.say('intake.rejected_file', file=PurePath(report.file).stem)}.xlsx",
            mime=download.XLSX,
            key=f"download_{key}_{number}",
        )
        lines = table.slice(0, _SHOWN).to_pylist()
        html.show(pieces.rows(list(headers.values()), map(_cells, lines)))
        if table.num_rows > _SHOWN:
            first = words.say("intake.rejected_first", count=_SHOWN)
            pieces.note(first)


def rows(import_id: int, number: int, language: str) -> tuple[pa.Table, dict[str, str]]:
    """Give rejected rows under names of our own, and the file's headers: those may come twice."""
    found = rejected.table(data.workspace(), import_id, number, language)
    headers = {f"c{place}": header for place, header in enumerate(found.column_names)}
    return found.rename_columns(list(headers)), headers


def _cells(row: dict[str, str | None]) -> list[str]:
    """Give the cells as they stand; a blank is blank, not a word for nothing."""
    return [format.clipped(cell or "") for cell in row.values()]
