"""What a file leads to, what it leaves open, and rows of it: yours, and what they are."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from tend.ingest.results import Cell, Question, SheetResult
from tend.language import format
from tend.store.facts.imports import ImportOptions
from tend.store.facts.to_come import ToCome
from tend.store.facts.twins import Suggestion
from tend.ui.intake import mapping, waiting
from tend.ui.intake.waiting_file import Waiting
from tend.ui.parts import html, words
from tend.ui.state import address, data

Reread = Callable[[Waiting, ImportOptions], None]
_RIGHT = ("number", "money", "share")
_PAIRS = 3
_IN_SIGHT = 8  # columns: of more, some are reached by moving the table


def to_come(found: ToCome) -> str:
    """Say what would be in force once the files are in, and what is in no sum."""
    language = address.choice().language
    said = [_running("to_come" if found.is_today else "to_come_on", found)]
    if found.left_out:
        others = format.listed(list(found.other_currencies), language)
        said.append(words.say("intake.to_come_left_out", count=found.left_out, currencies=others))
    return format.sentences(said, language)


def now(found: ToCome | None) -> list[str]:
    """Say what is in force now, where anything is."""
    return [_running("now", found)] if found and found.known and found.is_today else []


def _running(key: str, found: ToCome) -> str:
    language = address.choice().language
    amount = format.count(round(found.arr))
    currency = format.currency(found.currency, language)
    return words.say(
        f"intake.{key}",
        contracts=format.count(found.contracts),
        customers=format.count(found.customers),
        day=format.day(found.day, language),
        arr=words.say("ui.amount", amount=amount, currency=currency),
    )


def twins(found: Sequence[Suggestion]) -> str:
    """Say which customers would nearly be others, and where they can be joined."""
    pairs = [f"{one.customer_name} – {one.into_name}" for one in found[:_PAIRS]]
    named = format.listed(pairs, address.choice().language)
    more = " …" if len(found) > _PAIRS else ""
    return words.say("intake.twins.to_come", count=len(found), pairs=named + more)


def questions(one: Waiting, sheet: SheetResult, key: str, reread: Reread) -> None:
    """Ask what the sheet leaves open, with the rows it is about; one click answers."""
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
            if asked.examples:
                html.show(_asked_of(sheet, asked))
        if answer != asked.taken:
            reread(one, waiting.choose_answer(one, sheet, asked.key, answer))


def rows(sheet: SheetResult) -> None:
    """Show the first rows: the cell as it stands, and what it was read as where that differs."""
    if sheet.examples and any(sheet.examples.values()):
        key = "first_rows" if len(sheet.examples) <= _IN_SIGHT else "first_rows_wide"
        html.show(html.h3(words.say(f"intake.{key}", columns=len(sheet.examples))))
        html.show(_table(sheet, sheet.examples))


def cell(one: Cell, sheet: SheetResult) -> html.Html:
    """Give a cell as it stands and, where it was read as something else, what that is."""
    if not one.ours:
        return html.text(one.yours or format.MISSING)
    read = _read_as(one, sheet)
    if _is_same(one) or read == one.yours:
        return html.join("", (read, _per(one)))
    yours = f"{one.yours} " if one.yours else ""
    return html.join("", (yours, html.small("→ ", read, _per(one))))


def is_read_as_more(one: Cell) -> bool:
    """Tell whether a cell was read as something else than it says."""
    return bool(one.ours) and not _is_same(one)


def _asked_of(sheet: SheetResult, asked: Question) -> html.Html:
    numbers = [html.td(words.say("intake.row", row=str(row))) for row in asked.rows]
    return _table(sheet, asked.examples, numbers, asked.header)


def _table(
    sheet: SheetResult,
    shown: Mapping[str, Sequence[Cell]],
    first: Sequence[html.Html] = (),
    asked: str = "",
) -> html.Html:
    """Give rows under their headers, each with what it means; what is asked of stands out."""
    heads = [
        html.th(header, html.BREAK, html.small(_ours(sheet, header)), css=_css(header, of, asked))
        for header, of in shown.items()
    ]
    lines = [
        [html.td(cell(one, sheet), css=_css(header, [one], asked)) for header, one in line]
        for line in zip(*([(h, one) for one in of] for h, of in shown.items()), strict=True)
    ]
    body = (html.tr(*first[at : at + 1], *line) for at, line in enumerate(lines))
    corner = [html.th("")] if first else []
    table = html.table(html.tr(*corner, *heads), *body, css="tend-table tend-rows")
    return html.div(table, css="tend-wide", tabindex="0")


def _css(header: str, cells: Sequence[Cell], asked: str) -> str:
    names = ["tend-number"] if any(one.kind in _RIGHT for one in cells) else []
    return " ".join([*names, *(["tend-asked"] if header == asked else [])])


def _ours(sheet: SheetResult, header: str) -> str:
    assert sheet.dataset is not None
    column = sheet.mapping.get(header, "")
    return f"→ {mapping.column_label(sheet.dataset, column)}"


def _read_as(one: Cell, sheet: SheetResult) -> str:
    """Write what a cell was read as, as the reader's language has it."""
    match one.kind:
        case "money":
            return words.say("ui.amount", amount=_exact(one.ours), currency=_currency(one, sheet))
        case "number":
            return _exact(one.ours)
        case "share":
            return format.share(float(one.ours), address.choice().language)
        case "end":
            return words.say("intake.read_as.end", day=one.ours)
        case "outcome" | "status" | "deal_status":
            return words.say(f"intake.read_as.{one.kind}.{one.ours}")
        case _:
            return one.ours


def _currency(one: Cell, sheet: SheetResult) -> str:
    """Name the currency of an amount: its own, else the one its sheet brings, else ours."""
    code = one.currency or sheet.currency or data.workspace().settings.currency
    return format.currency(code, address.choice().language)


def _per(one: Cell) -> html.Html:
    is_said = one.per and one.per not in ("total", "month")
    return html.small(" ", words.say(f"intake.basis.{one.per}")) if is_said else html.NOTHING


def _is_same(one: Cell) -> bool:
    """Tell whether a cell says just what it was read as, however it is written."""
    if one.kind not in _RIGHT:
        return one.yours == one.ours
    try:
        return float(one.yours.replace(",", "")) == float(one.ours)
    except ValueError:
        return False


def _exact(number: str) -> str:
    return f"{float(number):,.12g}" if number else number
