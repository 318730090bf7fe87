"""What came, or would come, of each sheet: counts, what was noticed by kind, what was decided."""

import html
from collections.abc import Iterable, Sequence

import streamlit as st

from tend.ingest import problems as told
from tend.ingest.results import Decision, Problem, SheetResult
from tend.language import format
from tend.store.facts.reports import SheetReport
from tend.ui.parts import words
from tend.ui.state import address

Sheet = SheetResult | SheetReport
COUNTS = ("rows", "accepted", "rejected", "skipped", "warnings")
_KINDS_SHOWN = 40
_EXAMPLES = 3


def table(heads: Iterable[str], rows: Iterable[str], kind: str = "") -> str:
    """Give an HTML table; heads and rows are HTML already."""
    head = "".join(f"<th>{name}</th>" for name in heads)
    return f'<table class="tend-table {kind}"><tr>{head}</tr>{"".join(rows)}</table>'


def heads(room: str, names: Iterable[str]) -> list[str]:
    """Give the heads of a table in the reader's language."""
    return [words.escaped(f"{room}.heads.{name}") for name in names]


def counts(sheets: Sequence[Sheet]) -> str:
    """Give one line per sheet: what it is, and rows = accepted + rejected + skipped."""
    rows = (
        f"<tr><td>{html.escape(name_of(sheet))}</td><td>{_what(sheet)}</td>"
        + "".join(f"<td>{format.count(getattr(sheet, name))}</td>" for name in COUNTS)
        + "</tr>"
        for sheet in sheets
    )
    return table(heads("data_page", ("sheet", "dataset", *COUNTS)), rows, "tend-sheets")


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
        st.html(table(heads("intake", ("kind", "cases", "examples")), rows, "tend-told tend-kinds"))
        if count > _KINDS_SHOWN:
            more = words.escaped("intake.more_kinds", count=count - _KINDS_SHOWN)
            st.html(f'<p class="tend-note">{more}</p>')


def decisions(key: str, made: Sequence[Decision]) -> None:
    """Show what was decided, and why."""
    if not made:
        return
    language = address.choice().language
    with st.expander(words.say("intake.decisions", count=len(made)), key=f"decisions_{key}"):
        rows = (
            f"<tr><td>{html.escape(one.header)}</td><td>{html.escape(one.message(language))}</td>"
            "</tr>"
            for one in made
        )
        st.html(f'<table class="tend-table tend-told">{"".join(rows)}</table>')


def _what(sheet: Sheet) -> str:
    if sheet.dataset is None:
        why = f"problems.{sheet.reason}"
        is_known = words.known(why)
        said = words.say(why, sheet=name_of(sheet)) if is_known else words.say("data_page.not_read")
        return f"<small>{html.escape(said)}</small>"
    unused = (
        words.escaped("data_page.unused", columns=", ".join(sheet.unused)) if sheet.unused else ""
    )
    return f"{words.escaped(f'datasets.{sheet.dataset}')} <small>{unused}</small>"


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


def _group(kind: told.Kind) -> str:
    language = address.choice().language
    shown = kind.first[:_EXAMPLES]
    some = "".join(f"<div>{html.escape(one.message(language))}</div>" for one in shown)
    if kind.count > _EXAMPLES:
        numbers = [str(one.row) for one in kind.first if one.row is not None]
        key = "row_list_more" if kind.count > len(numbers) else "row_list"
        where = words.escaped(f"intake.{key}", rows=format.listed(numbers, language))
        some += f"<small>{where}</small>" if numbers else ""
    return (
        f"<tr><td>{words.escaped(f'data_page.severity.{kind.severity}')}</td>"
        f"<td>{words.escaped('intake.times', count=format.count(kind.count))}</td>"
        f"<td>{some}</td></tr>"
    )
