"""The text of a cell on its way: one way to edit it, whatever draws the editor."""

from tend.queries.door.refused import Refused
from tend.ui.notebook.editor import Edited, Place, Word, editor

_LINE, _LEAST, _HIGHEST = 21, 90, 320


def statement(
    key: str, text: str, words: tuple[Word, ...], label: str, refused: Refused | None = None
) -> Edited:
    """Show a statement to be edited, with words to choose from and the place that is wrong."""
    is_here = refused is not None and not refused.cell and refused.line is not None
    wrong = Place(refused.line, refused.column) if is_here and refused and refused.line else None
    lines = text.count("\n") + 2
    height = min(_HIGHEST, max(_LEAST, _LINE * lines))
    return editor(key, text, words, label=label, height=height, wrong=wrong)
