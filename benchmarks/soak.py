"""A working day in ten minutes: sessions that read, filter, drill, enter and import, all at once.

Run `python -m benchmarks.soak [--minutes 10] [--sessions 12]`. A real server holds the sample
company. First one reader alone does each kind of action some times; then all sessions act with
the pauses of people. It prints one JSON and exits 1 when an aim is missed: an error, memory at the
end over 1.3 times that after the second minute or over 1 GB, or a 95th percentile over five times
what the same action took the single reader.
"""

import argparse
import json
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median, quantiles

from benchmarks.people.sessions import ACTIONS, PAGES, PAUSE, Day, Notes, Session
from tend import sample
from tend.queries import asking
from tend.store.facts import imports
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.companies import UNTIL
from tests.kit.server import Server, serve

ALONE = 8  # times that the single reader does each kind of action
LOOKED_AT = 200  # customers
SETTLED = 120.0  # seconds after which caches, threads and sessions are there
AIMS = {"errors": 0, "growth": 1.3, "end_mb": 1024, "ratio": 5.0}


def memory_mb(pid: int) -> float:
    """Give the memory of a process and all below it, what they share counted once (PSS)."""
    total = 0.0
    for one in (pid, *_below(pid)):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue  # it has just ended
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return total


def _below(pid: int) -> Iterator[int]:
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(word) for word in tasks.read_text().split()]
        except OSError:
            continue
        for child in children:
            yield child
            yield from _below(child)


def prepare(folder: Path, sessions: int) -> Day:
    """Fill the workspace; give each session contracts of its own that fall due."""
    with open_workspace(folder / "workspace") as workspace:
        for path in sample.write(folder, until=UNTIL):
            report = imports.import_file(workspace, path)
            assert report.error is None, report.error
        return day(workspace, UNTIL, sessions)


def day(
    workspace: Workspace, as_of: date, sessions: int, pause: tuple[float, float] = PAUSE
) -> Day:
    """Give people the largest customers to look at, and each contracts that fall due."""
    view = View(as_of)
    due = asking.run(workspace, "renewals_due", view)["contract_id"].to_pylist()
    known = asking.run(workspace, "customer_values", view, largest=LOOKED_AT)
    customers = known["customer_id"].to_pylist()
    shares = [due[place::sessions] for place in range(sessions)]
    return Day(as_of, sorted(customers), shares, pause)


def alone(server: Server, day: Day, times: int = ALONE) -> Notes:
    """Let one reader do all kinds of actions, without pauses."""
    notes = Notes()
    session = Session(server.url, 0, day, notes)
    for _ in range(times):
        for page in PAGES:
            session.go(page)
        for name in ACTIONS:
            session.act(name)
    session.reader.close()
    return notes


def together(server: Server, day: Day, minutes: float) -> Notes:
    """Let all sessions work, and note memory once a second."""
    notes = Notes()
    start = time.monotonic()
    until = start + 60 * minutes

    def live(place: int) -> None:
        try:
            session = Session(server.url, place, day, notes)
            session.work(lambda: time.monotonic() >= until)
            session.reader.close()
        except Exception as error:  # noqa: BLE001 - whatever stops a session is an error found
            notes.errors.append(f"session {place} ended: {type(error).__name__}: {error}")

    threads = [threading.Thread(target=live, args=(n,)) for n in range(len(day.contracts))]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        notes.memory.append((time.monotonic() - start, memory_mb(server.pid)))
        time.sleep(1.0)
    return notes


def report(single: Notes, many: Notes, log: str) -> dict[str, object]:
    """Put what was seen in one table, with the aims that were missed."""
    base = {name: median(found) for name, found in single.seconds.items()}
    ratios = [s / base[name] for name, found in many.seconds.items() for s in found if name in base]
    actions = {
        name: {
            "times": len(found),
            "single_median_ms": round(1000 * base.get(name, 0)),
            "median_ms": round(1000 * median(found)),
            "p95_ms": round(1000 * _p95(found)),
        }
        for name, found in sorted(many.seconds.items())
    }
    settled = median(mb for second, mb in many.memory if abs(second - SETTLED) <= 10)
    end = median(mb for _, mb in many.memory[-20:])
    errors = [*single.errors, *many.errors]
    errors += [line for line in log.splitlines() if "Traceback" in line or "ERROR" in line]
    found = {
        "errors": len(errors),
        "growth": round(end / settled, 2),
        "end_mb": round(end),
        "ratio": round(_p95(ratios), 2),
    }
    return {
        "found": found,
        "aims": AIMS,
        "missed": [name for name, aim in AIMS.items() if found[name] > aim],
        "settled_mb": round(settled),
        "highest_mb": round(max(mb for _, mb in many.memory)),
        "memory_by_minute": [round(mb) for _, mb in many.memory[::60]],
        "actions": actions,
        "told": errors[:20],
    }


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def main() -> None:
    """Soak, print the table, and say by the exit code whether all aims were met."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--minutes", type=float, default=10)
    given.add_argument("--sessions", type=int, default=12)
    given.add_argument("--out", type=Path, help="keep the server's log in this folder")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        work = prepare(folder, asked.sessions)
        with serve(folder / "workspace") as server:
            single = alone(server, work)
            many = together(server, work, asked.minutes)
        [log] = folder.glob("server-*.log")
        told = report(single, many, log.read_text(errors="replace"))
        if asked.out:
            shutil.copy(log, asked.out)
    print(json.dumps(told, indent=1))
    sys.exit(bool(told["missed"]))


if __name__ == "__main__":
    main()
