"""Texts that are kept in the database: each in which a name stands, and the same without it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from tend.settings.words import STATUS_LISTS
from tend.store.erased import columns as erased_columns
from tend.store.erased.spelling import Heads, Names
from tend.store.erasure.rows import ERASED_ROWS
from tend.store.erasure.subject import PEOPLE, Subject, columns

# Settings that are words of the team's, each with its meaning.
VOCABULARY = frozenset({*STATUS_LISTS, "one_off_types", "add_on_types", "stage_words"})
VOCABULARY |= {"loss_reason_words", "size_words", "referral_words"}
_AS_JSON = frozenset({"settings", "settings_history"})
_ARROW = {
    "VARCHAR": pa.string(),
    "VARCHAR[]": pa.list_(pa.string()),
    "MAP(VARCHAR, VARCHAR)": pa.map_(pa.string(), pa.string()),
}
_NAMES = frozenset({"customer_name", "name", "csms"})
_OF_ERASURES = ("erasures", "erased_marks", "erased_salt", "erased_uploads")


@dataclass(frozen=True)
class Column:
    """A column of texts of a table that is kept."""

    table: str
    name: str
    kind: str

    @property
    def is_word(self) -> bool:
        """Tell whether a whole cell is a word of the team's, not a name."""
        return self.name in erased_columns.listed("words") or self.table == "stg_spellings"

    @property
    def is_name(self) -> bool:
        """Tell whether a whole cell is a name, also one of a single sign."""
        return self.name in PEOPLE | _NAMES

    @property
    def heads(self) -> Heads:
        """Tell what in it is no text of anybody's: heads of columns, and columns of ours."""
        return "words" if self.name in erased_columns.listed("heads") else "stay"

    def asked(self, number: str) -> str:
        """Give the statement that reads it: row, text, import, and the setting it is a value of."""
        key = "key" if self.table in _AS_JSON else "null"
        asked = f'select rowid, "{self.name}", {number}, {key} from {self.table}'
        return f'{asked} where "{self.name}" is not null'


@dataclass(frozen=True)
class Text:
    """A text in which the name stands: where, in which import, and what it is without it."""

    column: Column
    row: int
    said: Any
    without: Any
    import_id: int | None = None
    is_word: bool = False  # it is a word of the team's, and stays


def kept_columns(cursor: duckdb.DuckDBPyConnection) -> list[Column]:
    """Give the columns of texts that are kept, those apart that follow from others."""
    derived = ("stg_", "health_", *_OF_ERASURES)
    return [one for one in every_column(cursor) if not one.table.startswith(derived)]


def every_column(cursor: duckdb.DuckDBPyConnection) -> list[Column]:
    """Give all columns of texts of all tables, codes of our own apart."""
    rows = cursor.execute(
        "select table_name, column_name, data_type from duckdb_columns()"
        " where database_name = current_database() and schema_name = 'main' and not internal"
        " and contains(data_type, 'VARCHAR') order by all"
    ).fetchall()
    return [Column(*row) for row in rows if row[1] not in erased_columns.listed("codes")]


def found(
    cursor: duckdb.DuckDBPyConnection, column: Column, names: Names, label: str
) -> Iterator[Text]:
    """Give the texts of a column in which the name stands."""
    has_import = (column.table, "import_id") in columns(cursor, "import_id".__eq__)
    asked = column.asked("import_id" if has_import else "null")
    given = [f"(?s){names.pattern}"] if names.pattern else []
    if given:
        asked += f' and regexp_matches(folded("{column.name}"::varchar), ?)'
    for row, said, import_id, key in cursor.execute(asked, given).fetchall():
        is_it = column.is_word and isinstance(said, str) and names.is_it(said)
        without = said if is_it else _without(column, said, names, label)
        is_word = is_it or (key in VOCABULARY and without != said)
        if is_word or without != said:
            yield Text(column, row, said, said if is_word else without, import_id, is_word)


def erase(cursor: duckdb.DuckDBPyConnection, subject: Subject) -> list[Text]:
    """Take a name out of all texts; give what was found, words that stay among it."""
    told: list[Text] = []
    names = subject.names
    for column in kept_columns(cursor):
        there = list(found(cursor, column, names, subject.label))
        told += there
        _put(cursor, column, [one for one in there if not one.is_word])
    return told


def blank_rejected(cursor: duckdb.DuckDBPyConnection, subject: Subject) -> int:
    """Blank rejected rows that name a customer: nobody knows what else in them tells who it is."""
    names, ids = subject.names, set(subject.ids)
    asked = "select rowid, cells, import_id from rejected_rows"
    matches = (
        " or regexp_matches(folded(cells::varchar), $pattern)" if names.pattern else " or true"
    )
    given: dict[str, object] = {"ids": list(ids)}
    given |= {"pattern": f"(?s){names.pattern}"} if names.pattern else {}
    rows = cursor.execute(f"{asked} where list_has_any(cells, $ids){matches}", given).fetchall()
    column = Column("rejected_rows", "cells", "VARCHAR[]")
    gone = [
        Text(column, row, cells, [None] * len(cells), import_id)
        for row, cells, import_id in rows
        if any(cell and (cell.strip() in ids or _names_it(names, cell)) for cell in cells)
    ]
    cursor.execute(
        f"insert into {ERASED_ROWS} select import_id, sheet_no, row_no from rejected_rows"
        " where list_contains(?::bigint[], rowid)",
        [[one.row for one in gone]],
    )
    _put(cursor, column, gone)
    return len(gone)


def _names_it(names: Names, cell: str) -> bool:
    return names.is_it(cell) or names.stands_in(cell)


def _without(column: Column, said: Any, names: Names, label: str) -> Any:
    if column.table in _AS_JSON and column.name == "value":
        kept = json.loads(said)
        without = names.nothing_of(kept, label)
        return said if without == kept else json.dumps(without, ensure_ascii=False)
    if column.is_name and isinstance(said, str) and names.is_it(said):
        return label
    if column.is_name and isinstance(said, list):
        said = [label if names.is_it(one) else one for one in said]
    return names.nothing_of(said, label, column.heads)


def _put(cursor: duckdb.DuckDBPyConnection, column: Column, texts: list[Text]) -> None:
    if not texts:
        return
    kind = _ARROW[column.kind]
    values = [
        list(one.without.items()) if isinstance(one.without, dict) else one.without for one in texts
    ]
    rows = pa.array([one.row for one in texts], pa.int64())
    cursor.register("changed_texts", pa.table({"at": rows, "said": pa.array(values, kind)}))
    try:
        cursor.execute(
            f'update {column.table} set "{column.name}" = changed_texts.said from changed_texts'
            f" where {column.table}.rowid = changed_texts.at"
        )
    finally:
        cursor.unregister("changed_texts")
