"""Moving a renewal through its process by hand: a word on its stage, kept like those of files."""

from dataclasses import dataclass
from datetime import date

import duckdb

from tend.language.errors import TendError
from tend.settings.process import Stage
from tend.store.facts import entries
from tend.store.people import own
from tend.store.workspace import Workspace


@dataclass(frozen=True)
class Move:
    """A contract enters a stage on a day; `seen` is the newest word its mover has seen."""

    contract_id: str
    customer_id: str
    stage: Stage
    entered_on: date
    seen: int | None = None
    note: str | None = None
    expected_amount: float | None = None


def move(workspace: Workspace, moved: Move, *, as_of: date) -> int:
    """Keep a move; give the number of the entry.

    Raises TendError where somebody said something newer of this contract in the meantime.
    """
    fact = {
        "contract_id": moved.contract_id,
        "customer_id": moved.customer_id,
        "stage": moved.stage,
        "entered_on": moved.entered_on,
        "note": moved.note or None,
        "expected_amount": moved.expected_amount,
    }
    given = {name: value for name, value in fact.items() if value is not None}
    with workspace.writing("edit") as cursor:
        own.check(cursor, workspace.person, "stages", [given])  # before a word on what is there
        newest = _newest(cursor, moved.contract_id, as_of)
        if newest is not None and newest[0] != moved.seen:
            raise TendError("moved_meanwhile", contract=moved.contract_id, stage=newest[1])
        return entries.put(cursor, "stages", [given], workspace.person)


def _newest(
    cursor: duckdb.DuckDBPyConnection, contract_id: str, as_of: date
) -> tuple[int, str] | None:
    found = cursor.execute(
        "select list_max(list_transform(sources, lambda one: one['import_id'])) as import_id, stage"
        " from stg_stages where contract_id = ? and entered_on <= ?"
        " order by import_id desc, entered_on desc limit 1",
        [contract_id, as_of],
    ).fetchone()
    return None if found is None else (int(found[0]), str(found[1]))
