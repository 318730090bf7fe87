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
renew, all renewed is within the interval: then no month can come in higher, and the interval is
drawn so that the two in ten that lie outside are all lower. So it is with this small company in
nearly every month; below it is seen with larger ones.

| forecast made | months checked | inside | share | 95 % interval | less | more |
|---|---|---|---|---|---|---|"""
CALIBRATION = """## Chances

Decided contracts by the chance given three month ends before the month of their end. Where the last
column says no, chances of that size were too high or too low.

| chance | contracts | expected | renewed | rate | 95 % interval | expected inside |
|---|---|---|---|---|---|---|"""
TRIED = """## What was tried

Four sample companies of 1,200 customers (`sample.write(folder, until={as_of}, customers=1200,
seed=...)` with seeds 7, 11, 23 and 31), 135 months at each lead, 20 to 200 contracts a month. Cells
are months inside the interval (less/more than it). Once chances came from all decided contracts,
those renewed early too, and all misses were low; then from contracts still undecided at the same
distance from their end, in steps of 90 days and more, 60, 30, 14, 0, -14, -30 and -60. That is the
first line: still 64 months lower and 33 higher, most of them at six months.

| way | 1 month before | 3 before | 6 before | all inside |
|---|---|---|---|---|
| as it was | 104 (21/10) | 104 (14/17) | 100 (29/6) | 76.0 % |
| 1: only contracts whose grace is over | 103 (23/9) | 96 (19/20) | 90 (37/8) | 71.4 % |
| 2: at the exact number of days left | 99 (28/8) | 102 (16/17) | 98 (26/11) | 73.8 % |
| 3: only contracts of about the same term | 104 (11/20) | 101 (15/19) | 97 (28/10) | 74.6 % |
| 4: beyond 90 days go on by 30 days | 104 (21/10) | 104 (14/17) | 94 (30/11) | 74.6 % |
| 5: as 4, chances may be off themselves | 108 (17/10) | 108 (11/16) | 119 (8/8) | 82.7 % |
| 6: as 5, a loss is the surprise | 106 (16/13) | 106 (11/18) | 117 (8/10) | 81.2 % |
| 7: as 6, a customer's contracts together | 107 (16/12) | 106 (11/18) | 118 (8/9) | 81.7 % |
| **8: as 6, nothing above, a fifth below** | 105 (17/13) | 103 (14/18) | 115 (10/10) | 79.8 % |

The eighth is what Tend does: 41 months lower, 41 higher.

- **Why misses were low.** Two causes. A contract six months from its end was held against all that
  were undecided at 90 days, contracts of three months among them, of which nearly all renew: at
  that lead 7,310 renewals were expected and 6,894 came. Going on by 30 days (4) leaves 7,192. And
  in the first year hardly anything is decided: where all of a few had renewed, the chance was 100 %
  and the interval had no width, which any loss misses. Half of the misses at six months were such.
- **Chances may be off themselves** (5). The rate of all at a distance is a beta with one more of
  each outcome, a pool's rate a beta around it that weighs as much as ten contracts; what is in
  doubt of either hits all contracts alike. The chance that is shown stays what it was.
- **A loss is the surprise** (6). Where nine of ten renew, the sum leans: its 10th and its 90th
  percentile both lie lower than those of a normal one.
- **Nothing above, a fifth below** (8). Where all renewed lies within the interval it begins at the
  20th percentile. Four companies of 240 customers, nearly all of whose months are such, have 81 to
  86 % inside with it and 86 to 90 % without.
- **What did not help.** Leaving out fresh contracts (1) loses what is newest. Exact days (2) make
  small pools. Terms (3) mend one month ahead and spoil the rest. Customers' contracts together (7)
  change nothing here, as the sample decides each on its own; a team's own data may be otherwise.
- **What is left.** More comes than the interval mostly at three months: there the sample's own
  probabilities, from the renewal process, are lower than what comes (66 % said, 90 % renewed)."""
LIMITS = """## What this does not say

- Where a chance is the file's own, the check judges the team's guesses as much as the calculation.
- What hits many customers at once (a price rise, a fault) is in the interval only as far as past
  rates may be off; beyond that outcomes are taken as independent.
- A contract that began and was due within the lead was not known then, and is in no forecast.
- Early months rest on few decided contracts: chances then lie near the overall rate of a few, and
  intervals are wide."""


def page(workspace: Workspace) -> str:
    """Give the page, from a workspace that holds the sample company."""
    checked = asking.run(workspace, "forecast_check", View(AS_OF)).to_pylist()
    leads = {row["lead"]: row for row in checked}
    tenths = asking.run(workspace, "forecast_calibration", View(AS_OF)).to_pylist()
    covered = "\n".join(_coverage(lead, row) for lead, row in leads.items())
    calibrated = "\n".join(_tenth(row) for row in tenths)
    tried = TRIED.format(as_of=AS_OF)
    parts = (f"{COVERAGE}\n{covered}", f"{CALIBRATION}\n{calibrated}", tried, LIMITS)
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
