"""Who would stand elsewhere: one line per change, with the names where they are few."""

from collections.abc import Callable, Sequence

from tend.language import format
from tend.queries.rehearsal import Move
from tend.ui.intake import sheets
from tend.ui.parts import html
from tend.ui.state import address

_NAMED = 5
_SHOWN = 14


def table(
    found: Sequence[Move], axis: Callable[[str], str], word: Callable[[str, object], str]
) -> html.Html:
    """Give the changes as a table; `axis` and `word` say what stands where."""
    rows = [
        html.tr(
            html.td(axis(move.axis)),
            html.td(
                *(word(move.axis, move.before), " → ", word(move.axis, move.after)),
                _names(move),
            ),
            html.td(format.count(len(move.names))),
        )
        for move in found[:_SHOWN]
    ]
    heads = sheets.heads("company.effects", ("axis", "from_to", "members"))
    return sheets.table(heads, rows, "tend-moves")


def _names(move: Move) -> html.Html:
    """Name who moves, where they are few."""
    if len(move.names) > _NAMED:
        return html.NOTHING
    named = [format.clipped(name) for name in move.names]
    return html.small(format.listed(named, address.choice().language))
