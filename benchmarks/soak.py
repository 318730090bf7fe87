"""A working day in ten minutes: sessions that read, filter, drill, enter and import, all at once.

Run `python -m benchmarks.soak [--minutes 10] [--sessions 12]`. A real server holds the sample
company. First one reader alone does each kind of action some times; then all sessions act with
the pauses of people. It prints one JSON and exits 1 when an aim is missed: an error, memory at the
end over 1.3 times that after the second minute or over 1 GB, or a 95th percentile over five times
what the same action took the single reader.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles

from benchmarks.client import Reader
from tend import sample
from tend.queries import asking
from tend.store.facts import imports
from tend.store.workspace import open_workspace
from tend.view import View
from tests.kit.server import Server, serve

# Reading what a page says takes a person 5 to 15 seconds; forms are filled in as quickly here as
# one click follows another, so that there are more entries in ten minutes than in an hour.
PAUSE = (5.0, 15.0)
ALONE = 8  # times that the single reader does each kind of action
SETTLED = 120.0  # seconds after which caches, threads and sessions are there
AIMS = {"errors": 0, "growth": 1.3, "end_mb": 1024, "ratio": 5.0}
PAGES = ("renewals", "value", "movement", "sop", "workbench", "data", "settings")
AS_OF = f"as_of={sample.UNTIL}"


@dataclass
class Notes:
    """What was seen: seconds by action, errors, memory by second."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Note how long an action took."""
        start = time.perf_counter()
        yield
        self.seconds.setdefault(name, []).append(time.perf_counter() - start)


class Session:
    """One person: a tab, customers and contracts of their own, and what they do next."""

    def __init__(self, url: str, place: int, contracts: list[str], notes: Notes) -> None:
        self.reader = Reader(url, "renewals", AS_OF)
        self.notes = notes
        self._place, self._contracts = place, contracts
        self._chance = random.Random(place)  # the same day at each run
        self._files = 0

    def act(self, name: str) -> None:
        """Do one kind of action."""
        try:
            ACTIONS[name](self)
        finally:
            self.notes.errors += [f"{name}: {error}" for error in self.reader.errors]
            self.reader.errors.clear()

    def work(self, until: float) -> None:
        """Act and read, as a person does, until the time is over."""
        time.sleep(self._chance.uniform(0, PAUSE[1]))
        while time.monotonic() < until:
            self.act(self._chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0])
            time.sleep(self._chance.uniform(*PAUSE))

    def page(self) -> None:
        """Change the page."""
        self._to(self._chance.choice(PAGES))

    def filter(self) -> None:
        """Open the filters, choose a value, and close them."""
        if not self.reader.keys("filter."):
            with self.notes.timed("open_filters"):
                self.reader.open("filters")
        key = self._chance.choice(self.reader.keys("filter."))
        options = list(self.reader.element(key).options)
        with self.notes.timed("filter"):
            self.reader.choose(key, [self._chance.choice(options)])
        if self._chance.random() < 0.5:
            self._clear()

    def drill(self) -> None:
        """From the headline of the renewals to the contracts behind it, and to one of them."""
        self._to("renewals")
        if self.reader.keys("offer_renewals_headline"):
            with self.notes.timed("drill"):
                self.reader.click("offer_renewals_headline")
        if tables := self.reader.keys("table_behind_"):
            with self.notes.timed("contract"):
                self.reader.select(tables[0], self._chance.randrange(2), "contract_id")
            self.reader.open_address(AS_OF)

    def customer(self) -> None:
        """Open a customer from a link."""
        number = self._chance.randrange(1, 200)
        with self.notes.timed("customer"):
            self.reader.open_address(f"{AS_OF}&customer=C{number:04}")
        self.reader.open_address(AS_OF)

    def touch(self) -> None:
        """Log a call."""
        self._log("touch")

    def answer(self) -> None:
        """Log an answer to the NPS question."""
        self._log("answer")

    def task(self) -> None:
        """Put off a task: one of those that fall to this person, so that nobody else was faster."""
        self._clear()
        self._to("workbench")
        mine = [k for k in self.reader.keys("put_off_next_") if int(k[-4:], 16) % 12 == self._place]
        if mine:
            with self.notes.timed("task"):
                self.reader.click(mine[0])

    def stage(self) -> None:
        """Move a renewal to its next stage."""
        contract = self._contracts[self._chance.randrange(len(self._contracts))]
        with self.notes.timed("contract"):
            self.reader.open_address(f"{AS_OF}&contract={contract}")
        if self.reader.keys("stage_do"):
            with self.notes.timed("stage"):
                self.reader.click("stage_do")
        self.reader.open_address(AS_OF)

    def bring(self) -> None:
        """Import a small file of touches."""
        self._to("data")
        self._files += 1
        day = sample.UNTIL - timedelta(days=self._files)
        rows = [f"C{n:04},{day},call,by {self._place}" for n in range(1 + self._place, 200, 12)]
        content = "\n".join(["Customer ID,Touched on,Kind,Note", *rows]).encode()
        [uploader] = self.reader.keys("upload_")
        with self.notes.timed("upload"):
            self.reader.upload(uploader, f"touches-{self._place}-{self._files}.csv", content)
        with self.notes.timed("import"):
            self.reader.click("import")

    def _to(self, page: str) -> None:
        with self.notes.timed(f"page_{page}"):
            self.reader.open_page(page)

    def _clear(self) -> None:
        if "clear" in self.reader.keys("clear"):
            with self.notes.timed("clear"):
                self.reader.click("clear")

    def _log(self, form: str) -> None:
        self._clear()  # a filter may leave nobody to call
        self._to("workbench")
        forms = self.reader.keys(f"open_{form}_")
        opener = forms[self._place % len(forms)]
        with self.notes.timed("form"):
            self.reader.open(opener)
        [save] = self.reader.keys(f"save_{form}_")
        with self.notes.timed(form):
            self.reader.click(save)


