"""Random addresses: what a reader, a stale link or a hand may put after the question mark."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from streamlit import config
from streamlit.testing.v1 import AppTest

from tend.figures import drill
from tend.figures.collection import FIGURES
from tend.queries import asking
from tend.store.workspace import Workspace
from tend.ui.frame.navigation import PAGES
from tend.ui.state.address import MOVED_BY, STEPS
from tend.view import DIMENSIONS, GRIDS, PERIODS, SINCE, WINDOWS, View
from tests.kit.driver import html, opened_in_frame

Params = dict[str, list[str]]
# Whose workspaces are visited: the sample, one without surveys, one customer, no rate.
KINDS = ("sample-en", "no-surveys", "one-customer", "foreign")
ODD = (
    *("", " ", "\x00", "\x1b[31mred", "a\u202eb", "\u200b", "\ud7ff\ufffd", "e\u0301", "%00"),
    *("\r\n", "x" * 5000, "中" * 3000, "1" * 400, "-1", "1e308", "NaN", "null", "[]", "0"),
    *("'; drop table x; --", "<script>alert(1)</script>", "=1+1", "{0}", "%s", "../..", "*"),
)
ODD_DAYS = (
    *("0001-01-01", "0001-12-31", "1899-12-31", "1900-01-01", "1970-02-28", "2000-02-29"),
    *("2099-12-31", "2199-12-31", "2200-01-01", "9999-01-01", "9999-12-31", "10000-01-01"),
    *("2026-02-30", "2026-W39-3", "20260930", "2026-9-3", "2026-09-30T10", "today"),
)
_TODAY = date(2026, 9, 30)
_DAYS = tuple((_TODAY - timedelta(days=days)).isoformat() for days in (0, 1, 29, 92, 400, 900))


@dataclass(frozen=True)
class Known:
    """What a workspace holds: values of each dimension, customers, contracts, currencies aside."""

    values: dict[str, tuple[str, ...]]
    customers: tuple[str, ...]
    contracts: tuple[str, ...]


@dataclass(frozen=True)
class Visit:
    """One page at one address, and the seed of what is opened on it."""

    page: str
    params: Params
    seed: int

    def __str__(self) -> str:
        """Write it as a reader would type it."""
        return f"/{self.page}?{urlencode(self.params, doseq=True)}  (seed {self.seed})"


def known(workspace: Workspace) -> Known:
    """Read what addresses of this workspace may name."""
    with workspace.cursor() as cursor:

        def column(sql: str) -> tuple[str, ...]:
            return tuple(str(one) for (one,) in cursor.execute(sql).fetchall() if one is not None)

        customers = column("select distinct customer_id from stg_contracts order by all limit 40")
        contracts = column("select distinct contract_id from stg_contracts order by all limit 40")
    asked = View(_TODAY)
    rows = asking.run(workspace, "filter_options", asked, dimensions=list(DIMENSIONS)).to_pylist()
    values = {
        name: tuple(row["value"] for row in rows if row["dimension"] == name) for name in DIMENSIONS
    }
    return Known(values, customers, contracts)


def visit(seed: int, found: Known) -> Visit:
    """Make one visit of a seed: the same seed, the same address."""
    chance = random.Random(seed)
    params: Params = {"lang": [chance.choice(("en", "zh"))]}
    _days(chance, params)
    _choices(chance, params)
    _filters(chance, params, found)
    _opened(chance, params, found)
    if chance.random() < 0.1:
        params[chance.choice((*ODD[3:], "utm_source"))[:50]] = [chance.choice(ODD)]
    if chance.random() < 0.1 and params:
        key = chance.choice(list(params))
        params[key] = [*params[key], *chance.choices(ODD, k=chance.choice((1, 3, 400)))]
    return Visit(chance.choice(PAGES), params, seed)


def _days(chance: random.Random, params: Params) -> None:
    roll = chance.random()
    if roll < 0.75:
        params["as_of"] = [chance.choice(_DAYS)]
    elif roll < 0.95:
        params["as_of"] = [chance.choice((*ODD_DAYS, *ODD))]
    if chance.random() < 0.3:
        params["window"] = params["since"] = ["own"]
        days = (*_DAYS, *ODD_DAYS) if chance.random() < 0.5 else _DAYS
        first, last = sorted(chance.choices(days, k=2))
        params |= {"from": [first], "to": [last]}
    elif chance.random() < 0.5:
        params["window"] = [_or_odd(chance, WINDOWS)]
        params["since"] = [_or_odd(chance, tuple(SINCE))]


def _choices(chance: random.Random, params: Params) -> None:
    offered: dict[str, Sequence[str]] = {
        "split": DIMENSIONS,
        "across": (*DIMENSIONS, *PERIODS),
        "step": STEPS,
        "period": MOVED_BY,
        "grid": GRIDS,
    }
    for name, values in offered.items():
        if chance.random() < 0.3:
            params[name] = [_or_odd(chance, values)]


def _filters(chance: random.Random, params: Params, found: Known) -> None:
    for name in chance.sample(DIMENSIONS, chance.choice((0, 0, 1, 1, 2, 2, 3, 9))):
        values = found.values[name] or ("unknown",)
        if chance.random() < 0.1:
            params[name] = [chance.choice((*ODD, "unknown", "Atlantis"))]
        else:
            params[name] = chance.sample(values, chance.randint(1, min(3, len(values))))
    if chance.random() < 0.1:
        params[f"x.{chance.choice((*ODD, 'Segment'))}"[:60]] = [chance.choice(ODD)]


def _opened(chance: random.Random, params: Params, found: Known) -> None:
    if chance.random() < 0.15:
        params["customer"] = [_or_odd(chance, (*found.customers, *found.contracts[:1]))]
    if chance.random() < 0.15:
        params["contract"] = [_or_odd(chance, (*found.contracts, *found.customers[:1]))]
    if chance.random() < 0.4:
        params["drill"] = _drilled(chance, found)


def _drilled(chance: random.Random, found: Known) -> list[str]:
    """Pick a mark of a figure, with values that a mark may have or that none has."""
    cell = chance.choice(
        [cell for cell in FIGURES.values() if cell.behind or chance.random() < 0.1]
    )
    words = [value for values in found.values.values() for value in values]
    marks = (*words, "unknown", "2026-Q3", "2026-09", "at_risk", "1", "5", "lost", "2026-09-01")
    picked = {column: _or_odd(chance, marks) for column, _ in cell.behind}
    said = drill.written(cell, picked)
    return list(said) if chance.random() < 0.9 else [*said[:1], *chance.choices(ODD, k=2)]


def _or_odd(chance: random.Random, values: Sequence[str]) -> str:
    return chance.choice(values) if values and chance.random() < 0.9 else chance.choice(ODD)


def tell_all() -> None:
    """Let pages of this process say what went wrong, as no reader is to see it."""
    config.set_option("client.showErrorDetails", "full")
    config.set_option("logger.enableRich", False)


def faults(one: Visit) -> list[str]:
    """Go there, open what can be opened, and name what went wrong."""
    app = opened_in_frame(one.page, **one.params)
    found = _seen(app)
    if not found and _open(app, random.Random(one.seed)):
        found = _seen(app.run())
    return found


def _seen(app: AppTest) -> list[str]:
    found = [f"exception: {error.value} {_where(error)}" for error in app.exception]
    found += [f"error: {error.value}" for error in app.error]
    said = html(app)
    found += [f"says {sign!r}" for sign in (">None<", ">nan<", ": None") if sign in said]
    return found


def _where(error: Any) -> str:
    """Give the last lines of ours in a traceback."""
    ours = [line.strip() for line in error.stack_trace if "tend" in line or "queries" in line]
    return " < ".join(reversed(ours[-3:]))


def _open(app: AppTest, chance: random.Random) -> bool:
    """Choose a tab of each strip and a popover; what counts its rows in its label stays."""
    strips, popovers = dict[str, list[str]](), list[str]()
    _collect(app._tree, strips, popovers)
    for key, labels in strips.items():
        app.session_state[key] = chance.choice(labels)
    if popovers:
        app.session_state[chance.choice(popovers)] = True
    return bool(strips or popovers)


def _collect(node: Any, strips: dict[str, list[str]], popovers: list[str]) -> None:
    for child in getattr(node, "children", {}).values():
        key = getattr(child, "key", None)
        if key and child.type == "tab_container":
            strips[key] = [tab.label for tab in child.children.values()]
        elif key and child.type == "popover":
            popovers.append(key)
        _collect(child, strips, popovers)
