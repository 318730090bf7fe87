"""What people enter is of the real day: where the page looks from another, it says so."""

from tend.language import format
from tend.ui.parts import pieces, words
from tend.ui.state import address, clock


def note() -> None:
    """Say at a button that what it keeps is of today, where the page looks from another day."""
    choice = address.choice()
    day, today = choice.day(), clock.today()
    if day != today:
        when = "earlier" if day < today else "later"
        days = {"today": today, "day": day}
        said = {name: format.day(one, choice.language) for name, one in days.items()}
        pieces.note(words.say(f"ui.real_day.{when}", **said))
