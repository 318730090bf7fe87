"""The data sets as data: their columns, what a row needs, and what makes two rows one fact.

`datasets.toml` is the one place; reading, store, templates, pages, docs and tests all use it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from tend.schema.words import normal, table

CUSTOMER = ("customer_id", "customer_name")
# How a column may tell of persons: it names one, holds any text, or what the team itself has said.
Privacy = Literal["person", "text", "work"]
BASES = ("total", "annual", "quarterly", "monthly")  # what an amount is per


@dataclass(frozen=True)
class Kind:
    """A kind of column: what its cells look like, and what a fact keeps of them."""

    name: str
    cells: str  # text, date, number, outcome
    keeps: str = ""  # text, number, date; "" where only what stands beside is kept
    beside: Mapping[str, str] = field(default_factory=dict)
    format: str = "@"  # in a template: numbers of contracts keep their zeros, months stay months
    is_sum: bool = False
    is_word: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a data set; `synonyms` are normalised, the strongest first."""

    name: str
    kind: Kind
    needed: bool
    is_measure: bool
    is_end: bool
    is_strict: bool
    privacy: Privacy | None  # how it may tell of persons, for those who may not see them
    label: Mapping[str, str]
    headers: Mapping[str, tuple[str, ...]]  # language -> synonyms as people write them
    synonyms: Mapping[str, int]  # normalised -> rank
    contains: tuple[str, ...] = ()

    @property
    def kept(self) -> Mapping[str, str]:
        """Give the columns of a fact that come of this one, with what they hold."""
        own = {self.name: self.kind.keeps} if self.kind.keeps else {}
        return own | dict(self.kind.beside)


