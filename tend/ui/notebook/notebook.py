"""The page of notebooks: all of them, or the one that the address names."""

from collections.abc import Callable
from pathlib import Path

from tend.ui.notebook import cells, drafts, head, overview, vocabulary
from tend.ui.parts import html, pieces, words
from tend.ui.state import rights
from tend.view import View


def notebook(view: View, choose_window: Callable[[View], object]) -> None:
    """Show the notebook that is looked at with its window, or all of them."""
    html.style(Path(__file__).with_name("notebook.css"))
    if drafts.current() is None:
        overview.show()
        return
    head.show()
    if rights.theirs() is not None:
        pieces.note(words.say("rights.cells"))
    choose_window(view)
    cells.show()
    if drafts.book().is_edited:
        vocabulary.show()
