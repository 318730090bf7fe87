"""How long a change of the definition of health takes, against a plain scan of the usage table.

Run `python -m benchmarks.health` (`--customers`, `--months`, `--runs`). Facts are made up by SQL
and put down as an import's rows; then health is made from nothing once, and the definition is
changed again and again while a reader goes on asking. Ratios are of medians in one run.
"""

import argparse
import json
import resource
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median

from tend.queries import asking
from tend.store.copies import published
from tend.store.derived import staging
from tend.store.workspace import Workspace, open_workspace
from tend.view import View, month_end, months_before

_CHANGED = "health_indicators.nps.weight"
_FACTS = {
    "customers": """
        select 'C' || i as customer_id, 'Company ' || i as customer_name,
            ['Retail', 'Logistics', 'Software', 'Education'][1 + i % 4] as industry
        from range($customers) as made(i)""",
    "contracts": """
        select 'C' || i as customer_id, 'K' || i || '-' || y as contract_id,
            10000 + i % 7000 as amount, 'total' as amount_basis, 20 + i % 300 as licensed_users,
            ($first + to_days((i % 360)::integer) + to_years(y::integer))::date as start_date,
            ($first + to_days((i % 360)::integer) + to_years((y + 1)::integer))::date as end_date,
        from range($customers) as made(i), range($years) as years(y)
        where hash(i, y) % 8 > 0 or y = 0""",
    "usage": """
        select 'C' || i as customer_id, measure, 'month' as granularity,
            ($first + to_months(m::integer))::date as period_start,
            last_day($first + to_months(m::integer)) as period_end,
            case measure
                when 'active_users' then 5 + hash(i, m) % 200
                when 'key_actions' then hash(i, m, 1) % 9000
                else 1 + hash(i, m, 2) % 9 end as value,
        from range($customers) as made(i), range($months) as months(m),
            unnest(['active_users', 'key_actions', 'features_used']) as measures(measure)""",
    "surveys": """
        select 'C' || i as customer_id,
            ($first + to_days((hash(i, n) % $days)::integer))::date as answered_on,
            hash(i, n, 1) % 11 as nps, 'Person ' || n as respondent,
        from range($customers) as made(i), range(3) as answers(n)""",
    "touches": """
        select 'C' || i as customer_id,
            ($first + to_days((hash(i, n, 3) % $days)::integer))::date as touched_on,
            'call' as kind,
        from range($customers) as made(i), range($months // 3) as touches(n)""",
}


def fill(workspace: Workspace, customers: int, months: int) -> None:
    """Put down the rows of one import that brings everything."""
    last = month_end(months_before(date.today(), 1))
    first = months_before(last, months - 1).replace(day=1)
    asked = {"customers": customers, "months": months, "years": months // 12, "first": first}
    asked["days"] = (last - first).days
    with workspace.writing("edit") as cursor:
        cursor.execute(
            "insert into imports by name select 1 as import_id, current_timestamp as imported_at,"
            " '' as who, 'all' as file, 'all' as content_hash, 'merge' as mode, 'file' as origin"
        )
        for dataset, made in _FACTS.items():
            used = {name: value for name, value in asked.items() if f"${name}" in made}
            cursor.execute(
                f"insert into rows_{dataset} by name select 1 as import_id, 1 as sheet_no,"
                f" row_number() over () as row_no, * from ({made})",
                used,
            )
            cursor.execute(
                "insert into sheet_datasets select 1, 1, ?, list(column_name) from duckdb_columns()"
                " where table_name = ? and database_name = current_database()",
                [dataset, f"rows_{dataset}"],
            )
        staging.rebuild(cursor)


def timed(work: Callable[[], object]) -> float:
    """Give the seconds of one piece of work."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def scan(workspace: Workspace) -> float:
    """Read the usage table once, plainly."""
    with workspace.cursor() as cursor:
        return timed(lambda: cursor.execute("select sum(value) from stg_usage").fetchall())


def settle(workspace: Workspace) -> None:
    """Have the copy for other processes written: nobody changes definitions in a row."""
    assert published.of_held(workspace.path), "the copy for other processes is not written"


class Reader(threading.Thread):
    """Ask for health again and again, and keep how long each answer took."""

    def __init__(self, workspace: Workspace, view: View) -> None:
        super().__init__(daemon=True)
        self.times: list[float] = []
        self.is_over = threading.Event()
        self._ask = lambda: asking.run(workspace, "quadrant_movement", view)

    def run(self) -> None:
        """Ask until told that it is over."""
        while not self.is_over.wait(0.1):
            self.times.append(timed(self._ask))


def main() -> None:
    """Fill a workspace, change the definition, print figures and ratios as JSON."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--customers", type=int, default=100_000)
    asked.add_argument("--months", type=int, default=36)
    asked.add_argument("--runs", type=int, default=5)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_workspace(Path(folder) / "w") as workspace:
        from_nothing = timed(lambda: fill(workspace, given.customers, given.months))
        scans = [scan(workspace) for _ in range(given.runs + 1)][1:]
        view = View(month_end(months_before(date.today(), 1)))
        alone = [timed(lambda: asking.run(workspace, "quadrant_movement", view)) for _ in range(6)]
        reader = Reader(workspace, view)
        reader.start()
        changes = []
        for number in range(given.runs):
            settle(workspace)
            changes.append(timed(partial(workspace.set, _CHANGED, 2 + number)))
        reader.is_over.set()
        reader.join()
        told = {
            "customers": given.customers,
            "months": given.months,
            "filled_and_from_nothing_s": round(from_nothing, 1),
            "scan_s": round(median(scans), 4),
            "definition_change_s": round(median(changes), 2),
            "change/scan": round(median(changes) / median(scans)),
            "answer_alone_s": round(median(alone[1:]), 3),
            "answers_meanwhile": len(reader.times),
            "answer_meanwhile_s": round(median(reader.times), 3),
            "slowest_answer_s": round(max(reader.times), 2),
            "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