@dataclass(frozen=True)
class DataSet:
    """A kind of fact: its columns, what a row needs, and what makes two rows the same fact."""

    name: str
    label: Mapping[str, str]
    columns: Mapping[str, Column]
    sheets: frozenset[str]  # normalised names such sheets have
    key: tuple[str, ...]  # columns, customer, contract
    id: str | None = None  # its own number: comes before the key where a row has one
    lines: tuple[str, ...] = ()  # of one customer's number: what tells them apart
    placed: bool = False  # rows of one key are several facts, told apart by their place
    told_by: str | None = None  # ... unless they have this column, or a number
    named_by: tuple[str, ...] = CUSTOMER
    one_of: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    others: str = ""  # filters, measures, customers
    entered: bool = False
    months_give: tuple[str, ...] = ()  # by a matrix of months; the first is what stands in a cell
    beside_months: tuple[str, ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        """Name the columns that each row needs, beside who it is about."""
        return tuple(column.name for column in self.columns.values() if column.needed)

    @property
    def measures(self) -> tuple[str, ...]:
        """Name the columns whose cells are facts of their own."""
        return tuple(column.name for column in self.columns.values() if column.is_measure)

    @property
    def fact_key(self) -> tuple[str, ...]:
        """Name the columns of the facts that tell them apart; a missing number is made (K2)."""
        if self.lines:
            return ("customer_id", "contract_no", "line")  # as staging tells the lines apart
        if self.id is not None:
            return (self.id,)
        place = ("place",) if self.placed else ()
        return (*(name for part in self.key for name in key_columns(part)), *place)


def key_columns(part: str) -> tuple[str, ...]:
    """Name the columns of a fact that a part of a key stands for."""
    return _texts(table("datasets")["keys"].get(part, [part]))


@cache
def private_columns() -> Mapping[str, Privacy]:
    """Name the columns of facts that may tell of persons, in whichever data set, and how."""
    columns = (column for one in DATASETS.values() for column in one.columns.values())
    return {column.name: column.privacy for column in columns if column.privacy}


@cache
def bases() -> Mapping[str, str]:
    """Give the headers that name a value per month or year: normalised -> monthly, annual (C6)."""
    tables = table("datasets")["contracts"]["bases"]
    return MappingProxyType({normal(w): basis for basis, t in tables.items() for w in _both(t)})


def parted(column: str) -> tuple[str, str | None]:
    """Part what a mapping calls a column into column and basis: amount:monthly (M10)."""
    name, _, basis = column.partition(":")
    return (name, basis) if name == "amount" and basis in BASES else (column, None)


def moment(dataset: str) -> str | None:
    """Name the column whose day may have a time, where a data set has one."""
    columns = DATASETS[dataset].columns.values()
    return next((column.name for column in columns if column.kind.name == "moment"), None)


@cache
def rates() -> Mapping[str, frozenset[str]]:
    """Give the words that make a header with them a rate: basis -> words (M10)."""
    return MappingProxyType(
        {b: frozenset(w) for b, w in table("datasets")["contracts"]["rates"].items()}
    )


@cache
def not_rates() -> frozenset[str]:
    """Give the words beside which MRR or ARR is no value of a contract: change, churned."""
    return frozenset(table("datasets")["contracts"]["not_rates"])


@cache
def totals() -> tuple[str, ...]:
    """Give the words by which the header of an amount says that it is a total (M10)."""
    return tuple(normal(word) for word in _both(table("datasets")["contracts"]["totals"]))


@cache
def parts() -> Mapping[str, str]:
    """Give the headers of what usage is told by: normalised -> user, other (M4)."""
    tables = table("datasets")["usage"]["parts"]
    return MappingProxyType({normal(w): what for what, t in tables.items() for w in _both(t)})


@cache
def inverted() -> frozenset[str]:
    """Give the headers that ask for churn: yes there means lost."""
    return frozenset(normal(word) for word in _both(table("datasets")["contracts"]["inverted"]))


def _both(words: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Take the languages in turns, so that ranks of both are alike."""
    english, chinese = list(words.get("en", ())), list(words.get("zh", ()))
    for i in range(max(len(english), len(chinese))):
        yield from english[i : i + 1]
        yield from chinese[i : i + 1]


@dataclass(frozen=True)
class Foreign:
    """A list that is no data set: what only it has, what stands beside, what it is called."""

    customers: bool  # whether such a list names customers
    groups: tuple[frozenset[str], ...]  # headers that only such a list has side by side
    numbers: frozenset[str]  # headers that number its rows
    own: frozenset[str]  # headers that only it has, beside these
    more: frozenset[str]
    names: frozenset[str]
    unless: frozenset[str]  # columns of customers that make its groups a customer's

    @property
    def marks(self) -> frozenset[str]:
        """Give all headers that only such a list has."""
        return self.numbers | self.own


@cache
def foreign() -> Mapping[str, Foreign]:
    """Give the lists that are recognised to be refused, by their names (M24)."""
    return MappingProxyType(
        {
            name: Foreign(
                customers=said["customers"],
                groups=tuple(frozenset(map(normal, group)) for group in said.get("groups", ())),
                numbers=_normal(said.get("numbers", ())),
                own=_normal(said["marks"]),
                more=_normal(said["more"]),
                names=_normal(said["names"]),
                unless=frozenset(said.get("unless", ())),
            )
            for name, said in table("datasets")["foreign"].items()
        }
    )


def _normal(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(normal, words))


@cache
def _kind(name: str) -> Kind:
    return Kind(name, **table("datasets")["kinds"][name])


def _column(name: str, own: Mapping[str, Any]) -> Column:
    shared: Mapping[str, Any] = table("datasets")["shared"].get(name, {})
    said: dict[str, Any] = {**shared, **own}
    headers = {lang: (*_texts(shared.get(lang)), *_texts(own.get(lang))) for lang in ("en", "zh")}
    return Column(
        name=name,
        kind=_kind(said["kind"]),
        needed=bool(said.get("needed", False)),
        is_measure=bool(said.get("is_measure", False)),
        is_end=bool(said.get("is_end", False)),
        is_strict=bool(said.get("is_strict", False)),
        privacy=said.get("privacy"),
        label=MappingProxyType(dict(said["label"])),
        headers=MappingProxyType(headers),
        synonyms=_ranks([*_spoken(name, headers), *said["label"].values()]),
        contains=_texts(own.get("contains")),
    )


def _spoken(name: str, headers: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Give what a column is called, the strongest first."""
    yield name.replace("_", " ")
    yield from _both(headers)
    contracts = table("datasets")["contracts"]
    if name == "amount":
        for basis in contracts["bases"].values():
            yield from _both(basis)
    if name == "outcome":
        yield from _both(contracts["inverted"])


def _ranks(words: Iterable[str]) -> Mapping[str, int]:
    ranks: dict[str, int] = {}
    for rank, word in enumerate(words):
        ranks.setdefault(normal(word), rank)
    return MappingProxyType(ranks)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _dataset(name: str, said: Mapping[str, Any]) -> DataSet:
    own = said["columns"]
    columns = {c: _column(c, own.get(c, {})) for c in (*CUSTOMER, *own)}
    return DataSet(
        name=name,
        label=MappingProxyType(dict(said["label"])),
        columns=MappingProxyType(columns),
        sheets=frozenset(normal(word) for word in _texts(said["sheets"])),
        key=_texts(said["key"]),
        id=said.get("id"),
        lines=_texts(said.get("lines")),
        placed=bool(said.get("placed", False)),
        told_by=said.get("told_by", said.get("id")),
        named_by=_texts(said.get("named_by")) or CUSTOMER,
        one_of=_texts(said.get("one_of")),
        signs=_texts(said.get("signs")),
        others=said.get("others", ""),
        entered=bool(said.get("entered", False)),
        months_give=_texts(said.get("months_give")),
        beside_months=_texts(said.get("beside_months")),
    )


DATASETS: Mapping[str, DataSet] = MappingProxyType(
    {name: _dataset(name, said) for name, said in table("datasets").items() if "columns" in said}
)
