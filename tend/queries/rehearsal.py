"""What another definition would change: the answers of now held against those of a rehearsal."""

from collections import defaultdict
from dataclasses import dataclass

import pyarrow as pa

AXES = ("quadrant", "outcome_state", "experience_state")


@dataclass(frozen=True)
class Move:
    """Customers that would stand elsewhere."""

    axis: str
    before: object
    after: object
    names: tuple[str, ...]


def moves(before: pa.Table, after: pa.Table) -> list[Move]:
    """Give who would change state or quadrant, the most frequent change first."""
    now = {row["customer_id"]: row for row in before.to_pylist()}
    found: dict[tuple[str, object, object], list[str]] = defaultdict(list)
    for row in after.to_pylist():
        was = now[row["customer_id"]]
        for axis in AXES:
            if was[axis] != row[axis]:
                name = row["customer_name"] or row["customer_id"]
                found[axis, was[axis], row[axis]].append(name)
    made = [Move(*key, tuple(sorted(names))) for key, names in found.items()]
    order = {axis: place for place, axis in enumerate(AXES)}
    return sorted(made, key=lambda move: (order[move.axis], -len(move.names), str(move.before)))


def movers(found: list[Move], axis: str) -> int:
    """Count the customers that would change on an axis."""
    return sum(len(move.names) for move in found if move.axis == axis)
