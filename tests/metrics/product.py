"""The product, asked in the oracle's words: a real workspace, a real commit, a real named query."""

import hashlib
import itertools
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import pyarrow as pa

from tend import queries
from tend.ingest.model import FileResult, SheetResult
from tend.store import imports
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.metrics.asking import Row
from tests.oracle.company import Company
from tests.oracle.facts import Contract, Customer, Settings, plain

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


class Product:
    """Answers by the product; each company gets a workspace of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count()
        self._open: list[tuple[Company, Workspace]] = []

    def __call__(self, company: Company, name: str, view: View) -> list[Row]:
        """Answer a named query."""
        rows: list[Row] = queries.run(self._workspace(company), name, view).to_pylist()
        return rows

    def close(self) -> None:
        """Let go of all workspaces."""
        while self._open:
            self._open.pop()[1].close()

    def _workspace(self, company: Company) -> Workspace:
        for known, workspace in self._open:
            if known is company:
                return workspace
        workspace = open_workspace(self._folder / str(next(self._numbers)))
        self._open.append((company, workspace))
        fill(workspace, company)
        return workspace


def fill(workspace: Workspace, company: Company) -> None:
    """Commit a company's facts and set its settings."""
    for name, key in SETTINGS.items():
        value = getattr(company.settings, name)
        if value != getattr(Settings(), name):
            workspace.set(key, value, "test")
    sheets = [sheet("contracts", CONTRACTS, company.contracts)]
    if company.customers:
        sheets.append(sheet("customers", CUSTOMERS, company.customers))
    name = "company.xlsx"
    path = workspace.path / name
    path.write_text(repr(company.contracts), encoding="utf-8")
    content_hash = hashlib.sha256(path.read_bytes()).hexdigest()
    imports.commit(workspace, FileResult(path, name, content_hash, tuple(sheets), None))


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
