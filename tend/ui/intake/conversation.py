"""What a file leads to, what it leaves open, and five of its rows: yours, and what they are."""

from collections.abc import Callable

import streamlit as st

from tend.ingest.results import SheetResult
from tend.language import format
from tend.store.facts.imports import ImportOptions
from tend.store.facts.to_come import ToCome
from tend.ui.intake import mapping, waiting
from tend.ui.intake.waiting_file import Waiting
from tend.ui.parts import html, words
from tend.ui.state import address

Reread = Callable[[Waiting, ImportOptions], None]
_COLUMNS = 8


def to_come(found: ToCome) -> str:
    """Say what would be in force once the file is in, and what is in no sum."""
    language = address.choice().language
    said = words.say(
        "intake.to_come",
        contracts=format.count(found.contracts),
        customers=format.count(found.customers),
        day=format.day(found.day, language),
        arr=format.count(round(found.arr)),
        currency=found.currency,
    )
    if not found.left_out:
        return said
    others = format.listed(list(found.other_currencies), language)
    left = words.say("intake.to_come_left_out", count=found.left_out, currencies=others)
    return format.sentences([said, left], language)


def questions(one: Waiting, sheet: SheetResult, key: str, reread: Reread) -> None:
    """Ask what the sheet leaves open; one click answers."""
    language = address.choice().language
    for number, asked in enumerate(sheet.questions):
        said = {name: format.plain(asked.answer(name, language)) for name in asked.answers}
        with st.container(key=f"question_{key}_{number}"):
            answer: str = st.radio(
                format.plain(asked.message(language)),
                list(said),
                index=list(said).index(asked.taken),
                key=f"ask_{key}_{one.readings}_{number}",
                format_func=said.__getitem__,
            )
        if answer != asked.taken:
            reread(one, waiting.choose_answer(one, sheet, asked.key, answer))


def rows(sheet: SheetResult) -> None:
    """Show the first rows: the cell as it stands, and what it was read as where that differs."""
    if not sheet.examples or not any(sheet.examples.values()):
        return
    shown = list(sheet.examples)[:_COLUMNS]
    heads = (html.th(header, html.BREAK, html.small(_ours(sheet, header))) for header in shown)
    lines = zip(*(sheet.examples[header] for header in shown), strict=True)
    body = (html.tr(*(html.td(cell(*one)) for one in line)) for line in lines)
    label = words.say("intake.first_rows")
    html.show(html.h4(label))
    html.show(html.table(html.tr(*heads), *body, css="tend-table tend-rows"))


def _ours(sheet: SheetResult, header: str) -> str:
    assert sheet.dataset is not None
    column = sheet.mapping.get(header, "")
    return f"→ {mapping.column_label(sheet.dataset, column)}"


def cell(yours: str, ours: str, per: str) -> html.Html:
    """Give a cell as it stands and, where it was read as something else, what that is."""
    yours = yours.removesuffix(" 00:00:00")
    basis = words.say(f"intake.basis.{per}") if per and per not in ("total", "month") else ""
    read = " ".join(part for part in (ours, basis) if part)
    if not ours or read.replace(",", "") == yours.replace(",", ""):
        return html.text(yours or format.MISSING)
    return html.join("", (yours, html.small(f" → {read}")))
