"""A page as a notebook: its figures, each a cell that looks at the data as the page does."""

from tend.figures import pages
from tend.figures.collection import FIGURES
from tend.language import text
from tend.notebook import figure_cell
from tend.notebook.cells import Cell, Notebook
from tend.view import View


def notebook(name: str, view: View, language: str) -> Notebook:
    """Give a page as a notebook for a view that it is framed by."""
    made = Notebook("", text.say(f"ui.pages.{name}", language))
    for figure_name in pages.PAGES[name].figures:
        for cell in _cells(name, figure_name, view, language):
            made = made.with_cell(cell)
    return made


def _cells(page: str, name: str, view: View, language: str) -> tuple[Cell, ...]:
    """Give what a figure asks as Markdown, and its cell."""
    figure = FIGURES[name]
    cell = figure_cell.opened(figure, pages.asked(page, figure, view), view, {})
    title = figure.key("title")
    if not text.has(title):
        return (cell,)
    return Cell(f"about_{name}", "markdown", f"### {text.say(title, language)}"), cell
