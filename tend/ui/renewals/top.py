"""How the three views of Renewals begin: a sentence, and numbers that lead to their members."""

from tend.figures.reading import Number, Reading
from tend.figures.renewals import early, headlines, sentences
from tend.figures.renewals.tiles import EARLY, TILES
from tend.language import format
from tend.ui.figures import leading, opens
from tend.ui.parts import lead, pieces, words
from tend.ui.parts.tiles import Tile
from tend.ui.renewals import explained
from tend.view import View


def sentence(view: View) -> None:
    """Say in one sentence what is the case, and in a second what is still open."""
    lead.show(sentences.now(words.reading(), explained.by_two(view)))


def why_sentence(view: View) -> None:
    """Say what was lost and for which reason most."""
    lead.show(sentences.why(words.reading(), view))


def next_sentence(view: View) -> None:
    """Say how much is open, what of it is overdue, and how far the CSMs have made their calls."""
    lead.show(sentences.ahead(words.reading(), view))


def is_early(view: View) -> bool:
    """Tell whether contracts are in force, and none was ever renewed or lost."""
    return early.is_early(words.reading(), view)


def is_mostly_open(view: View) -> bool:
    """Tell whether most contracts have no end: retention says more then (M19)."""
    return sentences.is_mostly_open(words.reading(), view)


def headline(view: View) -> None:
    """Show the rates as tiles; before anything has ended, what is in force."""
    reading = words.reading()
    missed = headlines.missed(reading, view)
    shown = [_tile(one, missed, reading, view) for one in headlines.now(reading, view)]
    leading.headline([tile for tile in shown if tile], view, "renewals_headline")


def next_headline(view: View) -> None:
    """Show what is due, what the model expects of it, and what the CSMs say; each leads on."""
    reading = words.reading()
    row = sentences.forecast(reading, view)
    if row is None:
        return
    links = {} if row["called"] else {"forecast_called": ""}  # nobody is called: it leads nowhere
    shown = [
        leading.tile(f"tile_{one.name}", pieces.number(one), links.get(one.name))
        for one in headlines.ahead(reading, view)
    ]
    leading.headline(shown, view, "forecast_total")


def _tile(one: Number, missed: dict[str, int], reading: Reading, view: View) -> Tile | None:
    """Give the tile of a number; what is said beneath another one has none of its own."""
    card = pieces.number(one)
    if one.name in TILES:
        told = {"missed": format.count(missed[one.name])} if one.name in missed else None
        link = words.say(f"renewals.members.{one.name}", **told) if told else ""
        return leading.tile(TILES[one.name].name, card, link)
    if one.name == "first_end":
        contract = early.first_contract(reading, view)
        link = words.say("renewals.early.open")
        return Tile(one.name, card, link, lambda: opens.open_contract(contract))
    figure = f"tile_{one.name}"
    return leading.tile(figure, card) if figure in {tile.name for tile in EARLY} else None
