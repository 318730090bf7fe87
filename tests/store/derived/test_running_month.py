"""Health of a day in the month that is running: no month end tells of what was entered since."""

from datetime import date

from tend.queries import asking
from tend.store.facts import entries
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.companies import Companies


def test_an_answer_of_today_counts_today(companies: Companies) -> None:
    """An answer after an entry of today is that of a workspace that kept nothing."""
    today = View(date.today())
    with open_workspace(companies.sample(customers=40, until=date.today())) as workspace:
        before = asked(workspace, today)
        words = asking.words("health_on_day")
        stands = workspace.snapshots.marks(workspace).of(words)
        for number in range(1, 6):
            fact = {"customer_id": f"C000{number}", "answered_on": today.as_of, "nps": 0.0}
            entries.enter(workspace, "surveys", [fact | {"respondent": "Ann"}])
        later = asked(workspace, today)
        assert workspace.snapshots.marks(workspace).of(words) > stands
        path = workspace.path
    with open_workspace(path) as workspace:
        assert later == asked(workspace, today)
    assert later != before


def asked(workspace: Workspace, view: View) -> list[dict[str, object]]:
    """Give health of a day."""
    rows: list[dict[str, object]] = asking.run(workspace, "health_on_day", view).to_pylist()
    return rows
