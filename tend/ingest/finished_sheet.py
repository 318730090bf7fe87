"""Typed, checked rows -> the fact tables and the report of a sheet."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend import schema
from tend.ingest import examples
from tend.ingest.across import MONTH
from tend.ingest.cells import dates, kinds
from tend.ingest.mapping import suggest
from tend.ingest.mapping.confirmed import CLOCK
from tend.ingest.mapping.matrix import without
from tend.ingest.results import Also, SheetResult
from tend.ingest.sheet import REJECTED, Sheet
from tend.schema import headers as names
from tend.schema.fact_tables import EXTRA, TABLES
from tend.schema.words import normal


def finish(sheet: Sheet) -> SheetResult:
    """Count the rows, build the facts, and keep what was rejected with its reasons."""
    accepted, rejected = sheet.accepted(), sheet.rejected()
    also = (_also(sheet),) if sheet.choice.also else ()
    used = _used(sheet)
    choice = sheet.choice
    return SheetResult(
        name=sheet.raw.name,
        dataset=sheet.choice.dataset,
        reason=None,
        rows=sheet.body.rows,
        accepted=int(accepted.sum()),
        rejected=int(rejected.sum()),
        skipped=int(sheet.skip.sum()),
        warnings=int(sheet.warned().sum()),
        columns=_columns(sheet),
        mapping=used,
        unused=tuple(
            h
            for p, h in enumerate(sheet.body.headers)
            if h and p not in {*choice.positions, *sheet.parts}
        ),
        facts=_facts(sheet),
        rejected_rows=_rejected_rows(sheet),
        headers=sheet.body.headers,
        problems=sheet.problems(),
        also=also,
        fingerprint=names.fingerprint(without(sheet.body.headers, choice.months)),
        decisions=(*sheet.raw.decisions, *sheet.decisions),
        questions=examples.asked(sheet),
        currency=sheet.currency,
        suggestions=suggest.columns(sheet.body, choice.dataset, used),
        samples=suggest.samples(sheet.body),
        examples=examples.of(sheet),
    )


def _used(sheet: Sheet) -> dict[str, str]:
    headers = sheet.body.headers
    choice = sheet.choice
    amount = f"amount:{choice.basis}" if choice.basis else "amount"
    clock = {} if choice.clock is None else {headers[choice.clock]: CLOCK}
    return {
        **clock,
        **{headers[p]: f"customers.{c}" for c, p in choice.also.items()},
        **{headers[p]: amount if c == "amount" else c for c, p in choice.columns.items()},
        **{headers[p]: sheet.dataset.months_give[0] for p in choice.months},
        **{headers[p]: f"extra:{h}" for p, h in choice.extras.items()},
        **{headers[p]: f"measure:{h}" for p, h in choice.measures.items()},
    }


def _columns(sheet: Sheet) -> tuple[str, ...]:
    choice = sheet.choice
    found = [
        *choice.columns,
        *(sheet.dataset.months_give if choice.months else ()),
        *(f"extra:{h}" for h in choice.extras.values()),
        *(f"measure:{h}" for h in choice.measures.values()),
    ]
    # what follows from other columns of the file is the file's word as well
    made = set(sheet.typed).difference(choice.columns, schema.CUSTOMER)
    found += [c for c in sheet.dataset.columns if c in made]
    return tuple(found)


def _facts(sheet: Sheet) -> pa.Table:
    kept = sheet.accepted() & ~sheet.dropped
    keep = None if kept.all() else pa.array(kept)
    name = sheet.choice.dataset
    if sheet.choice.months:
        return _matrix(sheet, keep)
    if name == "usage":
        return _usage(sheet, keep)
    made = {"row_no": pa.array(sheet.row_no, pa.int32())}
    if name == "customers":
        made["extra"] = _extras(sheet)
    return _kept(_table(sheet, name, made), keep)


def _table(sheet: Sheet, name: str, made: Mapping[str, pa.Array]) -> pa.Table:
    fields = TABLES[name]
    columns = [made[f.name] if f.name in made else sheet.column(f.name, f.type) for f in fields]
    return pa.table([c.cast(f.type) for c, f in zip(columns, fields, strict=True)], schema=fields)


def _kept(table: pa.Table, keep: pa.Array | None) -> pa.Table:
    return table if keep is None else table.filter(keep)


def _extras(sheet: Sheet) -> pa.Array:
    if not sheet.choice.extras:
        return pa.array([[]] * sheet.body.rows, EXTRA)
    headers = list(sheet.choice.extras.values())
    columns = [sheet.body.cells[p].to_pylist() for p in sheet.choice.extras]
    rows = [
        [(h, v) for h, v in zip(headers, row, strict=True) if v is not None]
        for row in zip(*columns, strict=True)
    ]
    return pa.array(rows, EXTRA)


def _usage(sheet: Sheet, keep: pa.Array | None) -> pa.Table:
    """Give one fact per row and measure."""
    row_no = pa.array(sheet.row_no, pa.int32())
    if "measure" in sheet.choice.columns:
        made = {"row_no": row_no, "measure": _measure_names(sheet.column("measure", pa.string()))}
        told = _kept(_table(sheet, "usage", made), keep)
        return pa.concat_tables([told, *_users(sheet, row_no)])
    measures = [(c, c) for c in sheet.dataset.measures if c in sheet.typed]
    measures += [(f"measure:{h}", h) for h in sheet.choice.measures.values()]
    tables = []
    for column, measure in measures:
        made = {
            "row_no": row_no,
            "measure": pa.repeat(pa.scalar(measure, pa.string()), sheet.body.rows),
            "value": sheet.typed[column],
        }
        tables.append(_kept(_table(sheet, "usage", made), keep))
    tables += _users(sheet, row_no)
    return pa.concat_tables(tables) if tables else TABLES["usage"].empty_table()


def _matrix(sheet: Sheet, keep: pa.Array | None) -> pa.Table:
    """Give one fact per row and month: of revenue nothing is 0, of usage no fact (M28)."""
    is_usage = sheet.choice.dataset == "usage"
    own = pa.repeat(pa.scalar(sheet.choice.measure, pa.string()), sheet.body.rows)
    named = _measure_names(pc.coalesce(sheet.column("measure", pa.string()), own))
    tables = []
    for month in sheet.choice.months.values():
        values = sheet.typed[MONTH.format(month)]
        last = dates.month(month.year, month.month).last
        first_day, last_day = (pa.repeat(pa.scalar(d), sheet.body.rows) for d in (month, last))
        made = {"row_no": pa.array(sheet.row_no, pa.int32())}
        if is_usage:
            grain = pa.repeat(pa.scalar("month"), sheet.body.rows)
            made |= {"period_start": first_day, "period_end": last_day, "granularity": grain}
            made |= {"measure": named, "value": values}
        else:
            amount = pc.divide(
                pc.fill_null(values, 0.0), 12 if sheet.choice.kind == "yearly" else 1
            )
            basis = pa.repeat(pa.scalar("month"), sheet.body.rows)
            made |= {"start_date": first_day, "end_date": last_day}
            made |= {"amount": amount, "amount_basis": basis}
        table = _kept(_table(sheet, sheet.choice.dataset, made), keep)
        tables.append(table.filter(pc.is_valid(table["value"])) if is_usage else table)
    return _added_up(pa.concat_tables(tables), sheet.dataset)


def _added_up(facts: pa.Table, dataset: schema.DataSet) -> pa.Table:
    """Add up the rows of one customer; the fact stands in the first of them."""
    value = dataset.months_give[0]
    first_day = "start_date" if "start_date" in facts.schema.names else "period_start"
    key = [schema.CUSTOMER[0], "name_key", *dataset.beside_months, first_day]
    if facts.group_by(key).aggregate([]).num_rows == facts.num_rows:
        return facts
    names_ = facts.schema.names
    how = {name: "sum" if name == value else "first" for name in names_ if name not in key}
    found = facts.group_by(key, use_threads=False).aggregate(list(how.items()))
    columns = [found[f"{name}_{how[name]}" if name in how else name] for name in names_]
    cast = [c.cast(f.type) for c, f in zip(columns, facts.schema, strict=True)]
    return pa.table(cast, schema=facts.schema)


def _users(sheet: Sheet, row_no: pa.Array) -> list[pa.Table]:
    """Give one for each user who was active, to be added up."""
    if sheet.users is None:
        return []
    active, idle = sheet.users
    count = sheet.body.rows
    made = {
        "row_no": row_no,
        "measure": pa.repeat(pa.scalar("active_users"), count),
        "value": pa.array(active.astype(float)),
        "part": pa.repeat(pa.scalar(1, pa.int32()), count),
    }
    return [_kept(_table(sheet, "usage", made), pa.array(active | idle))]


def _measure_names(texts: pa.Array) -> pa.Array:
    """Call the measures by our names where a synonym is known, else as the file does."""
    usage = schema.DATASETS["usage"]
    encoded = texts.dictionary_encode()
    found = [
        next((m for m in usage.measures if normal(t) in usage.columns[m].synonyms), t)
        for t in encoded.dictionary.to_pylist()
    ]
    return pa.array(found, pa.string()).take(encoded.indices)


def _also(sheet: Sheet) -> Also:
    """Give the customers that a contract list tells about: one fact each, the last value given."""
    choice = sheet.choice
    rows = np.flatnonzero(sheet.accepted())
    order = _by_date(sheet, rows)
    who = [sheet.column(c, pa.string()).to_pylist() for c in (*schema.CUSTOMER, "name_key")]
    cells = {c: sheet.body.cells[p].to_pylist() for c, p in choice.also.items()}
    found: dict[str, dict[str, object]] = {}
    for row in order:
        fact = found.setdefault(str(who[0][row] or who[2][row]), {})
        fact.update(row_no=int(sheet.row_no[row]), customer_id=who[0][row])
        fact.update(
            {k: v for k, v in (("customer_name", who[1][row]), ("name_key", who[2][row])) if v}
        )
        fact.update({c: cells[c][row] for c in cells if cells[c][row] is not None})
    facts_ = {f.name: [fact.get(f.name) for fact in found.values()] for f in TABLES["customers"]}
    table = _customer_table(facts_, len(found))
    used = {sheet.body.headers[p]: c for c, p in choice.also.items()}
    named = tuple(c for c in schema.CUSTOMER if c in choice.columns)
    return Also("customers", (*named, *choice.also), used, table)


def _by_date(sheet: Sheet, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[int]:
    name = next((c for c in ("end_date", "start_date") if c in sheet.typed), None)
    if name is None:
        return [int(r) for r in rows]
    days = pc.fill_null(pc.cast(sheet.typed[name], pa.int32()), 0).to_numpy(zero_copy_only=False)
    return [int(r) for r in rows[np.argsort(days[rows], kind="stable")]]


def _customer_table(columns: dict[str, list[object]], count: int) -> pa.Table:
    fields = TABLES["customers"]
    made: dict[str, pa.Array] = {"extra": pa.array([[]] * count, EXTRA)}
    for name, column in schema.DATASETS["customers"].columns.items():
        cells = pa.array(columns[name], pa.string())
        match column.kind.keeps:
            case "date":
                made[name] = kinds.read_dates(cells).values
            case "number":
                made[name] = kinds.read_numbers(cells, is_typed=True).values
            case _:
                made[name] = cells
    made["size_number"] = kinds.size_numbers(made["size"])
    arrays = [made[f.name] if f.name in made else pa.array(columns[f.name], f.type) for f in fields]
    return pa.table(arrays, schema=fields)


def _rejected_rows(sheet: Sheet) -> pa.Table:
    """Keep the rejected rows as they stand in the file, with the codes of their reasons."""
    rows = np.flatnonzero(sheet.rejected())
    reasons: dict[int, list[str]] = {int(r): [] for r in rows}
    for finding in sheet.findings:
        if finding.severity == REJECTED:
            for row in np.flatnonzero(finding.rows):
                if finding.code not in reasons[int(row)]:
                    reasons[int(row)].append(finding.code)
    columns = [c.take(pa.array(rows)).to_pylist() for c in sheet.body.raw]
    cells = [list(row) for row in zip(*columns, strict=True)]
    return pa.table(
        {
            "row_no": pa.array(sheet.row_no[rows], pa.int32()),
            "cells": pa.array(cells, pa.list_(pa.string())),
            "reason": pa.array(list(reasons.values()), pa.list_(pa.string())),
        }
    )
