"""Many people at once: what the slowest twentieth waits, against one reader alone."""

import sys
from collections.abc import Iterator
from functools import partial
from statistics import median, quantiles

from benchmarks import soak
from benchmarks.companies.kept import Company
from benchmarks.measures.costs import Cost, Floor
from benchmarks.parts import Bench, Part
from tend.store.workspace import open_workspace
from tests.kit.server import serve

# How many, and the seconds that each thinks between two actions. A fifth of the actions write.
CROWDS = {"sessions_50": (50, (2.0, 5.0)), "sessions_200": (200, (5.0, 15.0))}


def crowd(name: str, company: Company, bench: Bench) -> Iterator[Cost]:
    """Let so many people work at once; give what actions take as times of the single reader's."""
    many, pause = CROWDS[name]
    with open_workspace(company.workspace) as workspace:
        day = soak.day(workspace, company.until, many, pause)
    with serve(company.workspace) as server:
        single = soak.alone(server, day, bench.runs)
        notes = soak.together(server, day, bench.minutes)
    base = {action: median(found) for action, found in single.seconds.items()}
    times = [
        one / base[action]
        for action, found in notes.seconds.items()
        for one in found
        if action in base
    ]
    alone = Floor("alone", [1.0])
    yield Cost(f"{name}_median", [median(times)], alone, "times")
    yield Cost(f"{name}_p95", [quantiles(times, n=20)[-1]], alone, "times")
    errors = [*single.errors, *notes.errors]
    print(*errors, sep="\n", file=sys.stderr, end="")
    yield Cost(f"{name}_errors", [len(errors)], alone, "count")
    highest = max(mb for _, mb in notes.memory)
    yield Cost(f"{name}_memory", [highest], Floor("alone", [notes.memory[0][1]]), "mb")


ALL: dict[str, Part] = {name: partial(crowd, name) for name in CROWDS}
