"""What can be looked at and chosen of a file that waits, beyond what the page asks by itself."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from tend.ingest.cells.dates import ORDERS
from tend.ingest.results import UNSURE, Remembered, SheetResult
from tend.language import format
from tend.schema import DATASETS
from tend.store.facts.preview import Difference, Preview
from tend.ui.intake import mapping, sheets, waiting
from tend.ui.intake.conversation import Reread
from tend.ui.intake.waiting_file import Waiting
from tend.ui.parts import html, pieces, words
from tend.ui.state import address, data

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "cp1252")
_TEXTS = (".csv", ".tsv", ".txt")


def show(
    one: Waiting, numbered: Sequence[tuple[int, SheetResult]], found: Preview | None, reread: Reread
) -> None:
    """Show what changes, what became of each sheet, and all choices."""
    if found:
        _differences(one, found.differences)
    _mode(one)
    choices(one, reread, is_unsure=False)
    html.show(html.h3(words.say("intake.by_sheet")))
    more = {number: len(of) for number, of in found.warnings.items()} if found else {}
    html.show(sheets.counts(one.chosen.sheets, more, is_refused=one.result.error is not None))
    for number, sheet in numbered:
        with st.container(key=f"sheet_{one.key}_{number}"):
            _sheet(one, sheet, f"{one.key}_{number}", reread)


def is_to_be_chosen(sheet: SheetResult) -> bool:
    """Tell whether a sheet lacks a column, which only the reader can name."""
    return bool(mapping.missing(sheet))


def choices(one: Waiting, reread: Reread, *, is_unsure: bool) -> None:
    """Offer what can be chosen for the whole file and this file gives cause to choose: where it
    is unsure, or where it is not."""
    made = {decision.code for sheet in one.result.sheets for decision in sheet.decisions}
    unsure = made & set(UNSURE)  # then the choice stands in sight
    key = f"{one.key}_{one.readings}"
    is_dated = any(code.startswith(ORDERS) and "_" in code for code in made)
    if is_dated and ("dmy_default" in unsure) == is_unsure:
        order = _choice("order", ORDERS, one.options.date_order, key)
        if order != one.options.date_order:
            reread(one, replace(one.options, date_order=order))
    is_text = one.path.suffix in _TEXTS and any(code.startswith("encoding") for code in made)
    if is_text and bool(unsure - {"dmy_default"}) == is_unsure:
        encoding = _choice("encoding", ENCODINGS, one.options.encoding, key)
        if encoding != one.options.encoding:
            reread(one, replace(one.options, encoding=encoding))


def _choice(name: str, options: tuple[str, ...], now: str | None, key: str) -> str | None:
    """Offer a choice beside "as found in the file", which is None."""
    label = words.say("intake.date_order" if name == "order" else "intake.encoding")
    said = {"": words.say(f"intake.{name}_auto")}
    for option in options:
        said[option] = words.say(f"intake.order_{option}") if name == "order" else option.upper()
    chosen = st.selectbox(
        label,
        list(said),
        index=list(said).index(now or ""),
        key=f"{name}_{key}",
        format_func=said.__getitem__,
        width=260,
    )
    return chosen or None


def _mode(one: Waiting) -> None:
    """Offer to replace a data set of which there is something."""
    fed = [dataset for dataset in DATASETS if dataset in {sheet.dataset for sheet in one.datasets}]
    if not set(fed) & set(data.freshness()):
        return
    language = address.choice().language
    named = format.listed([words.say(f"datasets.{dataset}") for dataset in fed], language)
    said = {
        "merge": words.say("intake.merge"),
        "replace": words.say("intake.replace", datasets=named),
    }
    mode = st.selectbox(
        words.say("intake.mode"),
        ("merge", "replace"),
        index=("merge", "replace").index(one.options.mode),
        key=f"mode_{one.key}",
        format_func=said.__getitem__,
        width=420,
    )
    if mode != one.options.mode:
        one.options = replace(one.options, mode="replace" if mode == "replace" else "merge")
        st.rerun()


def _differences(one: Waiting, found: tuple[Difference, ...]) -> None:
    names = ("new", "changed", "unchanged", "gone")
    rows = (
        html.tr(
            html.td(words.say(f"datasets.{one.dataset}")),
            *(html.td(format.count(getattr(one, name))) for name in names),
        )
        for one in found
    )
    heads = [words.say("data_page.heads.dataset"), *sheets.heads("intake", names)]
    html.show(html.join("", (html.h3(words.say("intake.compared")), sheets.table(heads, rows))))
    _changes(one, found)


def _changes(one: Waiting, found: tuple[Difference, ...]) -> None:
    listed = [(part.dataset, change) for part in found for change in part.changes]
    if not listed:
        return
    lines = [
        (
            *(change.key, mapping.column_label(dataset, change.column)),
            *(change.old or format.MISSING, change.new or format.MISSING),
        )
        for dataset, change in listed
    ]
    is_all = sum(part.changed for part in found) <= len(listed)
    label = words.say("intake.changes" if is_all else "intake.changes_first", count=len(listed))
    heads = sheets.heads("intake", ("key", "column", "old", "would_be"))
    with st.expander(label, key=f"changes_{one.key}"):
        html.show(pieces.rows(heads, lines))


def _sheet(one: Waiting, sheet: SheetResult, key: str, reread: Reread) -> None:
    is_out = sheet.name in one.left_out
    dataset = _dataset(one, sheet, key)
    now = None if is_out else sheet.dataset
    if dataset is None and now is not None:
        waiting.leave_out(one, sheet.name, is_out=True)
        st.rerun()
    if dataset is not None and dataset != now:
        waiting.leave_out(one, sheet.name, is_out=False)
        if dataset == sheet.dataset:
            st.rerun()
        reread(one, waiting.choose_mapping(one, sheet.name, Remembered(dataset)))
    if is_out:
        return
    if changed := mapping.editor(one, sheet, key):
        reread(one, waiting.choose_column(one, sheet, *changed))
    sheets.decisions(key, sheet)


def _dataset(one: Waiting, sheet: SheetResult, key: str) -> str | None:
    now = None if sheet.name in one.left_out else sheet.dataset
    said = {"": words.say("intake.not_taken" if sheet.dataset else "intake.choose_dataset")}
    said |= {name: words.say(f"datasets.{name}") for name in DATASETS}
    chosen = st.selectbox(
        format.plain(words.say("intake.as_dataset", sheet=sheet.name)),
        list(said),
        index=list(said).index(now or ""),
        key=f"dataset_{key}_{one.readings}",
        format_func=said.__getitem__,
        width=320,
    )
    return chosen or None
