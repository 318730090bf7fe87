"""The workspace's currency: of the first contracts, as long as nobody has chosen one (M22)."""

import duckdb

from tend.ingest.results import Currencies, FileResult
from tend.settings.company import Settings


def known(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> Currencies:
    """Give what an import is held against."""
    rated = frozenset(settings.currency_rates)
    return Currencies(settings.currency, rated, is_open=_is_open(cursor))


def taken(cursor: duckdb.DuckDBPyConnection, settings: Settings, result: FileResult) -> Settings:
    """Give the settings with the currency of the first contracts, before these are put in."""
    found = {sheet.currency for sheet in result.sheets if sheet.dataset and sheet.currency}
    if len(found) != 1 or not _is_open(cursor):
        return settings
    return settings.changed("currency", found.pop())


def _is_open(cursor: duckdb.DuckDBPyConnection) -> bool:
    found = cursor.execute(
        "select not exists (from stg_contracts)"
        " and not exists (from settings where starts_with(key, 'currency'))"
    ).fetchone()
    return found is not None and bool(found[0])
