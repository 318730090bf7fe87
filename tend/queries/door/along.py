"""What statements are answered from, to be taken along: tables as Parquet, macros, parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from tend.queries.door import asking, names
from tend.queries.door.asking import Reads
from tend.queries.door.cells import OWN
from tend.queries.door.exchange import Value
from tend.queries.door.refused import Refused
from tend.store.database.connection import quoted
from tend.store.derived import sqlfiles
from tend.store.workspace import Workspace
from tend.view import View


@dataclass(frozen=True)
class Along:
    """What one statement needs: the file of each table, the value of each parameter."""

    tables: Mapping[str, str]
    parameters: Mapping[str, Value]


@dataclass
class Folder:
    """A folder that tables are written to, each that several statements share once."""

    path: Path
    macros: set[str] = field(default_factory=set)
    _files: dict[Path, str] = field(default_factory=dict)

    def take(
        self,
        workspace: Workspace,
        statement: str,
        read: Reads,
        view: View,
        given: Mapping[str, object],
    ) -> Along:
        """Write the tables that are read as of the view's day; give what is to be asked with.

        Raises Refused for a table that nobody knows.
        """
        _refuse_unknown(read)
        called = _macros_in(statement)
        tables, files = names.needed(read.tables, called)
        self.macros |= {file.name for file in files}
        named = {"tables": sorted(tables), "parameters": sorted(read.parameters)}
        with asking.lend(workspace, view, {OWN: statement}, given, named) as lent:
            written = {name: self._write(name, path) for name, path in lent.files.items()}
            return Along(written, lent.parameters)

    def finish(self) -> None:
        """Write the macros that the statements call, and those that these do."""
        own = [file.statement for name, file in names.table_macros().items() if name in self.macros]
        text = "\n".join((sqlfiles.macros("model"), *own))
        (self.path / "macros.sql").write_text(text, encoding="utf-8")

    def _write(self, name: str, source: Path) -> str:
        """Write a table as Parquet by a database of its own: the app's reaches no file."""
        if source not in self._files:
            number = sum(one.startswith(f"{name}.") for one in self._files.values())
            file = f"{name}.{number + 1}.parquet" if number else f"{name}.parquet"
            with duckdb.connect(config={"threads": "1"}) as own:
                own.execute(f"attach '{quoted(source)}' as taken (type duckdb, read_only)")
                target = quoted(self.path / file)
                own.execute(f"copy taken.{source.stem} to '{target}' (format parquet)")
            self._files[source] = file
        return self._files[source]


def is_fitted(statement: str) -> bool:
    """Tell whether a statement calls a function that is written in Python, itself or by a table."""
    return bool(sqlfiles.words(statement) & set(names.functions()["curves"]))


def _refuse_unknown(read: Reads) -> None:
    known = names.model().keys() | names.behind()
    for name in sorted(read.tables):
        if name.rpartition(".")[2] not in known:
            raise Refused("door_table", {"name": name})


def _macros_in(statement: str) -> frozenset[str]:
    return sqlfiles.words(statement.lower()) & names.table_macros().keys()
