"""Settings in the workspace: only what differs from the defaults, with who and when."""

import json
from datetime import datetime

import duckdb

from tend.settings import Settings


def read(cursor: duckdb.DuckDBPyConnection) -> Settings:
    """Give the settings of the workspace."""
    rows = cursor.execute("select key, value from settings").fetchall()
    known = Settings.model_fields
    return Settings.model_validate({key: json.loads(value) for key, value in rows if key in known})


def write(
    cursor: duckdb.DuckDBPyConnection, settings: Settings, key: str, who: str, when: datetime
) -> None:
    """Keep the value that `settings` has for `key`."""
    value = json.dumps(settings.model_dump(mode="json")[key], ensure_ascii=False)
    cursor.execute("insert or replace into settings values (?, ?, ?, ?)", [key, value, when, who])
