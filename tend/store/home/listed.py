"""The list of commits in a home: what each changed, where it was made, and what tells of it."""

from datetime import datetime

from tend.store.home import engine
from tend.store.home.lake import Lake

COMMITS = f"{engine.LAKE}.commits"
_MAKE = f"""
    create table if not exists {COMMITS} (
        number bigint, mark varchar, server varchar, made_at timestamp, audit_line bigint,
        audit_chain varchar, tables_of integer, tables varchar[], imports integer[]
    )
"""


def prepare(lake: Lake) -> None:
    """Make the list of commits in a home that is new."""
    with lake.opened() as connection:
        connection.execute(_MAKE)


def commits(lake: Lake, count: int) -> list[tuple[int, str, datetime]]:
    """List the last commits: number, server, when."""
    said = f"select number, server, made_at from {COMMITS} order by number desc limit {count}"
    with lake.opened() as connection:
        return connection.execute(said).fetchall()