ACTIONS: dict[str, Callable[[Session], None]] = {
    name: getattr(Session, name)
    for name in ("page", "filter", "drill", "customer", "touch", "answer", "task", "stage", "bring")
}
# Of a hundred actions about twenty write: an entry by somebody every five seconds.
WEIGHTS = {
    "page": 28,
    "filter": 26,
    "drill": 12,
    "customer": 12,
    "touch": 8,
    "answer": 4,
    "task": 4,
    "stage": 4,
    "bring": 2,
}


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


def prepare(folder: Path, sessions: int) -> list[list[str]]:
    """Fill the workspace; give each session contracts of its own that fall due."""
    with open_workspace(folder / "workspace") as workspace:
        for path in sample.write(folder):
            report = imports.import_file(workspace, path)
            assert report.error is None, report.error
        due = asking.run(workspace, "renewals_due", View(sample.UNTIL))["contract_id"].to_pylist()
    return [due[place::sessions] for place in range(sessions)]


def alone(server: Server, contracts: list[str]) -> Notes:
    """Let one reader do all kinds of actions, without pauses."""
    notes = Notes()
    session = Session(server.url, 0, contracts, notes)
    for _ in range(ALONE):
        for page in PAGES:
            session._to(page)
        for name in ACTIONS:
            session.act(name)
    session.reader.close()
    return notes


def together(server: Server, contracts: list[list[str]], minutes: float) -> Notes:
    """Let all sessions work, and note memory once a second."""
    notes = Notes()
    start = time.monotonic()
    until = start + 60 * minutes

    def live(place: int) -> None:
        try:
            session = Session(server.url, place, contracts[place], notes)
            session.work(until)
            session.reader.close()
        except Exception as error:  # noqa: BLE001 - whatever stops a session is an error found
            notes.errors.append(f"session {place} ended: {type(error).__name__}: {error}")

    threads = [threading.Thread(target=live, args=(n,)) for n in range(len(contracts))]
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
        contracts = prepare(folder, asked.sessions)
        with serve(folder / "workspace") as server:
            single = alone(server, contracts[0])
            many = together(server, contracts, asked.minutes)
        [log] = folder.glob("server-*.log")
        told = report(single, many, log.read_text(errors="replace"))
        if asked.out:
            shutil.copy(log, asked.out)
    print(json.dumps(told, indent=1))
    sys.exit(bool(told["missed"]))


if __name__ == "__main__":
    main()
