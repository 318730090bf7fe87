"""What changed settings would change, in numbers: now, then, and who would stand elsewhere."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from tend.figures import wording
from tend.language import format
from tend.language.errors import TendError
from tend.queries import asking, library, rehearsal
from tend.queries.kinds import Kind
from tend.queries.rehearsal import EFFECTS, Answers, Effect, Move, Number
from tend.settings.company import Settings
from tend.ui.intake import sheets
from tend.ui.parts import html, pieces, words
from tend.ui.settings import moved
from tend.ui.state import address, data
from tend.view import View, window

_WINDOW = "last_12_months"


def show(section: str, wanted: Settings, view: View) -> None:
    """Show what some values would change; nothing is kept."""
    looked = View(view.as_of, *window(_WINDOW, view.as_of))
    try:
        with st.spinner(words.say("company.effects.working")):
            now, then = _answers(section, wanted, looked)
    except TendError as error:
        st.error(format.plain(error.message(address.choice().language)))
        return
    with st.container(key="effects"):
        _all(section, looked, now, then)


def _all(section: str, looked: View, now: Answers, then: Answers) -> None:
    found = [(one, rehearsal.numbers(one, now, then)) for one in EFFECTS[section]]
    changed = {one: [n for n in numbers if rehearsal.differs(n)] for one, numbers in found}
    who = {one: rehearsal.moved(one, now, then) for one in EFFECTS[section]}
    html.show(_sentence(section, looked, changed, who))
    same = []
    for effect in EFFECTS[section]:
        title = words.say(f"company.effects.{effect.query}")
        if not changed[effect] and not who[effect]:
            same.append(title)
            continue
        pieces.title(title)
        if changed[effect]:
            html.show(_numbers(changed[effect]))
        if who[effect]:
            html.show(moved.table(who[effect], _axis, partial(_stands, effect.query)))
    if same:
        names = format.listed(same, address.choice().language)
        pieces.note(words.say("company.effects.same", names=names))


def _answers(section: str, wanted: Settings, looked: View) -> tuple[Answers, Answers]:
    names = list(dict.fromkeys(one.query for one in EFFECTS[section]))
    given = rehearsal.GIVEN
    now = {
        name: data.ask(name, looked, **{k: v for k, v in given.items() if _takes(name, k)})
        for name in names
    }
    then = data.once(
        *("rehearsed", section, wanted.model_dump_json(), looked),
        make=lambda: asking.rehearse(data.workspace(), wanted, looked, names, **given),
    )
    return now, then


def _takes(query: str, parameter: str) -> bool:
    return parameter in library.find(query).parameters


def _sentence(
    section: str,
    looked: View,
    changed: dict[Effect, list[Number]],
    who: dict[Effect, list[Move]],
) -> html.Html:
    numbers = sum(map(len, changed.values()))
    movers = sum(len(move.names) for moves in who.values() for move in moves)
    key = "none_there" if not EFFECTS[section] else "some" if numbers or movers else "nothing"
    told = words.say(
        f"company.effects.{key}",
        day=format.day(looked.as_of, address.choice().language),
        numbers=format.count(numbers),
        moves=format.count(movers),
    )
    return html.p(told, css="tend-sum")


def _numbers(found: Sequence[Number]) -> html.Html:
    heads = sheets.heads("company.effects", ("number", "now", "then", "change"))
    return sheets.table(heads, map(_row, found[: moved.SHOWN]), "tend-effects")


def _row(one: Number) -> html.Html:
    written = (_written(one.kind, one.before), _written(one.kind, one.after))
    return html.tr(html.td(_named(one)), *map(html.td, written), html.td(_change(one)))


def _named(one: Number) -> str:
    """Name a number by the codes of its row, else by its column; by both where it has several."""
    kinds = library.find(one.query).kinds
    codes = [
        _word(kinds[name], code)
        for name, code in zip(one.named, one.row, strict=True)
        if name != "segment" or code not in ("all", "None")
    ]
    if one.kind is None or "measure" in one.named:
        return words.say("company.within").join(codes)
    unit = words.currency()
    label = wording.header(one.query, one.column, address.choice().language, unit)
    return words.say("company.within").join([*codes, label])


def _word(kind: Kind, code: object) -> str:
    if code is None or code == "None":
        return words.say("company.effects.nowhere")
    if kind.name == "flag":
        return words.say(f"company.flags.{'on' if code else 'off'}")
    key = f"{kind.room}.{code}"
    return words.say(key) if kind.room and words.known(key) else format.clipped(str(code))


def _written(kind: Kind | None, value: float | None) -> str:
    if kind is None:
        return format.count(value)
    return wording.cell(kind, value, address.choice().language)


def _change(one: Number) -> str:
    """Give by how much a number changes: a rate in points."""
    step = rehearsal.step(one)
    if step is None:
        return format.MISSING
    if one.kind is not None and one.kind.is_rate:
        return format.points(step, address.choice().language)
    sign = format.signed(step)[0] if step else ""
    return f"{sign}{_written(one.kind, abs(step))}"


def _axis(name: str) -> str:
    return words.say(f"columns.{name}")


def _stands(query: str, axis: str, code: object) -> str:
    return _word(library.find(query).kinds[axis], code)
