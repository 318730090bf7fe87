"""What a data set is made of stands in `datasets.toml`, and nowhere in Python a second time."""

import ast
import re
from collections.abc import Iterator

from tend.schema import DATASETS
from tests.walls.sources import Source, app, python

# Here facts are made one by one, or columns of queries shown: by acts, the sample, pages, and by
# what a view is grouped and filtered by.
MAKES_OR_SHOWS = (
    "tend/acts/",
    "tend/sample/",
    "tend/figures/",
    "tend/handouts/",
    "tend/ui/",
    "pages/",
    "tend/view.py",
)
A_LIST = 3  # columns of one data set beside each other


def columns(dataset: str) -> set[str]:
    """Name the columns of a data set, and those its facts have."""
    known = DATASETS[dataset].columns
    return {*known, *(name for column in known.values() for name in column.kept)}


def words(node: ast.AST) -> Iterator[str]:
    """Give the words a literal lists."""
    match node:
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            yield from (str(ast.literal_eval(p)) for p in parts if isinstance(p, ast.Constant))
        case ast.Dict(keys=keys):
            yield from (str(ast.literal_eval(k)) for k in keys if isinstance(k, ast.Constant))
        case ast.Constant(value=str(text)) if re.fullmatch(r"[a-z_]+( [a-z_]+)+", text):
            yield from text.split()


def literals(tree: ast.Module) -> Iterator[ast.expr]:
    """Give all literals; of dicts those outside of functions, which make one fact each."""
    for statement in tree.body:
        is_function = isinstance(statement, ast.FunctionDef | ast.ClassDef)
        for node in ast.walk(statement):
            if isinstance(node, ast.expr) and not (is_function and isinstance(node, ast.Dict)):
                yield node


def lists(source: Source) -> list[str]:
    """Name the literals that list columns of a data set."""
    return [
        f"{source.path}:{node.lineno} {name}"
        for node in literals(source.tree)
        for name in DATASETS
        if len(columns(name) & set(words(node))) >= A_LIST
    ]


def test_columns_of_a_data_set_are_listed_once() -> None:
    """Whoever needs the columns of a data set, or its key, asks the schema."""
    sources = [*app(), *python("docs")]
    others = [source for source in sources if not source.path.startswith(MAKES_OR_SHOWS)]
    assert [fault for source in others for fault in lists(source)] == []


def test_the_guard_bites() -> None:
    """A list, a dict and a text of columns are found; neither two columns nor a fact."""
    said = ('x = ("nps", "csat", "sentiment")', 'x = {"task": 1, "due_on": 2, "owner": 3}')
    assert all(lists(Source("tend/bad.py", one)) for one in said)
    assert lists(Source("tend/bad.py", 'x = "touched_on kind csm note"'))
    assert not lists(Source("tend/ok.py", 'x = {"start_date", "end_date"}'))
    assert not lists(Source("tend/ok.py", 'def f(): return {"task": 1, "due_on": 2, "owner": 3}'))
