"""The workspace's currency: of the first contracts, as long as nobody has chosen one (M22)."""

from datetime import datetime

import duckdb

from tend.ingest.results import Currencies, FileResult
from tend.settings.company import Settings
from tend.store.database import settings_table

_KEY = "currency"


def known(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> Currencies:
    """Give what an import is held against."""
    rated = frozenset(settings.currency_rates)
    return Currencies(settings.currency, rated, is_open=is_open(cursor))


def is_open(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether nobody has chosen a currency, and no contract is in it."""
    found = cursor.execute(
        "select not exists (from stg_contracts)"
        " and not exists (from settings where starts_with(key, 'currency'))"
    ).fetchone()
    return found is not None and bool(found[0])


def take(cursor: duckdb.DuckDBPyConnection, result: FileResult, import_id: int, who: str) -> None:
    """Take the only currency of the first contracts, as of the moment of their import."""
    found = {sheet.currency for sheet in result.sheets if sheet.dataset and sheet.currency}
    if len(found) == 1:
        _write(cursor, found.pop(), import_id, who)


def let_go(cursor: duckdb.DuckDBPyConnection, import_id: int, who: str) -> None:
    """Once an import is undone, let go of a currency that came so: as if it had never been.

    What somebody has chosen since stands; so does what the contracts that are left are in.
    """
    if not _was_brought(cursor):
        return
    left = cursor.execute(
        "select currency, min(list_min(list_transform(sources, lambda one: one.import_id)))"
        " from stg_contracts where currency is not null group by currency"
    ).fetchall()
    own = settings_table.read(cursor).currency
    if own in dict(left):
        return
    if len(left) == 1:
        [(other, first)] = left
        _write(cursor, other, first, who)
    else:
        settings_table.forget(cursor, _KEY, who, _moment(cursor, import_id, "undone_at"))


def _was_brought(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the currency is of the moment of an import, and of its contracts."""
    found = cursor.execute(
        "select exists (from settings inner join imports on changed_at = imported_at"
        " inner join rows_contracts using (import_id)"
        " where key = ? and value = to_json(currency)::varchar)"
        " and not exists (from settings where key = 'currency_rates')",
        [_KEY],
    ).fetchone()
    return found is not None and bool(found[0])


def _write(cursor: duckdb.DuckDBPyConnection, name: str, import_id: int, who: str) -> None:
    settings = settings_table.read(cursor).changed(_KEY, name)
    settings_table.write(cursor, settings, [_KEY], who, _moment(cursor, import_id, "imported_at"))


def _moment(cursor: duckdb.DuckDBPyConnection, import_id: int, of: str) -> datetime:
    row = cursor.execute(f"select {of} from imports where import_id = ?", [import_id]).fetchone()
    assert row is not None
    moment: datetime = row[0]
    return moment
