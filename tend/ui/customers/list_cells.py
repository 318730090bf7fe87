"""One customer in a list as cells: state by shape and word, ARR and path as bars, days in words."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from tend.language import format
from tend.queries import library
from tend.settings.definition import SCORES
from tend.ui.parts import html, words

Row = Mapping[str, Any]
Cell = Callable[[Row, str, float], object]


def cell(name: str, row: Row, language: str, most: float) -> object:
    """Give the cell of a column; `most` is the greatest ARR of the list."""
    drawn = _DRAWN.get(name)
    return drawn(row, language, most) if drawn else _plain(name, row, language)


def states(row: Row, language: str) -> object:
    """Write both states by shape, ink and word; a customer that is gone has none."""
    if row["outcome_state"] is None:
        return _missing("no_states")
    said = {axis: _state(row[f"{axis}_state"]) for axis in SCORES}
    names = [words.say(f"charts.{axis}") for axis in SCORES]
    return html.span(
        html.join(" · ", said.values()), title=format.listed(names, language), css="tend-states"
    )


def due(row: Row, language: str) -> object:
    """Say in how many days the next contract ends, or for how long it is overdue."""
    days = row["days_left"]
    if days is None:
        return _missing("no_due")
    key = "today" if days == 0 else "in_days" if days > 0 else "overdue"
    said = words.say(f"customers.{key}", days=format.count(abs(days)))
    day = format.day(row["end_date"], language)
    return html.span(said, title=day, css="tend-late" if days < 0 else "tend-days")


def touch(row: Row, language: str) -> object:
    """Say how many days ago anybody touched it."""
    days = row["days_since_touch"]
    if days is None:
        return _missing("never")
    key = "ago" if days else "today"
    day = format.day(row["last_touch"], language)
    return html.span(words.say(f"customers.{key}", days=format.count(days)), title=day)


def _state(state: str) -> html.Html:
    return html.span(words.say(f"states.{state}"), css=words.ink("states", state))


def _arr(row: Row, language: str, most: float) -> object:
    width = max(0.0, min(100.0, 100 * row["arr"] / most)) if most else 0.0
    bar = html.i(style=f"width:{width:.1f}%")
    return html.span(html.b(format.money(row["arr"], language)), bar, css="tend-arr")


def _path(row: Row, _language: str, _most: float) -> object:
    """Draw the scores as bars side by side, the last one in the accent."""
    path = row["path"]
    if not path:
        return _missing("no_path")
    bars = (html.i(style=f"height:{max(score, 4):.0f}%") for score in path)
    ends = {"first": format.count(path[0]), "last": format.count(path[-1])}
    said = words.say("customers.path_of", **ends, months=format.count(len(path)))
    return html.span(*bars, css="tend-path", title=said, role="img", aria_label=said)


def _plain(name: str, row: Row, language: str) -> object:
    kind, value = library.find("customers").kinds[name], row[name]
    if value is None:
        return format.MISSING
    if kind.is_rate:
        return format.rate(value, language)
    if kind.name == "money":
        return format.money(value, language)
    if kind.digits is not None:
        return format.number(value, f",.{kind.digits}f")
    if kind.room:
        key = f"{kind.room}.{value}"
        return words.say(key) if words.known(key) else format.clipped(str(value))
    return format.clipped(str(value))


def _missing(why: str) -> html.Html:
    return html.span(format.MISSING, title=words.say(f"customers.{why}"), css="tend-quiet")


_DRAWN: Mapping[str, Cell] = MappingProxyType(
    {
        "quadrant": lambda row, language, _: states(row, language),
        "arr": _arr,
        "path": _path,
        "days_left": lambda row, language, _: due(row, language),
        "days_since_touch": lambda row, language, _: touch(row, language),
    }
)
