"""The week that minutes and digest tell: as of the day Tend opens on, since the last meeting."""

from datetime import date

from tend.figures import doubts
from tend.figures.reading import Reading
from tend.handouts import told
from tend.language.errors import TendError
from tend.view import Filters, View


def view(
    reading: Reading,
    today: date,
    as_of: date | None = None,
    since: date | None = None,
    filters: Filters = (),
) -> View:
    """Give the view This week begins with (M36). Raises TendError where no contract is known."""
    known = {row["dataset"] for row in reading.rows("freshness", View(today)) if row["rows"]}
    if "contracts" not in known:
        raise TendError("nothing_to_tell")
    day = as_of or doubts.opens_on(reading.ask, today)
    start = since if since and since < day else None
    return told.opened(reading, "week", View(day, start, filters=filters))
