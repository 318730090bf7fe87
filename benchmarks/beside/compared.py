"""The same charts beside ours: a cold start, a page load, and filters, server and browser apart."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks import steps
from benchmarks.companies.kept import Company
from benchmarks.measures.costs import Cost, Floor
from benchmarks.parts import Bench, reading
from benchmarks.watching import Times
from tests.kit.server import ROOT, serve

PLAIN = Path(__file__).with_name("plain_pandas.py")


def plain(company: Company, bench: Bench) -> Iterator[Cost]:
    """Do the same on Renewals and on the plain page, one after the other; each holds the other."""
    files = str(company.files[0].parent)
    ours = _steps(company.workspace, bench, "renewals", ROOT / "app.py")
    theirs = _steps(company.workspace, bench, "", PLAIN, PLAIN_FILES=files)
    for name, times in ours.items():
        floor = Floor("plain_pandas", _seconds(theirs[name].total))
        server = _seconds(times.server)
        yield Cost(f"beside_{name}", _seconds(times.total), floor, server=server)
        theirs_server = Floor("plain_pandas", _seconds(theirs[name].server))
        yield Cost(f"beside_{name}_server", server, theirs_server)


def _steps(
    workspace: Path, bench: Bench, page: str, script: Path, **settings: str
) -> dict[str, Times]:
    """Start it afresh as often as it is asked, then load, filter anew, again, and off."""
    cold, _ = reading.started(workspace, bench, page, script, **settings)
    with serve(workspace, script, None, ROOT, **reading.NEW, **settings) as server:
        one = reading.tab(bench.chromium)
        for number in range(1 + bench.runs):
            one.opened("load" if number else "first_load", f"{server.url}/{page}")
        steps.filters(one, bench.runs, server.url, page)
        one.page.close()
    taken = {name: one.times[name] for name in ("load", "filter_new", "filter_again", "filter_off")}
    return {"cold_start": Times([1000 * s for s in cold], [1000 * s for s in cold]), **taken}


def _seconds(milliseconds: list[float]) -> list[float]:
    return [one / 1000 for one in milliseconds]
