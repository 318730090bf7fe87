"""Why a statement is not answered: a sentence, and where in the statement it is to be mended."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tend.language.errors import TendError


@dataclass(frozen=True)
class Place:
    """A place in a statement, both from 1; `cell` names an earlier cell where it lies in that."""

    line: int
    column: int
    cell: str = ""


class Refused(TendError):  # noqa: N818 - it is told, not an error of the app
    """A statement that the door does not answer."""

    def __init__(
        self, code: str, params: Mapping[str, object] | None = None, place: Place | None = None
    ) -> None:
        super().__init__(code, **(params or {}))
        self.place = place

    def inside(self, cell: str) -> "Refused":
        """Give the same of a cell."""
        place = replace(self.place, cell=cell) if self.place else None
        return Refused(self.code, self.params, place)

    @property
    def line(self) -> int | None:
        """Give the line of the statement, from 1."""
        return self.place.line if self.place else None

    @property
    def column(self) -> int | None:
        """Give the column of that line, from 1."""
        return self.place.column if self.place else None

    @property
    def cell(self) -> str:
        """Name the earlier cell that it lies in, nothing where it is the statement itself."""
        return self.place.cell if self.place else ""


def place_in(text: str, offset: int, cell: str = "") -> Place:
    """Give the place of a byte of a text."""
    before = text.encode()[:offset].decode(errors="ignore")
    return Place(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1, cell)
