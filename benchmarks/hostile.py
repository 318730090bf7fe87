"""Every hostile file through a running server: how long, how much memory, and who was held up.

`python -m benchmarks.hostile` prints a line per file: seconds, the peak of the tree of processes,
the slowest answer of the health address, and another reader's slowest page against its quiet time.
"""

import argparse
import tempfile
import threading
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.people.client import Reader
from tend import sample
from tend.store.facts import imports
from tend.store.workspace import open_workspace
from tests.kit.companies import UNTIL
from tests.kit.files.attacking import Attack
from tests.kit.files.attacks import attacks
from tests.kit.processes import Peak
from tests.kit.server import Server, serve

PAGES = ("movement", "value")
SECONDS, TREE_MB = 30, 1_536
HEALTH_SECONDS, PAGE_TIMES = 1.0, 3
_QUIET_ROUNDS = 12
_BETWEEN = 0.25  # seconds between two askings


@dataclass(frozen=True)
class Told:
    """What one file did to a server."""

    name: str
    seconds: float
    tree_mb: float
    health: float  # the slowest answer, seconds
    page: float
    errors: tuple[str, ...]


class Neighbour:
    """Another reader, who goes through pages, and somebody who asks whether the server lives."""

    def __init__(self, server: Server) -> None:
        self._server, self._over = server, threading.Event()
        self._reader = Reader(server.url, "renewals", "")
        self._threads = [threading.Thread(target=t) for t in (self._ask_health, self._turn_pages)]
        self.health: list[float] = []
        self.pages: list[float] = []

    def quiet(self) -> float:
        """Give the usual time of a page while nothing else goes on."""
        for _ in range(_QUIET_ROUNDS):
            self._turn()
        return median(self.pages[2:])

    def __enter__(self) -> "Neighbour":
        """Begin to ask."""
        self.health, self.pages = [], []
        for one in self._threads:
            one.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self._over.set()
        for one in self._threads:
            one.join()
        self._reader.close()

    def _ask_health(self) -> None:
        while not self._over.wait(_BETWEEN):
            start = time.monotonic()
            with urllib.request.urlopen(f"{self._server.url}/_stcore/health", timeout=60):
                self.health.append(time.monotonic() - start)

    def _turn_pages(self) -> None:
        while not self._over.wait(_BETWEEN):
            self._turn()

    def _turn(self) -> None:
        start = time.monotonic()
        self._reader.open_page(PAGES[len(self.pages) % 2])
        self.pages.append(time.monotonic() - start)


def attack(server: Server, one: Attack, folder: Path) -> Told:
    """Let one reader drop a file while another one reads pages."""
    path = folder / one.name
    one.make(path)
    content = path.read_bytes()
    path.unlink()
    victim = Reader(server.url, "data", "")
    with Peak(server.pid) as peak, Neighbour(server) as neighbour:
        start = time.monotonic()
        victim.upload("upload_0", one.name, content)
        seconds = time.monotonic() - start
        while not (neighbour.health and neighbour.pages):
            time.sleep(_BETWEEN)
    victim.close()
    faults = tuple(error for error in victim.errors if not error.startswith("error box"))
    return Told(one.name, seconds, peak.mb, max(neighbour.health), max(neighbour.pages), faults)


def run(chosen: Sequence[Attack]) -> tuple[float, list[Told]]:
    """Give the quiet time of a page, and what each file did."""
    with tempfile.TemporaryDirectory() as name:
        workspace = Path(name) / "workspace"
        with open_workspace(workspace) as opened, opened.together():
            for path in sample.write(Path(name), until=UNTIL):
                imports.import_file(opened, path)
        with serve(workspace) as server:
            usual = Neighbour(server).quiet()
            return usual, attacked(server, chosen, Path(name))


def attacked(server: Server, chosen: Sequence[Attack], folder: Path) -> list[Told]:
    """Give what each file did to a server."""
    return [attack(server, one, folder) for one in chosen]


def main() -> None:
    """Print a table, and say what is over its bound."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("names", nargs="*", help="of files; all if none is named")
    given = asked.parse_args()
    chosen = [one for one in attacks() if not given.names or one.name in given.names]
    usual, found = run(chosen)
    heads = ("seconds", "tree MB", "health s", "page s")
    print(f"{'file':28}" + "".join(f"{head:>10}" for head in heads), f"  quiet page {usual:.3f} s")
    for one in found:
        figures = f"{one.seconds:10.1f}{one.tree_mb:10.0f}{one.health:10.2f}{one.page:10.2f}"
        print(f"{one.name:28}{figures}{' !' if is_over(one, usual) else ''}", *one.errors)


def is_over(one: Told, usual: float) -> bool:
    """Tell whether a file held somebody up, or took more than it may."""
    return (
        one.seconds > SECONDS
        or one.tree_mb > TREE_MB
        or one.health > HEALTH_SECONDS
        or one.page > PAGE_TIMES * usual
        or bool(one.errors)
    )


if __name__ == "__main__":
    main()
