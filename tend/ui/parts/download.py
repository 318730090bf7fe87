"""Tables as files: CSV and Excel, types kept, and formulas in text made harmless."""

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Literal

import pyarrow as pa
import streamlit as st

from tend.handouts.workbook import one_table
from tend.language import format
from tend.queries.kinds import Kind
from tend.store.audit import lines
from tend.ui.parts import words
from tend.ui.state import data, rights

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer(
    table: pa.Table,
    headers: Mapping[str, str],
    title: str,
    kinds: Mapping[str, Kind],
    *,
    name: str,
    place: str,
) -> None:
    """Offer a table as an Excel file and as CSV; each is written when it is asked for."""
    with st.container(horizontal=True, gap="small"):
        button(
            words.say("ui.as_xlsx"),
            lambda: one_table.write(table, headers, title, kinds),
            name=f"{name}.xlsx",
            mime=XLSX,
            key=f"xlsx_{place}",
            rows=table.num_rows,
        )
        button(
            words.say("ui.as_csv"),
            lambda: as_csv(table, headers),
            name=f"{name}.csv",
            mime="text/csv",
            key=f"csv_{place}",
            rows=table.num_rows,
        )


def button(
    label: str,
    make: Callable[[], bytes | str],
    *,
    name: str,
    key: str,
    mime: str | None = None,
    kind: Literal["primary", "secondary"] = "secondary",
    rows: int | None = None,
) -> None:
    """Offer a file that is made when it is asked for; nothing to who may take no files out.

    Whoever asks is who the page was drawn for, as what makes it knows no session any more; whether
    they still may is asked then, and the log has a line of each file that is handed over.
    """
    if not rights.may("export"):
        return
    ws = data.workspace()

    def made() -> bytes | str:
        with ws.refusals():
            rights.confirm_export(ws)
        file = make()
        ending = PurePath(name).suffix.lower()
        known = ending if lines.is_code(ending) else None
        ws.note("export", kind=known, rows=rows)
        return file

    st.download_button(
        label, made, file_name=name, mime=mime, key=key, type=kind, on_click="ignore"
    )


def as_csv(table: pa.Table, headers: Mapping[str, str]) -> bytes:
    """Write a table as CSV in UTF-8, with the mark by which Excel knows it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([format.harmless(headers.get(name, name)) for name in table.column_names])
    for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
        writer.writerow(
            [format.harmless(value) if isinstance(value, str) else value for value in row]
        )
    return out.getvalue().encode("utf-8-sig")
