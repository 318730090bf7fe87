"""All that is measured, as one command: each cost against a floor of the same run.

    python -m benchmarks [--customers 250 10000 100000] [--only walk plain] [--runs 5]

It makes seeded companies (100,000 customers have about 1,000,000 contracts and 12,000,000 values of
usage), brings them in by Tend's own import, and measures each part on a copy. Figures are medians
after a warm-up. `--keep` keeps the companies for the next run; `--json` puts what is found into a
file, beside what earlier runs found; `python -m docs.generate` writes docs/performance.md from
docs/performance.json.
"""

import argparse
import json
import shutil
import sys
import tempfile
import traceback
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from playwright.sync_api import sync_playwright

from benchmarks.beside import compared
from benchmarks.companies import kept
from benchmarks.companies.kept import Company
from benchmarks.measures import aims, report
from benchmarks.measures.report import Told
from benchmarks.parts import Bench, Part, answering, bringing, entering, reading, together
from tests.kit import browser

PARTS: Mapping[str, Part] = MappingProxyType(
    {
        "import": bringing.whole,
        "import_1000": bringing.more,
        "import_xlsx": bringing.excel,
        "entries": entering.entries_of,
        "cell": answering.cell,
        "definition": answering.definition,
        "export": answering.export,
        "start": reading.start,
        "walk": reading.walk,
        "plain": compared.plain,
        **together.ALL,
    }
)


def measured(company: Company, bench: Bench, name: str) -> Told:
    """Do a part on a copy of its own; why it could not be done to its end is told as well."""
    costs: Told = {}
    why = None
    with tempfile.TemporaryDirectory(dir=bench.folder) as folder:
        own = shutil.copytree(company.workspace, Path(folder) / "workspace")
        mine = replace(bench, folder=Path(folder))
        try:
            for cost in PARTS[name](replace(company, workspace=own), mine):
                costs[cost.name] = cost.told() | {"load": report.load()}
                print(company.customers, json.dumps({cost.name: costs[cost.name]}), flush=True)
        except Exception as error:  # noqa: BLE001 - one part must not end a run of hours
            why = f"{type(error).__name__}: {str(error).splitlines()[0][:200]}"
            print(f"{company.customers}: {name}: {traceback.format_exc()}", file=sys.stderr)
    return {"rows": company.rows, "costs": costs, "missed": {name: why}}


def main() -> None:
    """Measure what is asked for in each size."""
    given = argparse.ArgumentParser(description=__doc__)
    given.formatter_class = argparse.RawDescriptionHelpFormatter
    given.add_argument("--customers", type=int, nargs="+", default=[250, 10_000, 100_000])
    given.add_argument("--only", nargs="+", choices=tuple(PARTS), default=list(PARTS))
    given.add_argument("--runs", type=int, default=5)
    given.add_argument("--minutes", type=float, default=5, help="of people working together")
    given.add_argument("--keep", type=Path, help="keep the companies in this folder")
    given.add_argument("--json", type=Path, help="put what is found into this file")
    asked = given.parse_args()
    found: Told = {}
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        keep = asked.keep or Path(name)
        keep.mkdir(parents=True, exist_ok=True)
        words = ["--no-sandbox", "--disable-gpu"]
        chromium = playwright.chromium.launch(executable_path=browser.executable(), args=words)
        bench = Bench(Path(name), asked.runs, chromium, asked.minutes)
        for customers in asked.customers:
            company = kept.prepared(keep, customers)
            for part in asked.only:
                told = {"where": report.where(asked.runs), **measured(company, bench, part)}
                found = report.merged(found, {"sizes": {str(customers): told}})
                if asked.json:
                    _keep(asked.json, customers, told)
        chromium.close()
    for one in aims.held(found["sizes"]):
        if one.is_met is not None:
            met = "met" if one.is_met else "MISSED"
            print(f"{met:6} {one.found:10g} of {one.most:g}: {one.said}: {one.cost}, {one.size:,}")


def _keep(path: Path, customers: int, told: Told) -> None:
    """Put what a part found beside what others did, at once: a run of hours may be ended."""
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    found = report.merged(before, {"sizes": {str(customers): told}})
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
