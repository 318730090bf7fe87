"""The product, asked in the oracle's words: a real workspace, a real commit, a real named query."""

import hashlib
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import fields
from functools import cache
from pathlib import Path

import pyarrow as pa

from tend.ingest.results import FileResult, SheetResult
from tend.queries import asking, library
from tend.store.facts import imports
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.asking import Row
from tests.oracle.facts.company import Company
from tests.oracle.facts.facts import Contract, Customer, plain

TEXT, NUMBER, DAY = pa.string(), pa.float64(), pa.date32()
SHARED = {"row_no": pa.int32(), "customer_id": TEXT, "customer_name": TEXT, "name_key": TEXT}
CONTRACTS = SHARED | {
    "contract_id": TEXT,
    "contract_type": TEXT,
    "product": TEXT,
    "start_date": DAY,
    "end_date": DAY,
    "amount": NUMBER,
    "amount_basis": TEXT,
    "currency": TEXT,
    "licensed_users": NUMBER,
    "signed_date": DAY,
    "previous_contract_id": TEXT,
    "status": TEXT,
    "deal_status": TEXT,
    "ended_on": DAY,
    "outcome": TEXT,
    "renewed_amount": NUMBER,
    "loss_reason": TEXT,
}
CUSTOMERS = SHARED | {
    "industry": TEXT,
    "size": TEXT,
    "size_number": NUMBER,
    "department": TEXT,
    "region": TEXT,
    "csm": TEXT,
    "account_manager": TEXT,
    "tier": TEXT,
    "source_channel": TEXT,
    "go_live_date": DAY,
    "acquisition_cost": NUMBER,
    "potential": TEXT,
    "key_contact": TEXT,
    "key_contact_role": TEXT,
    "extra": pa.map_(TEXT, TEXT),
}
# The oracle's settings under the product's names.
SETTINGS = {
    "early_days": "early_days",
    "grace_days": "grace_days",
    "rates": "currency_rates",
    "small_below": "size_small_below",
    "large_from": "size_large_from",
}


NOBODY = Customer("nobody")  # without attributes and contracts: in none of the queries


class Product:
    """Answers by the product: one workspace that holds one company at a time.

    Health follows a company once, when the first query that reads it is asked: few do.
    """

    def __init__(self, folder: Path) -> None:
        self.workspace = open_workspace(folder)
        self._held: object = None
        self._count = 0
        self._waiting: ExitStack | None = None  # health waits while there is one

    def __call__(self, company: Company, name: str, view: View, **own: object) -> list[Row]:
        """Answer a named query about a company; it replaces the one before."""
        asked = (*company.given, company.settings)
        if asked != self._held:
            self._count += 1
            self._held = asked
            if self._waiting is None:
                self._waiting = ExitStack()
                self._waiting.enter_context(self.workspace.together())
            fill(self.workspace, company, self._count)
        if self._waiting and _reads_health(name):
            self._follow()
        rows: list[Row] = asking.run(self.workspace, name, view, **own).to_pylist()
        return rows

    def close(self) -> None:
        """Let go of the workspace."""
        if self._waiting:
            self._follow()
        self.workspace.close()

    def _follow(self) -> None:
        assert self._waiting
        self._waiting.close()
        self._waiting = None


@cache
def _reads_health(name: str) -> bool:
    return any("tend.health_" in file.sql for file in library.lineage(name))


def fill(workspace: Workspace, company: Company, number: int) -> None:
    """Commit a company's facts in place of all others, and set its settings."""
    for name, key in SETTINGS.items():
        value = getattr(company.settings, name)
        if value != getattr(workspace.settings, key):
            workspace.set(key, value)
    contracts, customers = company.given
    sheets = (
        sheet("contracts", CONTRACTS, contracts),
        sheet("customers", CUSTOMERS, [*customers, NOBODY]),
    )
    name = "company.xlsx"
    path = workspace.path / name
    path.write_text(f"company {number}", encoding="utf-8")
    content_hash = hashlib.sha256(path.read_bytes()).hexdigest()
    result = FileResult(path, name, content_hash, sheets, None)
    imports.commit(workspace, result, mode="replace")


def sheet(
    dataset: str, columns: dict[str, pa.DataType], facts: Sequence[Contract] | Sequence[Customer]
) -> SheetResult:
    """Put facts as the reader hands them over."""
    given = {field.name for field in fields(facts[0])} & columns.keys() if facts else set()
    rows = []
    for number, fact in enumerate(facts, start=2):
        row = {name: getattr(fact, name) for name in given}
        row["row_no"] = number
        if isinstance(fact, Customer):
            row["extra"] = list(fact.extra.items())
            row["name_key"] = plain(fact.customer_name) or None
        rows.append(row)
    table = pa.Table.from_pylist(rows, schema=pa.schema(columns))
    return SheetResult(
        name=dataset,
        dataset=dataset,
        reason=None,
        rows=len(rows),
        accepted=len(rows),
        rejected=0,
        skipped=0,
        warnings=0,
        columns=tuple(name for name in columns if name not in ("row_no", "name_key")),
        mapping={name: name for name in given},
        unused=(),
        facts=table,
        rejected_rows=None,
        headers=tuple(given),
        problems=(),
    )
