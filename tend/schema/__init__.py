"""The eight data sets as data: their columns, the names other systems give them, and their words.

`datasets.toml` is the one place; the reader, the templates, the docs and the checks all use it.
"""

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

CUSTOMER = ("customer_id", "customer_name")


@dataclass(frozen=True)
class Column:
    """A column of a data set; `synonyms` are normalised, the strongest first."""

    name: str
    type: str  # text, date, period, number, amount, currency, outcome, nps, csat, sentiment, share
    needed: bool
    label: Mapping[str, str]
    headers: Mapping[str, tuple[str, ...]]  # language -> synonyms as people write them
    synonyms: Mapping[str, int]  # normalised -> rank
    contains: tuple[str, ...] = ()


@dataclass(frozen=True)
class DataSet:
    """A kind of fact: its columns and what makes two rows the same fact."""

    name: str
    label: Mapping[str, str]
    columns: Mapping[str, Column]
    key: tuple[str, ...]
    other_key: tuple[str, ...]  # where a column of `key` is blank
    sheets: frozenset[str]  # normalised names such sheets have


def normal(text: str) -> str:
    """Fold width, case, traditional characters, spaces and punctuation: only the word is left."""
    return "".join(ch for ch in folded(text) if ch.isalnum())


def folded(text: str) -> str:
    """Fold width, case, traditional characters and outer spaces; punctuation stays."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_fold()).strip()


@cache
def vocabulary(name: str) -> Mapping[str, str]:
    """Give a vocabulary as folded word -> meaning."""
    return MappingProxyType(
        {
            folded(word): code
            for code, words in _data()["vocabulary"][name].items()
            for word in words
        }
    )


@cache
def words(name: str) -> frozenset[str]:
    """Give a list of words (blank, totals ...), folded."""
    return frozenset(folded(word) for word in _data()["words"][name])


@cache
def bases() -> Mapping[str, str]:
    """Give the headers that name a value per month or year: normalised -> monthly, annual (C6)."""
    tables = _data()["contracts"]["bases"]
    return MappingProxyType({normal(w): basis for basis, t in tables.items() for w in _both(t)})


@cache
def inverted() -> frozenset[str]:
    """Give the headers that ask for churn: yes there means lost."""
    return frozenset(normal(word) for word in _both(_data()["contracts"]["inverted"]))


@cache
def _data() -> dict[str, Any]:
    # Any: a tree of tables, lists and words; the functions of this module give it its types.
    return tomllib.loads((Path(__file__).parent / "datasets.toml").read_text(encoding="utf-8"))


@cache
def _fold() -> Mapping[int, str]:
    pairs: str = _data()["fold"]["pairs"]
    return {ord(pair[0]): pair[1] for pair in pairs.split()}


def _both(table: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Take the languages in turns, so that ranks of both are alike."""
    english, chinese = list(table.get("en", ())), list(table.get("zh", ()))
    for i in range(max(len(english), len(chinese))):
        yield from english[i : i + 1]
        yield from chinese[i : i + 1]


def _column(name: str, table: Mapping[str, Any]) -> Column:
    shared: Mapping[str, Any] = _data()["shared"].get(name, {}) if name in CUSTOMER else {}
    headers = {lang: (*_texts(shared.get(lang)), *_texts(table.get(lang))) for lang in ("en", "zh")}
    spoken = [name.replace("_", " "), *_both(headers)]
    if name == "amount":
        spoken += [
            word for basis in _data()["contracts"]["bases"].values() for word in _both(basis)
        ]
    if name == "outcome":
        spoken += _both(_data()["contracts"]["inverted"])
    merged: dict[str, Any] = {**shared, **table}
    ranks: dict[str, int] = {}
    for rank, word in enumerate([*spoken, *merged["label"].values()]):
        ranks.setdefault(normal(word), rank)
    return Column(
        name=name,
        type=str(merged["type"]),
        needed=bool(merged.get("needed", False)),
        label=MappingProxyType(dict(merged["label"])),
        headers=MappingProxyType(headers),
        synonyms=MappingProxyType(ranks),
        contains=_texts(table.get("contains")),
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _dataset(name: str) -> DataSet:
    table = _data()[name]
    own = table["columns"]
    columns = {c: _column(c, own.get(c, {})) for c in (*CUSTOMER, *own)}
    return DataSet(
        name=name,
        label=MappingProxyType(dict(table["label"])),
        columns=MappingProxyType(columns),
        key=_texts(table["key"]),
        other_key=_texts(table.get("other_key")),
        sheets=frozenset(normal(word) for word in _texts(table["sheets"])),
    )


NAMES = ("customers", "contracts", "usage", "surveys", "touches", "stages", "tickets", "tasks")
DATASETS: Mapping[str, DataSet] = MappingProxyType({name: _dataset(name) for name in NAMES})
