"""The week as a workbook: a sheet per page, findings for titles, then definitions and sources."""

import io
from collections.abc import Iterator
from dataclasses import replace

from xlsxwriter import Workbook

from tend.figures import wording
from tend.figures.collection import FIGURES
from tend.figures.reading import Lead, Number, Reading
from tend.handouts import told
from tend.handouts.told import Shown, Signature
from tend.handouts.workbook import about, cells, drawing, tables
from tend.handouts.workbook.blocks import Block, Line, Numbers, Sheet
from tend.handouts.workbook.contents import NAMED, PATHS, SHEETS, Plan
from tend.handouts.workbook.drawing import Book
from tend.handouts.workbook.looks import Looks
from tend.language import format
from tend.store.workspace import Workspace
from tend.view import View

# What is due says of itself what the sheet of its list begins with.
_DUE = "week_due"


def write(workspace: Workspace, reading: Reading, view: View, signed: Signature) -> bytes:
    """Write the workbook for a view, in the language of the reading."""
    plans = {plan.name: tuple(_shown(reading, plan, view)) for plan in SHEETS}
    numbers = tuple(_numbers(reading, view))
    names = {plan.name: reading.say(f"workbook.sheets.{plan.name}") for plan in SHEETS}
    listed = [(names[name], one) for name, figures in plans.items() for one in figures]
    sheets = (
        *(_sheet(reading, plan, plans[plan.name], numbers, view) for plan in SHEETS),
        about.definitions(reading, numbers, listed),
        about.sources(reading, view),
    )
    return _written(reading, workspace, sheets, signed)


def _written(
    reading: Reading, workspace: Workspace, sheets: tuple[Sheet, ...], signed: Signature
) -> bytes:
    out = io.BytesIO()
    with Workbook(out, dict(cells.OPTIONS)) as made:
        looks = Looks(made, reading.language)
        book = Book(made, looks, reading.language, workspace.settings.currency)
        made.set_properties({"title": sheets[0].name, "comments": " · ".join(_of(signed))})
        for sheet in sheets:
            book.place(sheet)
        for sheet in sheets:
            drawing.sheet(book, sheet, f"Tend · {sheet.name}", " · ".join(_of(signed)))
        drawing.paths(book)
    return out.getvalue()


def _of(signed: Signature) -> Iterator[str]:
    """Say what the numbers are of: day, window, filters; which data, and when they were asked."""
    yield from (one for one in (signed.day, signed.days, signed.filters) if one)
    yield signed.made_at


def _shown(reading: Reading, plan: Plan, view: View) -> Iterator[Shown]:
    for part in plan.parts:
        shown = told.figure(reading, part.page or plan.page, part.figure, view)
        is_due = part.figure == _DUE
        yield replace(shown, title=_due(reading, view).sentence) if is_due else shown


def _numbers(reading: Reading, view: View) -> Iterator[Number]:
    """Give the numbers that have a name; one that a page does not have for this view is blank."""
    for name, (page, figure) in NAMED.items():
        found = {one.name: one for one in told.counts(reading, page, view)}
        number = found.get(name) or _unknown(reading, name, page)
        key = FIGURES[figure].key("definition")
        yield replace(number, definition=number.definition or reading.say(key))


def _unknown(reading: Reading, name: str, page: str) -> Number:
    """Give a number that is not known: its cell is blank, and says why beside it."""
    why = reading.say("workbook.numbers.none", page=reading.say(f"ui.pages.{page}"))
    return reading.number(name, wording.dimension(name, reading.language), None, "number", why)


def _sheet(
    reading: Reading, plan: Plan, shown: tuple[Shown, ...], numbers: tuple[Number, ...], view: View
) -> Sheet:
    name = reading.say(f"workbook.sheets.{plan.name}")
    lead = _due(reading, view) if plan.name == "due" else told.says(reading, plan.page, view)
    day = reading.say("workbook.title", page=name, day=reading.day(view.as_of))
    blocks: list[Block] = [Line(day, "page"), Line(lead.sentence, "finding")]
    blocks += [Line(line) for line in lead.lines if line]
    if plan.name == SHEETS[0].name:
        blocks += _headline(reading, numbers)
    for one, part in zip(shown, plan.parts, strict=True):
        blocks += tables.blocks(reading, one, part)
    return Sheet(name, tuple(blocks))


def _headline(reading: Reading, numbers: tuple[Number, ...]) -> Iterator[Block]:
    yield Line("")
    yield Line(reading.say("workbook.numbers.title"), "title", begins=True)
    yield Line(reading.say("workbook.numbers.unit"), "unit")
    number, value, path, says = (
        reading.say(f"workbook.numbers.{head}") for head in ("number", "value", "path", "says")
    )
    yield Numbers(numbers, PATHS, (number, value, path, says))


def _due(reading: Reading, view: View) -> Lead:
    """Say how much is overdue or due soon, and how much of it is at risk."""
    *_, whole = reading.rows(_DUE, told.opened(reading, "week", view))
    if not whole["contracts"]:
        return Lead(reading.say("week.good.due"))
    key = "lead" if whole["at_risk"] else "none_at_risk"
    counts = {name: format.count(whole[name]) for name in ("contracts", "at_risk")}
    amounts = {name: reading.amount(whole[name]) for name in ("arr", "at_risk_arr")}
    return Lead(reading.say(f"workbook.due.{key}", **counts, **amounts))
