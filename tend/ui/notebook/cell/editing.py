"""The text of a cell on its way: one way to edit it, whatever draws the editor."""

from itertools import dropwhile

from tend.queries.door.refused import Refused
from tend.ui.notebook.editor import Edited, Place, Word, editor

_LINE, _LEAST, _HIGHEST = 21, 90, 320


def statement(
    key: str, text: str, words: tuple[Word, ...], label: str, refused: Refused | None = None
) -> Edited:
    """Show a statement to be edited, with words to choose from and the place that is wrong."""
    is_here = refused is not None and not refused.cell and refused.line is not None
    wrong = Place(refused.line, refused.column) if is_here and refused and refused.line else None
    lines = len(_beneath_head(text)) + 1
    height = min(_HIGHEST, max(_LEAST, _LINE * lines))
    return editor(key, text, words, label=label, height=height, wrong=wrong)


def _beneath_head(text: str) -> list[str]:
    """Give the lines beneath what a named query says of itself: that is folded."""
    lines = text.split("\n")
    is_query = text.startswith("-- question: ")
    return list(dropwhile(lambda line: line.startswith("-- "), lines)) if is_query else lines
