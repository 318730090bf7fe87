"""Rules are looked at when a page opens for the first time on a day, or after a new file."""

from datetime import date

from tend import tasks
from tend.errors import TendError
from tend.ui import address, data


def catch_up() -> int:
    """Make the tasks that rules ask for as of the day the data reach to; count them."""
    workspace = data.workspace()
    day = data.offered_as_of() or date.today()
    try:
        return tasks.catch_up(workspace, min(day, date.today()), address.choice().language)
    except TendError:
        return 0  # another process writes: the next visit makes up for it
