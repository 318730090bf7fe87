"""The deck of the week: its slides in the order of a meeting, and what there is no data for."""

from collections.abc import Callable

from tend.figures.reading import Reading
from tend.figures.week import sentences
from tend.handouts.slides.kit.values import Deck, Slide
from tend.handouts.slides.weekly import pieces, renewing, week
from tend.handouts.slides.weekly.pieces import Lack, Telling
from tend.handouts.told import Signature
from tend.view import View

Make = Callable[[Telling], Slide | Lack]
_SLIDES: tuple[Make, ...] = (
    *(week.changed, week.due, week.fell, week.uncovered, renewing.rates, renewing.segments),
    *(renewing.ahead, renewing.moved, week.decide),
)


def weekly(reading: Reading, view: View, signature: Signature) -> Deck:
    """Give the week as slides; what has no data is told in words on the last one."""
    telling = Telling(reading, view, signature)
    made = [make(telling) for make in _told_of(telling)]
    slides = [one for one in made if isinstance(one, Slide)]
    lacking = [one for one in made if isinstance(one, Lack)]
    sign = " · ".join(one for one in (signature.day, signature.days, signature.filters) if one)
    since = reading.say("week.since_day", day=reading.day(week.view_of(telling).start))
    cover = Slide(
        telling.say("cover"), f"{sign}\n{since}", is_cover=True, notes=pieces.notes(telling)
    )
    if lacking:
        slides.append(_lacking(telling, lacking))
    footer = telling.say("footer", sign=sign, version=signature.version)
    title = f"{telling.say('cover')} · {signature.day}"
    return Deck(title, (cover, *slides), footer, reading.language, signature.filters)


def _told_of(telling: Telling) -> tuple[Make, ...]:
    """Give the slides that are made: of nobody there is one thing to say."""
    is_of_nobody = sentences.is_of_nobody(telling.reading, week.view_of(telling))
    return (week.nobody,) if is_of_nobody else _SLIDES


def _lacking(telling: Telling, lacking: list[Lack]) -> Slide:
    """Say what there is nothing to show of, and why."""
    lines = tuple(
        telling.say("lack", title=one.title.rstrip("?？。."), why=one.why) for one in lacking
    )
    return Slide(telling.say("lacking"), body=lines, notes=pieces.notes(telling))
