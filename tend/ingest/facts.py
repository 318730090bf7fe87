"""Typed, checked rows -> the fact tables and the report of a sheet."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend import schema
from tend.ingest.cells import values
from tend.ingest.draft import REJECTED, Draft
from tend.ingest.mapping import headers as names
from tend.ingest.mapping import suggest
from tend.ingest.model import Also, SheetResult

_NUMBERS = (
    "size_number acquisition_cost amount licensed_users renewed_amount value nps csat csat_scale"
    " sentiment hours expected_amount probability"
)
_DATES = (
    "go_live_date start_date end_date signed_date ended_on period_start period_end answered_on"
    " touched_on entered_on opened_on resolved_on due_on made_on done_on snoozed_until"
)
_TYPES: Mapping[str, pa.DataType] = {
    **dict.fromkeys(_NUMBERS.split(), pa.float64()),
    **dict.fromkeys(_DATES.split(), pa.date32()),
    "row_no": pa.int32(),
    "extra": pa.map_(pa.string(), pa.string()),
}
_COLUMNS: Mapping[str, str] = {
    "customers": "industry size size_number department region csm account_manager tier"
    " source_channel go_live_date acquisition_cost potential key_contact key_contact_role extra",
    "contracts": "contract_id contract_type product start_date end_date amount amount_basis"
    " currency licensed_users signed_date previous_contract_id status ended_on outcome"
    " renewed_amount loss_reason",
    "usage": "period_start period_end granularity measure value",
    "surveys": "answered_on nps csat csat_scale sentiment respondent comment",
    "touches": "touched_on csm kind hours note",
    "stages": "contract_id stage entered_on expected_amount probability note",
    "tickets": "ticket_id opened_on resolved_on severity csat csat_scale subject",
    "tasks": "task_id task due_on made_on done_on snoozed_until owner cause about step note",
}
SCHEMAS: Mapping[str, pa.Schema] = {
    name: pa.schema(
        [
            (c, _TYPES.get(c, pa.string()))
            for c in ["row_no", *schema.CUSTOMER, "name_key", *columns.split()]
        ]
    )
    for name, columns in _COLUMNS.items()
}
_MEASURES = ("active_users", "licensed_users", "key_actions", "features_used")


def finish(draft: Draft) -> SheetResult:
    """Count the rows, build the facts, and keep what was rejected with its reasons."""
    accepted, rejected = draft.accepted(), draft.rejected()
    also = (_also(draft),) if draft.choice.also else ()
    used = _used(draft)
    choice = draft.choice
    taken = {*choice.columns.values(), *choice.also.values(), *choice.extras, *choice.measures}
    return SheetResult(
        name=draft.name,
        dataset=draft.choice.dataset,
        reason=None,
        rows=draft.body.rows,
        accepted=int(accepted.sum()),
        rejected=int(rejected.sum()),
        skipped=int(draft.skip.sum()),
        warnings=int(draft.warned().sum()),
        columns=_columns(draft),
        mapping=used,
        unused=tuple(h for p, h in enumerate(draft.body.headers) if h and p not in taken),
        facts=_facts(draft),
        rejected_rows=_rejected_rows(draft),
        headers=draft.body.headers,
        problems=draft.problems(),
        also=also,
        fingerprint=names.fingerprint(draft.body.headers),
        decisions=(*draft.sheet.decisions, *draft.decisions),
        suggestions=suggest.columns(draft.body, choice.dataset, used),
        samples=suggest.samples(draft.body),
    )


def _used(draft: Draft) -> dict[str, str]:
    headers = draft.body.headers
    choice = draft.choice
    return {
        **{headers[p]: f"customers.{c}" for c, p in choice.also.items()},
        **{headers[p]: c for c, p in choice.columns.items()},
        **{headers[p]: f"extra:{h}" for p, h in choice.extras.items()},
        **{headers[p]: f"measure:{h}" for p, h in choice.measures.items()},
    }


def _columns(draft: Draft) -> tuple[str, ...]:
    choice = draft.choice
    found = [
        *choice.columns,
        *(f"extra:{h}" for h in choice.extras.values()),
        *(f"measure:{h}" for h in choice.measures.values()),
    ]
    if "currency" in draft.typed and "currency" not in choice.columns:
        found.append("currency")
    return tuple(found)


def _facts(draft: Draft) -> pa.Table:
    kept = draft.accepted() & ~draft.dropped
    keep = None if kept.all() else pa.array(kept)
    name = draft.choice.dataset
    if name == "usage":
        return _usage(draft, keep)
    made = {"row_no": pa.array(draft.row_no, pa.int32())}
    if name == "customers":
        made["size_number"] = _size_numbers(draft.column("size", pa.string()))
        made["extra"] = _extras(draft)
    return _kept(_table(draft, name, made), keep)


def _table(draft: Draft, name: str, made: Mapping[str, pa.Array]) -> pa.Table:
    fields = SCHEMAS[name]
    columns = [made[f.name] if f.name in made else draft.column(f.name, f.type) for f in fields]
    return pa.table([c.cast(f.type) for c, f in zip(columns, fields, strict=True)], schema=fields)


def _kept(table: pa.Table, keep: pa.Array | None) -> pa.Table:
    return table if keep is None else table.filter(keep)


def _size_numbers(sizes: pa.Array) -> pa.Array:
    encoded = sizes.dictionary_encode()
    found = [values.size_number(t) for t in encoded.dictionary.to_pylist()]
    return pa.array(found, pa.float64()).take(encoded.indices)


def _extras(draft: Draft) -> pa.Array:
    if not draft.choice.extras:
        return pa.array([[]] * draft.body.rows, _TYPES["extra"])
    headers = list(draft.choice.extras.values())
    columns = [draft.body.cells[p].to_pylist() for p in draft.choice.extras]
    rows = [
        [(h, v) for h, v in zip(headers, row, strict=True) if v is not None]
        for row in zip(*columns, strict=True)
    ]
    return pa.array(rows, _TYPES["extra"])


def _usage(draft: Draft, keep: pa.Array | None) -> pa.Table:
    """Give one fact per row and measure."""
    row_no = pa.array(draft.row_no, pa.int32())
    if "measure" in draft.choice.columns:
        made = {"row_no": row_no, "measure": _measure_names(draft.column("measure", pa.string()))}
        return _kept(_table(draft, "usage", made), keep)
    measures = [(c, c) for c in _MEASURES if c in draft.typed]
    measures += [(f"measure:{h}", h) for h in draft.choice.measures.values()]
    tables = []
    for column, measure in measures:
        made = {
            "row_no": row_no,
            "measure": pa.repeat(pa.scalar(measure, pa.string()), draft.body.rows),
            "value": draft.typed[column],
        }
        tables.append(_kept(_table(draft, "usage", made), keep))
    return pa.concat_tables(tables) if tables else SCHEMAS["usage"].empty_table()


def _measure_names(texts: pa.Array) -> pa.Array:
    """Call the measures by our names where a synonym is known, else as the file does."""
    columns = schema.DATASETS["usage"].columns
    encoded = texts.dictionary_encode()
    found = [
        next((m for m in _MEASURES if schema.normal(t) in columns[m].synonyms), t)
        for t in encoded.dictionary.to_pylist()
    ]
    return pa.array(found, pa.string()).take(encoded.indices)


def _also(draft: Draft) -> Also:
    """Give the customers that a contract list tells about: one fact each, the last value given."""
    choice = draft.choice
    rows = np.flatnonzero(draft.accepted())
    order = _by_date(draft, rows)
    who = [draft.column(c, pa.string()).to_pylist() for c in (*schema.CUSTOMER, "name_key")]
    cells = {c: draft.body.cells[p].to_pylist() for c, p in choice.also.items()}
    found: dict[str, dict[str, object]] = {}
    for row in order:
        fact = found.setdefault(str(who[0][row] or who[2][row]), {})
        fact.update(row_no=int(draft.row_no[row]), customer_id=who[0][row])
        fact.update(
            {k: v for k, v in (("customer_name", who[1][row]), ("name_key", who[2][row])) if v}
        )
        fact.update({c: cells[c][row] for c in cells if cells[c][row] is not None})
    facts_ = {f.name: [fact.get(f.name) for fact in found.values()] for f in SCHEMAS["customers"]}
    table = _customer_table(facts_, len(found))
    used = {draft.body.headers[p]: c for c, p in choice.also.items()}
    named = tuple(c for c in schema.CUSTOMER if c in choice.columns)
    return Also("customers", (*named, *choice.also), used, table)


def _by_date(draft: Draft, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[int]:
    name = next((c for c in ("end_date", "start_date") if c in draft.typed), None)
    if name is None:
        return [int(r) for r in rows]
    days = pc.fill_null(pc.cast(draft.typed[name], pa.int32()), 0).to_numpy(zero_copy_only=False)
    return [int(r) for r in rows[np.argsort(days[rows], kind="stable")]]


def _customer_table(columns: dict[str, list[object]], count: int) -> pa.Table:
    fields = SCHEMAS["customers"]
    sizes = pa.array(columns["size"], pa.string())
    made: dict[str, pa.Array] = {
        "size_number": _size_numbers(sizes),
        "extra": pa.array([[]] * count, _TYPES["extra"]),
    }
    for name in ("go_live_date",):
        made[name] = values.read_dates(pa.array(columns[name], pa.string()), None).values
    for name in ("acquisition_cost",):
        made[name] = values.read_numbers(pa.array(columns[name], pa.string()), is_typed=True).values
    arrays = [made[f.name] if f.name in made else pa.array(columns[f.name], f.type) for f in fields]
    return pa.table(arrays, schema=fields)


def _rejected_rows(draft: Draft) -> pa.Table:
    """Keep the rejected rows as they stand in the file, with the codes of their reasons."""
    rows = np.flatnonzero(draft.rejected())
    reasons: dict[int, list[str]] = {int(r): [] for r in rows}
    for finding in draft.findings:
        if finding.severity == REJECTED:
            for row in np.flatnonzero(finding.rows):
                if finding.code not in reasons[int(row)]:
                    reasons[int(row)].append(finding.code)
    columns = [c.take(pa.array(rows)).to_pylist() for c in draft.body.raw]
    cells = [list(row) for row in zip(*columns, strict=True)]
    return pa.table(
        {
            "row_no": pa.array(draft.row_no[rows], pa.int32()),
            "cells": pa.array(cells, pa.list_(pa.string())),
            "reason": pa.array(list(reasons.values()), pa.list_(pa.string())),
        }
    )
