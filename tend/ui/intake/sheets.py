"""What came, or would come, of each sheet: counts, what was noticed by kind, what was decided."""

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from tend.ingest import problems as told
from tend.ingest.results import Decision, Problem, SheetResult
from tend.language import format
from tend.store.facts.reports import SheetReport
from tend.ui.intake import conversation
from tend.ui.parts import html, pieces, words
from tend.ui.state import address

Sheet = SheetResult | SheetReport
COUNTS = ("rows", "accepted", "rejected", "skipped")
_KINDS_SHOWN = 40
_EXAMPLES = 3


def table(heads: Iterable[str], rows: Iterable[str], kind: str = "") -> html.Html:
    """Give an HTML table; heads and rows are HTML already."""
    head = html.join("", (html.th(name) for name in heads))
    return html.table(html.tr(head), *rows, css=f"tend-table {kind}")


def heads(room: str, names: Iterable[str]) -> list[str]:
    """Give the heads of a table in the reader's language."""
    return [words.say(f"{room}.heads.{name}") for name in names]


def counts(sheets: Sequence[Sheet], more: Mapping[int, int]) -> html.Html:
    """Give one line per sheet: what it is, rows = accepted + rejected + skipped, and how many
    warnings are listed: its own, and `more` that the workspace gives it, by its number."""
    rows = (
        html.tr(
            html.td(name_of(sheet)),
            html.td(_what(sheet)),
            *(html.td(format.count(getattr(sheet, name))) for name in COUNTS),
            html.td(format.count(_warnings(sheet) + more.get(number, 0))),
        )
        for number, sheet in enumerate(sheets, start=1)
    )
    named = ("sheet", "dataset", *COUNTS, "warnings")
    return table(heads("data_page", named), rows, "tend-sheets")


def _warnings(sheet: Sheet) -> int:
    return told.severities(sheet.problems).get("warning", 0)


def name_of(sheet: Sheet) -> str:
    """Give the sheet's name."""
    return sheet.sheet if isinstance(sheet, SheetReport) else sheet.name


def problems(key: str, found: Sequence[Problem]) -> None:
    """Show problems by kind: how many, in which rows, and some of them in full."""
    if not found:
        return
    kinds, count = told.kinds(found, _KINDS_SHOWN)
    label = words.say("intake.problems", rows=_severities(found))
    with st.expander(label, key=f"problems_{key}"):
        rows = map(_group, kinds)
        html.show(
            table(heads("intake", ("kind", "cases", "examples")), rows, "tend-told tend-kinds")
        )
        if count > _KINDS_SHOWN:
            more = words.say("intake.more_kinds", count=count - _KINDS_SHOWN)
            pieces.note(more)


def decisions(
    key: str, made: Sequence[Decision], examples: Mapping[str, Sequence[tuple[str, str, str]]]
) -> None:
    """Show what was decided and why, and three cells as they stand and as they were read."""
    if not made:
        return
    language = address.choice().language
    with st.expander(words.say("intake.decisions", count=len(made)), key=f"decisions_{key}"):
        rows = (
            html.tr(
                html.td(one.header),
                html.td(one.message(language), _before_after(examples.get(one.header, ()))),
            )
            for one in made
        )
        html.show(html.table(*rows, css="tend-table tend-told"))


def _before_after(cells: Sequence[tuple[str, str, str]]) -> html.Html:
    """Give the first cells that were read as something else than they say."""
    said = [conversation.cell(*one) for one in cells if one[0].replace(",", "") != one[1]]
    return html.join("", (html.div(html.small(one)) for one in said[:_EXAMPLES]))


def _what(sheet: Sheet) -> html.Html:
    if sheet.dataset is None:
        why = f"problems.{sheet.reason}"
        is_known = words.known(why)
        said = words.say(why, sheet=name_of(sheet)) if is_known else words.say("data_page.not_read")
        return html.small(said)
    unused = words.say("data_page.unused", columns=", ".join(sheet.unused)) if sheet.unused else ""
    return html.join("", (words.say(f"datasets.{sheet.dataset}"), " ", html.small(unused)))


def _severities(found: Sequence[Problem]) -> str:
    """Say how many of each severity: a shape, a word and a number."""
    language = address.choice().language
    counts = told.severities(found)
    said = [
        f"{words.say(f'data_page.severity.{severity}')} {format.count(counts[severity])}"
        for severity in ("rejected", "warning")
        if counts.get(severity)
    ]
    return format.listed(said, language)


def _group(kind: told.Kind) -> html.Html:
    language = address.choice().language
    shown = kind.first[:_EXAMPLES]
    some = html.join("", (html.div(one.message(language)) for one in shown))
    if kind.count > _EXAMPLES:
        numbers = [str(one.row) for one in kind.first if one.row is not None]
        key = "row_list_more" if kind.count > len(numbers) else "row_list"
        where = words.say(f"intake.{key}", rows=format.listed(numbers, language))
        some += html.small(where) if numbers else ""
    return html.tr(
        html.td(words.say(f"data_page.severity.{kind.severity}")),
        html.td(words.say("intake.times", count=format.count(kind.count))),
        html.td(some),
    )
