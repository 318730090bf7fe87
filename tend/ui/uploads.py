"""The Data page: spreadsheets in, what came of each sheet, freshness and history."""

import html
import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from tend import format
from tend.errors import TendError
from tend.schema import DATASETS
from tend.store import imports
from tend.store.reports import ImportReport, SheetReport
from tend.ui import address, data, page, words

TYPES = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv", "txt"]
_REPORTS = "tend.reports"
_ROUND = "tend.upload_round"
# More problems than this nobody reads; the count of the rest is said.
_PROBLEMS_SHOWN = 200


def upload() -> None:
    """Take one or many files in, and tell what came of each."""
    st.html(f"<h1>{words.escaped('data_page.title')}</h1><p>{words.escaped('data_page.what')}</p>")
    turn = st.session_state.setdefault(_ROUND, 0)
    files = st.file_uploader(
        words.say("data_page.choose"),
        type=TYPES,
        accept_multiple_files=True,
        key=f"upload_{turn}",
        label_visibility="collapsed",
    )
    st.html(_uploader_words())
    if files:
        st.session_state[_REPORTS] = _take_in(files)
        # Another key, another uploader: Streamlit lets go of the bytes of this one.
        st.session_state[_ROUND] = turn + 1
        st.rerun()
    for place, report in enumerate(st.session_state.get(_REPORTS, [])):
        _show_report(place, report)


def freshness() -> None:
    """Show what data there are and how fresh they are."""
    language = address.choice().language
    there = data.freshness()
    rows = "".join(_freshness_row(name, there.get(name), language) for name in DATASETS)
    heads = "".join(
        f"<th>{words.escaped(f'data_page.heads.{name}')}</th>"
        for name in ("dataset", "rows", "customers", "latest")
    )
    st.html(
        f"<h2>{words.escaped('data_page.freshness')}</h2>"
        f'<table class="tend-table"><tr>{heads}</tr>{rows}</table>'
    )
    page.sample_button("sample", kind="secondary")


def history() -> None:
    """Show who imported which file when, the newest first."""
    language = address.choice().language
    rows = imports.history(data.workspace())
    st.html(f"<h2>{words.escaped('data_page.history')}</h2>")
    if not rows:
        st.html(f'<p class="tend-note">{words.escaped("data_page.no_history")}</p>')
        return
    shown = [_history_row(row, language) for row in rows]
    table = pa.Table.from_pylist(shown)
    config: dict[str, Any] = {
        name: words.say(f"data_page.heads.{name}") for name in table.column_names
    }
    for name in ("accepted", "rejected", "skipped", "warnings"):
        config[name] = st.column_config.NumberColumn(config[name], format="localized")
    st.dataframe(table, key="history", hide_index=True, column_config=config)


def _uploader_words() -> str:
    """Let the uploader, whose own words are English, speak the reader's language."""
    zone = '[data-testid="stFileUploaderDropzone"]'
    places = {
        f'{zone} button [data-testid="stMarkdownContainer"] p': "data_page.choose",
        f'{zone} [data-testid="stFileUploaderDropzoneInstructions"] span': "data_page.kinds",
    }
    rules = (
        f"{place} {{ font-size: 0 }}"
        f' {place}::after {{ font-size: .875rem; content: "{words.say(key)}" }}'
        for place, key in places.items()
    )
    return f"<style>{' '.join(rules)}</style>"


def _take_in(files: list[UploadedFile]) -> list[ImportReport]:
    reports = []
    bar = st.progress(0.0)
    for place, file in enumerate(files):

        def tell(step: str, part: float, place: int = place, name: str = file.name) -> None:
            done = min((place + part) / len(files), 1.0)
            key = f"data_page.steps.{step}"
            said = words.say(key if words.known(key) else "data_page.steps.read")
            bar.progress(done, f"{format.plain(name)}: {said}")

        tell("read", 0.0)
        reports.append(_import_one(file, tell))
    bar.empty()
    return reports


