"""Which notebook is looked at and how, as an address says it: nothing else keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

Params = dict[str, list[str]]
# One notebook, or the figure that is opened: how its page looked at it, what it was given.
_NAMED = ("notebook", "figure", "turn", "given")
_EDITED = "edit"
# Values of parameter cells, and the days that cells are held against, by the cells' names.
_VALUE, _AGAINST = "p.", "against."


@dataclass(frozen=True)
class Book:
    """A notebook or an opened figure, the values of its parameters, and days to compare with."""

    notebook: str = ""
    figure: str = ""
    turn: str = ""
    given: str = ""
    is_edited: bool = False
    values: tuple[tuple[str, str], ...] = ()
    against: tuple[tuple[str, str], ...] = ()

    @property
    def place(self) -> str:
        """Give what tells this notebook from all others in a session."""
        return self.notebook or "\n".join((self.figure, self.turn, self.given))

    def with_value(self, name: str, value: str | None) -> "Book":
        """Give it with another value of a parameter; none: the one it begins with."""
        return replace(self, values=_with(self.values, name, value))

    def held_against(self, name: str, day: str | None) -> "Book":
        """Give it with a cell held against another day, or against none."""
        return replace(self, against=_with(self.against, name, day or None))


NONE = Book()


def read(params: Mapping[str, Sequence[str]]) -> Book:
    """Understand an address."""
    named = {name: params[name][0] for name in _NAMED if name in params}
    found = {
        kind: tuple((k.removeprefix(kind), v[0]) for k, v in params.items() if k.startswith(kind))
        for kind in (_VALUE, _AGAINST)
    }
    is_edited = _EDITED in params
    return Book(**named, is_edited=is_edited, values=found[_VALUE], against=found[_AGAINST])


def written(book: Book) -> Params:
    """Write it as an address, where it is not the default."""
    params = {name: [value] for name in _NAMED if (value := getattr(book, name))}
    if book.is_edited:
        params[_EDITED] = ["1"]
    for kind, pairs in ((_VALUE, book.values), (_AGAINST, book.against)):
        params |= {kind + name: [value] for name, value in pairs}
    return params


def _with(
    pairs: tuple[tuple[str, str], ...], name: str, value: str | None
) -> tuple[tuple[str, str], ...]:
    rest = {key: one for key, one in pairs if key != name}
    return tuple((rest if value is None else rest | {name: value}).items())
