"""CSMs' calls: what stands beside each chance, what became of them, and who was right."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from tend.queries import asking
from tend.store.facts import entries, imports
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.companies import UNTIL
from tests.kit.comparing import differences
from tests.kit.samples.health import Sample
from tests.kit.samples.spreadsheets import sheets
from tests.metrics.forecast.test_forecast import chance
from tests.oracle.forecast import calls
from tests.oracle.forecast.calls import Said
from tests.oracle.forecast.forecast import Stage

VIEWS = (
    View(UNTIL),
    View(date(2026, 7, 15), date(2026, 1, 1), date(2026, 6, 30), filters=(("size", ("mid",)),)),
)
CODES = {"Commit": "commit", "At risk": "at_risk", "Lost": "lost"}


@pytest.fixture(scope="module")
def book(english: Sample) -> Mapping[str, pd.DataFrame]:
    """Give the sample workbook, read by pandas alone."""
    [path] = english.workspace.uploads.iterdir()
    return sheets(path)


@pytest.fixture(scope="module")
def said(book: Mapping[str, pd.DataFrame]) -> list[Said]:
    """Give its calls."""
    return [
        Said(
            row["Contract ID"],
            CODES[row["Renewal call"]],
            row["Called on"].date(),
            row["CSM"] if isinstance(row["CSM"], str) else None,
        )
        for row in book["Renewal calls"].to_dict("records")
    ]


@pytest.fixture(scope="module")
def stages(book: Mapping[str, pd.DataFrame]) -> list[Stage]:
    """Give its renewal process."""
    return [
        Stage(r["Contract ID"], r["Entered on"].date(), chance(r["Probability"]), r["Stage"])
        for r in book["Renewal stages"].to_dict("records")
    ]


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_who_was_right(english: Sample, said: list[Said], stages: list[Stage], view: View) -> None:
    """Every cell of the three queries, from the spreadsheet and the forecasts of those days."""
    ones = calls.held(english.health, view, said, stages)
    assert len(ones) > 10
    told = english.rows("call_contracts", view, call=None)
    assert differences("call_contracts", told, calls.call_contracts(ones)) == []
    outcomes = english.rows("call_outcomes", view)
    assert differences("call_outcomes", outcomes, calls.call_outcomes(ones)) == []
    company = english.health.company
    for group in (None, "size", "csm"):
        names = [company.segment(one.deal, group, view.as_of) for one in ones]
        if group == "csm":  # who made the call, else the customer's
            names = [one.said.csm or name for one, name in zip(ones, names, strict=True)]
        rows = english.rows("call_record", view.grouped(group))
        assert differences("call_record", rows, calls.call_record(ones, names)) == []


@pytest.mark.parametrize("as_of", [UNTIL, date(2026, 8, 20)])
def test_the_newest_call_stands_beside_the_chance(
    english: Sample, said: list[Said], as_of: date
) -> None:
    """As of each day; the total adds them up, and counts where call and model are at odds."""
    rows = english.rows("renewal_forecast", View(as_of))
    newest: dict[str, Said] = {}
    for made in sorted(said, key=lambda one: one.day):
        if made.day <= as_of:
            newest[made.contract_id] = made
    called = 0
    for row in rows:
        one = newest.get(row["contract_id"])
        assert (row["call"], row["called_on"]) == ((one.call, one.day) if one else (None, None))
        odds = {"commit": row["probability"] < 0.5, "lost": row["probability"] >= 0.5}
        assert row["is_at_odds"] == (one is not None and odds.get(one.call, False))
        called += one is not None
    assert called
    [total] = english.rows("renewal_forecast_total", View(as_of))
    frame = pd.DataFrame(rows)
    arr = frame.groupby(frame["call"].fillna("none"))["arr"].sum()
    columns = {"commit": "committed_arr", "at_risk": "doubted_arr", "lost": "given_up_arr"}
    for call, column in {**columns, "none": "uncalled_arr"}.items():
        assert total[column] == pytest.approx(arr.get(call, 0))
    assert (total["called"], total["at_odds"]) == (called, frame["is_at_odds"].sum())
    overdue = frame[frame["outcome"] == "overdue"]
    assert (total["overdue"], total["overdue_arr"]) == (len(overdue), overdue["arr"].sum())
    assert total["expected_rate"] == pytest.approx(total["expected_arr"] / total["arr"])


def test_a_call_after_the_decision_is_no_call(workspace: Workspace, tmp_path: Path) -> None:
    """What was said while it was open counts, of a day the newest word; odd words say nothing."""
    path = tmp_path / "book.csv"
    path.write_text(
        "Contract no,Customer,Start date,End date,Amount,Signed date\n"
        "K1,N,2024-01-01,2024-12-31,100,2023-12-01\nK2,N,2025-01-01,2025-12-31,90,2024-12-10\n",
        encoding="utf-8",
    )
    assert imports.import_file(workspace, path).error is None

    def keep(call: str, day: date) -> int:
        fact = {"contract_id": "K1", "call": call, "called_on": day, "csm": "Mara"}
        return entries.enter(workspace, "calls", [fact])

    def known(as_of: date = date(2025, 6, 30)) -> list[tuple[str, date]]:
        rows = asking.run(workspace, "call_contracts", View(as_of), call=None).to_pylist()
        return [(row["call"], row["called_on"]) for row in rows]

    keep("At risk", date(2024, 11, 1))
    keep("dunno", date(2024, 11, 20))
    keep("lost", date(2024, 12, 10))  # signed that day
    keep("lost", date(2025, 2, 1))
    assert known() == [("at_risk", date(2024, 11, 1))]
    again = keep("承诺", date(2024, 11, 1))
    assert known() == [("commit", date(2024, 11, 1))]
    imports.undo(workspace, again)
    assert known() == [("at_risk", date(2024, 11, 1))]
    assert known(date(2024, 11, 30)) == []  # nothing is decided yet
    [open_one] = [
        row
        for row in asking.run(workspace, "renewal_forecast", View(date(2024, 11, 30))).to_pylist()
        if row["contract_id"] == "K1"
    ]
    assert (open_one["call"], open_one["called_by"]) == ("at_risk", "Mara")
    months = timedelta(days=3 * 366)
    assert known(date(2025, 6, 30) + months) == []  # over three years ago
