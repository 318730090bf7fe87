"""A notebook and its cells as frozen values: an edit gives a new one.

A cell's name is unique in its notebook, and a table for the SQL of the others.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from tend.language.errors import TendError

Kind = Literal["markdown", "sql", "chart", "parameter"]
KINDS: tuple[Kind, ...] = ("markdown", "sql", "chart", "parameter")
# How a parameter is asked for.
ASKED = ("choice", "date", "number", "text")
# What a cell may say of itself beside its text, by its kind.
CHART = ("mark", "x", "y", "color", "facet")
OPTIONS: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        "markdown": ("language",),  # of the readers it is for; none: for all
        # what stands over it; the figure of a page that it came from, how the page looked at it,
        # what else it was given
        "sql": ("label", "figure", "view", "given", *CHART),
        # the cell whose rows it draws
        "chart": ("label", "of", *CHART),
        # what it is called on the page, how it is asked for, `a | b` to choose from or the cell
        # whose first column gives them, and the value it begins with
        "parameter": ("label", "ask", "choices", "of", "default"),
    }
)
BETWEEN = " | "  # parts the choices of a parameter
_NAME = re.compile(r"[^\W\d]\w{0,59}")
_PLAIN: Mapping[Kind, str] = MappingProxyType(
    {"markdown": "text", "sql": "cell", "chart": "chart", "parameter": "parameter"}
)


@dataclass(frozen=True)
class Cell:
    """One cell: what it is called, what kind it is, its text, and what it says of itself."""

    name: str
    kind: Kind
    text: str = ""
    options: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Keep one spelling of the same: line ends, blank lines around, the order of options."""
        text = self.text.replace("\r\n", "\n").replace("\r", "\n")
        lines = text.split("\n")
        while lines and not lines[0].strip():
            lines.pop(0)
        object.__setattr__(self, "text", "\n".join(lines).rstrip())
        said = {name: " ".join(value.split()) for name, value in self.options}
        ordered = ((name, said[name]) for name in OPTIONS[self.kind] if said.get(name))
        object.__setattr__(self, "options", tuple(ordered))

    def get(self, option: str) -> str:
        """Give what the cell says of itself, nothing where it does not."""
        return dict(self.options).get(option, "")

    def saying(self, **options: str | None) -> "Cell":
        """Give the cell with other options; an empty one is left out."""
        said = dict(self.options) | {
            name.rstrip("_"): value or "" for name, value in options.items()
        }
        return replace(self, options=tuple(said.items()))

    @property
    def choices(self) -> tuple[str, ...]:
        """Give what a parameter is chosen from, as the cell itself lists it."""
        return tuple(one for one in self.get("choices").split(BETWEEN) if one)


@dataclass(frozen=True)
class Notebook:
    """A notebook: its id in the workspace (none yet: empty), its name, and its cells in order."""

    id: str
    name: str
    cells: tuple[Cell, ...] = ()

    def __post_init__(self) -> None:
        """Refuse two cells of one name: SQL could not tell them apart."""
        object.__setattr__(self, "name", " ".join(self.name.split()))
        seen: set[str] = set()
        for cell in self.cells:
            if cell.name.lower() in seen:
                raise TendError("cell_name_twice", name=cell.name)
            seen.add(cell.name.lower())

    def find(self, name: str) -> Cell | None:
        """Give the cell of a name; SQL does not tell capitals from small letters."""
        return next((one for one in self.cells if one.name.lower() == name.lower()), None)

    def sql(self) -> Mapping[str, str]:
        """Give the statements by the names of their cells."""
        return {one.name: one.text for one in self.cells if one.kind == "sql"}

    def names(self) -> tuple[str, ...]:
        """Give the names of all cells, in their order."""
        return tuple(cell.name for cell in self.cells)

    def with_cell(self, cell: Cell, after: str | None = None) -> "Notebook":
        """Put a cell behind another one; without one, at the end."""
        place = len(self.cells) if after is None else self.names().index(after) + 1
        return replace(self, cells=(*self.cells[:place], cell, *self.cells[place:]))

    def without(self, name: str) -> "Notebook":
        """Leave a cell out."""
        return replace(self, cells=tuple(one for one in self.cells if one.name != name))

    def changed(self, name: str, cell: Cell) -> "Notebook":
        """Put another cell in the place of one."""
        return replace(self, cells=tuple(cell if o.name == name else o for o in self.cells))

    def moved(self, name: str, by: int) -> "Notebook":
        """Move a cell up or down, as far as there is room."""
        place = self.names().index(name)
        rest = [one for one in self.cells if one.name != name]
        rest.insert(max(0, place + by), self.cells[place])
        return replace(self, cells=tuple(rest))

    def free(self, wanted: str, taken: Iterable[str] = ()) -> str:
        """Give a name that no cell has yet: the one wanted, else with a number."""
        there = {name.lower() for name in (*self.names(), *taken)}
        if wanted.lower() not in there:
            return wanted
        base = re.sub(r"_\d+$", "", wanted)[:50]
        return next(
            n for i in range(2, len(there) + 3) if (n := f"{base}_{i}").lower() not in there
        )


def plain_name(kind: Kind) -> str:
    """Give what a cell is called that nobody has named."""
    return f"{_PLAIN[kind]}_1"


def check_name(name: str, taken: Collection[str]) -> None:
    """Refuse a name that SQL could not use, or that means something else there already."""
    if not _NAME.fullmatch(name):
        raise TendError("cell_name_bad", name=name)
    if name.lower() in {one.lower() for one in taken}:
        raise TendError("cell_name_taken", name=name)
