"""Whether any address gives a page: thousands of random ones over all pages and four workspaces.

Run `python -m benchmarks.addresses [--visits 2000] [--first SEED]`. It prints each address that
fails with what went wrong, then the slowest pages; exit 1 where any failed. A seed stands for the
same visit again: `--first SEED --visits 1`.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tend.store.workspace import open_workspace
from tend.ui.state import data
from tests.kit import addresses
from tests.kit.companies import Companies
from tests.ui import conftest

_SLOWEST, _TOLD_EVERY = 10, 100


def main() -> int:
    """Visit, print what failed and what was slow."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--visits", type=int, default=2000)
    asked.add_argument("--first", type=int, default=0)
    given = asked.parse_args()
    seeds = range(given.first, given.first + given.visits)
    addresses.tell_all()
    failed, times = 0, []
    with tempfile.TemporaryDirectory() as folder:
        for place, kind in enumerate(addresses.KINDS):
            # every workspace has its own share of the seeds
            own = [seed for seed in seeds if seed % len(addresses.KINDS) == place]
            for seconds, visit, faults in _walk(Path(folder), kind, own):
                times.append((seconds, kind, visit))
                failed += bool(faults)
                if len(times) % _TOLD_EVERY == 0:
                    print(f"{len(times)} addresses", file=sys.stderr)
                for fault in faults:
                    print(f"{kind} {visit}\n    {fault}", flush=True)
    print(f"{len(times)} addresses, {failed} failed")
    for seconds, kind, visit in sorted(times, key=lambda one: -one[0])[:_SLOWEST]:
        print(f"{seconds:6.2f} s  {kind} {str(visit)[:200]}")
    return 1 if failed else 0


def _walk(
    folder: Path, kind: str, seeds: list[int]
) -> Iterator[tuple[float, addresses.Visit, list[str]]]:
    """Visit the pages of one workspace, one address after the other."""
    if not seeds:
        return
    place = conftest.copied(Companies(folder / kind, folder), kind)
    with open_workspace(place) as workspace:
        found = addresses.known(workspace)
    os.environ["TEND_WORKSPACE"] = str(place)
    try:
        for seed in seeds:
            visit = addresses.visit(seed, found)
            begun = time.monotonic()
            faults = addresses.faults(visit)
            yield time.monotonic() - begun, visit, faults
    finally:
        data.close()


if __name__ == "__main__":
    sys.exit(main())
