"""The sentence of the week: what was renewed and lost, who fell, and whom nobody touched."""

from datetime import date

from tend.figures.reading import Lead, Reading, Row
from tend.language import format
from tend.view import View


def meeting(reading: Reading, as_of: date) -> Row:
    """Give the day of the last meeting before a day, and how it is known."""
    return reading.one("last_meeting", View(as_of))


def week(reading: Reading, view: View) -> Lead:
    """Say in one sentence what changed since the last meeting; no clause without content."""
    day = reading.day(view.start)
    changed = reading.say("week.comma").join(_changes(reading, view))
    said = reading.say("week.then").join(one for one in (changed, _left(reading, view)) if one)
    if said:
        return Lead(reading.say("week.lead", day=day, changes=said))
    if is_of_nobody(reading, view):
        return Lead(reading.say("week.nobody", day=reading.day(view.as_of)))
    is_told = reading.one("week_fell", view)["compared"]
    is_told = is_told and not reading.one("week_uncovered", view)["is_untold"]
    return Lead(reading.say(f"week.{'all_good' if is_told else 'nothing'}", day=day))


def is_of_nobody(reading: Reading, view: View) -> bool:
    """Tell whether no customer of the choice has a contract in force, or one that waits."""
    *_, due = reading.rows("week_due", view)
    return not reading.one("week_uncovered", view)["customers"] and not due["contracts"]


def _changes(reading: Reading, view: View) -> list[str]:
    """Say what was decided, and who fell."""
    decided, moved = reading.one("week_decided", view), reading.one("week_fell", view)
    said = [
        reading.say(
            f"week.{what}",
            **{what: format.count(decided[what])},
            arr=reading.money(decided[f"{what}_arr"]),
        )
        for what in ("renewed", "lost")
        if decided[what]
    ]
    if moved["fell"]:
        all_end = moved["ending"] == moved["fell"]
        key = "fell" if not moved["ending"] else "fell_all_ending" if all_end else "fell_ending"
        counts = {name: format.count(moved[name]) for name in ("fell", "ending")}
        arr = reading.money(moved["ending_arr"])
        said.append(reading.say(f"week.{key}", **counts, arr=arr))
    return said


def _left(reading: Reading, view: View) -> str:
    """Say how many nobody touched this month, where touches tell it."""
    row = reading.one("week_uncovered", view)
    if not row["untouched"] or row["is_untold"]:
        return ""
    arr = reading.money(row["untouched_arr"])
    return reading.say("week.untouched", customers=format.count(row["untouched"]), arr=arr)
