"""How fast Customer value answers: its queries over many customers, as JSON.

    python -m benchmarks.value [--customers 100000] [--contracts 1000000] [--runs 3]

The queries run one after the other in one process, each with what the page asks; the model of the
day is built before and timed by itself.
"""

import argparse
import hashlib
import json
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

import pyarrow as pa

from tend.figures.collection import FIGURES
from tend.figures.value.figures import ALL
from tend.ingest.results import FileResult, SheetResult
from tend.queries import asking, library
from tend.store.facts import imports
from tend.store.workspace import Workspace, open_workspace
from tend.view import View

AS_OF = date(2026, 9, 30)
FIRST = ("arr_periods", "concentration_curve", "customer_values")
OTHERS = ("concentration", "retention_12m", "arr_growth", "service_effort", "lifetime_value")


def sheet(
    dataset: str, columns: dict[str, list[object]], kinds: dict[str, pa.DataType]
) -> SheetResult:
    """Put columns as the reader hands them over."""
    rows = len(columns["customer_id"])
    shared = {
        "row_no": pa.array(range(2, rows + 2), pa.int32()),
        "customer_name": pa.nulls(rows, pa.string()),
        "name_key": pa.nulls(rows, pa.string()),
    }
    table = pa.table(
        shared | {name: pa.array(values, kinds[name]) for name, values in columns.items()}
    )
    return SheetResult(
        name=dataset,
        dataset=dataset,
        reason=None,
        rows=rows,
        accepted=rows,
        rejected=0,
        skipped=0,
        warnings=0,
        columns=tuple(name for name in table.column_names if name not in ("row_no", "name_key")),
        mapping={name: name for name in columns},
        unused=(),
        facts=table,
        rejected_rows=None,
        headers=tuple(columns),
        problems=(),
    )


def contracts(customers: int, count: int) -> SheetResult:
    """Give chains of half-year contracts, some of which end early, in ten segments."""
    each = count // customers
    ids, owners, starts, ends, amounts, products = [], [], [], [], [], []
    for owner in range(customers):
        kept = each - (owner * 7) % (each + 3) // 2
        for number in range(each):
            half = owner % 4 + number + (0 if number < kept else 2)
            year, month = 2020 + half // 2, 1 + 6 * (half % 2)
            ids.append(f"K{owner}-{number}")
            owners.append(f"C{owner}")
            starts.append(date(year, month, 1))
            ends.append(date(year, 6, 30) if month == 1 else date(year, 12, 31))
            amounts.append(float(1000 + owner % 977 + 10 * number))
            products.append(f"P{owner % 10}")
    columns: dict[str, list[object]] = {
        "contract_id": list(ids),
        "customer_id": list(owners),
        "start_date": list(starts),
        "end_date": list(ends),
        "amount": list(amounts),
        "product": list(products),
    }
    kinds = {"start_date": pa.date32(), "end_date": pa.date32(), "amount": pa.float64()}
    return sheet("contracts", columns, {name: kinds.get(name, pa.string()) for name in columns})


def touches(customers: int) -> SheetResult:
    """Give every second customer a visit with hours."""
    owners = [f"C{n}" for n in range(0, customers, 2)]
    columns: dict[str, list[object]] = {
        "customer_id": list(owners),
        "touched_on": [date(2026, 1 + n % 9, 1 + n % 28) for n in range(len(owners))],
        "hours": [1.0 + n % 7 for n in range(len(owners))],
    }
    kinds = {"touched_on": pa.date32(), "hours": pa.float64(), "customer_id": pa.string()}
    return sheet("touches", columns, kinds)


def fill(workspace: Workspace, customers: int, count: int) -> None:
    """Commit the company."""
    path = workspace.path / "company.xlsx"
    path.write_text("company", encoding="utf-8")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    sheets = (contracts(customers, count), touches(customers))
    imports.commit(workspace, FileResult(path, path.name, digest, sheets, None), mode="replace")


def timed(work: Callable[[], object]) -> float:
    """Give how long something takes, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def asked(workspace: Workspace, name: str) -> Callable[[], object]:
    """Give the question of a cell, or of a query by itself, as the page asks it."""
    cell = FIGURES.get(name)
    split = View(AS_OF, group_by="product")
    if cell is None or cell.query not in library.queries():
        return lambda: asking.run(workspace, name, View(AS_OF))
    view = cell.ask(View(AS_OF, group_by="quarter") if name == "arr_periods" else split)
    return lambda: asking.run(workspace, cell.query, view, **dict(cell.given))


def main() -> None:
    """Fill a workspace, ask everything the page asks, print seconds as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--contracts", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_workspace(Path(folder) / "w") as workspace:
        filled = timed(lambda: fill(workspace, given.customers, given.contracts))
        built = timed(lambda: asking.run(workspace, "freshness", View(AS_OF)))
        names = dict.fromkeys((*FIRST, *OTHERS, *(cell.name for cell in ALL)))
        told = {
            name: round(median(timed(asked(workspace, name)) for _ in range(given.runs)), 3)
            for name in names
        }
        print(
            json.dumps(
                {
                    "customers": given.customers,
                    "contracts": given.contracts,
                    "filled_s": round(filled, 1),
                    "model_s": round(built, 1),
                    "first_view_s": round(sum(told[name] for name in (*FIRST, *OTHERS)), 2),
                    "queries_s": told,
                    "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                }
            )
        )


if __name__ == "__main__":
    main()
