"""The present moment, in one way for everything that is written down."""

from datetime import UTC, datetime


def now() -> datetime:
    """Give the present moment, to the second, in local time without a zone."""
    return datetime.now().replace(microsecond=0)


def utc() -> str:
    """Give the present moment in the time of the world, to the second, as it is written in ISO."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
