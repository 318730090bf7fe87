"""Which data set a sheet is: by its headers, then by its name (K16, M24)."""

import re
from collections.abc import Mapping, Sequence

from tend.schema import CUSTOMER, DATASETS, DataSet
from tend.schema import headers as names
from tend.schema.words import normal

# A data set that lacks a needed column is taken, and asked for it, where it fits so much better.
_CLEARLY = 1.0
_LEAST = 1.4
# The column without which a sheet is in no case of the data set.
_SAID_IN = {"tasks": "task", "decisions": "decision", "notebooks": "notebook_id"}


def best(headers: Sequence[str], called: Sequence[str]) -> str | None:
    """Name the data set whose headers and sheet names fit best; None where none does.

    What is needed may be missing: it is asked for, and not the second best taken (M24).
    """
    asked = _not_barred(headers, _in_question(headers))
    scores = {name: _score(headers, called, name, asked) for name in asked}
    fit = {n: s for n, s in scores.items() if _fits(DATASETS[n], names.assign(headers, n), headers)}
    if "contracts" in fit and "customers" in fit and _tells_contracts(headers):
        del fit["customers"]
    first = max(fit, key=lambda n: fit[n], default=None)
    leader = max(scores, key=lambda n: scores[n])
    if first and not _own(headers, first, asked) and _is_term(headers, called, first, asked):
        return "contracts"
    beaten = 0.0 if first is None else fit[first] + _CLEARLY
    return leader if scores[leader] >= beaten and _says(headers, leader, scores, asked) else first


def _is_term(
    headers: Sequence[str], called: Sequence[str], first: str, asked: Sequence[str]
) -> bool:
    """A customer with a start and an end has a contract, whose value is asked for, where nothing
    but these says that it is something else."""
    is_asked = "contracts" in asked and not _name_says(called, first, asked)
    return is_asked and {"start_date", "end_date"} <= names.assign(headers, "contracts").keys()


def says_nps(called: Sequence[str]) -> bool:
    """Tell whether a sheet or file is called by its NPS."""
    return any("nps" in normal(text) or "净推荐" in normal(text) for text in called)


def _tells_contracts(headers: Sequence[str]) -> bool:
    """A customer list that tells value and end of contracts is a contract list (its customer
    columns feed the customers too); a header that both know proves nothing."""
    columns = names.assign(headers, "contracts")
    own = {c for c, p in columns.items() if not names.ranks(headers[p], "customers")}
    return "amount" in own and bool(own.intersection(DATASETS["contracts"].one_of))


def _says(
    headers: Sequence[str], name: str, scores: Mapping[str, float], asked: Sequence[str]
) -> bool:
    """Tell whether a sheet without all that is needed is of a data set all the same."""
    columns = names.assign(headers, name)
    is_own = any(_known_to(headers[p], asked) == {name} for p in columns.values())
    is_numbered = bool(_numbers(headers, name))
    enough = scores[name] >= _LEAST or (is_numbered and len(columns) > 2)
    return enough and (is_own or is_numbered) and any(c in columns for c in CUSTOMER)


def _in_question(headers: Sequence[str]) -> tuple[str, ...]:
    """The data sets a sheet could be: tasks and decisions have dates and owners that many tables
    have as well, so only a column that says what is to be done puts them in question."""
    lacking = {name for name, said in _SAID_IN.items() if said not in names.assign(headers, name)}
    return tuple(name for name in DATASETS if name not in lacking)


def _not_barred(headers: Sequence[str], asked: Sequence[str]) -> tuple[str, ...]:
    """A contract's or ticket's number bars the data sets that have none, unless they are told by
    several columns that only they have (M24)."""
    numbered = {name for name in asked if _numbers(headers, name)}
    if not numbered:
        return tuple(asked)
    return tuple(n for n in asked if n in numbered or _own(headers, n, asked) > 1)


def _numbers(headers: Sequence[str], name: str) -> list[str]:
    """Give the headers that can only be the number of such a fact, or of its contract."""
    wanted = {DATASETS[name].id, "contract_id"}
    at = [names.assign(headers, name).get(column or "") for column in wanted]
    found = [headers[p] for p in at if p is not None]
    return [h for h in found if not any(c in CUSTOMER for _, c in names.ranks(h, "customers"))]


def _own(headers: Sequence[str], name: str, asked: Sequence[str]) -> int:
    columns = names.assign(headers, name).values()
    return sum(_known_to(headers[p], asked) == {name} for p in columns)


def _known_to(header: str, asked: Sequence[str]) -> frozenset[str]:
    known = next((k for k in names.keys(header) if k in names.spread()), None)
    return names.spread()[known].intersection(asked) if known else frozenset()


def _score(
    headers: Sequence[str], called: Sequence[str], dataset: str, asked: Sequence[str]
) -> float:
    score = 0.0
    for position in names.assign(headers, dataset).values():
        known = _known_to(headers[position], asked)
        score += 1 / len(known) if known else 0.8
    return score + _name_says(called, dataset, asked)


def _name_says(called: Sequence[str], dataset: str, asked: Sequence[str]) -> float:
    """Give what the sheet's name says, or the file's where the sheet has none of its own."""
    for name in called:
        said = {one: _named(name, one) for one in asked}
        if any(said.values()):
            return said[dataset]
    return 0.0


def _named(sheet: str, dataset: str) -> float:
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
