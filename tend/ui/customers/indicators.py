"""What a customer's scores are made of: value, points, limits, its kind, and 90 days of change."""

from typing import Any

from tend.figures.figure import Figure
from tend.figures.health import moves
from tend.language import format
from tend.ui.figures import foot
from tend.ui.parts import html, pieces, words
from tend.ui.state import address, data
from tend.view import View

Row = dict[str, Any]
_HEADS = ("indicator", "value", "points", "limits", "kind", "before", "change")


def customer_indicators(row: Row, view: View) -> None:
    """Show each indicator that has a value; those without are named in a line."""
    language, own = address.choice().language, row["customer_id"]
    codes = data.ask("customer_indicators", View(view.as_of), customer_id=own)
    rows = codes.to_pylist()
    pieces.title(words.say("customer.indicators"), words.say("customer.indicators_note"))
    known = [one for one in rows if one["value"] is not None]
    if not known:
        pieces.note(words.say("customer.no_health"))
        return
    heads = (html.th(words.say(f"customer.indicator.{name}")) for name in _HEADS)
    lines = (_line(one, language) for one in known)
    html.show(
        html.div(
            html.table(html.tr(*heads), *lines, css="tend-table tend-indicators"), css="tend-wide"
        )
    )
    without = [moves.indicator(one["indicator"], language) for one in rows if one not in known]
    if without:
        pieces.note(words.say("customer.without", names=format.listed(without, language)))
    given = (("customer_id", own),)
    foot.show(Figure("customer_indicators", "customer_indicators", given=given), view, codes)


def _line(one: Row, language: str) -> html.Html:
    name = one["indicator"]
    value, low, high, kind, before = (
        moves.value(name, one[part], language)
        for part in ("value", "low", "high", "kind_value", "from_value")
    )
    axis = words.say(f"charts.{one['score']}")
    of = ""
    if one["kind_of"]:
        customers = format.count(one["kind_customers"])
        kind_of = words.say(f"customers.kinds.{one['kind_of']}")
        of = f"{kind_of}, {customers}"
    cells = (
        html.td(moves.indicator(name, language), html.BREAK, html.small(axis)),
        html.td(html.b(value)),
        html.td(_points(one["points"])),
        html.td(f"{low} – {high}"),
        html.td(kind, html.BREAK, html.small(of)),
        html.td(before),
        html.td(format.change(one["change"])),
    )
    return html.tr(*cells)


def _points(points: float | None) -> object:
    """Draw the points as a bar of a hundred, with their number."""
    if points is None:
        return format.MISSING
    bar = html.i(style=f"width:{points:.0f}%")
    return html.span(html.b(format.count(points)), bar, css="tend-arr")
