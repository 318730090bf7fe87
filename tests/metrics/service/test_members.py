"""Members of rates and shares: each list equals a calculation from the workbook's own rows."""

from collections import Counter
from datetime import date
from typing import Any

import pandas as pd
import pytest

from tend.view import View
from tests.kit.companies import UNTIL
from tests.kit.samples.health import Sample

Row = dict[str, Any]
MONTH = date(2025, 10, 31)
NOBODY = View(UNTIL)


@pytest.fixture(scope="module")
def sheets(english: Sample) -> dict[str, pd.DataFrame]:
    """Give the sheets of the sample company's workbook."""
    [path] = english.workspace.uploads.iterdir()
    return pd.read_excel(path, sheet_name=None, engine="openpyxl")


def test_touched_customers(english: Sample, sheets: dict[str, pd.DataFrame]) -> None:
    """Of a CSM in a month: as many touches as the sheet has, and as many customers as the rate."""
    touches = sheets["Touches"]
    days = pd.to_datetime(touches["Touch date"]).dt.to_period("M")
    made = Counter(touches[days == pd.Period("2025-10")]["Customer ID"])
    rates = english.rows("touch_rate", NOBODY.between(date(2025, 10, 1), MONTH))
    for rate in rates:
        asked = {"csm_now": rate["csm"], "in_month": "2025-10-01"}
        rows = english.rows("touched_customers", NOBODY, **asked)
        assert len(rows) == rate["customers"]
        assert {row["customer_id"]: row["touches"] for row in rows} == {
            row["customer_id"]: made[row["customer_id"]] for row in rows
        }
        assert sum(row["touches"] > 0 for row in rows) == rate["touched"]
    assert len(rates) > 3


def test_respondents(english: Sample, sheets: dict[str, pd.DataFrame]) -> None:
    """One row per customer and person with the newest score of 12 months; the NPS follows."""
    asked = sheets["Surveys"].dropna(subset=["NPS", "Respondent"]).copy()
    asked["day"] = pd.to_datetime(asked["Answered on"]).dt.date
    first = date(UNTIL.year - 1, UNTIL.month, UNTIL.day)
    asked = asked[(asked["day"] > first) & (asked["day"] <= UNTIL)].sort_values("day")
    newest = asked.groupby(["Customer ID", "Respondent"]).last()
    rows = english.rows("nps_respondents", NOBODY)
    found = {(row["customer_id"], row["respondent"]): row for row in rows}
    named = {key: value for key, value in found.items() if key in newest.index}
    assert len(named) == len(newest) > 50
    for key, row in named.items():
        assert (row["nps"], row["answered_on"]) == (newest.loc[key]["NPS"], newest.loc[key]["day"])
    [nps] = english.rows("nps", NOBODY)
    scores = [row["nps"] for row in rows]
    promoters, detractors = sum(s >= 9 for s in scores), sum(s <= 6 for s in scores)
    assert nps["nps"] == pytest.approx(100 * (promoters - detractors) / len(scores))


def test_states_of_use_and_stages_of_life(english: Sample) -> None:
    """The customers of each month and stage, counted one by one, are what the figures say."""
    [shares] = english.rows("usage_states", NOBODY.between(MONTH, MONTH))
    rows = english.rows("usage_state_customers", NOBODY, month_end=f"{MONTH}")
    states = Counter(row["state"] for row in rows)
    assert {name: states[name] for name in ("well", "badly", "not_at_all", "unknown")} == {
        name: shares[name] for name in ("well", "badly", "not_at_all", "unknown")
    }
    assert sum(row["arr"] for row in rows) == pytest.approx(shares["arr"])
    for stage in english.rows("lifecycle", NOBODY):
        listed = english.rows("lifecycle_customers", NOBODY, stage=stage["stage"])
        assert len(listed) == stage["customers"]
        assert sum(row["arr"] for row in listed) == pytest.approx(stage["arr"])
