"""A block as it is drawn: its number large, lines beneath it, a table of ends, a range."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from tend.figures.reading import Row
from tend.figures.week import due, renewing
from tend.figures.week.block import Block
from tend.language import format
from tend.ui.parts import html, words
from tend.ui.state import address

_STATES = (("at_risk", "▲"), ("average", "◆"), ("healthy", "●"), ("unknown", "▨"))


def block(one: Block) -> html.Html:
    """Draw what a block says, above those that it names."""
    return _DRAWN.get(one.name, _counted)(one)


def _counted(one: Block) -> html.Html:
    """Draw a count with its lines; where data are missing, what they are, in its place."""
    if one.count is None:
        notes = [html.p(note, css="tend-note") for note in one.notes]
        return html.join("", (*notes, _lines(one) if one.lines else ""))
    notes = [html.p(note, css="tend-line") for note in one.notes]
    return html.join("", (_head(one), _lines(one), *notes))


def _due(one: Block) -> html.Html:
    is_any_unknown = any(row["unknown"] for row in one.rows)
    shown = [state for state in _STATES if state[0] != "unknown" or is_any_unknown]
    heads = (
        html.th(sign, css=words.ink("states", state), title=words.say(f"states.{state}"))
        for state, sign in shown
    )
    table = html.table(
        html.tr(html.th(words.say("week.due.time")), *heads, html.th(words.say("week.due.arr"))),
        *(_horizon(row, shown) for row in one.rows),
        css="tend-grid",
    )
    return html.join("", (_head(one), table))


def _horizon(row: Row, shown: Sequence[tuple[str, str]]) -> html.Html:
    cells = (
        html.td(format.count(row[state]), css="" if row[state] else "tend-none")
        for state, _ in shown
    )
    name = words.say(f"week.horizons.{row['horizon']}")
    return html.tr(html.td(name), *cells, html.td(_money(row["arr"])))


def _renewing(one: Block) -> html.Html:
    notes = (html.p(note, css="tend-change") for note in one.notes)
    head = _head(replace(one, said=one.said.removeprefix(one.written).strip()))
    return html.join("", (html.div(head, css="tend-span"), _range(*one.rows), *notes))


def _range(row: Row, usual: Row | None = None) -> html.Html:
    """Draw the share that is sure, what is open, and how far quarters usually are by now."""
    worst, best = row["rate_at_worst"], row["rate_at_best"]
    parts = [
        html.i(style=f"left:0;width:{worst:.1%}"),
        html.i(style=f"left:{worst:.1%};right:calc(100% - {best:.1%})"),
    ]
    if usual is not None:
        said = renewing.usual_path(words.reading(), usual)
        parts.append(html.b(style=f"left:{usual['usual_renewed_share']:.1%}", title=said))
    if target := row.get("target"):
        parts.append(html.b(css="tend-target", style=f"left:{target:.1%}"))
    return html.div(*parts, css="tend-range")


def _head(one: Block) -> html.Html:
    """Give what a block begins with, its number large, its ARR, and what changed."""
    said = one.said.removeprefix(one.written)
    return html.div(
        html.p(html.b(one.written), html.span(said), css="tend-number"),
        "" if one.arr is None else html.p(html.b(_money(one.arr)), css="tend-amount"),
        html.p(one.change, css="tend-change") if one.change else "",
    )


def _lines(one: Block) -> html.Html:
    """Give lines that begin with a number and end with ARR."""
    return html.table(
        *(
            html.tr(
                html.td(html.b(number)),
                html.td(line.said.removeprefix(number)),
                html.td("" if line.arr is None else _money(line.arr)),
            )
            for line in one.lines
            for number in (format.count(line.count),)
        ),
        css="tend-lines",
    )


def _money(arr: float) -> str:
    return format.money(arr, address.choice().language)


_DRAWN: Mapping[str, Callable[[Block], html.Html]] = MappingProxyType(
    {due.NAME: _due, renewing.NAME: _renewing}
)
