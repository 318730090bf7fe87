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


def counts(
    sheets: Sequence[Sheet], more: Mapping[int, int], *, is_refused: bool = False
) -> html.Html:
    """Give one line per sheet: what it is, rows = accepted + rejected + skipped, and how many
    warnings are listed: its own, and `more` that the workspace gives it, by its number. Why the
    only sheet of a file that is refused is none is said of the file."""
    is_said = is_refused and len(sheets) == 1
    rows = (
        html.tr(
            html.td(name_of(sheet)),
            html.td(html.small(words.say("data_page.not_read")) if is_said else _what(sheet)),
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


def rejections(sheet: Sheet) -> None:
    """Show why rows are rejected, and what to do about each kind."""
    if sheet.rejected:
        html.show(html.h3(words.say("intake.to_correct", count=sheet.rejected)))
        _kinds(told.of_severity(sheet.problems, "rejected"))


def noticed(sheet: Sheet) -> None:
    """Show what was noticed in rows of a sheet that are accepted all the same."""
    if found := told.of_severity(sheet.problems, "warning"):
        title = words.say("intake.history.noticed", sheet=name_of(sheet))
        html.show(html.h3(title))
        _kinds(found)


def warnings(key: str, found: Sequence[Problem]) -> None:
    """Offer what was noticed in rows that are accepted all the same."""
    if found:
        label = words.say("intake.problems", rows=_severities(found))
        with st.expander(label, key=f"problems_{key}"):
            _kinds(found)


def _kinds(found: Sequence[Problem]) -> None:
    """Show problems by kind: how many, in which rows, and some of them in full."""
    kinds, count = told.kinds(found, _KINDS_SHOWN)
    named = [*heads("intake", ("cases",)), *heads("data_page", ("message",))]
    html.show(table(named, map(_group, kinds), "tend-told tend-kinds"))
    if count > _KINDS_SHOWN:
        pieces.note(words.say("intake.more_kinds", count=count - _KINDS_SHOWN))


def decisions(key: str, sheet: SheetResult) -> None:
    """Show what was decided and why, and three cells as they stand and as they were read."""
    if not sheet.decisions:
        return
    language = address.choice().language
    label = words.say("intake.decisions", count=len(sheet.decisions))
    with st.expander(label, key=f"decisions_{key}"):
        rows = (
            html.tr(html.td(one.header), html.td(one.message(language), _read_as(sheet, one)))
            for one in sheet.decisions
        )
        html.show(html.table(*rows, css="tend-table tend-told"))


def _read_as(sheet: SheetResult, made: Decision) -> html.Html:
    """Give the first cells of a decision's column that were read as something else."""
    cells = filter(conversation.is_read_as_more, sheet.examples.get(made.header, ()))
    said = [conversation.cell(one, sheet) for one in cells]
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
        html.td(words.say("intake.times", count=format.count(kind.count))),
        html.td(some),
    )
