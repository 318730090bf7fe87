"""Parts that minutes and the digest have in common: a block of This week, a decision, the foot."""

from tend.figures.reading import Reading
from tend.figures.week.block import Block
from tend.figures.week.decided import Decided
from tend.handouts import told
from tend.handouts.letter import Line, Part
from tend.handouts.links import Links
from tend.view import View


def of_block(reading: Reading, block: Block, links: Links, *, in_full: bool = False) -> Part:
    """Give a block: what it counts, with a link to its list, and whom it names first."""
    if block.good:
        return Part(block.title, Line(block.good))
    link, notes = links.week(f"week_{block.name}"), list(block.notes)
    if block.count is None:  # data are missing: the first note says which
        head = Line(notes.pop(0), link)
    else:
        about = _joined(_money(reading, block.arr), block.change)
        if notes and not about:  # of renewing the first note says of how many
            about = notes.pop(0)
        head = Line(_counted(block), link, about)
    counted = [Line(_joined(one.said, _money(reading, one.arr))) for one in block.lines]
    more = (*counted, *map(Line, notes)) if in_full else ()
    named = (Line(one.name, links.of(one.row), one.line) for one in block.named)
    return Part(block.title, head, (*more, *named))


def of_decision(one: Decided, links: Links) -> Line:
    """Give a decision or a note: what it says, whose it is, by when, how far it has come."""
    link = links.of(one.row) if one.row["customer_id"] else ""
    return Line(one.said, link, " · ".join(one.facts))


def foot(reading: Reading, view: View) -> str:
    """Say from which day, since which one, and of which customers all of it is told."""
    days = {"day": reading.day(view.as_of), "since": reading.day(view.start)}
    return _joined(
        reading.say("minutes.foot", **days),
        told.filters(view, reading.language, reading.whose),
        reading.say("ui.amounts_in", currency=reading.currency),
    )


def _counted(block: Block) -> str:
    """Say what is counted, with the number it begins with."""
    return block.said if block.said.startswith(block.written) else f"{block.written} {block.said}"


def _money(reading: Reading, arr: float | None) -> str:
    return "" if arr is None else reading.money(arr)


def _joined(*said: str) -> str:
    return " · ".join(one for one in said if one)
