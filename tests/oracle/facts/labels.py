"""Labels that differ in case or width are one, written as most rows write it (M29)."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tests.oracle.facts.facts import Contract, Customer, plain

OF_CUSTOMER = ("industry", "department", "region", "csm", "tier", "source_channel", "potential")
OF_CONTRACT = ("product", "contract_type")
Spellings = Mapping[str, Mapping[str, str]]  # by dimension and label


def of_customers(customers: Sequence[Customer]) -> list[Customer]:
    """Give the customers with their labels as most rows write them."""
    told = [(name, getattr(one, name)) for one in customers for name in OF_CUSTOMER]
    told += [pair for one in customers for pair in one.extra.items()]
    found = spellings(told)
    return [
        replace(
            one,
            **written(found, one, OF_CUSTOMER),
            extra={name: found[name][label] for name, label in one.extra.items()},
        )
        for one in customers
    ]


def of_contracts(contracts: Sequence[Contract]) -> list[Contract]:
    """Give the contracts with their labels as most rows write them."""
    found = spellings([(name, getattr(one, name)) for one in contracts for name in OF_CONTRACT])
    return [replace(one, **written(found, one, OF_CONTRACT)) for one in contracts]


def spellings(told: Sequence[tuple[str, str | None]]) -> Spellings:
    """Choose among the spellings of each label: the most frequent, then the first by its signs."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for dimension, label in told:
        if label is not None:
            counts[dimension, plain(label)][label] += 1
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for (dimension, key), count in counts.items():
        best = min(count, key=lambda label: (-count[label], label))
        for label in count:
            found[dimension][label] = "unknown" if key == "unknown" else best
    return found


def written(found: Spellings, one: object, names: Sequence[str]) -> dict[str, Any]:
    """Give the labels of a fact as they are written; a missing one is missing."""
    given = {name: getattr(one, name) for name in names}
    return {name: label and found[name][label] for name, label in given.items()}
