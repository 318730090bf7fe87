"""What a digest says: the week's sentence and whom it names; of a CSM's own, with today's tasks."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tend.figures import task_words, wording
from tend.figures.reading import Reading, Row
from tend.figures.week import blocks, sentences
from tend.figures.week.block import NAMED
from tend.figures.week.decided import DECISION, decided
from tend.handouts import parts, weeks
from tend.handouts.letter import Letter, Line, Part
from tend.handouts.links import Links
from tend.language import format
from tend.language.errors import TendError
from tend.view import View, folded

# Blocks that are a CSM's own, and how many of each are named.
_OWN = ("due", "fell", "uncovered")
_MOST = 10
_FOR_TODAY = ("forgotten", "overdue", "due")
_OPEN = ("open", "late")
_LONGEST = 120


def digest(reading: Reading, as_of: date | None, today: date, link: str, csm: str | None) -> Letter:
    """Give the digest of all, or of a CSM's own, as of a day, by itself of the one Tend opens on.

    Raises TendError where there is no contract, and for who is no CSM.
    """
    own = weeks.view(reading, today, as_of)
    day = own.as_of
    name = csm and _known(reading, day, csm)
    view = replace(own, filters=(("csm", (name,)),) if name else ())
    links = Links(link, view, reading.language)
    title = reading.say("digest.title", day=reading.day(day))
    if name:
        title = reading.say("digest.title_of", csm=name, day=reading.day(day))
    said = [sentences.week(reading, view).sentence]
    if as_of is None and day < today:
        days = format.count((today - day).days)
        said.append(reading.say("digest.behind", days=days, day=reading.day(day)))
    made = tuple(_parts(reading, view, links, name))
    foot, colon = parts.foot(reading, view), reading.say("ui.colon")
    return Letter(title, reading.sentences(*said), made, foot, links.week(), colon)


def _known(reading: Reading, day: date, csm: str) -> str:
    """Give a CSM's name as the files have it, whatever its case and width (M29)."""
    known = [name for name, _ in reading.options(View(day)).get("csm", ()) if name != "unknown"]
    for name in known:
        if folded(name) == folded(csm.strip()):
            return name
    raise TendError("no_such_csm", name=csm, known=reading.listed(known) or format.MISSING)


def _parts(reading: Reading, view: View, links: Links, csm: str | None) -> Iterator[Part]:
    """Give what was counted, then what is to be done."""
    most = _MOST if csm else NAMED
    if not sentences.is_of_nobody(reading, view):
        for name in _OWN if csm else blocks.BLOCKS:
            yield parts.of_block(reading, blocks.BLOCKS[name](reading, view, most), links)
    if csm:
        yield _tasks(reading, view, links)
    lines = tuple(
        parts.of_decision(one, links)
        for one in decided(reading, view)
        if one.row["kind"] == DECISION and one.row["state"] in _OPEN and _is_whose(one.row, csm)
    )
    if lines:
        said = reading.say("digest.open", count=format.count(len(lines)))
        yield Part(reading.say("week.decisions.title"), Line(said, links.week()), lines)


def _is_whose(row: Row, csm: str | None) -> bool:
    """Tell whether somebody sees to a decision; of all, everybody does."""
    return csm is None or folded(row["owner"] or "") == folded(csm)


def _tasks(reading: Reading, view: View, links: Links) -> Part:
    """Give the tasks that are late or due on the day, the latest first."""
    rows = reading.rows("tasks", view, states=_FOR_TODAY)
    said = reading.say("digest.tasks", tasks=format.count(len(rows)))
    head = Line(said, links.workbench()) if rows else Line(reading.say("digest.no_tasks"))
    lines = [_task(reading, row, links) for row in rows[:_MOST]]
    if len(rows) > _MOST:
        more = reading.say("digest.further", count=format.count(len(rows) - _MOST))
        lines.append(Line(more, links.workbench()))
    return Part(reading.say("digest.today"), head, tuple(lines))


def _task(reading: Reading, row: Row, links: Links) -> Line:
    task = format.clipped(task_words.of(row, reading.language), _LONGEST)
    state = reading.say(f"tasks.states.{row['state']}")
    due = reading.say("service.tasks.due", day=reading.day(row["due_on"]))
    return Line(wording.customer(row), links.of(row), " · ".join((task, state, due)))
