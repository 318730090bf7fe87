"""Minutes of This week: its sentence, the five blocks, what was decided, and what is noted."""

from collections.abc import Iterator

from tend.figures.reading import Reading
from tend.figures.week import blocks, sentences
from tend.figures.week.decided import DECISION, NOTE, Decided, decided
from tend.handouts import parts
from tend.handouts.letter import Letter, Line, Part
from tend.handouts.links import Links
from tend.language import format
from tend.view import View


def minutes(reading: Reading, view: View, links: Links) -> Letter:
    """Give the minutes of the week that begins at the last meeting."""
    shown = () if sentences.is_of_nobody(reading, view) else blocks.blocks(reading, view)
    return Letter(
        reading.say("minutes.title", day=reading.day(view.as_of)),
        sentences.week(reading, view).sentence,
        (
            *(parts.of_block(reading, block, links, in_full=True) for block in shown),
            *_decisions(reading, decided(reading, view), links),
        ),
        parts.foot(reading, view),
        links.week(),
        reading.say("ui.colon"),
    )


def _decisions(reading: Reading, rows: tuple[Decided, ...], links: Links) -> Iterator[Part]:
    """Give decisions, and notes where there are any."""
    for kind, named in ((DECISION, "week.decisions.title"), (NOTE, "minutes.notes")):
        lines = tuple(parts.of_decision(one, links) for one in rows if one.row["kind"] == kind)
        said = reading.say(f"minutes.{kind}", count=format.count(len(lines)))
        head = Line(said, links.week()) if lines else Line(reading.say("week.good.decisions"))
        if lines or kind == DECISION:
            yield Part(reading.say(named), head, lines)
