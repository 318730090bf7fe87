"""Who would stand elsewhere: one line per change, with the names."""

from collections.abc import Callable, Sequence

from tend.language import format
from tend.queries.rehearsal import Move
from tend.ui.intake import sheets
from tend.ui.parts import html, words
from tend.ui.state import address

_NAMED = 5
_LISTED = 200
SHOWN = 14


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
        for move in found[:SHOWN]
    ]
    heads = sheets.heads("company.effects", ("axis", "from_to", "members"))
    return sheets.table(heads, rows, "tend-moves")


def _names(move: Move) -> html.Html:
    """Name who moves; where they are many, the names unfold."""
    named = [format.clipped(name) for name in move.names[:_LISTED]]
    said = html.small(format.listed(named, address.choice().language))
    if len(move.names) <= _NAMED:
        return said
    key = "who" if len(move.names) <= _LISTED else "first_of"
    shown = words.say(f"company.effects.{key}", names=format.count(len(named)))
    return html.details(html.summary(html.small(shown)), said)
