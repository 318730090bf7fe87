"""The page of notebooks: all of them, or the one that the address names."""

from pathlib import Path

from tend.acts import notebooks
from tend.ui.frame import pickers
from tend.ui.notebook import cells, drafts, head, overview, vocabulary
from tend.ui.parts import html
from tend.ui.state import address, lists


def notebook() -> None:
    """Show the notebook that is looked at, or all of them."""
    html.style(Path(__file__).with_name("notebook.css"))
    if drafts.current() is None:
        overview.show()
        return
    head.show()
    pickers.choose_window(address.choice().view())
    cells.show()
    if drafts.book().is_edited:
        vocabulary.show()


def pinned(notebook_id: str) -> None:
    """Show a pinned notebook as a page of its own."""
    lists.arrive(notebooks.PAGE + notebook_id)
    notebook()
