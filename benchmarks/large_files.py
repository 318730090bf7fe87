"""How long a large file takes from disk to committed, against readers that only read it.

Run `python -m benchmarks.large_files` (`--rows`, `--csv-rows`, `--runs`, `--profile`). Every
contestant has a process of its own, so that its peak memory is its own; they take turns, so that a
slow moment of the machine meets all of them. Times are medians after a warm-up. `tend` ends when
the facts are committed and every session may ask for them; `followed` is when health of all
months has followed, too, and the import returns.
"""

import argparse
import cProfile
import csv
import json
import pstats
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median

from openpyxl import Workbook

WARM_UP = 1
LIST = "customers.csv"
CONTRACTS = (
    *("Contract ID", "Customer ID", "Customer name", "Contract type", "Product"),
    *("Start date", "End date", "Contract value", "Currency", "Licensed users"),
    *("Signed on", "Previous contract", "Status", "Ended on", "Loss reason"),
)
USAGE = ("Customer ID", "Month", "Active users", "Licensed users", "Key actions", "Features used")


def contracts(rows: int) -> Iterator[tuple[object, ...]]:
    """Make up a contract list: years of one product each, some of them lost."""
    rng = Random(1)
    for number in range(rows):
        customer = number // 4
        start = date(2020, 1, 1) + timedelta(days=customer % 360 + 365 * (number % 4))
        is_lost = rng.random() < 0.1
        yield (
            f"CT-{number:07d}",
            f"C{customer:06d}",
            f"Company {customer:06d}",
            rng.choice(("Annual", "Annual", "Annual", "Two-year")),
            rng.choice(("Base", "Insight", "Suite")),
            start,
            start + timedelta(days=364),
            round(rng.lognormvariate(10, 1), 2),
            "CNY",
            rng.randint(2, 400),
            start - timedelta(days=rng.randint(0, 40)),
            f"CT-{number - 1:07d}" if number % 4 else None,
            "Lost" if is_lost else "Active",
            start + timedelta(days=300) if is_lost else None,
            rng.choice(("Price too high", "Closed down")) if is_lost else None,
        )


def usage(rows: int) -> Iterator[tuple[object, ...]]:
    """Make up monthly usage: fifty months of every customer."""
    rng = Random(2)
    for number in range(rows):
        customer, month = divmod(number, 50)
        licensed = 5 + customer % 300
        active = rng.randint(0, licensed)
        period = f"{2021 + month // 12}-{month % 12 + 1:02}"
        yield (
            f"C{customer:06d}",
            period,
            active,
            licensed,
            active * rng.randint(5, 60),
            rng.randint(1, 10),
        )


def write_xlsx(path: Path, rows: int) -> None:
    """Write the contract list."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Contracts")
    sheet.append(CONTRACTS)
    for row in contracts(rows):
        sheet.append(row)
    book.save(path)


def write_list(path: Path, customers: int) -> None:
    """Write the customer list that both tables refer to."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("Customer ID", "Customer name", "Industry", "Size"))
        table.writerows(
            (f"C{n:06d}", f"Company {n:06d}", ("Retail", "Logistics", "Software")[n % 3], n % 900)
            for n in range(customers)
        )


def write_csv(path: Path, rows: int) -> None:
    """Write the usage table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(USAGE)
        table.writerows(usage(rows))


def tend(path: Path) -> tuple[float, float]:
    """Import into a workspace that knows the customers; give seconds to committed, and to the end.

    Read, checked and committed; from then on health follows, which is told as a step of its own.
    """
    from tend.store.facts import imports
    from tend.store.workspace import open_workspace

    with tempfile.TemporaryDirectory() as folder:
        opened = open_workspace(Path(folder) / "workspace")
        opened.set("read_seconds", 3600)  # a slow machine is to be measured, not stopped
        imports.import_file(opened, path.parent / LIST)
        opened.close()
        opened = open_workspace(Path(folder) / "workspace")
        steps: dict[str, float] = {}
        start = time.perf_counter()

        def tell(step: str, _share: float) -> None:
            steps.setdefault(step, time.perf_counter() - start)

        report = imports.import_file(opened, path, progress=tell)
        spent = time.perf_counter() - start
        assert report.error is None, report.error
        assert all(sheet.accepted for sheet in report.sheets)
        opened.close()
    return steps["health"], spent


def reader(path: Path) -> None:
    """Read and check in Tend's reading process and take the answer over: the first part."""
    from tend.ingest import prepare

    assert prepare(path).error is None


def calamine(path: Path) -> None:
    """Read with python-calamine into Python lists, and nothing else."""
    from python_calamine import CalamineWorkbook

    CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def pandas_openpyxl(path: Path) -> None:
    """Read with pandas and openpyxl, and nothing else."""
    import pandas as pd

    pd.read_excel(path, engine="openpyxl")