def _import_one(file: UploadedFile, tell: Any) -> ImportReport:
    with tempfile.TemporaryDirectory() as folder:
        # A name of our own: the file's name is only told, never a path.
        path = Path(folder) / f"upload{Path(file.name).suffix.lower()}"
        path.write_bytes(file.getbuffer())
        try:
            return imports.import_file(data.workspace(), path, name=file.name, progress=tell)
        except TendError as error:
            return ImportReport(file.name, error=error)


def _show_report(place: int, report: ImportReport) -> None:
    language = address.choice().language
    with st.container(border=True, key=f"report_{place}"):
        st.html(f"<h3>{html.escape(report.file)}</h3>")
        if report.error is not None:
            st.error(format.plain(report.error.message(language)))
            return
        key = "unchanged" if report.unchanged else "taken_in"
        rows = format.count(report.accepted)
        st.html(f"<p>{words.escaped(f'data_page.{key}', rows=rows)}</p>{_sheets(report)}")
        for number, sheet in enumerate(report.sheets):
            _problems(f"{place}_{number}", sheet)


def _sheets(report: ImportReport) -> str:
    counts = ("rows", "accepted", "rejected", "skipped", "warnings")
    heads = "".join(
        f"<th>{words.escaped(f'data_page.heads.{name}')}</th>"
        for name in ("sheet", "dataset", *counts)
    )
    body = "".join(
        f"<tr><td>{html.escape(sheet.sheet)}</td><td>{_dataset(sheet)}</td>"
        + "".join(f"<td>{format.count(getattr(sheet, name))}</td>" for name in counts)
        + "</tr>"
        for sheet in report.sheets
    )
    return f'<table class="tend-table"><tr>{heads}</tr>{body}</table>'


def _dataset(sheet: SheetReport) -> str:
    if sheet.dataset:
        unused = (
            words.escaped("data_page.unused", columns=", ".join(sheet.unused))
            if sheet.unused
            else ""
        )
        return f"{words.escaped(f'datasets.{sheet.dataset}')} <small>{unused}</small>"
    why = f"problems.{sheet.reason}"
    said = (
        words.say(why, sheet=sheet.sheet) if words.known(why) else words.say("data_page.not_read")
    )
    return html.escape(said)


def _problems(key: str, sheet: SheetReport) -> None:
    if not sheet.problems:
        return
    language = address.choice().language
    shown = sheet.problems[:_PROBLEMS_SHOWN]
    table = pa.table(
        {
            "row": pa.array([problem.row for problem in shown], pa.int32()),
            "column": pa.array([problem.column for problem in shown], pa.string()),
            "severity": [words.say(f"data_page.severity.{problem.severity}") for problem in shown],
            "message": [problem.message(language) for problem in shown],
        }
    )
    label = words.say(
        "data_page.problems", sheet=format.plain(sheet.sheet), count=len(sheet.problems)
    )
    with st.expander(label, key=f"problems_{key}"):
        config = {name: words.say(f"data_page.heads.{name}") for name in table.column_names}
        st.dataframe(table, hide_index=True, key=f"problem_list_{key}", column_config=config)


def _freshness_row(name: str, row: dict[str, Any] | None, language: str) -> str:
    found = row or {"rows": 0, "customers": 0, "latest": None}
    cells = (
        format.count(found["rows"]),
        format.count(found["customers"]),
        format.day(found["latest"], language),
    )
    mark = "tend-there" if row else "tend-absent"
    return (
        f'<tr class="{mark}"><td>{words.escaped(f"datasets.{name}")}</td>'
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + "</tr>"
    )


def _history_row(row: dict[str, Any], language: str) -> dict[str, object]:
    return {
        "imported_at": format.moment(row["imported_at"], language),
        "file": row["file"],
        "datasets": format.listed(
            [words.say(f"datasets.{d}") for d in row["datasets"] or []], language
        ),
        "accepted": row["accepted"],
        "rejected": row["rejected"],
        "skipped": row["skipped"],
        "warnings": row["warnings"],
        "who": row["who"] or format.MISSING,
    }
