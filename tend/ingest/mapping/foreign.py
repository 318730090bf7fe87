"""Lists that look like a data set and are none: invoices, payments, people, leads (M24)."""

import re
from collections.abc import Mapping, Sequence

import pyarrow as pa

from tend import schema
from tend.ingest.laying_out.body import Body
from tend.ingest.mapping.choice import Choice
from tend.schema import CUSTOMER, DATASETS, Foreign
from tend.schema import headers as names
from tend.schema.words import normal

Keys = Sequence[frozenset[str]]
_DISTINCT = 0.9
_BILLS = ("invoices", "payments")


def named(headers: Sequence[str], called: Sequence[str], cells: Sequence[pa.Array]) -> str | None:
    """Name the list that looks like a data set and is none; `called` are file and sheet."""
    said = [frozenset(names.keys(header)) for header in headers]
    columns = names.assign(headers, "contracts")
    for name, kind in schema.foreign().items():
        own = {c for c, p in columns.items() if not said[p] & (kind.marks | kind.more)}
        if not kind.customers and own.intersection(CUSTOMER):
            continue
        if _is_one(kind, headers, called, said, own, cells):
            return name
    return None


def _is_one(
    kind: Foreign,
    headers: Sequence[str],
    called: Sequence[str],
    said: Keys,
    own: set[str],
    cells: Sequence[pa.Array],
) -> bool:
    marks = sum(bool(keys & kind.marks) for keys in said) + _has_group(kind, headers, said)
    more = sum(bool(keys & kind.more) for keys in said)
    stems = {normal(re.sub(r"\.\w{2,4}$", "", text)) for text in called}
    is_called = any(word in stem for stem in stems for word in kind.names)
    if marks and is_called:
        return True
    # rows that bear such a number, or are called so, and bear none of a contract, are no contracts
    is_its_own = bool(_numbers(kind, said, cells)) or not stems.isdisjoint(kind.names)
    is_contract = _is_contract(own) and not (is_its_own and not own & {"contract_id", "outcome"})
    return not is_contract and (marks + more > 1 if marks else is_called and more > 1)


def _is_contract(own: set[str]) -> bool:
    """Tell whether columns of its own make a sheet a contract list."""
    telling = {DATASETS["contracts"].id, *DATASETS["contracts"].one_of}
    return "outcome" in own or len(telling.intersection(own)) > 1


def _has_group(kind: Foreign, headers: Sequence[str], said: Keys) -> bool:
    """Tell whether headers stand side by side that only such a list has; a customer's do not."""
    have = frozenset().union(*said)
    columns = names.assign(headers, "customers").keys()
    of_customers = columns & {*CUSTOMER} and columns & kind.unless
    return not of_customers and any(map(have.issuperset, kind.groups))


def _numbers(kind: Foreign, said: Keys, cells: Sequence[pa.Array]) -> list[int]:
    """Give the columns that number the rows of such a list."""
    return [p for p, keys in enumerate(said) if keys & kind.numbers and _is_distinct(cells[p])]


def _is_distinct(column: pa.Array) -> bool:
    filled = column.drop_null()
    return len(filled) > 0 and len(filled.unique()) >= _DISTINCT * len(filled)


def like(body: Body, choice: Choice) -> tuple[str, list[str]] | None:
    """Tell which bills contracts may be, and by which columns: their number or day, while none of
    a contract says that a row is one."""
    columns: Mapping[str, int] = choice.columns
    said = [frozenset(names.keys(header)) for header in body.headers]
    if "outcome" in columns or choice.fixed:
        return None
    is_numbered = "contract_id" in columns and _is_distinct(body.cells[columns["contract_id"]])
    for name in _BILLS:
        marks = schema.foreign()[name].marks
        found = [body.headers[p] for p, keys in enumerate(said) if keys & marks]
        if found and not is_numbered:
            return name, found
    return None
