"""Several lines under one number: each a contract of its own, by what tells it apart (M3)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from tests.oracle.facts.facts import Contract, plain


def told_apart(contracts: Sequence[Contract]) -> list[Contract]:
    """Give the contracts, each line with a name of its own: by its product, else by its start."""
    lines: dict[tuple[str, str], list[Contract]] = defaultdict(list)
    for one in contracts:
        lines[one.contract_id, one.customer_id].append(one)
    return [named(one, lines[one.contract_id, one.customer_id]) for one in contracts]


def named(one: Contract, lines: Sequence[Contract]) -> Contract:
    """Call a line by its number and what it is; one that is alone keeps the number."""
    if len(lines) == 1 or one.amount_basis == "month":
        return replace(one, number=one.contract_id)
    products = {plain(line.product) for line in lines}
    parts = [one.contract_id]
    if len(products) > 1 and one.product:
        parts.append(one.product)
    if len(products) < len(lines) and one.start_date:
        parts.append(one.start_date.isoformat())
    return replace(one, contract_id=" · ".join(parts), number=one.contract_id)
