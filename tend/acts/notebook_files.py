"""A file that holds a notebook -> a version of the notebook of its name, else a new one."""

from dataclasses import dataclass, replace
from pathlib import PurePath

from tend.acts import notebooks
from tend.language.errors import TendError
from tend.notebook import text
from tend.notebook.jupyter import reading
from tend.notebook.jupyter.reading import Taken
from tend.store.workspace import Workspace

SUFFIXES = (reading.SUFFIX, text.SUFFIX)


@dataclass(frozen=True)
class TakenIn:
    """A notebook as it was taken in: its entry, or none where nothing has changed."""

    taken: Taken
    entry: int | None


def is_one(file: PurePath) -> bool:
    """Tell whether a file is a notebook, by its name."""
    return file.suffix.lower() in SUFFIXES


def read(file_name: str, content: bytes) -> Taken:
    """Read a notebook. Raises TendError where it is none."""
    file = PurePath(file_name)
    if file.suffix.lower() == reading.SUFFIX:
        return reading.read(content, file.stem)
    try:
        notebook = text.read(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise TendError("no_notebook") from error
    return Taken(replace(notebook, name=notebook.name or file.stem))


def take(workspace: Workspace, file_name: str, content: bytes, language: str) -> TakenIn:
    """Keep what a file holds as a version of the notebook that has its name."""
    taken = read(file_name, content)
    there = {one.notebook.name: one for one in notebooks.listed(workspace, language)}
    kept = there.get(taken.notebook.name)
    if kept and kept.notebook.cells == taken.notebook.cells:
        return TakenIn(replace(taken, notebook=kept.notebook), None)
    number = kept.notebook.id if kept else notebooks.new_id(taken.notebook.name)
    notebook = replace(taken.notebook, id=number)
    seen = kept.version if kept else 0
    entry = notebooks.keep(workspace, notebook, seen=seen)
    return TakenIn(replace(taken, notebook=notebook), entry)
