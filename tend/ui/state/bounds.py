"""What an address may hold: no more than a reader can have chosen, and days as they are written."""

from collections.abc import Mapping, Sequence

from tend.view import day

# No value of a file is longer, no reader chooses more: what an address holds beyond is left out.
_LONGEST, _MOST = 500, 300
_DAYS = ("as_of", "from", "to", "meeting")


def within(params: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Leave out blanks, and what no reader can have chosen."""
    cut = {
        key: [value for value in values if value.strip() and len(value) <= _LONGEST][:_MOST]
        for key, values in list(params.items())[:_MOST]
        if len(key) <= _LONGEST
    }
    return {key: values for key, values in cut.items() if values}


def as_written(key: str, value: str) -> str:
    """Write a day as addresses do: files and people know more ways than one."""
    found = day(value) if key in _DAYS else None
    return found.isoformat() if found else value
