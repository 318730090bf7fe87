"""What a customer's scores are made of: value, points, limits, its kind, and 90 days of change."""

from typing import Any

from tend.figures import moves
from tend.figures.figure import Figure
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
        key = "no_health" if row["is_in_force"] else "no_health_now"
        pieces.note(words.say(f"customer.{key}"))
        return
    heads = [words.say(f"customer.indicator.{name}") for name in _HEADS]
    lines = (_line(one, heads, language) for one in known)
    titles = html.tr(*map(html.th, heads))
    table = html.table(titles, *lines, css="tend-table tend-indicators")
    html.show(html.div(table, css="tend-wide"))
    without = [moves.indicator(one["indicator"], language) for one in rows if one not in known]
    if without:
        pieces.note(words.say("customer.without", names=format.listed(without, language)))
    given = (("customer_id", own),)
    foot.show(Figure("customer_indicators", "customer_indicators", given=given), view, codes)


def _line(one: Row, heads: list[str], language: str) -> html.Html:
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
    cells: tuple[tuple[object, ...], ...] = (
        (moves.indicator(name, language), html.BREAK, html.small(axis)),
        (html.b(value),),
        (_points(one["points"]),),
        (f"{low} – {high}",),
        (kind, html.BREAK, html.small(of)),
        (before,),
        (format.change(one["change"]),),
    )
    labelled = zip(cells, heads, strict=True)
    return html.tr(*(html.td(*inside, data_label=head) for inside, head in labelled))


def _points(points: float | None) -> object:
    """Draw the points as a bar of a hundred, with their number."""
    if points is None:
        return format.MISSING
    bar = html.i(style=f"width:{points:.0f}%")
    return html.span(html.b(format.count(points)), bar, css="tend-arr")
