"""Before anything is written: what each file would bring, and what can still be chosen."""

from collections.abc import Callable
from dataclasses import replace

import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tend.ingest.cells.dates import ORDERS
from tend.ingest.results import Remembered, SheetResult
from tend.language import format
from tend.language.errors import TendError
from tend.schema import DATASETS
from tend.store.facts.imports import ImportOptions
from tend.store.facts.preview import Difference, Preview
from tend.ui.intake import conversation, mapping, sheets, waiting
from tend.ui.intake.waiting_file import Waiting
from tend.ui.parts import html, pieces, words
from tend.ui.state import address, data

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "cp1252")
_TEXTS = (".csv", ".tsv", ".txt")
_SHEETS_SHOWN = 40  # with all their choices: more would hold up other readers while they are drawn
Reread = Callable[[Waiting, ImportOptions], None]


def show(files: list[Waiting], reread: Reread) -> bool:
    """Show the files that wait; tell whether the reader says: import."""
    ready = [one for one in files if one.is_ready]
    with st.container(key="decide"):
        html.show(html.p(_summary(ready), css="tend-sum"))
        with st.container(horizontal=True, gap="small"):
            label = words.say("intake.reread" if _is_all_again(ready) else "intake.import")
            says_so = bool(ready) and st.button(label, key="import", type="primary")
            if st.button(words.say("intake.discard" if ready else "intake.close"), key="discard"):
                waiting.drop()
                st.rerun()
    for place, one in enumerate(files):
        with st.container(border=True, key=f"preview_{place}"):
            _file(one, reread)
    return says_so


def _summary(ready: list[Waiting]) -> str:
    """Say what the files lead to and how many rows would go in; not of what is in already."""
    fresh = [one for one in ready if waiting.same(one) is None]
    if not fresh:
        return words.say("intake.all_in" if ready else "intake.nothing")
    rejected = sum(sheet.rejected for one in fresh for sheet in one.datasets)
    key = "summary_rejected" if rejected else "summary"
    rows = format.count(sum(one.accepted for one in fresh))
    said = words.say(f"intake.{key}", rows=rows, rejected=format.count(rejected))
    return format.sentences([*_leads(fresh), said], address.choice().language)


def _is_all_again(ready: list[Waiting]) -> bool:
    return bool(ready) and all(map(waiting.is_other_reading, ready))


def _file(one: Waiting, reread: Reread) -> None:
    language = address.choice().language
    html.show(html.h3(one.name))
    if one.has_moved:
        st.warning(words.say("intake.moved"))
    if one.refusal is not None and one.result.error is None:
        st.warning(format.plain(words.say("intake.refused", why=one.refusal.message(language))))
    if one.result.error is not None:
        st.error(format.plain(one.result.error.message(language)))
    if not one.result.sheets:
        return
    if one.is_ready and waiting.same(one) is not None:
        st.info(words.say("intake.same"))
    if one.is_ready and waiting.is_other_reading(one):
        st.info(words.say("intake.same_mapped"))
    headed = [sheet for sheet in enumerate(one.result.sheets) if sheet[1].headers]
    for number, sheet in headed[:_SHEETS_SHOWN]:
        if sheet.dataset and sheet.name not in one.left_out:
            _talk(one, sheet, f"{one.key}_{number}", reread)
    is_open = not one.is_ready or any(sheet.rejected for sheet in one.datasets)
    with st.expander(words.say("intake.by_sheet"), expanded=is_open, key=f"by_sheet_{one.key}"):
        found = _found(one) if one.is_ready else None
        html.show(sheets.counts(one.chosen.sheets, found.warned if found else {}))
    _choices(one, reread)
    if one.is_ready:
        _differences(one)
    for number, sheet in headed[:_SHEETS_SHOWN]:
        with st.container(key=f"sheet_{one.key}_{number}"):
            _sheet(one, sheet, f"{one.key}_{number}", reread)
    if (more := len(headed) - _SHEETS_SHOWN) > 0:
        pieces.note(words.say("intake.more_sheets", count=more))


