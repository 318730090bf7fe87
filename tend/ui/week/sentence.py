"""The sentence of the week: what was renewed and lost, who fell, and whom nobody touched."""

from typing import Any

from tend.language import format
from tend.ui.parts import lead, words
from tend.ui.state import address, data
from tend.view import View

Row = dict[str, Any]


def week_sentence(view: View) -> None:
    """Say in one sentence what changed since the last meeting; no clause without content."""
    language = address.choice().language
    day = format.day(view.start, language)
    changed = words.say("week.comma").join(_changes(view, language))
    said = words.say("week.then").join(part for part in (changed, _left(view, language)) if part)
    if said:
        lead.say(words.say("week.lead", day=day, changes=said))
    else:
        lead.say(words.say("week.nothing", day=day))


def _changes(view: View, language: str) -> list[str]:
    """Say what was decided, and who fell."""
    decided, moved = one("week_decided", view), one("week_fell", view)
    said = [
        words.say(
            f"week.{what}",
            **{what: format.count(decided[what])},
            arr=format.money(decided[f"{what}_arr"], language),
        )
        for what in ("renewed", "lost")
        if decided[what]
    ]
    if moved["fell"]:
        key = (
            "fell"
            if not moved["ending"]
            else "fell_all_ending"
            if moved["ending"] == moved["fell"]
            else "fell_ending"
        )
        counts = {name: format.count(moved[name]) for name in ("fell", "ending")}
        arr = format.money(moved["ending_arr"], language)
        said.append(words.say(f"week.{key}", **counts, arr=arr))
    return said


def _left(view: View, language: str) -> str:
    """Say how many nobody touched this month, where touches tell it."""
    row = one("week_uncovered", view)
    if not row["untouched"] or row["is_untold"]:
        return ""
    arr = format.money(row["untouched_arr"], language)
    return words.say("week.untouched", customers=format.count(row["untouched"]), arr=arr)


def one(query: str, view: View) -> Row:
    """Give the row that speaks of all."""
    row: Row = data.ask(query, view).to_pylist()[0]
    return row
