"""Cells asked for a page: each answer is kept until what it reads has changed."""

from collections.abc import Mapping

from tend.language.errors import TendError
from tend.notebook import figure_cell, running
from tend.notebook.cells import Cell, Notebook
from tend.notebook.running import Question, Result
from tend.queries.door.refused import Refused
from tend.ui.notebook import drafts, stopping
from tend.ui.state import address, data
from tend.view import View

# Of a refusal nothing is kept: who asks again is answered anew.
Answer = Result | TendError


def read(notebook: Notebook) -> running.Read:
    """Give what each cell's statement reads, by the database's own parse."""
    key = tuple(notebook.sql().items())
    return data.forever("reads", key, make=lambda: running.read_all(notebook))


def question(notebook: Notebook, name: str, frame: View | None = None) -> Question | TendError:
    """Give what a cell asks now, or why it cannot be asked."""
    view = frame or address.choice().view()
    try:
        return running.question(notebook, name, view, values(notebook), read(notebook))
    except TendError as error:
        return error


def values(notebook: Notebook) -> Mapping[str, str]:
    """Give what is chosen of the notebook's parameters."""
    names = {cell.name for cell in notebook.cells if cell.kind == "parameter"}
    return {name: value for name, value in drafts.book().values if name in names}


def answer(cell: Cell, asked: Question | TendError) -> Answer:
    """Give what comes of a question, or why there is no answer."""
    if isinstance(asked, TendError):
        return asked
    try:
        result = _asked(asked)
        figure = figure_cell.of(cell)
        if figure is not None and figure.with_total and figure_cell.is_untouched(cell):
            result = running.with_total(result, _asked(running.total(asked)))
    except TendError as error:
        return error
    return result


def place_of(error: TendError) -> tuple[int | None, int | None, str]:
    """Give line, column and cell of what was refused, where it is known."""
    return (
        (error.line, error.column, error.cell) if isinstance(error, Refused) else (None, None, "")
    )


def _asked(asked: Question) -> Result:
    if stopping.is_stopped(asked):
        raise Refused("door_stopped")
    reads = running.tables_of(asked)

    def make() -> Result:
        with stopping.watched(asked) as waiting:
            return running.ask(data.workspace(), asked, waiting=waiting)

    return data.while_stands("cell", asked, reads=reads, make=make)
