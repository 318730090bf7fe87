"""Cells are run through the door: what one asks is a frozen value, so that answers can be kept.

A cell's name is a table for the others. A cell is the same wherever it is read: where it looks at
the data in another way than the one that reads it, its parameters go by names of their own.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

import pyarrow as pa

from tend.notebook import columns, figure_cell, order, parameters
from tend.notebook.cells import Cell, Notebook
from tend.queries.door import asking as door
from tend.queries.door.asking import Reads
from tend.queries.door.refused import Refused
from tend.store.derived import sqlfiles, table_versions
from tend.store.workspace import Workspace
from tend.view import View

# What stands in a statement: texts, names in quotes and comments, in which nothing is a parameter.
_TOKEN = re.compile(
    r"\$(\w*)\$.*?\$\1\$|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/|\$(?P<name>\w+)",
    re.DOTALL,
)
_WORD = re.compile(r"\w+")
_AT_ONCE = 90_000  # signs that the door parses together
Read = Mapping[str, Reads | Refused]


@dataclass(frozen=True)
class Look:
    """How a cell looks at the data: its view, and the parameters of the figure it came from."""

    view: View
    given: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Question:
    """All that one cell asks: its statement, the cells it reads, each with its look."""

    statement: str
    look: Look
    cells: tuple[tuple[str, str, Look], ...] = ()
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Result:
    """What came of a cell: its rows, whether there were more, and how long it took."""

    table: pa.Table
    is_cut: bool
    seconds: float


def read_all(notebook: Notebook) -> Read:
    """Tell what each cell reads, by the database's own parse: as many at a time as it takes."""
    found: dict[str, Reads | Refused] = {}
    some: dict[str, str] = {}
    for name, text in notebook.sql().items():
        if sum(map(len, some.values())) + len(text) > _AT_ONCE:
            found |= door.reads_all(some)
            some = {}
        some[name] = text
    return found | dict(door.reads_all(some)) if some else found


def reads_of(read: Read) -> order.Reads:
    """Give the names that each cell reads; what could not be understood reads nothing."""
    return {
        name: one.tables if isinstance(one, Reads) else frozenset() for name, one in read.items()
    }


def question(
    notebook: Notebook, name: str, frame: View, chosen: Mapping[str, str], read: Read
) -> Question:
    """Give what a cell asks. Raises TendError where it cannot be understood, or needs itself."""
    told = read[name]
    if isinstance(told, Refused):
        raise told
    names = order.behind(name, reads_of(read))
    needed = [found for one in names if (found := notebook.find(one))]
    cell = notebook.find(name)
    assert cell is not None
    used = {one for each in (name, *(n.name for n in needed)) for one in _parameters(read[each])}
    values = parameters.given(notebook, chosen)
    return Question(
        cell.text,
        _look(cell, frame),
        tuple((one.name, one.text, _look(one, frame)) for one in needed),
        tuple((key, value) for key, value in values.items() if key in used),
    )


def ask(
    workspace: Workspace,
    asked: Question,
    *,
    waiting: Callable[[], None] = lambda: None,
) -> Result:
    """Ask it; `waiting` is called now and then. Raises Refused, with its place, where refused."""
    cells: dict[str, str] = {}
    given = {**dict(asked.look.given), **dict(asked.values)}
    for name, text, look in asked.cells:
        if look == asked.look:
            cells[name] = text
            continue
        own = {**door.offered(workspace, look.view), **dict(look.given)}
        cells[name] = renamed(text, own, name)
        there = names_in(text)
        given |= {_own(name, key): value for key, value in own.items() if key in there}
    used = names_in(asked.statement).union(*(names_in(text) for text in cells.values()))
    answer = door.ask(
        workspace,
        asked.statement,
        asked.look.view,
        cells=cells,
        given={k: list(v) if isinstance(v, tuple) else v for k, v in given.items() if k in used},
        waiting=waiting,
    )
    return Result(columns.plain(answer.table), answer.is_cut, answer.seconds)


def tables_of(asked: Question) -> frozenset[str]:
    """Give all words of a question and of the model behind it: the tables it reads are there."""
    texts = (asked.statement, *(text for _, text, _ in asked.cells))
    own = frozenset(word for text in texts for word in _WORD.findall(text.lower()))
    files = [file for file in sqlfiles.files("model") if file.name in own]
    return own.union(*(table_versions.words_behind(file) for file in files), _macros())


@cache
def _macros() -> frozenset[str]:
    """Give what macros may read, whichever a statement calls."""
    return frozenset(sqlfiles.words(sqlfiles.macros("model")))


def total(asked: Question) -> Question:
    """Give the same question for all segments together."""
    return replace(asked, look=replace(asked.look, view=asked.look.view.grouped(None)))


def with_total(result: Result, whole: Result) -> Result:
    """Give the rows with that of all together, as pages show it."""
    flags = pa.array([False] * len(result.table) + [True] * len(whole.table), pa.bool_())
    table = pa.concat_tables([result.table, whole.table]).append_column("is_total", flags)
    return replace(result, table=table)


def renamed(statement: str, names: Iterable[str], cell: str) -> str:
    """Give a statement whose parameters of these names are the cell's own."""
    known = set(names)

    def one(found: re.Match[str]) -> str:
        name = found["name"]
        return f"${_own(cell, name)}" if name in known else found[0]

    return _TOKEN.sub(one, statement)


def names_in(statement: str) -> frozenset[str]:
    """Name the parameters of a statement."""
    return frozenset(found["name"] for found in _TOKEN.finditer(statement) if found["name"])


def _own(cell: str, name: str) -> str:
    return f"{cell}__{name}"


def _look(cell: Cell, frame: View) -> Look:
    given = figure_cell.given_of(cell)
    frozen = ((k, tuple(v) if isinstance(v, list) else v) for k, v in given.items())
    return Look(figure_cell.view_of(cell, frame), tuple(frozen))


def _parameters(read: Reads | Refused) -> frozenset[str]:
    return read.parameters if isinstance(read, Reads) else frozenset()
