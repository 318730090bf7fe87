"""A contract put straight into the rows, for tests that are not about reading."""

from datetime import date

from tend.store.derived import staging
from tend.store.workspace import Workspace

AS_OF = date(2025, 6, 30)
_HAS = ["customer_id", "contract_id", "start_date", "end_date", "amount"]


def add_contract(
    workspace: Workspace,
    contract_id: str,
    *,
    customer_id: str = "C1",
    start: str = "2024-06-01",
    end: str = "2025-05-31",
    amount: float = 1200,
) -> None:
    """Commit one contract as an import of its own."""
    with workspace.writing("edit") as cursor:
        row = cursor.execute("select coalesce(max(import_id), 0) + 1 from imports").fetchone()
        assert row is not None
        cursor.execute(
            "insert into imports (import_id, imported_at, who, file, content_hash, mode)"
            " values (?, current_date, 't', 'f', ?, 'merge')",
            [row[0], contract_id],
        )
        cursor.execute("insert into sheet_datasets values (?, 1, 'contracts', ?)", [row[0], _HAS])
        cursor.execute(
            "insert into rows_contracts by name select ? as import_id, 1 as sheet_no, 2 as row_no,"
            " ? as customer_id, ? as contract_id, ?::date as start_date, ?::date as end_date,"
            " ?::double as amount, 'total' as amount_basis",
            [row[0], customer_id, contract_id, start, end, amount],
        )
        staging.rebuild(cursor)
