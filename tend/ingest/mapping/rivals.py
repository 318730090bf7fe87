"""Columns of contracts that several headers claim: the other columns settle which is taken."""

from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa

from tend.ingest.cells import dates
from tend.schema import headers as names
from tend.schema.words import listed

_STATED, _BARE = "stated", "bare"
_RATES = ("annual", "quarterly", "monthly")
Told = tuple[str, int, Mapping[str, str]]  # code of a decision, position, params


def settled(headers: Sequence[str], columns: Mapping[str, int]) -> dict[str, int]:
    """Take one of several amounts, and the currency that is named after it."""
    columns = _amount(headers, dict(columns))
    if "amount" not in columns:
        return columns
    amount = names.keys(headers[columns["amount"]])
    used = {p for c, p in columns.items() if c != "currency"}
    own = (p for p, h in enumerate(headers) if p not in used and names.priced_in(h) in amount)
    position = next(own, None)
    return columns if position is None else {**columns, "currency": position}


def _amount(headers: Sequence[str], columns: dict[str, int]) -> dict[str, int]:
    """Of several amounts a stated total comes first where the term is known, else a rate; one
    that says neither comes last (M10)."""
    found: dict[str, int] = {}
    for position in _amounts(headers, columns):
        found.setdefault(_says(headers[position]), position)
    if not found.keys() & {*_RATES}:
        return columns
    has_term = {"start_date", "end_date"} <= columns.keys()
    order = (_STATED, *_RATES, _BARE) if has_term else (*_RATES, _STATED, _BARE)
    return {**columns, "amount": next(found[one] for one in order if one in found)}


def _amounts(headers: Sequence[str], columns: Mapping[str, int]) -> list[int]:
    used = {p for c, p in columns.items() if c != "amount"}
    return [
        p
        for p, header in enumerate(headers)
        if p not in used and any(c == "amount" for _, c in names.ranks(header, "contracts"))
    ]


def _says(header: str) -> str:
    basis = names.basis(header)
    if basis != "total":
        return basis
    return _STATED if names.says_total(header) else _BARE


def end(
    headers: Sequence[str], columns: Mapping[str, int], cells: Sequence[pa.Array]
) -> dict[str, int]:
    """A 终止日 that most rows have is the end of the term where nothing else gives one."""
    at = columns.get("ended_on", -1)
    has_end = columns.keys() & {"end_date", "term"} or "start_date" not in columns
    if has_end or names.head(headers, at) not in listed("end_headers"):
        return {}
    days = sum(map(bool, map(dates.parse, cells[at].drop_null().to_pylist()[:300])))
    return {"end_date": at} if days >= 0.5 * min(len(cells[at]), 300) > 0 else {}


def told(headers: Sequence[str], columns: Mapping[str, int]) -> Iterator[Told]:
    """Say what was settled; `headers` are those nobody decided."""
    at = columns.get("amount", -1)
    if at >= 0 and headers[at]:
        rest = [p for p in _amounts(headers, columns) if p != at]
        if rest and {_says(headers[p]) for p in (at, *rest)} & {*_RATES}:
            yield "amount_of_several", at, {"columns": ", ".join(headers[p] for p in rest)}
    at = columns.get("end_date", -1)
    if names.head(headers, at) in listed("end_headers"):
        yield "end_by_word", at, {}
