"""Which data set a sheet is: by its headers, then by its name (K16)."""

import re
from collections.abc import Mapping, Sequence

from tend.schema import CUSTOMER, DATASETS, DataSet
from tend.schema import headers as names
from tend.schema.words import normal


def best(headers: Sequence[str], sheet: str) -> str | None:
    """Name the data set whose headers and sheet names fit best; None where none does."""
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
        if "amount" in own and own.intersection(DATASETS["contracts"].one_of):
            del fit["customers"]
    if fit:
        return max(fit, key=lambda n: fit[n])
    name = max(scores, key=lambda n: scores[n])
    columns = names.assign(headers, name)
    has_customer = any(c in columns for c in CUSTOMER)
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
