"""Whether health, as it is kept, is what facts and definition give."""

import duckdb

from tend.store.database.transactions import Transactions
from tend.store.derived.health import health

# What tells the rows of these tables apart; each has some of them.
_KEYS = ("month", "day", "customer_id", "contract_id", "indicator", "industry", "score")


def differs(opened: Transactions) -> list[str]:
    """Tell which tables of health are not what facts and definition give when made from scratch."""
    with (
        health.made_beside(opened, opened.settings, None, is_whole=True) as (made, plan),
        opened.whole_cursor() as cursor,
    ):
        return [
            table
            for table in (*health.KEPT, "health_values")
            if _differs(cursor, table, f"{made}.{_made_as(table)}" if plan else None)
        ]


def _made_as(table: str) -> str:
    return "health_read" if table == "health_values" else table


# By more than the last digits; infinite ones (sums of amounts of old) are equal or far.
_FAR = (
    "coalesce(not isfinite(kept.{name} - fresh.{name})"
    " or abs(kept.{name} - fresh.{name}) > 1e-9 * greatest(1, abs(fresh.{name})), true)"
)


def _differs(cursor: duckdb.DuckDBPyConnection, table: str, fresh: str | None) -> bool:
    """Compare two tables by their keys; sums may differ in the last digits."""
    if fresh is None:
        return cursor.execute(f"select 1 from {table} limit 1").fetchone() is not None
    columns = cursor.execute(f"describe {table}").fetchall()
    is_number = {name: kind == "DOUBLE" for name, kind, *_ in columns}
    keys = [name for name in _KEYS if name in is_number]
    same = " and ".join(f"kept.{key} is not distinct from fresh.{key}" for key in keys)
    other = [
        f"(kept.{name} is distinct from fresh.{name}"
        + (f" and {_FAR.format(name=name)})" if is_number[name] else ")")
        for name in is_number
        if name not in keys
    ]
    found = cursor.execute(
        f"select 1 from (select *, 1 as is_there from {table}) as kept"
        f" full join (select *, 1 as is_there from {fresh}) as fresh on {same}"
        f" where kept.is_there is null or fresh.is_there is null"
        f" or {' or '.join(other) or 'false'} limit 1"
    ).fetchone()
    return found is not None
