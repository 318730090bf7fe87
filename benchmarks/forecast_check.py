"""How well earlier forecasts of the sample company held: writes docs/forecast.md.

Run `python -m benchmarks.forecast_check`. The sample company is invented, so the figures show that
the forecast is honest on data of its kind; the page shows the same check on a team's own data.
"""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from tend import sample
from tend.queries import asking
from tend.store.facts import imports
from tend.store.workspace import Workspace, open_workspace
from tend.view import View

PAGE = Path(__file__).parent.parent / "docs" / "forecast.md"
AS_OF = date(2026, 9, 30)
Row = dict[str, Any]
START = """# How earlier forecasts held

Written by `python -m benchmarks.forecast_check` from the sample company as of {as_of}. The page
Renewals shows the same on a team's own data (*Did forecasts come true?*, *Were chances right?*), as
do the queries `forecast_check` and `forecast_calibration`.

Each forecast is made again as of an earlier month end, from the contracts, renewals, health and
stages known that day and nothing later; a test holds it against what the forecast said when asked
as of that day. What came is the ARR of those contracts that were renewed."""
COVERAGE = """## The 80 % interval

Of the months of end dates with everything decided, among the last 36: in how many did what came
lie in the interval? An honest one holds about 80 of 100; then the 95 % interval of the share, and
in how many months less came than the interval, and more. Of few contracts, most of them likely to
renew, all renewed is within the interval: then no month can come in higher.

| forecast made | months checked | inside | share | 95 % interval | less | more |
|---|---|---|---|---|---|---|"""
CALIBRATION = """## Chances

Decided contracts by the chance given three month ends before the month of their end. Where the last
column says no, chances of that size were too high or too low.

| chance | contracts | expected | renewed | rate | 95 % interval | expected inside |
|---|---|---|---|---|---|---|"""
BEFORE = """## Before and after

Chances once came from all decided contracts, those renewed early too; now they come from contracts
that were still undecided at the same distance from their end. The same check of a sample company of
1,200 customers (`sample.write(folder, until={as_of}, customers=1200)`, 21 to 196 contracts a month
and lead), by the calculation before and by that after:

| forecast made | chances | inside | less | more | renewals expected | renewed |
|---|---|---|---|---|---|---|
| one month end before | before | 20 of 34 | 13 | 1 | 1,577 | 1,467 |
| | after | 26 of 34 | 7 | 1 | 1,451 | 1,467 |
| 3 month ends before | before | 22 of 34 | 9 | 3 | 2,096 | 2,020 |
| | after | 26 of 34 | 5 | 3 | 2,019 | 2,020 |
| 6 month ends before | before | 22 of 34 | 12 | 0 | 1,940 | 1,760 |
| | after | 27 of 34 | 7 | 0 | 1,874 | 1,760 |

| chance | chances | contracts | expected | rate |
|---|---|---|---|---|
| 80 to 90 % | before | 686 | 85.1 % | 81.8 % |
| | after | 909 | 85.8 % | 85.4 % |
| 90 to 100 % | before | 1,353 | 94.1 % | 88.0 % |
| | after | 818 | 94.1 % | 90.0 % |

On the sample company itself (above: after) 28, 27 and 26 of 34 months lay inside before, and every
miss (6, 7 and 8) came in lower."""
LIMITS = """## What this does not say

- Where a chance is the file's own, the check judges the team's guesses as much as the calculation.
- Outcomes are taken as independent. What hits many customers at once (a price rise, a fault) is
  not in the interval.
- A contract that began and was due within the lead was not known then, and is in no forecast.
- Early months rest on few decided contracts: chances then lie near the overall rate of a few."""


def page(workspace: Workspace) -> str:
    """Give the page, from a workspace that holds the sample company."""
    checked = asking.run(workspace, "forecast_check", View(AS_OF)).to_pylist()
    leads = {row["lead"]: row for row in checked}
    tenths = asking.run(workspace, "forecast_calibration", View(AS_OF)).to_pylist()
    covered = "\n".join(_coverage(lead, row) for lead, row in leads.items())
    calibrated = "\n".join(_tenth(row) for row in tenths)
    before = BEFORE.format(as_of=AS_OF)
    parts = (f"{COVERAGE}\n{covered}", f"{CALIBRATION}\n{calibrated}", before, LIMITS)
    return "\n\n".join((START.format(as_of=AS_OF), *parts)) + "\n"


def _coverage(lead: int, row: Row) -> str:
    before = "one month end before" if lead == 1 else f"{lead} month ends before"
    cells = (before, row["months_checked"], row["months_inside"], _percent(row["coverage"]))
    span = _span(row["coverage_low"], row["coverage_high"])
    return _line(*cells, span, row["months_below"], row["months_above"])


def _tenth(row: Row) -> str:
    return _line(
        _span(row["chance_from"], row["chance_to"]),
        row["contracts"],
        _percent(row["expected_rate"]),
        row["renewed"],
        _percent(row["rate"]),
        _span(row["rate_low"], row["rate_high"]),
        "yes" if row["is_as_expected"] else "no",
    )


def _line(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _percent(value: float) -> str:
    return f"{value * 100:.1f} %"


def _span(low: float, high: float) -> str:
    return f"{low * 100:.0f} to {high * 100:.0f} %"


def main() -> None:
    """Make the sample company, read it in, and write the page."""
    with tempfile.TemporaryDirectory() as folder, open_workspace(Path(folder) / "w") as workspace:
        [book] = sample.write(Path(folder) / "book", until=AS_OF)
        assert imports.import_file(workspace, book).error is None
        PAGE.write_text(page(workspace), encoding="utf-8")
    print(PAGE)


if __name__ == "__main__":
    main()
