"""Since when each table of the workspace is as it is: what follows from it stands as long.

A commit makes a new version, but a touch leaves contracts as they were: an answer that reads only
contracts is still true. What was changed is found by looking, not told by those who write.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

import duckdb

from tend.settings.company import Settings
from tend.settings.customer_lists import LOOKS
from tend.store.database import settings_table
from tend.store.database.connection import CATALOGUE
from tend.store.derived import in_place, sqlfiles, staging

_SETTINGS = "settings"
_FACTS = frozenset(file.name for file in sqlfiles.files("staging"))
_OF_HEALTH = "health_"
# All of health follows from these two: it is put in place together with them.
_HEALTH = ("health_inputs", "health_definition")
# Of all rows, in any order; hashed twice, as the last of several values of one hash cancels out.
_PRINT = "select count(*), sum(hash(hash(one))) from {catalogue}.{table} as one where {which}"
# A list that somebody saved changes no number.
_ASKED = f"key not in {LOOKS}"

# No table of a file has this number.
_ELSEWHERE = -1
Which = tuple[int, int | None]  # a table's number, and the version it was changed in where it lay
Seen = Mapping[str, tuple[Which | None, object]]  # by table: which it is, and what is in it


@dataclass(frozen=True)
class Marks:
    """The workspace at one version: its settings, and since which version each table stands."""

    version: int
    settings: Settings
    since: Mapping[str, int]
    seen: Seen
    # A page asks for the same words some hundred times.
    _known: dict[frozenset[str], int] = field(default_factory=dict, compare=False, repr=False)

    def of(self, words: frozenset[str]) -> int:
        """Give the version since which all tables named among the words, and settings, stand."""
        if (found := self._known.get(words)) is None:
            named = words | {_SETTINGS}
            found = max(since for table, since in self.since.items() if table in named)
            self._known[words] = found
        return found

    def elsewhere(self) -> "Marks":
        """Give what stood for another file to be held against: tables there have other numbers."""
        seen = {
            table: (which and (_ELSEWHERE, which[1]), what)
            for table, (which, what) in self.seen.items()
        }
        return replace(self, seen=seen)

    def in_place(self, words: frozenset[str], before: "Marks") -> frozenset[str] | None:
        """Name the tables among the words, and settings, that changed since, all where they lay.

        None where one of them was made anew.
        """
        named = self.since.keys() & (words | {_SETTINGS})
        other = {table for table in named if self.since[table] > before.version}
        places = ((self.seen[table][0], before.seen.get(table, (None,))[0]) for table in other)
        are_there = all(now and then and now[0] == then[0] for now, then in places)
        return frozenset(other) if are_there else None


def read(cursor: duckdb.DuckDBPyConnection, before: Marks | None) -> Marks:
    """Look at the workspace as the cursor's transaction sees it."""
    found = cursor.execute(f"select version from {CATALOGUE}.workspace_version").fetchone()
    assert found is not None
    if before is not None and before.version == found[0]:
        return before
    seen = _seen(cursor, before)
    since = {
        table: before.since[table] if before and _stands(table, before.seen, seen) else found[0]
        for table in seen
    }
    is_same = before is not None and since[_SETTINGS] == before.since[_SETTINGS]
    settings = before.settings if before and is_same else settings_table.read(cursor)
    return Marks(found[0], settings, since, seen)


def _seen(cursor: duckdb.DuckDBPyConnection, before: Marks | None) -> Seen:
    """Tell which tables there are and, where that can be had cheaply, what is in them.

    Facts are made anew as a whole, which makes another table, or changed where they lie, which is
    noted: a table that is still the same is not read. At the first look only what every commit
    makes anew is: else the first entry after a start would count as a change of all customers.
    """
    tables = cursor.execute(
        "select table_name, table_oid from duckdb_tables()"
        " where database_name = ? and not temporary",
        [CATALOGUE],
    ).fetchall()
    # a copy that another Tend has published may lack it
    is_noted = any(table == in_place.CHANGED for table, _ in tables)
    changed = in_place.changed(cursor) if is_noted else {}
    health = tuple(_print(cursor, table) for table in _HEALTH)
    seen: dict[str, tuple[Which | None, object]] = {}
    for table, number in tables:
        if table in _FACTS:
            known = before.seen.get(table) if before else None
            which = (number, changed.get(table))
            is_same = known is not None and known[0] == which
            seen[table] = known if known and is_same else _look(cursor, table, which, known)
        elif table.startswith(_OF_HEALTH):
            seen[table] = (None, health)
        else:
            seen[table] = (None, _print(cursor, table, _ASKED) if table == _SETTINGS else None)
    return seen


def _look(
    cursor: duckdb.DuckDBPyConnection,
    table: str,
    which: Which,
    known: tuple[Which | None, object] | None,
) -> tuple[Which, object]:
    """Look into a table of facts, but for one that was changed where it lies: it is another."""
    is_read = known is not None or staging.is_made_by_every_commit(table)
    is_other = known is not None and which[1] not in (None, known[0] and known[0][1])
    return which, _print(cursor, table) if is_read and not is_other else None


def _stands(table: str, before: Seen, seen: Seen) -> bool:
    """Tell whether a table is as before; one that was not looked into is not."""
    known, now = before.get(table), seen[table]
    if known is None:
        return False
    is_the_same = table in _FACTS and known[0] == now[0]
    return is_the_same or (now[1] is not None and known[1] == now[1])


def _print(cursor: duckdb.DuckDBPyConnection, table: str, which: str = "true") -> object:
    said = _PRINT.format(catalogue=CATALOGUE, table=table, which=which)
    return cursor.execute(said).fetchone()


@cache
def words_behind(file: sqlfiles.SqlFile) -> frozenset[str]:
    """Give all words of a file, of the model behind it, and of its macros: its tables are there."""
    files = (file, *sqlfiles.behind("model", (file,)))
    return sqlfiles.words(sqlfiles.macros("model")).union(*(f.words for f in files))
