"""Numbers in place of names: for those who are to see how customers stand, not who they are.

Answers are turned where they are asked, so no sentence, title or table can hold a name. What a
file or a person wrote freely is left out, unless it is known to hold no name.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from tend.figures.reading import Ask
from tend.language import text
from tend.queries import library
from tend.queries.kinds import Kind
from tend.settings.sops import standard
from tend.view import DIMENSIONS, PERIODS, YEAR, View

# Texts of files that name nobody: currencies, classes, numbers of steps, our own words.
_OPEN = frozenset({"currency", "other_currencies", "rfm", "step", "decision_state"})
# Columns that hold what a customer is called.
_CALLED = ("customer_name", "first_customer")
# Our own words for nobody and for all.
_NOBODY = (None, "", "unknown", "all")
# Ids that only tell rows apart, made of others' ids.
_OWN = frozenset({"task_id", "decision_id"})
# Whose values are people, whichever dimension they are grouped by.
_PEOPLE = "csm"
# What a row of an answer is grouped by, as its columns are called.
_GROUPED = MappingProxyType({"segment": "group_by", "split": "split_by"})
Turn = Callable[[Any], str | None]


@dataclass(frozen=True)
class Numbers:
    """The number of each customer, by its id and by its name, of each contract, of each CSM."""

    ids: Mapping[str, int]
    names: Mapping[str, int]
    contracts: Mapping[str, str]
    people: Mapping[str, int]


def numbered(ask: Ask, view: View) -> Numbers:
    """Number customers by their ARR on the view's day, the largest first; CSMs by what they hold.

    A contract goes by the number of its customer, and its own among them: 17-2.
    """
    rows = ask("directory", View(view.as_of)).to_pylist()
    listed = [row for row in rows if not row["contract_id"]]
    ids = {row["customer_id"]: at for at, row in enumerate(listed, 1)}
    names = {row["customer_name"]: at for at, row in reversed([*enumerate(listed, 1)])}
    signed: Counter[str] = Counter()
    contracts: dict[str, str] = {}
    for row in rows[len(listed) :]:
        signed[row["customer_id"]] += 1
        number = f"{ids.get(row['customer_id'], '?')}-{signed[row['customer_id']]}"
        contracts |= {row["contract_id"]: number, row["contract_no"] or row["contract_id"]: number}
    held: Counter[str] = Counter()
    for row in listed:
        held[row["csm"]] += row["arr"]
    people = [name for name, _ in held.most_common() if name not in _NOBODY]
    return Numbers(ids, names, contracts, {name: at for at, name in enumerate(people, 1)})


def asking(ask: Ask, numbers: Numbers, language: str) -> Ask:
    """Give what asks the same and answers with numbers."""

    said = _Said(numbers, language)

    def asked(name: str, view: View, **given: object) -> pa.Table:
        return _unnamed(ask(name, view, **given), name, view, said)

    return asked


def told_of(view: View, numbers: Numbers, language: str) -> View:
    """Give a view as it can be told: filters of people, and of columns of the team's own."""
    said = _Said(numbers, language)
    filters = tuple(
        (name, tuple(str(said.person(value)) for value in values) if _is_personal(name) else values)
        for name, values in view.filters
    )
    return replace(view, filters=filters)


@dataclass(frozen=True)
class _Said:
    """How numbers are said in a language."""

    numbers: Numbers
    language: str
    own: dict[str, int] = field(default_factory=dict)  # of what is numbered as it comes

    def customer(self, number: int | None) -> str:
        return self._say("customer", number)

    def person(self, name: str | None) -> str | None:
        """Say who somebody is; our own words for nobody and for all are no names."""
        return name if name in _NOBODY else self._say("person", self.numbers.people.get(name))

    def label(self, value: str | None) -> str | None:
        """Say a value of a dimension: a number only where it reads like a name."""
        if value in self.numbers.people:
            return self.person(value)
        number = self.numbers.names.get(str(value))
        return value if number is None else self.customer(number)

    def _say(self, who: str, number: int | None) -> str:
        return text.say(f"unnamed.{who}", self.language, number=number or "?")


def _is_personal(dimension: str | None) -> bool:
    """Tell whether the values of a dimension may be names: CSMs, or any column of the team's."""
    return dimension == _PEOPLE or (
        dimension is not None and dimension not in (*DIMENSIONS, *PERIODS, YEAR)
    )


def _unnamed(table: pa.Table, query: str, view: View, said: _Said) -> pa.Table:
    told, turned = table, list[str | None]()
    for name, kind in library.find(query).kinds.items():
        if name not in table.column_names:
            continue
        values = table.column(name).to_pylist()
        if kind.name == "text" and name.endswith(_CALLED):
            turned = [said.customer(number) for number in _whose(table, name, said.numbers)]
        elif turn := _turned(name, kind, view, said):
            turned = [turn(value) for value in values]
        else:
            continue
        told = told.set_column(told.column_names.index(name), name, pa.array(turned, pa.string()))
    return told


def _whose(table: pa.Table, name: str, numbers: Numbers) -> list[int | None]:
    """Give the numbers of customers in a column of their names: by their ids, where it has them."""
    ids = name.removesuffix("_name") + "_id"
    if ids in table.column_names:
        return [numbers.ids.get(one) for one in table.column(ids).to_pylist()]
    return [numbers.names.get(one) for one in table.column(name).to_pylist()]


def _turned(name: str, kind: Kind, view: View, said: _Said) -> Turn | None:
    """Give how a value of a column is turned; None: it stays."""
    numbers = said.numbers
    if kind.name == "label":
        grouped = getattr(view, _GROUPED[name]) if name in _GROUPED else name
        is_personal = _is_personal(grouped) and name in (*_GROUPED, _PEOPLE)
        return said.person if is_personal else said.label
    if kind.name != "text" or name in _OPEN:
        return None
    if name.endswith("customer_id"):
        return lambda value: _plainly(numbers.ids.get(value))
    if name.endswith("contract_id") or name == "about":
        return numbers.contracts.get
    if name in _OWN:
        return lambda value: _plainly(said.own.setdefault(value, len(said.own) + 1))
    if name == "task":
        return lambda value: value if value in _shipped() else None
    return _left_out


@cache
def _shipped() -> frozenset[str]:
    """Give what the SOPs that ship ask for, in all languages: no team has written it."""
    sops = (sop for language in text.LANGUAGES for sop in standard(language).values())
    return frozenset(step.text for sop in sops for step in sop.steps)


def _left_out(_: object) -> None:
    return None


def _plainly(number: int | None) -> str | None:
    return None if number is None else str(number)
