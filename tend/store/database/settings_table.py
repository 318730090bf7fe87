"""Settings in the workspace: what differs from the defaults, and who changed what when."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import duckdb

from tend.language.errors import TendError
from tend.settings.company import Settings
from tend.store.database.connection import CATALOGUE


@dataclass(frozen=True)
class Version:
    """One change of settings."""

    number: int
    keys: tuple[str, ...]
    changed_at: datetime
    changed_by: str


def read(cursor: duckdb.DuckDBPyConnection) -> Settings:
    """Give the settings of the workspace."""
    rows = cursor.execute(f"select key, value from {CATALOGUE}.settings").fetchall()
    return _settings(rows)


def chosen(cursor: duckdb.DuckDBPyConnection) -> set[str]:
    """Name the settings that somebody has set."""
    return {key for (key,) in cursor.execute("select key from settings").fetchall()}


def write(
    cursor: duckdb.DuckDBPyConnection,
    settings: Settings,
    keys: Iterable[str],
    who: str,
    when: datetime,
) -> None:
    """Keep the values that `settings` has for `keys`, as one version."""
    version = _next_version(cursor)
    values = settings.model_dump(mode="json")
    for key in keys:
        value = json.dumps(values[key], ensure_ascii=False)
        change = [key, value, when, who]
        cursor.execute("delete from settings where key = ?", [key])
        cursor.execute("insert into settings values (?, ?, ?, ?)", change)
        cursor.execute("insert into settings_history values (?, ?, ?, ?, ?)", [version, *change])


def forget(cursor: duckdb.DuckDBPyConnection, key: str, who: str, when: datetime) -> None:
    """Let a setting be as if nobody had ever set it; the history tells that, too."""
    value = json.dumps(Settings().model_dump(mode="json")[key], ensure_ascii=False)
    change = [_next_version(cursor), key, value, when, who]
    cursor.execute("delete from settings where key = ?", [key])
    cursor.execute("insert into settings_history values (?, ?, ?, ?, ?)", change)


def _next_version(cursor: duckdb.DuckDBPyConnection) -> int:
    last = cursor.execute("select coalesce(max(version), 0) from settings_history").fetchone()
    assert last is not None
    return int(last[0]) + 1


def versions(cursor: duckdb.DuckDBPyConnection, prefix: str = "") -> list[Version]:
    """List the changes of settings whose keys begin with `prefix`, the newest first."""
    rows = cursor.execute(
        "select version, list(key order by key), any_value(changed_at), any_value(changed_by)"
        " from settings_history where starts_with(key, ?) group by version order by version desc",
        [prefix],
    ).fetchall()
    return [Version(number, tuple(keys), when, who) for number, keys, when, who in rows]


def at(cursor: duckdb.DuckDBPyConnection, version: int) -> Settings:
    """Give the settings as a version left them; 0 is before the first change."""
    known = cursor.execute("select max(version) from settings_history").fetchone()
    if version < 0 or version > ((known and known[0]) or 0):
        raise TendError("unknown_version", version=version)
    rows = cursor.execute(
        "select key, max_by(value, version) from settings_history where version <= ? group by key",
        [version],
    ).fetchall()
    return _settings(rows)


def _settings(rows: list[tuple[str, str]]) -> Settings:
    known = Settings.model_fields
    return Settings.model_validate({key: json.loads(value) for key, value in rows if key in known})
