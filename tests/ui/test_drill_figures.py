"""From a mark of the figures of two dimensions to its contracts: as many as the mark says."""

import pytest

from tend import drill, queries
from tend.cells import CELLS
from tend.ui import data
from tend.view import PERIODS, View, window
from tests.ui.conftest import Open
from tests.ui.test_movement import AS_OF

YEAR = View(AS_OF, *window("last_12_months", AS_OF))
CASES = (
    ("renewals_matrix", YEAR.grouped("industry").split("size"), "contracts"),
    ("renewals_matrix", YEAR.grouped("size").split("month"), "contracts"),
    ("renewals_matrix", YEAR.grouped("csm").split("quarter"), "contracts"),
    ("losses_by_segment", YEAR.grouped("industry"), "contracts"),
    ("renewals_change", YEAR.grouped("size").split("region"), "decided"),
    ("renewals_change", YEAR.grouped("size"), "decided"),
)


@pytest.mark.parametrize(("name", "view", "measure"), CASES, ids=str)
def test_every_mark_leads_to_its_contracts(
    opened: Open, name: str, view: View, measure: str
) -> None:
    """Each mark's list holds as many contracts as its figure counts, and survives the address."""
    opened("sample-en")
    cell = CELLS[name]
    rows = queries.run(data.workspace(), cell.query, cell.ask(view)).to_pylist()
    assert rows
    for row in rows:
        picked = {column: str(row[column]) for column, _ in cell.behind}
        assert drill.read(cell, drill.written(cell, picked)) == picked
        asked, own = drill.listed(cell, view, picked)
        listed = queries.run(
            data.workspace(), "renewals", asked, **{"reason_group": None, **own}
        ).to_pylist()
        if measure == "decided":
            listed = [one for one in listed if one["outcome"] not in ("due", "overdue")]
        assert len(listed) == row[measure], picked


def test_the_second_dimension_is_a_period_or_not() -> None:
    """Periods look back from the window's end, other dimensions keep to the window."""
    ask = CELLS["renewals_matrix"].ask
    for period in PERIODS:
        assert ask(YEAR.split(period)).start != YEAR.start
    assert ask(YEAR.split("size")) == YEAR.split("size")
