"""Tables of the vocabulary as files of their own: each made when it is first named, as of a day.

A child opens them read-only, and there is nothing else in them. A file is good as long as what its
table follows from stands; those not used for long go.
"""

import contextlib
import tempfile
import threading
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from weakref import WeakKeyDictionary

import duckdb

from tend.ingest import temporary
from tend.people.person import Scope
from tend.queries import asking
from tend.queries.door import names
from tend.store.database.connection import quoted
from tend.store.derived import scoped, sqlfiles, table_versions
from tend.store.derived.health import daily
from tend.store.derived.snapshots import Snapshots
from tend.store.derived.sqlfiles import SqlFile
from tend.store.derived.table_versions import Marks
from tend.store.workspace import Workspace

# A file that has few rows takes few blocks.
_STORAGE = "type duckdb, storage_version 'v1.5.0', block_size 16384"
_MOST_BYTES = 512 * 1024**2
_ROWS_AT_ONCE = 100_000
_MAIN = "main"
Key = tuple[date | None, frozenset[date] | None, str, Scope]


@dataclass
class _File:
    """One table as a file: since when what it follows from stands, and who is reading it."""

    path: Path
    since: int
    size: int
    readers: int = 0


class Tables:
    """The files of a workspace, in a folder that goes with this process."""

    def __init__(self) -> None:
        self.folder: tempfile.TemporaryDirectory[str] = temporary.lasting("tables")
        self._files: dict[Key, _File] = {}
        self._making = threading.Lock()
        self._number = 0

    @contextlib.contextmanager
    def lent(
        self,
        workspace: Workspace,
        as_of: date,
        wanted: Collection[str],
        days: Collection[date] | None,
    ) -> Iterator[tuple[Mapping[str, Path], Marks]]:
        """Lend files of these tables, all of one version, and tell of which."""
        behind = sqlfiles.behind("model", [SqlFile("", " ".join(wanted))])
        with asking.reading(workspace, as_of, behind, days) as seen, self._making:
            found = seen.marks
            files = {name: self._file(seen, as_of, name, days) for name in wanted}
            for file in files.values():
                file.readers += 1
            self._let_go()
        try:
            yield {name: file.path for name, file in files.items()}, found
        finally:
            with self._making:
                for file in files.values():
                    file.readers -= 1

    def _file(
        self,
        seen: asking.Seen,
        as_of: date,
        name: str,
        days: Collection[date] | None,
    ) -> _File:
        """Give the file of a table; the newest used is the last."""
        is_scored = days is not None and name in names.SCORED
        is_model = name in names.model()
        source = name if is_model or is_scored else f"{seen.facts}.{name.rpartition('.')[2]}"
        on_days = frozenset(days or ()) if is_scored else None
        key = (as_of if is_model else None, on_days, source, seen.scope)
        since = max(
            _since(seen.marks, name, is_scored=is_scored), seen.marks.of(scoped.reads(seen.scope))
        )
        kept = self._files.pop(key, None)
        if kept is None or kept.since != since or not kept.path.exists():
            if kept is not None:
                self._gone(kept)
            kept = self._made(seen.cursor, source, since)
        self._files[key] = kept
        return kept

    def _made(self, cursor: duckdb.DuckDBPyConnection, source: str, since: int) -> _File:
        """Write a table to a file of its own, by a database of its own: the app's reaches none."""
        self._number += 1
        table = source.rpartition(".")[2]
        place = Path(self.folder.name) / str(self._number)
        place.mkdir(mode=0o700)
        path = place / f"{table}.duckdb"
        columns = cursor.execute(f"describe from {source}").fetchall()
        written = ", ".join(f'"{name}" {kind}' for name, kind, *_ in columns)
        rows = cursor.execute(f"from {source}").to_arrow_reader(_ROWS_AT_ONCE)
        with duckdb.connect(config={"threads": "1"}) as own:
            own.execute("pragma force_compression = 'uncompressed'")
            own.execute(f"attach '{quoted(path)}' as made ({_STORAGE})")
            own.execute(f"create table made.{table} ({written})")
            own.register("given_rows", rows)
            own.execute(f"insert into made.{table} from given_rows")
            own.execute("detach made")
        return _File(path, since, path.stat().st_size)

    def _let_go(self) -> None:
        """Delete what was not used for longest, where all of it is too much."""
        size = sum(file.size for file in self._files.values())
        for key, file in list(self._files.items()):
            if size <= _MOST_BYTES:
                return
            if not file.readers:
                size -= file.size
                self._gone(self._files.pop(key))

    def _gone(self, file: _File) -> None:
        with contextlib.suppress(OSError):  # where a child holds it open, it goes with the folder
            file.path.unlink()
            file.path.parent.rmdir()


def of(workspace: Workspace) -> Tables:
    """Give the files of a workspace: those of one, whoever looks at it."""
    with _opening:
        if workspace.snapshots not in _tables:
            _tables[workspace.snapshots] = Tables()
        return _tables[workspace.snapshots]


def _since(found: Marks, name: str, *, is_scored: bool) -> int:
    if is_scored:
        return found.of(daily.READS)
    if name in names.model():
        return found.of(table_versions.words_behind(names.model()[name]))
    return found.since[name.rpartition(".")[2]]


_opening = threading.Lock()
_tables: WeakKeyDictionary[Snapshots, Tables] = WeakKeyDictionary()
