"""The command export: the name of the file says what is written."""

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType

from tend.acts import notebooks
from tend.cli import output, shared
from tend.cli.asking import chosen_view
from tend.cli.exports import minutes, review, slides, weekly
from tend.cli.shared import WrongUseError
from tend.figures import doubts
from tend.figures.pages import framed
from tend.language import text as words
from tend.language.errors import TendError
from tend.notebook import pages, text
from tend.notebook.cells import Notebook
from tend.notebook.jupyter import bundle, reading
from tend.queries import asking
from tend.store.workspace import Workspace
from tend.view import View, window

# What the app looks at where nothing else is chosen.
_WINDOW = "last_12_months"
# What writes a file says what lies where.
Export = Callable[[argparse.Namespace, Workspace], str]


def export(given: argparse.Namespace) -> int:
    """Write what the file's name says."""
    kind, write = _kind(given.file)
    with shared.opened(given, read_only=True) as workspace:
        workspace.require("export")
        # a file shows what the page shows that opens at the same time
        given.as_of = given.as_of or doubts.opens_on(partial(asking.run, workspace), date.today())
        # before it is written: no file is taken out of which the log knows nothing
        workspace.note("export", kind=kind, named=not given.no_names)
        print(output.line(write(given, workspace)))
    return 0


def _kind(file: Path) -> tuple[str, Export]:
    """Tell what is written by how the name ends: `review.html`, `2026-11 review.html`, `.ipynb`."""
    for end, write in KINDS.items():
        if file.name.lower().endswith(end):
            return end, write
    raise WrongUseError(TendError("no_such_export", file=file.name, known=", ".join(KINDS)))


def _language(given: argparse.Namespace, workspace: Workspace) -> str:
    """Give the language of the file; of one in both, that of its first sight."""
    first, *_ = (given.language or "").split(",")
    return first if first in words.LANGUAGES else shared.language(workspace)


def _ipynb(given: argparse.Namespace, workspace: Workspace) -> str:
    """Write a notebook or a page for Jupyter, with its data beside it."""
    language = _language(given, workspace)
    notebook, view = _framed(given, workspace, language)
    values = _values(given, notebook)
    folder = bundle.write(workspace, notebook, view, given.file, language, values)
    told = {"file": given.file.name, "folder": folder.name, "name": notebook.name}
    return words.say("cli.exported_with", language, **told)


def _sql(given: argparse.Namespace, workspace: Workspace) -> str:
    """Write a notebook or a page as plain text."""
    language = _language(given, workspace)
    notebook, _ = _framed(given, workspace, language)
    given.file.write_text(text.write(notebook), encoding="utf-8")
    return words.say("cli.exported", language, file=given.file.name, name=notebook.name)


def _review(given: argparse.Namespace, workspace: Workspace) -> str:
    """Write pages as one file for any browser."""
    return review.write(given, workspace, _language(given, workspace))


def _weekly(given: argparse.Namespace, workspace: Workspace) -> str:
    """Write the week as a workbook."""
    return weekly.write(given, workspace, _language(given, workspace))


def _minutes(given: argparse.Namespace, workspace: Workspace) -> str:
    """Write the minutes of the week, plain or as Markdown."""
    return minutes.write(given, workspace, _language(given, workspace))


def _slides(given: argparse.Namespace, workspace: Workspace) -> str:
    """Write the week as slides."""
    return slides.week(given, workspace, _language(given, workspace))


def _customer(given: argparse.Namespace, workspace: Workspace) -> str:
    """Write one customer's review as slides."""
    return slides.customer(given, workspace, _language(given, workspace))


def _framed(
    given: argparse.Namespace, workspace: Workspace, language: str
) -> tuple[Notebook, View]:
    """Give the notebook that is meant, and the view it is written for."""
    if given.page is None and given.notebook is None:
        raise WrongUseError(TendError("page_or_notebook", file=given.file.name))
    view = chosen_view(given, workspace)
    if given.page is not None:
        view = framed(given.page, view)
        return pages.notebook(given.page, view, language), view
    if not (view.start or view.end):
        view = view.between(*window(_WINDOW, view.as_of))
    return notebooks.find(workspace, given.notebook, language).notebook, view


def _values(given: argparse.Namespace, notebook: Notebook) -> Mapping[str, str]:
    """Give the values of the notebook's parameters that are not as it has them."""
    known = [cell.name for cell in notebook.cells if cell.kind == "parameter"]
    values: dict[str, str] = {}
    for one in given.set:
        name, equals, value = one.partition("=")
        if not equals or name not in known:
            told = {"value": one, "known": ", ".join(known) or "–"}
            raise WrongUseError(TendError("bad_set", **told))
        values[name] = value
    return values


KINDS: Mapping[str, Export] = MappingProxyType(
    {
        reading.SUFFIX: _ipynb,
        text.SUFFIX: _sql,
        "review.html": _review,
        "weekly.xlsx": _weekly,
        "weekly.pptx": _slides,
        "customer.pptx": _customer,
        minutes.MARKDOWN: _minutes,
        minutes.PLAIN: _minutes,
    }
)
