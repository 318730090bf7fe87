"""Named queries through the door: as they stand, they give what pages are given."""

from datetime import date

import pyarrow as pa
import pytest

from tend.queries import asking, library
from tend.queries.door import asking as door
from tend.queries.library import Query
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.companies import UNTIL, Companies

WINDOW = View(UNTIL, date(2025, 10, 1), UNTIL, filters=(("size", ("large", "mid")),))
# In the middle of a month, seen from later.
BETWEEN = View(UNTIL, date(2026, 2, 10), date(2026, 8, 20))


def given(workspace: Workspace, query: Query) -> dict[str, object]:
    """Give the parameters that no view holds, about a contract and a customer in the middle."""
    contracts = asking.run(workspace, "renewals", View(UNTIL)).to_pylist()
    row = contracts[len(contracts) // 2]
    known = {
        "dimensions": list(asking.dimensions(workspace)),
        "dataset": "contracts",
        "key": row["contract_id"],
        "customer_id": row["customer_id"],
        "contract_id": row["contract_id"],
        "exact": True,
    }
    return {name: value for name, value in known.items() if name in query.parameters}


def views(query: Query) -> list[View]:
    """Give a window with filters, grouped where rows can be; between month ends where it counts."""
    group = next((one for one in ("csm", "quarter") if query.is_grouped_by(one)), None)
    return [WINDOW.grouped(group), *([BETWEEN] if query.scored else [])]


def differ(mine: pa.Table, other: pa.Table) -> bool:
    """Tell whether two answers differ by more than the last digits of a sum."""
    rows = zip(mine.to_pylist(), other.to_pylist(), strict=False)
    same = all(_alike(one[name], two[name]) for one, two in rows for name in one)
    return (mine.schema, mine.num_rows) != (other.schema, other.num_rows) or not same


def _alike(one: object, two: object) -> bool:
    if isinstance(one, float) and isinstance(two, float):
        return one == pytest.approx(two, rel=1e-9, abs=1e-9, nan_ok=True)
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(map(_alike, one, two))
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(_alike(one[key], two[key]) for key in one)
    return one == two


def test_every_named_query_gives_the_numbers_of_the_page(companies: Companies) -> None:
    """Types, rows and numbers: macros, health of days, optional parameters, curves are there."""
    workspace = companies.read()
    faults = []
    for query in library.queries().values():
        for view in views(query):
            own = given(workspace, query)
            page = asking.run(workspace, query.name, view, **own)
            cell = door.ask(workspace, query.sql, view, given=own).table
            faults += [f"{query.name} {view}"] if differ(cell, page) else []
    assert faults == []
