"""A notebook as plain text: a file of SQL that people can read, compare, and keep as files.

    -- notebook: Renewals by source channel
    -- %% markdown intro
    -- ## Where our customers come from
    -- %% sql by_channel
    -- mark: bar

    select ...

Cells begin with `-- %% KIND NAME`; what a cell says of itself follows as `-- key: value`, then a
blank line, then its text, that of Markdown behind `-- `. A line of text that looks like the
beginning of a cell stands with a backslash: `-- \\%% ...`.
"""

import itertools
import re
from collections.abc import Iterator

from tend.language.errors import TendError
from tend.notebook.cells import KINDS, OPTIONS, Cell, Kind, Notebook, check_name, plain_name

SUFFIX = ".sql"
_NAME = re.compile(r"-- notebook: *(.*)")
_CELL = re.compile(r"-- %% *(\S*) *(.*)")
_OPTION = re.compile(r"-- (\w+): *(.*)")
_LIKE_A_CELL = re.compile(r"^(--\s*\\*)(%%)")
_ESCAPED = re.compile(r"^(--\s*\\*)\\(%%)")
_COMMENT = re.compile(r"-- ?")
# Texts that are no SQL stand as comments.
_COMMENTED = ("markdown",)


def write(notebook: Notebook) -> str:
    """Write a notebook as text."""
    return "".join((head(notebook), *(write_cell(cell) for cell in notebook.cells)))


def head(notebook: Notebook) -> str:
    """Write what stands before the cells."""
    return f"-- notebook: {notebook.name}\n\n"


def write_cell(cell: Cell) -> str:
    """Write one cell as text."""
    lines = [f"-- %% {cell.kind} {cell.name}"]
    lines += [f"-- {name}: {value}" for name, value in cell.options]
    if cell.text:
        lines += ["", *(_line(cell.kind, line) for line in cell.text.split("\n"))]
    return "\n".join((*lines, "", ""))


def read(written: str, notebook_id: str = "") -> Notebook:
    """Read a notebook. Raises TendError where it is none, or names a cell twice."""
    lines = written.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    blocks = list(_blocks(lines))
    before = itertools.takewhile(lambda line: not _CELL.match(line), lines)
    names = [found[1] for line in before if (found := _NAME.match(line))]
    if not names and not blocks:
        raise TendError("no_notebook")
    notebook = Notebook(notebook_id, names[0] if names else "")
    given = {name.lower() for _, name, _ in blocks}
    for kind, name, body in blocks:
        known = name or notebook.free(plain_name(kind), given)
        check_name(known, ())
        notebook = notebook.with_cell(_cell(kind, known, body))
    return notebook


def _blocks(lines: list[str]) -> Iterator[tuple[Kind, str, list[str]]]:
    """Give kind, name and lines of each cell."""
    starts = [place for place, line in enumerate(lines) if _CELL.match(line)]
    for start, end in itertools.pairwise((*starts, len(lines))):
        found = _CELL.match(lines[start])
        assert found is not None
        kind = next((one for one in KINDS if one == found[1]), None)
        if kind is None:
            raise TendError("no_such_kind", kind=found[1], known=", ".join(KINDS))
        yield kind, found[2].strip(), lines[start + 1 : end]


def _cell(kind: Kind, name: str, body: list[str]) -> Cell:
    options: dict[str, str] = {}
    place = 0
    for line in body:
        found = _OPTION.fullmatch(line)
        if not found or found[1] not in OPTIONS[kind]:
            break
        options[found[1]] = found[2]
        place += 1
    text = "\n".join(_unwritten(kind, line) for line in body[place:])
    return Cell(name, kind, text, tuple(options.items()))


def _line(kind: Kind, line: str) -> str:
    if kind in _COMMENTED:
        line = f"-- {line}" if line else "--"
    return _LIKE_A_CELL.sub(r"\1\\\2", line)


def _unwritten(kind: Kind, line: str) -> str:
    line = _ESCAPED.sub(r"\1\2", line)
    return _COMMENT.sub("", line, count=1) if kind in _COMMENTED else line