def pandas_csv(path: Path) -> None:
    """Read with pandas, and nothing else."""
    import pandas as pd

    pd.read_csv(path)


Job = Callable[[Path], tuple[float, float] | None]
JOBS: dict[str, Job] = {
    job.__name__: job for job in (tend, reader, calamine, pandas_openpyxl, pandas_csv)
}


def work(job: Job, path: Path) -> None:
    """Be a contestant: do the job for each line that comes in, then tell the peak memory."""
    for _ in sys.stdin:
        start = time.perf_counter()
        spent = job(path) or (time.perf_counter() - start,)
        print(json.dumps(spent), flush=True)
    peaks = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps([round(peak.ru_maxrss / 1024) for peak in peaks]), flush=True)


def compete(path: Path, names: tuple[str, ...], runs: int) -> dict[str, dict[str, object]]:
    """Let the contestants take turns; give median seconds and peak memory of each."""
    times, peaks = raced(path, names, runs)
    told = {name: _told(times[name], peaks[name]) for name in names}
    told["tend"]["followed"] = round(median(whole for _, whole in times["tend"]), 3)
    # A child starts with its parent's peak, so the reader is asked from a process that did nothing.
    alone = _worker("reader", path)
    _go(alone)
    told["reader"]["peak_mb"] = _peaks(alone)[1]
    return told


def raced(
    path: Path, names: tuple[str, ...], runs: int
) -> tuple[dict[str, list[list[float]]], dict[str, int]]:
    """Let the contestants take turns; give the seconds of each run after a warm-up, and peaks."""
    workers = {name: _worker(name, path) for name in names}
    times: dict[str, list[list[float]]] = {name: [] for name in names}
    try:
        for _ in range(WARM_UP + runs):
            for name, worker in workers.items():
                times[name].append(_go(worker))
        peaks = {name: _peaks(worker)[0] for name, worker in workers.items()}
    finally:
        for worker in workers.values():
            worker.kill()  # one that failed leaves the others waiting
    return {name: taken[WARM_UP:] for name, taken in times.items()}, peaks


def _worker(name: str, path: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "benchmarks.large_files", "--file", str(path), "--job", name]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _go(worker: "subprocess.Popen[str]") -> list[float]:
    assert worker.stdin
    assert worker.stdout
    worker.stdin.write("go\n")
    worker.stdin.flush()
    spent: list[float] = json.loads(worker.stdout.readline())
    return spent


def _peaks(worker: "subprocess.Popen[str]") -> list[int]:
    """End a worker; give the peak memory of it and of its largest child, in MB."""
    told: list[int] = json.loads(worker.communicate()[0])
    return told


def _told(runs: list[list[float]], peak: int) -> dict[str, object]:
    times = [run[0] for run in runs]
    return {
        "seconds": round(median(times), 3),
        "fastest": round(min(times), 2),
        "slowest": round(max(times), 2),
        "peak_mb": peak,
    }


def ratios(told: dict[str, dict[str, object]]) -> dict[str, float]:
    """Give how many times as long as each other contestant the import takes, also to its end."""
    seconds = {name: float(str(one["seconds"])) for name, one in told.items()}
    ends = {"tend": seconds.pop("tend"), "followed": float(str(told["tend"]["followed"]))}
    return {f"{e}/{n}": round(end / s, 2) for e, end in ends.items() for n, s in seconds.items()}


def profile(path: Path, lines: int = 45) -> None:
    """Print where the time of one import goes, the reader's own process left out."""
    tend(path)
    profiler = cProfile.Profile()
    profiler.runcall(tend, path)
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(lines)


def main() -> None:
    """Write both files, let the contestants compete, print figures and ratios as JSON."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=100_000, help="of the .xlsx")
    asked.add_argument("--csv-rows", type=int, default=1_000_000)
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--profile", action="store_true", help="show where the time goes instead")
    asked.add_argument("--job", choices=JOBS, help=argparse.SUPPRESS)
    asked.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.job:
        work(JOBS[given.job], given.file)
        return
    with tempfile.TemporaryDirectory() as name:
        races = (
            (write_xlsx, "contracts.xlsx", given.rows, ("calamine", "pandas_openpyxl")),
            (write_csv, "usage.csv", given.csv_rows, ("pandas_csv",)),
        )
        for write, file, rows, others in races:
            if not rows:
                continue
            write_list(Path(name) / LIST, max(given.rows // 4, given.csv_rows // 50))
            path = Path(name) / file
            write(path, rows)
            if given.profile:
                profile(path)
                continue
            told = compete(path, ("tend", "reader", *others), given.runs)
            size = round(path.stat().st_size / 1024**2, 1)
            print(json.dumps({"file": file, "rows": rows, "mb": size, **told, **ratios(told)}))


if __name__ == "__main__":
    main()
