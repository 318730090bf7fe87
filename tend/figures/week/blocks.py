"""The five blocks of This week: due, fell, not covered, renewing, decide."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from tend.figures.reading import Reading
from tend.figures.week import deciding, due, fell, renewing, uncovered
from tend.figures.week.block import Block
from tend.view import View

# Each names the first of its list, as many as it is told.
BLOCKS: Mapping[str, Callable[..., Block]] = MappingProxyType(
    {
        due.NAME: due.due,
        fell.NAME: fell.fell,
        uncovered.NAME: uncovered.uncovered,
        renewing.NAME: renewing.renewing,
        deciding.NAME: deciding.deciding,
    }
)


def blocks(reading: Reading, view: View) -> tuple[Block, ...]:
    """Give all of them, in the order of the page."""
    return tuple(make(reading, view) for make in BLOCKS.values())
