"""What would run once an import is in: its contracts and the total ARR to come."""

from dataclasses import dataclass, replace
from datetime import date

import duckdb

from tend.settings.company import Settings
from tend.store.derived import model, sqlfiles


@dataclass(frozen=True)
class ToCome:
    """The workspace's contracts as they would be: those in force on a day, and their ARR."""

    day: date  # today; where nothing runs any more, the day on which the newest contract began
    contracts: int
    customers: int
    arr: float
    currency: str
    known: int  # recurring contracts, in force on the day or not
    left_out: int  # of those in force: in no sum, for want of a rate
    other_currencies: tuple[str, ...]
    is_today: bool = True


def found(cursor: duckdb.DuckDBPyConnection, settings: Settings, today: date) -> ToCome:
    """Make the model inside a rehearsal and ask it, before the files are put in or after; all of it
    is taken back with the rehearsal."""
    with model.beside(cursor):
        one, newest = _on(cursor, settings, today)
        if one.contracts or newest is None:
            return one
        return replace(_on(cursor, settings, newest)[0], is_today=False)


def _on(
    cursor: duckdb.DuckDBPyConnection, settings: Settings, day: date
) -> tuple[ToCome, date | None]:
    """Tell what runs on a day, and when the newest contract before it began."""
    [asked] = (file for file in sqlfiles.files("checks") if file.name == "contracts_to_come")
    given = model.parameters(settings, day)
    model.make(cursor, sqlfiles.behind("model", [asked]), given)
    row = model.run(cursor, asked.sql, given).fetchone()
    assert row is not None
    contracts, customers, arr, known, newest, left_out, others = row
    told = ToCome(day, contracts, customers, arr, settings.currency, known, left_out, tuple(others))
    return told, newest
