"""The slides of this week: what changed, what is due, who fell, who is not covered, decisions."""

from tend.figures import wording
from tend.figures.week import blocks, sentences
from tend.figures.week.block import Block
from tend.figures.week.decided import DECISION, Decided, decided
from tend.handouts import told
from tend.handouts.slides.kit import values
from tend.handouts.slides.kit.values import Cell, Chart, Number, Series, Slide, Table
from tend.handouts.slides.weekly import pieces
from tend.handouts.slides.weekly.pieces import Lack, Telling
from tend.language import format
from tend.view import View

_DUE = ("customer_name", "ends", "outcome_state", "arr")
_FELL = ("customer_name", "way", "arr", "ends", "last_touch", "csm")
_UNCOVERED = ("customer_name", "because", "arr", "ends")
_DECIDE = ("kind", "customer_name", "arr", "on_day", "csm")
_DECIDED = 3  # earlier decisions that are named
_BESIDE = 8  # rows of a table that stands beside a chart
_MOST_CSMS = 8


def view_of(telling: Telling) -> View:
    """Give the view of the week: since the last meeting."""
    return told.opened(telling.reading, "week", telling.view)


def changed(telling: Telling) -> Slide:
    """Say the week in one sentence, with the count of each block and whom it names first."""
    reading, view = telling.reading, view_of(telling)
    found = blocks.blocks(reading, view)
    table = Table(
        tuple(telling.reading.say(f"slides.blocks.{name}") for name in ("what", "first", "why")),
        tuple(_first(one) for one in found),
        (False, False, False),
    )
    figures = [pieces.shown(telling, "week", f"week_{one.name}") for one in found]
    return Slide(
        sentences.week(reading, view).sentence,
        reading.say("ui.amounts_in", currency=reading.currency),
        numbers=tuple(_number(telling, one) for one in found),
        table=table,
        notes=pieces.notes(telling, *figures),
    )


def nobody(telling: Telling) -> Slide:
    """Say that there is nobody to speak of, and what to do."""
    sentence = sentences.week(telling.reading, view_of(telling)).sentence
    return Slide(sentence, body=(telling.say("nobody"),), notes=pieces.notes(telling))


def _number(telling: Telling, one: Block) -> Number:
    """Write what a block counts, its ARR and what changed; of one without data nothing."""
    arr = "" if one.arr is None else telling.reading.money(one.arr)
    count = format.count(0) if one.good else one.written or format.MISSING
    return Number(count, one.title, " · ".join(part for part in (arr, one.change) if part))


def _first(one: Block) -> tuple[Cell, ...]:
    """Name whom a block names first, and why; else say that it is good, or what is missing."""
    if not one.named:
        return Cell(one.title), Cell(one.good or " ".join(one.notes), "muted"), Cell("")
    first = one.named[0]
    return Cell(one.title), Cell(first.name), Cell(first.line, "muted")


def due(telling: Telling) -> Slide | Lack:
    """Draw what is due by time and state, beside the first of the list."""
    figure = pieces.shown(telling, "week", "week_due")
    listed = pieces.shown(telling, "week", "week_due_list")
    *horizons, whole = figure.codes.to_pylist() or [{}]
    title = figure.title
    if not whole.get("contracts"):
        return Lack(title, figure.empty)
    reading = telling.reading
    names = tuple(reading.say(f"week.horizons.{row['horizon']}") for row in horizons)
    series = tuple(
        Series(reading.say(f"states.{state}"), tuple(row[state] for row in horizons), state)
        for state in pieces.STATES
        if whole[state]
    )
    counts = {"contracts": format.count(whole["contracts"]), "arr": reading.money(whole["arr"])}
    return Slide(
        telling.say("due", **counts),
        pieces.first_of(telling, listed, _BESIDE),
        chart=Chart(values.STACKED_BAR, names, series),
        table=pieces.table(listed, reading, _DUE, _BESIDE),
        notes=pieces.notes(telling, figure, listed),
    )


def fell(telling: Telling) -> Slide | Lack:
    """List those who fell, those that matter first."""
    block = blocks.BLOCKS["fell"](telling.reading, view_of(telling))
    listed = pieces.shown(telling, "week", "week_fell_list")
    if not len(listed.codes):
        return Lack(listed.title, block.good or " ".join(block.notes) or listed.empty)
    words = {"customers": format.count(block.count), "arr": telling.reading.money(block.arr)}
    return Slide(
        telling.say("fell", **words),
        " · ".join(one for one in (pieces.first_of(telling, listed), block.change) if one),
        table=pieces.table(listed, telling.reading, _FELL),
        notes=pieces.notes(telling, listed),
    )


def uncovered(telling: Telling) -> Slide | Lack:
    """Draw how many of each CSM's customers were not touched, beside the largest of them."""
    reading, view = telling.reading, view_of(telling)
    block = blocks.BLOCKS["uncovered"](reading, view)
    figure = pieces.shown(telling, "week", "week_uncovered")
    listed = pieces.shown(telling, "week", "week_uncovered_list")
    if not len(listed.codes):
        return Lack(listed.title, block.good or listed.empty)
    table = pieces.table(listed, reading, _UNCOVERED, _BESIDE)
    subtitle = pieces.first_of(telling, listed, _BESIDE)
    notes = pieces.notes(telling, figure, listed)
    _, *csms = figure.codes.to_pylist()
    if block.count is None:
        return Slide(listed.title, " ".join(block.notes) or subtitle, table=table, notes=notes)
    shown = [row for row in csms if row["untouched"]][:_MOST_CSMS]
    chart = Chart(
        values.BAR,
        tuple(_book(telling, row) for row in shown),
        (Series(telling.say("untouched"), tuple(row["untouched"] for row in shown)),),
    )
    words = {"customers": format.count(block.count), "arr": reading.money(block.arr)}
    title = telling.say("uncovered", **words)
    return Slide(title, subtitle, chart=chart, table=table, notes=notes)


def _book(telling: Telling, row: pieces.Row) -> str:
    """Name a CSM, with how many customers are looked after."""
    name = wording.csm(row, telling.reading.language)
    return telling.say("of", name=name, all=format.count(row["customers"]))


def decide(telling: Telling) -> Slide | Lack:
    """List what waits for a decision, beside what earlier meetings decided and is open."""
    listed = pieces.shown(telling, "week", "week_decide_list")
    earlier = pieces.shown(telling, "week", "meeting_decisions")
    found = decided(telling.reading, view_of(telling))
    # without names a decision has no text
    open_ones = [one for one in found if one.row["kind"] == DECISION and one.row["decision"]]
    if not len(listed.codes) and not open_ones:
        return Lack(listed.title, telling.reading.say("week.good.decide"))
    lines = tuple(_decided(telling, one) for one in open_ones[:_DECIDED])
    head = (telling.say("earlier", decisions=format.count(len(open_ones))),) if lines else ()
    return Slide(
        telling.say("decide", things=format.count(len(listed.codes))),
        pieces.first_of(telling, listed),
        body=(*head, *lines),
        table=pieces.table(listed, telling.reading, _DECIDE) if len(listed.codes) else None,
        notes=pieces.notes(telling, listed, earlier),
    )


def _decided(telling: Telling, one: Decided) -> str:
    """Say what was decided, how far it is, and who sees to it, by when."""
    state = telling.reading.listed([format.clipped(fact, 40) for fact in one.facts[:2]])
    return telling.say("decided", decision=format.clipped(one.said, 90), state=state)
