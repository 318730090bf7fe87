"""What is talked about: what we learned, what is next and whose it is, and the one question."""

from collections.abc import Mapping, Sequence
from typing import Any

from tend.handouts.slides.customer import outcomes
from tend.handouts.slides.customer.facts import YEAR, Facts
from tend.handouts.slides.kit.values import Cell, Slide, Table
from tend.language import format
from tend.view import months_before

Row = Mapping[str, Any]
_QUOTES, _CHANGES = 3, 3


def learned(found: Facts, rows: Sequence[Row]) -> Slide | None:
    """Say what changed for the better and the worse, and what people said in their own words."""
    quotes = _quotes(found)
    language = found.reading.language
    known = [row for row in rows if row["change"] is not None]
    if not known and not quotes:
        return None
    changed = [row for row in known if not outcomes.is_same(row, language)]
    better = [row for row in changed if row["is_better"]]
    worse = [row for row in changed if row["is_better"] is False]
    told = [
        *(_line(found, "better", row) for row in better[:_CHANGES]),
        *(_line(found, "worse", row) for row in worse[:_CHANGES]),
    ]
    if known and not told:
        told = [found.say("unchanged")]
    title = _title(found, len(better), len(worse))
    sources = outcomes.sources(found, "customer_results", "customer_log")
    notes = (found.say("notes.made"), *sources)
    return Slide(title, found.say("learned"), body=(*told, *quotes), notes=notes)


def _title(found: Facts, better: int, worse: int) -> str:
    """Say how much changed, whichever way more did."""
    if not (better or worse):
        return found.say("learned_one")
    key = "learned_better" if better >= worse else "learned_worse"
    return found.say(key, better=format.count(better), worse=format.count(worse))


def _line(found: Facts, key: str, row: Row) -> str:
    language = found.reading.language
    now, before = (outcomes.written(row, row[name], language) for name in ("value", "before"))
    name = found.reading.say(f"results.{row['measure']}")
    return found.say(key, name=name, value=now, before=before)


def _quotes(found: Facts) -> list[str]:
    """Give what people said last, without their names: whoever reads it may be their boss."""
    since = months_before(found.view.as_of, YEAR)
    log = [row for row in found.own("customer_log") if row["day"] > since]
    said = [row for row in log if row["event"] == "answer" and row["text"]]
    shown = [(found.text(row["text"]), row) for row in said]
    fitting = [(text, row) for text, row in shown if text][:_QUOTES]
    return [
        found.say("quote", said=text, day=found.reading.day(row["day"])) for text, row in fitting
    ]


def steps(found: Facts) -> Sequence[Row]:
    """Give what there is to do, the most pressing first."""
    return found.own("customer_plan")


def plan(found: Facts, rows: Sequence[Row]) -> Slide:
    """List what is done in the next quarter, by whom on both sides, by when."""
    heads = tuple(found.say(name) for name in ("what", "ours_head", "yours_head", "by_when"))
    lines = tuple(
        (
            Cell(found.reading.say(f"plan.{row['step']}", **_told(found, row))),
            Cell(found.text(row["owner"]) or format.MISSING),
            Cell(found.text(row["contact"]) or format.MISSING),
            Cell(found.reading.day(row["day"])),
        )
        for row in rows
    )
    table = Table(heads, lines, (False, False, False, True))
    last = found.reading.day(rows[-1]["day"])
    notes = outcomes.sources(found, "customer_plan")
    return Slide(found.say("plan_by", day=last), found.say("plan"), table=table, notes=notes)


def question(found: Facts, rows: Sequence[Row]) -> Slide:
    """Ask the one question: that of the most pressing step, with its reason."""
    row = rows[0]
    told = _told(found, row)
    people = [one for one in (found.text(row["owner"]), found.text(row["contact"])) if one]
    body = [found.say("why", why=found.reading.say(f"deck.reasons.{row['step']}", **told))]
    if people:
        body.append(found.say("between", names=found.reading.listed(people)))
    body.append(found.say("decided_by", day=told["day"]))
    title = found.reading.say(f"deck.questions.{row['step']}", **told)
    notes = outcomes.sources(found, "customer_plan")
    return Slide(title, found.say("decide"), body=tuple(body), notes=notes)


def _told(found: Facts, row: Row) -> dict[str, str]:
    """Give what the words of a step speak of."""
    return {
        "amount": format.count(row["amount"]),
        "whole": format.count(row["of_whole"]),
        "day": found.reading.day(row["day"]),
        "contract": found.text(row["about"]) or format.MISSING,
    }
