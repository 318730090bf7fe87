"""The present moment, in one way for everything that is written down."""

from datetime import datetime


def now() -> datetime:
    """Give the present moment, to the second, in local time without a zone."""
    return datetime.now().replace(microsecond=0)
