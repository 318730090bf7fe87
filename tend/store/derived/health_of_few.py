"""Health of few customers on a day, made anew where nobody else's can have changed with it.

What is learned from everybody stands as it was on that day, and so does all that follows from
contracts: of these few only what was entered is read again. The statements are those that score
all.
"""

from collections.abc import Mapping
from datetime import date

import duckdb
import pyarrow as pa

from tend.settings.company import Settings
from tend.store.derived import health, model, sqlfiles

# What everybody's health on a day goes by.
_LEARNED = ("health_limits", "health_levels")
# What is theirs by their contracts alone.
_BY_CONTRACTS = ("health_contracts", "health_renewals", "health_pool")
# To which day data are told, by whoever has the newest.
_ENDS = "health_ends"
# What has to be kept of a day beside the answer, so that few of its customers can be scored anew.
BEHIND = (*_LEARNED, "health_renewals", "health_pool", _ENDS)
_SEEN = "health_seen"
Tables = Mapping[str, pa.Table]


def scored(
    cursor: duckdb.DuckDBPyConnection,
    settings: Settings,
    plan: health.Plan,
    before: Tables,
    few: Mapping[str, date],
) -> pa.Table | None:
    """Give the rows of `health_months` of the few, by the day each has other facts from.

    None where others may stand otherwise as well: then all are scored anew.
    """
    who = pa.table({"customer_id": list(few), "since": pa.array(few.values(), pa.date32())})
    cursor.register("given_few", who)
    cursor.execute("create table few as from given_few")
    cursor.unregister("given_few")
    for table in (*BEHIND, "health_contracts"):
        cursor.register("given_before", before[table])
        theirs = "semi join few using (customer_id)" if table in _BY_CONTRACTS else ""
        name = f"{_ENDS}_before" if table == _ENDS else table
        cursor.execute(f"create table {name} as from given_before {theirs}")
        cursor.unregister("given_before")
    if _is_learned_from(cursor):
        return None
    given = health.begin(cursor, settings, plan)
    for file in health.steps_from_signals():
        if file.name not in (*_LEARNED, *_BY_CONTRACTS):
            model.make(cursor, [_of_them(file)], given)
        if file.name == _ENDS and _are_other_ends(cursor):
            return None
    return cursor.execute("from health_months").to_arrow_table()


def _of_them(file: sqlfiles.SqlFile) -> sqlfiles.SqlFile:
    """Leave out whom nobody asks for; all other files follow from those whose days are read."""
    theirs = f"select * from ({file.sql}) semi join few using (customer_id)"
    return sqlfiles.SqlFile(file.name, theirs) if file.name == _SEEN else file


def _is_learned_from(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether limits or levels may follow from what these few changed.

    They are learned from renewed contracts, looked at on a day before the change, unless those in
    force stand in for them.
    """
    stand_in = " union all ".join(f"select is_learned from {table}" for table in _LEARNED)
    found = cursor.execute(
        f"select 1 from ({stand_in}) where not is_learned union all"
        " select 1 from health_pool inner join few using (customer_id)"
        " where is_learned and day >= since limit 1"
    )
    return found.fetchone() is not None


def _are_other_ends(cursor: duckdb.DuckDBPyConnection) -> bool:
    found = cursor.execute(f"from {_ENDS} except from {_ENDS}_before limit 1")
    return found.fetchone() is not None
