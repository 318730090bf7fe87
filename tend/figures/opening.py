"""The day that all is looked at from where nobody has chosen one: that of pages and hand-outs."""

from collections.abc import Callable
from datetime import date

import pyarrow as pa

from tend.view import View


def day(ask: Callable[..., pa.Table], today: date) -> date:
    """Give today; where all that files tell of customers is stale, the newest day of it (M36)."""
    told = ask("activity", View(today)).to_pylist()
    opens_on: date = told[0]["opens_on"] if told else today
    return opens_on
