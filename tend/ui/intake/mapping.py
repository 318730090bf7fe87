"""What each header of a sheet means: recognised, or chosen by the reader, nearest guess first."""

from collections.abc import Iterator

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tend import schema
from tend.ingest.mapping import missing as lacking
from tend.ingest.mapping.confirmed import CLOCK
from tend.ingest.results import SheetResult
from tend.language import format
from tend.schema import BASES, CUSTOMER, DATASETS
from tend.ui.intake.waiting_file import Waiting
from tend.ui.parts import html, pieces, words
from tend.ui.state import address

_SAMPLES = 3
_SAMPLE_LENGTH = 40
_COLUMNS_SHOWN = 120  # with all they may be: more would hold up other readers while they are drawn


def editor(one: Waiting, sheet: SheetResult, key: str) -> tuple[str, str] | None:
    """Show header, some values and a choice of columns for each; give the one just changed."""
    if sheet.dataset is None or not sheet.headers:
        return None
    lacking = missing(sheet)
    is_open = one.opened.setdefault(
        f"{sheet.name}/{sheet.dataset}", bool(lacking) or _unsure(sheet)
    )
    headers = [header for header in dict.fromkeys(sheet.headers) if header]
    label = words.say("intake.columns", used=len(sheet.mapping), all=len(headers))
    changed = None
    if lacking:
        label = words.say("intake.columns_missing")
    with st.expander(label, expanded=is_open, key=f"columns_{key}"):
        shown = _shown(sheet, headers)
        for place, header in shown:
            chosen = _row(sheet, header, f"{key}_{one.readings}_{place}")
            if chosen != sheet.mapping.get(header, ""):
                changed = (header, chosen)
        if more := len(headers) - len(shown):
            said = words.say("intake.more_columns", count=more)
            pieces.note(said)
        pieces.note(words.say("intake.remembered"))
    return changed


def _shown(sheet: SheetResult, headers: list[str]) -> list[tuple[int, str]]:
    """Give the first headers with their places; those that are used before any that is not."""
    numbered = sorted(enumerate(headers), key=lambda one: one[1] not in sheet.mapping)
    return sorted(numbered[:_COLUMNS_SHOWN])


def missing(sheet: SheetResult) -> list[str]:
    """Name what the data set needs and no header gives."""
    assert sheet.dataset is not None
    language = address.choice().language
    said = lacking.labels(sheet.dataset, [*sheet.columns, *sheet.mapping.values()], language)
    return list(said)


def column_label(dataset: str, column: str) -> str:
    """Give a column's name as the reader knows it."""
    language = address.choice().language
    column, _ = schema.parted(column)
    kind, _, name = column.partition(":")
    if column == "":
        return words.say("intake.not_used")
    if column == CLOCK:
        return words.say("intake.time_of_day")
    if kind == "extra":
        return words.say("intake.keep_as_filter")
    if kind == "measure":
        return words.say("intake.measure")
    if column.startswith("customers."):
        label = DATASETS["customers"].columns[column.removeprefix("customers.")].label[language]
        return words.say("intake.of_customer", column=label)
    found = DATASETS[dataset].columns.get(column)
    return found.label[language] if found else (name or column)


def _unsure(sheet: SheetResult) -> bool:
    """Tell whether a header that is not used may well be a column that is not there."""
    assert sheet.dataset is not None
    there = {*sheet.columns, *sheet.mapping.values()}
    return any(
        bool(sheet.samples.get(header))
        and any(guess not in there for guess in sheet.suggestions.get(header, ())[:1])
        for header in sheet.unused
    )


def _row(sheet: SheetResult, header: str, key: str) -> str:
    assert sheet.dataset is not None
    dataset = sheet.dataset
    told, choice = st.columns(2, vertical_alignment="center", gap="small")
    some = " · ".join(s[:_SAMPLE_LENGTH] for s in sheet.samples.get(header, ())[:_SAMPLES])
    html.show(place=told, said=html.div(html.b(header), html.small(some), css="tend-header"))
    now = sheet.mapping.get(header, "")
    offered = list(dict.fromkeys([schema.parted(now)[0], *_offered(sheet, header)]))
    labels = {column: column_label(dataset, column) for column in offered}
    chosen: str = choice.selectbox(
        format.plain(header),
        offered,
        index=0,
        key=f"means_{key}",
        format_func=labels.__getitem__,
        label_visibility="collapsed",
    )
    is_amount = schema.parted(now)[0] == chosen == "amount"
    return _basis(choice, now, key) if is_amount else chosen


def _basis(place: DeltaGenerator, now: str, key: str) -> str:
    """Offer what the amounts are per; until somebody says it, cells and header do (M10)."""
    labels = {one: words.say(f"intake.basis.{one or 'as_written'}") for one in ("", *BASES)}
    chosen: str = place.selectbox(
        words.say("intake.amounts_are"),
        list(labels),
        index=list(labels).index(schema.parted(now)[1] or ""),
        key=f"basis_{key}",
        format_func=labels.__getitem__,
    )
    return f"amount:{chosen}" if chosen else "amount"


def _offered(sheet: SheetResult, header: str) -> Iterator[str]:
    """Give what a header may mean, the nearest first, then "not used", then all the rest."""
    assert sheet.dataset is not None
    yield from sheet.suggestions.get(header, ())
    yield ""
    others = DATASETS[sheet.dataset].others
    if others == "filters":
        yield f"extra:{header}"
    if others == "measures":
        yield f"measure:{header}"
    if schema.moment(sheet.dataset):
        yield CLOCK
    yield from DATASETS[sheet.dataset].columns
    if others == "customers":
        yield from (f"customers.{c}" for c in DATASETS["customers"].columns if c not in CUSTOMER)
