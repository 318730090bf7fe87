"""Hold the product's rows against the oracle's."""

from math import isclose
from typing import Any

from tend.queries import library
from tests.kit.asking import Row

# Edges of bins that are sums are no key: there the bins are numbered.
_BY_PLACE = "health_distribution"
# Scores and rates are small, and no sum of large amounts stands behind them.
NEAR = {"health": 1e-9, "health_backtest": 1e-12}
# A lost contract has no successors' ARR: nothing and 0 say the same (B13).
NOTHING_IS_ZERO = ("successor_arr", "due_arr", "renewed_arr", "kept_arr")


def differences(name: str, product: list[Row], oracle: list[Row]) -> list[str]:
    """List every row and cell in which the two differ, as text."""
    keys: tuple[str, ...] = tuple(library.find(name).key)
    if name == _BY_PLACE:
        keys, product = ("indicator", "place"), numbered(product)
    mine = {tuple(row[key] for key in keys): row for row in oracle}
    theirs = {tuple(row[key] for key in keys): row for row in product}
    found = [] if len(theirs) == len(product) else [f"{name}: two rows of one key"]
    for key in sorted(mine.keys() | theirs.keys(), key=str):
        if key not in mine or key not in theirs:
            where = "oracle" if key in mine else "product"
            found.append(f"{name} {key}: only in the {where}: {mine.get(key) or theirs.get(key)}")
            continue
        found += [
            f"{name} {key} {column}: product {theirs[key][column]}, oracle {mine[key][column]}"
            for column in mine[key]
            if not is_same(column, theirs[key][column], mine[key][column], NEAR.get(name, 1e-6))
        ]
    return found


def numbered(rows: list[Row]) -> list[Row]:
    """Number the bins of each indicator: edges that are sums are no key."""
    names = [row["indicator"] for row in rows]
    return [row | {"place": n - names.index(row["indicator"])} for n, row in enumerate(rows)]


def is_same(column: str, one: Any, other: Any, near: float = 1e-6) -> bool:
    """Compare two cells; amounts and rates to nine digits."""
    if column in NOTHING_IS_ZERO:
        one, other = one or 0, other or 0
    if isinstance(one, list) and isinstance(other, list):
        cells = zip(one, other, strict=False)
        return len(one) == len(other) and all(is_same(column, *pair, near) for pair in cells)
    if isinstance(one, float) or isinstance(other, float):
        if one is None or other is None:
            return False
        return isclose(one, other, rel_tol=1e-9, abs_tol=near)
    return bool(one == other)
