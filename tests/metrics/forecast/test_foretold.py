"""What was foretold of decided contracts: the list behind both calibrations and the backtest."""

import pytest

from tend.view import View
from tests.kit.companies import UNTIL
from tests.kit.samples.health import Sample

RENEWED = {"renewed_on_time", "renewed_late", "renewed_early"}


@pytest.mark.parametrize("filters", [(), (("size", ("mid", "large")),)], ids=["all", "filtered"])
def test_contracts_make_the_figures(
    english: Sample, filters: tuple[tuple[str, tuple[str, ...]], ...]
) -> None:
    """Grouped again in Python: tenths of chances, quadrants, fifths; cases, renewed, bounds."""
    view = View(UNTIL, filters=filters)
    rows = english.rows("foretold_contracts", view)
    for figure, key, value in (
        ("forecast_calibration", "chance_from", "chance"),
        ("health_backtest", "quadrant", "quadrant"),
        ("health_calibration", "fifth", "score"),
    ):
        marks = english.rows(figure, view)
        assert len(marks) > 1
        for mark in marks:
            if key == "chance_from":
                own = [
                    row
                    for row in rows
                    if row["chance"] is not None
                    and min(9, int(round(row["chance"] * 10, 9))) == round(mark[key] * 10)
                ]
                mean = sum(row["chance"] for row in own) / len(own)
                assert mean == pytest.approx(mark["expected_rate"])
            else:
                own = [row for row in rows if row[key] == mark[key]]
            counted = len(own), sum(row["outcome"] in RENEWED for row in own)
            assert counted == (mark["contracts"], mark["renewed"])
            if key == "fifth":
                scores = [row[value] for row in own]
                assert (min(scores), max(scores)) == (mark["score_from"], mark["score_to"])
