"""Headers -> a data set and its columns, by synonyms and remembered mappings only (K17)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa

from tend import schema
from tend.ingest.cells import dates, numbers, values
from tend.ingest.mapping.told import places
from tend.ingest.model import Remembered
from tend.schema import DATASETS, DataSet
from tend.schema import headers as names
from tend.schema.words import listed, name_key, normal

_CODE = r"^[A-Za-z]{0,6}[-_#]?\d[\dA-Za-z_-]*$"


@dataclass(frozen=True)
class Choice:
    """What a sheet is, and where its columns stand."""

    dataset: str
    columns: Mapping[str, int]  # data-set column -> position
    extras: Mapping[int, str] = field(default_factory=dict)  # position -> header
    measures: Mapping[int, str] = field(default_factory=dict)
    also: Mapping[str, int] = field(default_factory=dict)  # customers' columns of a contract list
    told: frozenset[int] = frozenset()  # positions somebody decided


def choose(
    headers: Sequence[str],
    sheet: str,
    cells: Sequence[pa.Array],
    *,
    forced: str | None = None,
    told: Remembered | None = None,
) -> Choice | None:
    """Decide what a sheet is and what its columns are; None when no data set fits.

    What somebody `told` about a header stands; the others are recognised as ever.
    """
    name = told.dataset if told else forced or _best(headers, sheet)
    if name is None:
        return None
    fixed = places(headers, told)
    free = ["" if p in fixed.taken else h for p, h in enumerate(headers)]
    columns = names.assign(free, name)
    if name == "contracts":
        columns = _settle_amount(free, _with_range(free, columns, cells))
    columns = _settle_by_cells(name, free, columns, cells)
    columns = {c: p for c, p in columns.items() if c not in fixed.columns} | fixed.columns
    if name == "contracts":
        columns |= _other_end(headers, columns, cells)
    choice = _with_rest(Choice(name, columns, told=frozenset(fixed.taken)), free, cells)
    return replace(
        choice,
        extras={**choice.extras, **fixed.extras},
        measures={**choice.measures, **fixed.measures},
        also={**choice.also, **fixed.also},
    )


def _other_end(
    headers: Sequence[str], columns: Mapping[str, int], cells: Sequence[pa.Array]
) -> dict[str, int]:
    """A column of periods that somebody called start or end is both."""
    given = [c for c in ("start_date", "end_date") if c in columns]
    if len(given) != 1 or not _holds_ranges(headers, columns[given[0]], cells):
        return {}
    return dict.fromkeys(("start_date", "end_date"), columns[given[0]])


def _best(headers: Sequence[str], sheet: str) -> str | None:
    asked = _in_question(headers)
    scores = {name: _score(headers, sheet, name, asked) for name in asked}
    fit = {n: s for n, s in scores.items() if _fits(DATASETS[n], names.assign(headers, n), headers)}
    # A customer list that tells value and end of contracts is a contract list (its customer columns
    # feed the customers too); a header that both know proves nothing.
    if "contracts" in fit and "customers" in fit:
        own = {
            c
            for c, p in names.assign(headers, "contracts").items()
            if not names.ranks(headers[p], "customers")
        }
        if "amount" in own and own & {"end_date", "outcome", "start_date"}:
            del fit["customers"]
    if fit:
        return max(fit, key=lambda n: fit[n])
    name = max(scores, key=lambda n: scores[n])
    columns = names.assign(headers, name)
    has_customer = any(c in columns for c in schema.CUSTOMER)
    # What is needed is missing: better rows rejected with the reason than a sheet not understood.
    says = any(_known_to(headers[p], asked) == {name} for p in columns.values())
    return name if scores[name] >= 1.4 and has_customer and says else None


def _in_question(headers: Sequence[str]) -> tuple[str, ...]:
    """The data sets a sheet could be: tasks have dates and owners that many tables have as well,
    so only a column that says what is to be done puts them in question."""
    has_task = "task" in names.assign(headers, "tasks")
    return tuple(name for name in DATASETS if has_task or name != "tasks")


def _known_to(header: str, asked: Sequence[str]) -> frozenset[str]:
    known = next((k for k in names.keys(header) if k in names.spread()), None)
    return names.spread()[known].intersection(asked) if known else frozenset()


def _score(headers: Sequence[str], sheet: str, dataset: str, asked: Sequence[str]) -> float:
    score = 0.0
    for position in names.assign(headers, dataset).values():
        known = _known_to(headers[position], asked)
        score += 1 / len(known) if known else 0.8
    return score + _sheet_says(sheet, dataset)


def _sheet_says(sheet: str, dataset: str) -> float:
    name = normal(re.sub(r"\.\w{2,4}$", "", sheet))
    if name in DATASETS[dataset].sheets:
        return 1.0
    return 0.6 if any(len(w) > 1 and w in name for w in DATASETS[dataset].sheets) else 0.0


def _fits(dataset: DataSet, columns: Mapping[str, int], headers: Sequence[str]) -> bool:
    """Tell whether a sheet with these columns could give facts of the data set at all."""
    has = {*columns}
    if any(map(names.is_range, headers)):
        has |= {"start_date", "end_date"} & dataset.columns.keys()
    measured = dataset.others == "measures" and (
        {"measure", "value"} <= has or any(h and not names.recognised(h) for h in headers)
    )
    is_signed = not dataset.signs or measured or has & set(dataset.signs)
    is_whole = has & set(dataset.named_by) and has.issuperset(dataset.needed)
    return bool(is_signed and is_whole and len(has) > 1)


def _settle_amount(headers: Sequence[str], columns: dict[str, int]) -> dict[str, int]:
    """Of several value columns take the total where the term is known, else the rate."""
    found: dict[str, int] = {}
    used = {p for c, p in columns.items() if c != "amount"}
    for position, header in enumerate(headers):
        if position not in used and any(c == "amount" for _, c in names.ranks(header, "contracts")):
            found.setdefault(names.basis(header), position)
    if len(found) < 2:
        return columns
    has_term = {"start_date", "end_date"} <= columns.keys()
    order = ("total", "annual", "monthly") if has_term else ("annual", "monthly", "total")
    return {**columns, "amount": next(found[b] for b in order if b in found)}


def _with_range(
    headers: Sequence[str], columns: dict[str, int], cells: Sequence[pa.Array]
) -> dict[str, int]:
    """Find start and end of a contract in one column, where they have none of their own."""
    for position in range(len(headers)):
        if _holds_ranges(headers, position, cells):
            rest = {c: p for c, p in columns.items() if p != position}
            return {"start_date": position, "end_date": position, **rest}
    return columns


def _holds_ranges(headers: Sequence[str], position: int, cells: Sequence[pa.Array]) -> bool:
    texts = _sample(cells[position]) if names.is_range(headers[position]) else []
    return bool(texts) and sum(map(values.is_range, texts)) > 0.5 * len(texts)


def _settle_by_cells(
    dataset: str, headers: Sequence[str], columns: dict[str, int], cells: Sequence[pa.Array]
) -> dict[str, int]:
    """Decide the headers that only the cells below can tell apart."""
    columns = dict(columns)
    name_at = columns.get("customer_name")
    if (
        name_at is not None
        and "customer_id" not in columns
        and names.head(headers, name_at) in listed("customer_headers")
        and _share(cells[name_at], _CODE) == 1
    ):
        columns["customer_id"] = columns.pop("customer_name")
    if dataset != "contracts":
        return columns
    is_term = names.head(headers, columns.get("contract_type", -1)) in listed("term_headers")
    if is_term and _share(cells[columns["contract_type"]], r"^[\d.]+") > 0.5:
        del columns["contract_type"]  # 12 or "12 months" is a length, no type (K16)
    type_at = columns.get("contract_type")
    if (
        type_at is not None
        and "contract_id" not in columns
        and names.head(headers, type_at) in listed("contract_headers")
    ):
        filled = cells[type_at].drop_null()
        if _share(cells[type_at], r"\d{2,}") > 0.8 and len(filled.unique()) > 0.9 * len(filled):
            columns["contract_id"] = columns.pop("contract_type")
    if "status" in columns and not columns.keys() & {"end_date", "start_date", "outcome"}:
        words = cells[columns["status"]].drop_null().unique().to_pylist()[:50]
        if words and all(values.outcome(w, is_churn=False) for w in words):
            columns["outcome"] = columns.pop("status")
    return columns


def settle_customer(
    choice: Choice,
    headers: Sequence[str],
    cells: Sequence[pa.Array],
    ids: frozenset[str],
    by_name: Mapping[str, object],
) -> Choice:
    """A column that says just "customer" holds ids or names, whichever the customer list knows."""
    now = [c for c in schema.CUSTOMER if c in choice.columns]
    if len(now) != 1 or choice.columns[now[0]] in choice.told:
        return choice
    if names.head(headers, choice.columns[now[0]]) not in listed("customer_headers"):
        return choice
    texts = _sample(cells[choice.columns[now[0]]])
    as_id = sum(t in ids for t in texts)
    as_name = sum(name_key(t) in by_name for t in texts)
    if as_id == as_name:
        return choice
    wanted = "customer_id" if as_id > as_name else "customer_name"
    rest = {c: p for c, p in choice.columns.items() if c != now[0]}
    return replace(choice, columns={**rest, wanted: choice.columns[now[0]]})


def _share(column: pa.Array, pattern: str) -> float:
    texts = column.drop_null().unique().to_pylist()[:200]
    return sum(bool(re.search(pattern, t)) for t in texts) / len(texts) if texts else 0.0


def _with_rest(choice: Choice, headers: Sequence[str], cells: Sequence[pa.Array]) -> Choice:
    """Find a use for the headers no column claims: filters, measures, or customers' attributes."""
    free = [
        p
        for p, h in enumerate(headers)
        if h and p not in choice.columns.values() and len(cells[p]) > cells[p].null_count
    ]
    others = DATASETS[choice.dataset].others
    if others == "filters":
        return replace(choice, extras={p: headers[p] for p in free if _is_label(cells[p])})
    if others == "measures" and "measure" not in choice.columns:
        return replace(choice, measures={p: headers[p] for p in free if _is_numeric(cells[p])})
    if others == "customers":
        wanted = names.assign(headers, "customers")
        also = {c: p for c, p in wanted.items() if p in free and c not in schema.CUSTOMER}
        return replace(choice, also=also)
    return choice


def _sample(column: pa.Array) -> list[str]:
    texts: list[str] = column.drop_null().unique().to_pylist()
    return texts[:300]


def _is_numeric(column: pa.Array) -> bool:
    texts = _sample(column)
    return bool(texts) and sum(numbers.parse(t) is not None for t in texts) >= 0.9 * len(texts)


def _is_label(column: pa.Array) -> bool:
    """Tell whether a column can filter: words, no numbers or dates, not a new text in each row."""
    texts = _sample(column)
    words = [t for t in texts if numbers.parse(t) is None and dates.parse(t) is None]
    filled = len(column) - column.null_count
    is_prose = filled >= 50 and len(column.unique()) > 0.9 * filled
    return len(words) > 0.5 * len(texts) and not is_prose
