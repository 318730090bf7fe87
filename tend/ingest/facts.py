"""Typed, checked rows -> the fact tables and the report of a sheet."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend import schema
from tend.ingest.cells import values
from tend.ingest.draft import REJECTED, Draft
from tend.ingest.mapping import suggest
from tend.ingest.model import Also, SheetResult
from tend.schema import headers as names
from tend.schema.facts import EXTRA, TABLES
from tend.schema.words import normal


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
        made["extra"] = _extras(draft)
    return _kept(_table(draft, name, made), keep)


def _table(draft: Draft, name: str, made: Mapping[str, pa.Array]) -> pa.Table:
    fields = TABLES[name]
    columns = [made[f.name] if f.name in made else draft.column(f.name, f.type) for f in fields]
    return pa.table([c.cast(f.type) for c, f in zip(columns, fields, strict=True)], schema=fields)


def _kept(table: pa.Table, keep: pa.Array | None) -> pa.Table:
    return table if keep is None else table.filter(keep)


def _extras(draft: Draft) -> pa.Array:
    if not draft.choice.extras:
        return pa.array([[]] * draft.body.rows, EXTRA)
    headers = list(draft.choice.extras.values())
    columns = [draft.body.cells[p].to_pylist() for p in draft.choice.extras]
    rows = [
        [(h, v) for h, v in zip(headers, row, strict=True) if v is not None]
        for row in zip(*columns, strict=True)
    ]
    return pa.array(rows, EXTRA)


def _usage(draft: Draft, keep: pa.Array | None) -> pa.Table:
    """Give one fact per row and measure."""
    row_no = pa.array(draft.row_no, pa.int32())
    if "measure" in draft.choice.columns:
        made = {"row_no": row_no, "measure": _measure_names(draft.column("measure", pa.string()))}
        return _kept(_table(draft, "usage", made), keep)
    measures = [(c, c) for c in draft.dataset.measures if c in draft.typed]
    measures += [(f"measure:{h}", h) for h in draft.choice.measures.values()]
    tables = []
    for column, measure in measures:
        made = {
            "row_no": row_no,
            "measure": pa.repeat(pa.scalar(measure, pa.string()), draft.body.rows),
            "value": draft.typed[column],
        }
        tables.append(_kept(_table(draft, "usage", made), keep))
    return pa.concat_tables(tables) if tables else TABLES["usage"].empty_table()


def _measure_names(texts: pa.Array) -> pa.Array:
    """Call the measures by our names where a synonym is known, else as the file does."""
    usage = schema.DATASETS["usage"]
    encoded = texts.dictionary_encode()
    found = [
        next((m for m in usage.measures if normal(t) in usage.columns[m].synonyms), t)
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
    facts_ = {f.name: [fact.get(f.name) for fact in found.values()] for f in TABLES["customers"]}
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
    fields = TABLES["customers"]
    made: dict[str, pa.Array] = {"extra": pa.array([[]] * count, EXTRA)}
    for name, column in schema.DATASETS["customers"].columns.items():
        cells = pa.array(columns[name], pa.string())
        match column.kind.keeps:
            case "date":
                made[name] = values.read_dates(cells, None).values
            case "number":
                made[name] = values.read_numbers(cells, is_typed=True).values
            case _:
                made[name] = cells
    made["size_number"] = values.size_numbers(made["size"])
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
