"""Headers -> a data set and its columns, by synonyms and remembered mappings only (K17)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa

from tend import schema
from tend.ingest.cells import dates, ids, lengths, meanings, numbers, terms
from tend.ingest.laying_out.body import Body
from tend.ingest.laying_out.months import Months
from tend.ingest.mapping import clocks, data_set, rivals
from tend.ingest.mapping.confirmed import places
from tend.ingest.results import Remembered
from tend.schema import DATASETS
from tend.schema import headers as names
from tend.schema.words import letters, listed, name_key, normal
from tend.settings.words import standard_statuses

_CODE = r"^[A-Za-z]{0,6}[-_#]?\d[\dA-Za-z_-]*$"


@dataclass(frozen=True)
class Choice:
    """What a sheet is, and where its columns stand."""

    dataset: str
    columns: Mapping[str, int]  # data-set column -> position
    extras: Mapping[int, str] = field(default_factory=dict)  # position -> header
    measures: Mapping[int, str] = field(default_factory=dict)
    also: Mapping[str, int] = field(default_factory=dict)  # customers' columns of a contract list
    fixed: frozenset[int] = frozenset()  # positions somebody decided
    basis: str | None = None  # of the amounts, where somebody said it
    months: Months = field(default_factory=dict)  # position -> month, of a matrix
    kind: str = ""  # what a matrix holds: monthly, yearly, usage
    measure: str = ""  # of a matrix of usage
    told: tuple[rivals.Told, ...] = ()  # what was settled between several headers
    clock: int | None = None  # position of the time of day, where it stands beside its day

    @property
    def positions(self) -> frozenset[int]:
        """Give the positions that are used for anything."""
        of_columns = (*self.columns.values(), *self.also.values())
        clock = () if self.clock is None else (self.clock,)
        return frozenset((*of_columns, *self.extras, *self.measures, *self.months, *clock))

    @property
    def sums(self) -> frozenset[int]:
        """Give the positions of columns whose cells add up."""
        known = DATASETS[self.dataset].columns
        return frozenset(
            (
                *(p for c, p in self.columns.items() if known[c].kind.is_sum),
                *self.measures,
                *self.months,
            )
        )

    @property
    def id_at(self) -> int | None:
        """Give the position of the fact's own number."""
        return self.columns.get(DATASETS[self.dataset].id or "")


def choose(
    headers: Sequence[str],
    called: Sequence[str],
    cells: Sequence[pa.Array],
    *,
    forced: str | None = None,
    confirmed: Remembered | None = None,
) -> Choice | None:
    """Decide what a sheet is and what its columns are; None when no data set fits.

    `called` is what sheet and file are called.

    What somebody `confirmed` about a header stands; the others are recognised as ever.
    """
    name = confirmed.dataset if confirmed else forced or data_set.best(headers, called)
    if name is None:
        return None
    fixed = places(headers, confirmed)
    free = ["" if p in fixed.taken else h for p, h in enumerate(headers)]
    columns = names.assign(free, name)
    if name == "contracts":
        columns = rivals.settled(free, _with_range(free, columns, cells))
    columns = _settle_by_cells(name, free, columns, cells)
    if name == "surveys" and "nps" not in columns and _is_nps(free, columns, cells, called):
        columns["nps"] = columns.pop("csat")
    columns = {c: p for c, p in columns.items() if c not in fixed.columns} | fixed.columns
    if name == "contracts":
        columns = _other_end(headers, columns, cells) | columns
        if end := rivals.end(free, columns, cells):
            columns = {c: p for c, p in columns.items() if c != "ended_on"} | end
    told = tuple(rivals.told(free, columns)) if name == "contracts" else ()
    clock = fixed.clock
    if clock is None:
        columns, clock = clocks.told_apart(name, free, columns, cells)
    choice = Choice(
        name, columns, fixed=frozenset(fixed.taken), basis=fixed.basis, told=told, clock=clock
    )
    choice = _with_rest(choice, free, cells)
    return replace(
        choice,
        extras={**choice.extras, **fixed.extras},
        measures={**choice.measures, **fixed.measures},
        also={**choice.also, **fixed.also},
    )


def _is_nps(
    headers: Sequence[str],
    columns: Mapping[str, int],
    cells: Sequence[pa.Array],
    called: Sequence[str],
) -> bool:
    """Tell whether scores are NPS answers: the sheet, the file or other cells say so (M24)."""
    position = columns.get("csat", -1)
    if names.head(headers, position) not in listed("score_headers"):
        return False
    scores = [meanings.nps(text) for text in _sample(cells[position])]
    if not scores or any(score is None or not 0 <= score <= 10 for score in scores):
        return False
    said = {word for column in cells for word in map(normal, _sample(column)[:20])}
    return data_set.says_nps(called) or bool(said & listed("nps_words"))


