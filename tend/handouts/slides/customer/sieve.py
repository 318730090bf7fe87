"""What a customer may read: no text of a file that names another customer or speaks house words."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tend.figures.reading import Reading
from tend.schema.words import normal
from tend.view import View, folded

_FILE = Path(__file__).with_name("internal.toml")
# A name of one letter says nothing.
_SHORTEST = 2
_LATIN = re.compile(r"[a-z0-9]")


@cache
def words() -> Mapping[str, tuple[str, ...]]:
    """Give the words of the house, and heads of columns that hold goals."""
    listed = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {name: tuple(some) for name, some in listed.items()}


def is_goal(header: str) -> bool:
    """Tell whether a column of the customer list says what a customer wants to reach."""
    return normal(header) in {normal(one) for one in words()["goals"]}


@dataclass(frozen=True)
class Sieve:
    """Lets texts through that a customer may read, and keeps the others to be counted."""

    own: re.Pattern[str] | None
    others: re.Pattern[str] | None
    house: re.Pattern[str] | None
    left_out: set[str] = field(default_factory=set)

    def of(self, text: str | None) -> str:
        """Give a text that may be read, else nothing."""
        kept_in = (one for one in (self.others, self.house) if one)
        if text and any(self._has(one, plain(text)) for one in kept_in):
            self.left_out.add(text)
            return ""
        return text or ""

    def names_others(self, text: str) -> bool:
        """Tell whether a text names another customer."""
        return self.others is not None and self._has(self.others, plain(text))

    def _has(self, pattern: re.Pattern[str], text: str) -> bool:
        """Tell whether a text has any of these; what stands within its own name is its own."""
        own = [one.span() for one in self.own.finditer(text)] if self.own else []
        return any(
            not any(first <= hit.start() and hit.end() <= last for first, last in own)
            for hit in pattern.finditer(text)
        )


def open_to_all() -> Sieve:
    """Give the sieve of a deck that stays in the house: everything passes."""
    return Sieve(None, None, None)


def of(reading: Reading, view: View, customer_id: str, names: Iterable[str]) -> Sieve:
    """Give the sieve of a customer, who goes by these names too."""
    rows = reading.rows("customer_names", view)
    own = {plain(name) for name in names}
    own |= {row["name"] for row in rows if row["customer_id"] == customer_id}
    others = {row["name"] for row in rows if row["customer_id"] != customer_id} - own
    return Sieve(_any_of(own), _any_of(others), _any_of(words()["words"]))


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Give what finds any of these, of two that begin alike the longer one."""
    told = sorted((name for name in names if len(name) >= _SHORTEST), key=len, reverse=True)
    return re.compile("|".join(map(_bounded, told))) if told else None


def _bounded(name: str) -> str:
    """Write what finds a name: Latin words as a whole, others wherever they stand."""
    before = r"(?<![a-z0-9])" if _LATIN.match(name[0]) else ""
    after = r"(?![a-z0-9])" if _LATIN.match(name[-1]) else ""
    return f"{before}{re.escape(name)}{after}"


def plain(text: str) -> str:
    """Bring a text to the form in which names are compared."""
    return " ".join(folded(text).split())
