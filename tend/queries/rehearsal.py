"""What other settings would change: the answers of now held against those of a rehearsal."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from tend.queries import library
from tend.queries.kinds import Kind

STATES = ("outcome_state", "experience_state")
AXES = ("quadrant", *STATES)
Answers = Mapping[str, pa.Table]
Row = Mapping[str, Any]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Effect:
    """A query whose answer a section of the settings changes, and what of it is looked at."""

    query: str
    # Columns whose values are held against each other, row by row of the query's key.
    numbers: tuple[str, ...] = ()
    # A column of codes by which its rows are counted.
    counted: str = ""
    # Columns of codes: who stands elsewhere.
    moves: tuple[str, ...] = ()


@dataclass(frozen=True)
class Number:
    """One number now and then; `row` are the codes of its row, and `named` the columns of these."""

    query: str
    column: str
    named: Key
    row: Key
    before: float | None
    after: float | None
    kind: Kind | None  # none: how many rows there are


@dataclass(frozen=True)
class Move:
    """Customers or contracts that would stand elsewhere; none: in no such list."""

    axis: str
    before: object
    after: object
    names: tuple[str, ...]


# What the queries are asked besides a view.
GIVEN: Mapping[str, object] = {"standing": "in_force"}
_RATES = Effect("renewal_headline", numbers=("value",))
_HEALTH = Effect("health", moves=STATES)
_ARR = Effect("concentration", numbers=("arr", "customers"))
_RETENTION = Effect("retention_12m", numbers=("nrr", "grr"))
EFFECTS: Mapping[str, tuple[Effect, ...]] = {
    "renewal": (
        _RATES,
        Effect("renewals", counted="outcome", moves=("outcome",)),
        Effect("renewals_due", counted="outcome"),
        _RETENTION,
        Effect("workbench_summary", numbers=("stuck",)),
        _ARR,
        Effect("loss_reasons", numbers=("contracts",)),
        Effect("renewal_forecast_total", numbers=("expected_arr",)),
        _HEALTH,
    ),
    "targets": (),
    "tiers": (
        Effect("customers", counted="tier", moves=("tier", "scale")),
        Effect("sop_matrix", numbers=("customers",)),
        Effect("workbench_summary", numbers=("stuck",)),
    ),
    "tasks": (
        Effect("task_causes", counted="cause"),
        Effect("workbench_summary", numbers=("open", "overdue", "forgotten")),
        Effect("value_signs", counted="sign"),
        _HEALTH,
    ),
    "sop": (
        Effect("sop_customers", moves=("satisfaction",)),
        Effect("sop_matrix", numbers=("customers",)),
    ),
    "money": (
        _ARR,
        _RATES,
        _RETENTION,
        Effect("lifetime_value", numbers=("lifetime_years", "ltv", "ltv_cac")),
        Effect("service_effort", numbers=("service_cost", "effort_share")),
        Effect("retention_curve", numbers=("discounted_years",)),
        _HEALTH,
    ),
    "people": (
        Effect("csm_coverage", counted="load", moves=("load",)),
        Effect("four_goals", numbers=("referral_rate",)),
    ),
    "door": (),
    "copies": (),
}


def moves(
    before: pa.Table, after: pa.Table, axes: Key = AXES, key: Key = ("customer_id",)
) -> list[Move]:
    """Give who would change state or quadrant, the most frequent change first."""
    was, now = _by_key(before, key), _by_key(after, key)
    found: dict[tuple[str, object, object], list[str]] = defaultdict(list)
    for one in {**was, **now}:
        row, other = was.get(one, {}), now.get(one, {})
        for axis in axes:
            if row.get(axis) != other.get(axis):
                found[axis, row.get(axis), other.get(axis)].append(_name(other or row, key))
    made = [Move(*place, tuple(sorted(names))) for place, names in found.items()]
    order = {axis: place for place, axis in enumerate(axes)}
    return sorted(made, key=lambda move: (order[move.axis], -len(move.names), str(move.before)))


def movers(found: list[Move], axis: str) -> int:
    """Count the customers that would change on an axis."""
    return sum(len(move.names) for move in found if move.axis == axis)


def moved(effect: Effect, before: Answers, after: Answers) -> list[Move]:
    """Give who would stand elsewhere by an effect."""
    key = tuple(library.find(effect.query).key)
    return moves(before[effect.query], after[effect.query], effect.moves, key)


def numbers(effect: Effect, before: Answers, after: Answers) -> list[Number]:
    """Give all numbers of an effect, those that stay as they are among them."""
    query = library.find(effect.query)
    key = tuple(query.key)
    was, now = _by_key(before[effect.query], key), _by_key(after[effect.query], key)
    found = [
        Number(
            *(effect.query, column, key, one),
            *(was.get(one, {}).get(column), now.get(one, {}).get(column)),
            query.kinds[column],
        )
        for one in {**was, **now}
        for column in effect.numbers
    ]
    return found + _counts(effect, was.values(), now.values())


def differs(one: Number) -> bool:
    """Tell whether a number changes by more than the last digits of a sum."""
    if one.before is None or one.after is None:
        return one.before is not one.after
    return abs(one.before - one.after) > 1e-9 * max(1.0, abs(one.before))


def step(one: Number) -> float | None:
    """Give by how much a number changes; none where it was not there, or would not be."""
    return None if one.before is None or one.after is None else one.after - one.before


def _counts(effect: Effect, was: Iterable[Row], now: Iterable[Row]) -> list[Number]:
    column = effect.counted
    if not column:
        return []
    before, after = (Counter(str(row[column]) for row in rows) for rows in (was, now))
    return [
        Number(effect.query, column, (column,), (code,), before[code], after[code], None)
        for code in {**before, **after}
    ]


def _by_key(table: pa.Table, key: Key) -> dict[Key, Row]:
    return {tuple(str(row[name]) for name in key): row for row in table.to_pylist()}


def _name(row: Row, key: Key) -> str:
    """Name a member: a contract by its number behind its customer."""
    name = str(row.get("customer_name") or row[key[0]])
    is_contract = key == ("contract_id",) and row.get("customer_name")
    return f"{name} {row['contract_id']}" if is_contract else name
