"""What stays in the house: a slide that is there only where it was asked for."""

from tend.acts.tasks import NOT_DONE
from tend.figures import task_words
from tend.handouts.slides.customer import outcomes
from tend.handouts.slides.customer.facts import Facts
from tend.handouts.slides.kit.values import Cell, Number, Slide, Table
from tend.language import format
from tend.settings.definition import SCORES
from tend.view import View

_TASKS = ("task", "owner", "due_on", "state")


def slide(found: Facts) -> Slide:
    """Show its value, states and chance, and the open tasks."""
    reading, row = found.reading, found.row
    states = {name: reading.say(f"states.{row[f'{name}_state']}") for name in SCORES}
    numbers = (
        Number(reading.money(row["arr"]), reading.say("customer.cards.arr"), reading.currency),
        *(
            Number(
                states[name],
                reading.say(f"customer.cards.{name}"),
                _score(found, name),
                row[f"{name}_state"],
            )
            for name in SCORES
        ),
        Number(*_chance(found)),
        Number(format.clipped(str(row["tier"] or format.MISSING), 20), reading.say("columns.tier")),
    )
    notes = outcomes.sources(found, "customer", "renewal_forecast", "tasks")
    title, subtitle = found.say("internal", **states), found.say("internal_note")
    tasks = _tasks(found)
    if not tasks:
        body = (found.say("no_tasks"),)
        return Slide(title, subtitle, numbers=numbers, body=body, notes=notes)
    heads = tuple(reading.say(f"columns.{name}") for name in _TASKS)
    table = Table(heads, tasks, (False, False, False, False))
    return Slide(title, subtitle, numbers=numbers, table=table, notes=notes)


def _score(found: Facts, name: str) -> str:
    score = found.row[f"{name}_score"]
    return "" if score is None else found.reading.say("customer.score", score=format.count(score))


def _chance(found: Facts) -> tuple[str, str, str]:
    """Give the chance that its next contract renews."""
    label = found.reading.say("customer.cards.chance")
    rows = found.reading.rows("renewal_forecast", View(found.view.as_of))
    own = [one for one in rows if one["contract_id"] == found.row["contract_id"]]
    if not own:
        return format.MISSING, label, found.reading.say("customer.no_chance")
    return found.reading.rate(own[0]["probability"]), label, found.reading.day(own[0]["end_date"])


def _tasks(found: Facts) -> tuple[tuple[Cell, ...], ...]:
    rows = found.reading.rows("tasks", View(found.view.as_of), states=NOT_DONE)
    own = [row for row in rows if row["customer_id"] == found.customer_id]
    return tuple(
        (
            Cell(task_words.of(row, found.reading.language)),
            Cell(format.clipped(row["owner"] or format.MISSING)),
            Cell(found.reading.day(row["due_on"])),
            Cell(found.reading.say(f"tasks.states.{row['state']}")),
        )
        for row in own
    )
