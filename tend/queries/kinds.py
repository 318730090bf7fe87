"""What a column or parameter holds, said in the header of its query: how it is written follows.

In a header a kind stands in brackets behind the name: `arr (money)`, `outcome (code outcomes)`,
`indicators (list of code)`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

_WHOLE, _NUMBER, _TEXT, _DAY = ("int32", "int64"), ("double",), ("string",), ("date32[day]",)
_LIST = "list of "
# Where labels have their words, unless a header names another room.
_LABELS = "values"


@dataclass(frozen=True)
class Kind:
    """One kind of value: what it is, which Arrow types hold it, how its numbers are written."""

    name: str
    meaning: str
    types: tuple[str, ...]
    # Digits behind the point; none: no number, or one that no rule fits.
    digits: int | None = None
    is_rate: bool = False
    # With its sign where it stands alone, as in a tooltip.
    is_signed: bool = False
    # Where in the catalogue its words are; none: it is shown as it is.
    room: str = ""
    is_list: bool = False

    @property
    def is_money(self) -> bool:
        """Tell whether it is in the workspace's currency, which is named beside it."""
        return self.name.startswith("money")

    def __str__(self) -> str:
        """Give the kind as headers write it."""
        room = self.room if self.room != KINDS[self.name].room else ""
        return f"{_LIST * self.is_list}{self.name} {room}".strip()

    @property
    def hint(self) -> str:
        """Give the format of a chart's tooltip, nothing for what is neither number nor month."""
        if self.name == "month":
            return "%Y-%m"
        if self.digits is None:
            return ""
        unit = "%" if self.is_rate else "f"
        return f"{'+' * self.is_signed}{',' * (not self.is_rate)}.{self.digits}{unit}"


_ALL = (
    Kind("money", "An amount in the workspace's currency", _NUMBER, 0),
    Kind("money change", "By how much an amount changed", _NUMBER, 0, is_signed=True),
    Kind("rate", "A fraction of 1, shown in per cent", _NUMBER, 1, is_rate=True),
    Kind("rate change", "Points of a rate, as a fraction", _NUMBER, 1, True, is_signed=True),
    Kind("count", "How many; files may give parts of one", (*_WHOLE, *_NUMBER), 0),
    Kind("days", "A number of days", (*_WHOLE, *_NUMBER), 0),
    Kind("months", "A number of months", (*_WHOLE, *_NUMBER), 0),
    Kind("ordinal", "A whole number that orders or names: a quadrant, a row", _WHOLE, 0),
    Kind("number", "Hours, years, points, times", _NUMBER, 1),
    Kind("nps", "% promoters - % detractors, -100 to 100", _NUMBER, 1, is_signed=True),
    Kind("coefficient", "Of a model: it says something by its size", _NUMBER),
    Kind("mixed", "A number in the unit of what its row is about", _NUMBER),
    Kind("date", "A day", _DAY),
    Kind("month", "A month, by one of its days", _DAY),
    Kind("moment", "A day and a time", ("timestamp[us]",)),
    Kind("period", "A month, quarter or year: 2024-03, 2024-Q1, 2024", _TEXT),
    Kind("flag", "Yes or no", ("bool",)),
    Kind("text", "What a file or a person wrote; an id", _TEXT),
    Kind("code", "A word of ours: of a room of texts, or for the app alone", _TEXT),
    Kind("label", "A value of a dimension: a word of ours, else of a file", _TEXT, room=_LABELS),
    Kind("setting", "As the settings have it", ()),
)
KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ALL})


def read(written: str) -> Kind:
    """Read a kind as headers write it. Raises KeyError for one that is none."""
    name = written.removeprefix(_LIST)
    kind, room = KINDS.get(name), ""
    if kind is None:
        name, _, room = name.partition(" ")
        kind = KINDS[name]
    return replace(kind, room=room or kind.room, is_list=written.startswith(_LIST))