def _talk(one: Waiting, sheet: SheetResult, key: str, reread: Reread) -> None:
    """Say what is needed and missing, ask what is open, show the first rows."""
    if lacking := mapping.missing(sheet):
        said = format.listed(lacking, address.choice().language)
        st.warning(format.plain(words.say("intake.missing", columns=said)))
    conversation.questions(one, sheet, key, reread)
    conversation.rows(sheet)


def _leads(ready: list[Waiting]) -> list[str]:
    """Say what would be in force with each file that brings contracts; of several, by its name."""
    led = [(one.name, found.to_come) for one in ready if (found := _found(one))]
    told = [(name, conversation.to_come(it)) for name, it in led if it]
    if len(told) < 2:
        return [said for _, said in told]
    return [words.say("intake.to_come_with", file=name, said=said) for name, said in told]


def _found(one: Waiting) -> Preview | None:
    """Find what a file would change and lead to; None where that cannot be found now."""
    try:
        return waiting.compared(one, lambda _step, _part: None)
    except TendError:
        return None


def _choices(one: Waiting, reread: Reread) -> None:
    """Offer what can be chosen for the whole file; only what this file gives cause to choose."""
    made = {decision.code for sheet in one.result.sheets for decision in sheet.decisions}
    key = f"{one.key}_{one.readings}"
    fed = {sheet.dataset for sheet in one.datasets if sheet.dataset}
    with st.container(horizontal=True, gap="medium"):
        if fed & set(data.freshness()):
            _mode(one, [dataset for dataset in DATASETS if dataset in fed])
        if any(code.startswith(ORDERS) and "_" in code for code in made):
            order = _choice("order", ORDERS, one.options.date_order, key)
            if order != one.options.date_order:
                reread(one, replace(one.options, date_order=order))
        if one.path.suffix in _TEXTS and any(code.startswith("encoding") for code in made):
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


def _mode(one: Waiting, fed: list[str]) -> None:
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


def _differences(one: Waiting) -> None:
    place = st.empty()
    try:
        with st.spinner(words.say("data_page.steps.checked")):
            found = waiting.compared(one, lambda step, _: _say(place, step))
    except TendError as error:
        why = error.message(address.choice().language)
        st.warning(format.plain(words.say("intake.compare_later", why=why)))
        return
    place.empty()
    names = ("new", "changed", "unchanged", "gone")
    rows = (
        html.tr(
            html.td(words.say(f"datasets.{one.dataset}")),
            *(html.td(format.count(getattr(one, name))) for name in names),
        )
        for one in found.differences
    )
    heads = [words.say("data_page.heads.dataset"), *sheets.heads("intake", names)]
    html.show(html.join("", (html.h4(words.say("intake.compared")), sheets.table(heads, rows))))
    _changes(one, found.differences)
    sheets.problems(f"foreseen_{one.key}", found.warnings)


def _say(place: DeltaGenerator, step: str) -> None:
    place.info(words.say(f"data_page.steps.{step}"))


def _changes(one: Waiting, found: tuple[Difference, ...]) -> None:
    listed = [(part.dataset, change) for part in found for change in part.changes]
    if not listed:
        return
    table = pa.table(
        {
            "key": [change.key for _, change in listed],
            "column": [mapping.column_label(dataset, change.column) for dataset, change in listed],
            "old": [change.old or format.MISSING for _, change in listed],
            "would_be": [change.new or format.MISSING for _, change in listed],
        }
    )
    is_all = sum(part.changed for part in found) <= len(listed)
    label = words.say("intake.changes" if is_all else "intake.changes_first", count=len(listed))
    config = {name: words.say(f"intake.heads.{name}") for name in table.column_names}
    with st.expander(label, key=f"changes_{one.key}"):
        st.dataframe(table, hide_index=True, key=f"change_list_{one.key}", column_config=config)


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
    sheets.problems(key, sheet.problems)
    sheets.decisions(key, sheet.decisions, sheet.examples)


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
