"""Facts of one contract or customer as names and values; what is not known is left out."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tend.figures import wording
from tend.ui.parts import html, words

Row = dict[str, Any]


def facts(row: Row, names: Sequence[str], units: Mapping[str, str], language: str) -> None:
    """Show the named columns of a row; amounts go with their unit."""
    cells = html.join(
        "",
        (
            html.div(
                html.dt(words.say(f"columns.{name}")),
                html.dd(_written(row[name], units.get(name), language)),
            )
            for name in names
            if row[name] is not None
        ),
    )
    if cells:
        html.show(html.dl(cells, css="tend-facts"))


def _written(value: Any, unit: str | None, language: str) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if unit:
        return f"{value:,.0f} {unit}"
    if isinstance(value, int | float):
        return f"{value:,.1f}".removesuffix(".0")
    return wording.value(str(value), language)