def _other_end(
    headers: Sequence[str], columns: Mapping[str, int], cells: Sequence[pa.Array]
) -> dict[str, int]:
    """A column of periods that somebody called start or end is both."""
    given = [c for c in ("start_date", "end_date") if c in columns]
    if len(given) != 1 or not _holds_ranges(headers, columns[given[0]], cells):
        return {}
    return dict.fromkeys(("start_date", "end_date"), columns[given[0]])


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
    return bool(texts) and sum(map(meanings.is_range, texts)) > 0.5 * len(texts)


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
    if "contract_id" not in columns and "customer_id" in columns:
        # beside the customer's own, a mere "id" is the contract's
        mere = [p for p, h in enumerate(headers) if normal(h) in ("id", "编号")]
        if mere and mere[0] not in columns.values():
            columns["contract_id"] = mere[0]
    columns = _settle_term(columns, cells)
    type_at = columns.get("contract_type")
    if (
        type_at is not None
        and "contract_id" not in columns
        and names.head(headers, type_at) in listed("contract_headers")
    ):
        filled = cells[type_at].drop_null()
        if _share(cells[type_at], r"\d{2,}") > 0.8 and len(filled.unique()) > 0.9 * len(filled):
            columns["contract_id"] = columns.pop("contract_type")
    _settle_deal(headers, columns, cells)
    if "status" in columns and not columns.keys() & {*DATASETS[dataset].one_of}:
        words = cells[columns["status"]].drop_null().unique().to_pylist()[:50]
        if words and all(meanings.outcome(w, is_churn=False) for w in words):
            columns["outcome"] = columns.pop("status")
    return columns


def _settle_term(columns: dict[str, int], cells: Sequence[pa.Array]) -> dict[str, int]:
    """12 or "12 months" is a length, "annual" a type, whichever the header says (K16, M9)."""
    is_open = "start_date" in columns and "end_date" not in columns
    # where nothing else gives an end, a word in a term gives one: annual, 年付
    if "term" in columns and _lengths(cells[columns["term"]], words=is_open) is False:
        columns.setdefault("contract_type", columns.pop("term"))
    has_no_end = is_open and "term" not in columns
    if has_no_end and "contract_type" in columns and _lengths(cells[columns["contract_type"]]):
        columns["term"] = columns.pop("contract_type")
    return columns


def _lengths(column: pa.Array, *, words: bool = False) -> bool | None:
    """Tell whether half of the cells are lengths of contracts; None of a blank column."""
    texts = _sample(column)
    found = sum(terms.is_plain(t) or terms.parse(t) is not None for t in texts)
    found += sum(lengths.says_one(t) for t in texts) if words else 0
    return found >= 0.5 * len(texts) if texts else None


def _settle_deal(
    headers: Sequence[str], columns: dict[str, int], cells: Sequence[pa.Array]
) -> None:
    """A stage is a deal's where one of its words is known; a status is one's in a list of deals."""
    if names.head(headers, columns.get("deal_status", -1)) in listed("stage_headers"):
        words = map(letters, _sample(cells[columns["deal_status"]]))
        if not any(word in standard_statuses() for word in words):
            del columns["deal_status"]
    elif "status" in columns and "deal_status" not in columns:
        is_of_deals = any(map(normal(" ".join(headers)).count, listed("deal_headers")))
        words = map(letters, _sample(cells[columns["status"]]))
        if is_of_deals and any(word in listed("won_words") for word in words):
            columns["deal_status"] = columns.pop("status")


def settle_customer(
    choice: Choice, body: Body, known: frozenset[str], by_name: Mapping[str, object]
) -> Choice:
    """A column that says just "customer" holds ids or names, whichever the customer list knows."""
    now = [c for c in schema.CUSTOMER if c in choice.columns]
    if len(now) != 1 or choice.columns[now[0]] in choice.fixed:
        return choice
    if names.head(body.headers, choice.columns[now[0]]) not in listed("customer_headers"):
        return choice
    cells = body.cells[choice.columns[now[0]]]
    as_id = sum(t in known for t in _sample(ids.read(cells)[0]))
    texts = _sample(cells)
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
        if h and p not in choice.positions and len(cells[p]) > cells[p].null_count
    ]
    others = DATASETS[choice.dataset].others
    if others == "filters":
        return replace(choice, extras={p: headers[p] for p in free if is_label(cells[p])})
    if others == "measures" and "measure" not in choice.columns:
        counts = [p for p in free if not names.part(headers[p]) and _is_numeric(cells[p])]
        return replace(choice, measures={p: headers[p] for p in counts})
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


def is_label(column: pa.Array) -> bool:
    """Tell whether a column can filter: words, no numbers or dates, not a new text in each row."""
    texts = _sample(column)
    words = [t for t in texts if numbers.parse(t) is None and dates.parse(t) is None]
    filled = len(column) - column.null_count
    is_prose = filled >= 50 and len(column.unique()) > 0.9 * filled
    return len(words) > 0.5 * len(texts) and not is_prose
