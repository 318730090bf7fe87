"""The SQL files of `queries/`: where they are and in which order they build."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "queries"
MACROS = "macros"
_FOLLOWS = re.compile(r"^-- follows: (\w+)(?: beside (\w+))?$", re.MULTILINE)


@dataclass(frozen=True)
class SqlFile:
    """One file: its name is the name of the table or query it makes."""

    name: str
    sql: str

    @property
    def is_macro(self) -> bool:
        """Tell whether the file makes a macro of its name, not a table."""
        return "create or replace macro" in self.sql

    @property
    def follows(self) -> str:
        """Give the key by whose rows the file's own follow, each from those of the same key."""
        return _follows(self.sql)[0]

    @property
    def words(self) -> frozenset[str]:
        """Give the words of the statement, but for what changes only beside what it follows."""
        return words(self.sql) - {_follows(self.sql)[1]}

    @property
    def statement(self) -> str:
        """Give the statement that makes the table or macro."""
        return self.sql if self.is_macro else f"create or replace table {self.name} as {self.sql}"

    def reads(self, names: frozenset[str]) -> frozenset[str]:
        """Tell which of `names` the statement reads."""
        return names & self.words - {self.name}


@cache
def _follows(sql: str) -> tuple[str, str]:
    """Read by which key a file follows, and beside what, from its header."""
    found = _FOLLOWS.search(sql)
    return (found[1], found[2] or "") if found else ("", "")


@cache
def words(sql: str) -> frozenset[str]:
    """Give the words of a statement outside its comments and texts: the tables it reads are there.

    A data set that is named in a text, as in `'contracts' as dataset`, is no table of that name.
    """
    return frozenset(re.findall(r"\b[a-z_0-9]+\b", re.sub(r"--[^\n]*|'[^']*'", "", sql)))


@cache
def macros(*layers: str) -> str:
    """Give the statements that make the macros of all layers, then each layer's and its rooms'."""
    paths = [FOLDER / f"{MACROS}.sql"]
    for layer in layers:
        found = (FOLDER / layer).rglob(f"{MACROS}.sql")
        paths += sorted(found, key=lambda path: (len(path.parts), path))
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@cache
def files(layer: str) -> tuple[SqlFile, ...]:
    """Give the files of a layer, each after those it reads."""
    found = {
        path.stem: SqlFile(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted((FOLDER / layer).rglob("*.sql"))
        if path.stem != MACROS
    }
    names = frozenset(found)
    order = TopologicalSorter({name: sorted(file.reads(names)) for name, file in found.items()})
    return tuple(found[name] for name in order.static_order())


def behind(layer: str, readers: Iterable[SqlFile]) -> tuple[SqlFile, ...]:
    """Give the layer's files that these read, directly or not, in the order in which they build."""
    known = {file.name: file for file in files(layer)}
    names = frozenset(known)
    reached = {name for reader in readers for name in reader.reads(names)}
    while fresh := {n for name in reached for n in known[name].reads(names)} - reached:
        reached |= fresh
    return tuple(file for name, file in known.items() if name in reached)
