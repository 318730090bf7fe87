"""One clock: the day Tend opens on, what it says of old data, and the way to another day (M36)."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest

from tend.queries import asking
from tend.ui.frame.navigation import PAGES, WITHOUT_VIEW
from tend.ui.state import data
from tend.view import View
from tests.kit.companies import Companies
from tests.kit.driver import html, opened_in_frame

AGO = timedelta(days=60)
# Sheets of activity, and their column of days.
DAYS = {
    "Touches": "Touch date",
    "Surveys": "Answered on",
    "Tickets": "Opened on",
    "Renewal stages": "Entered on",
}


@pytest.fixture(scope="module")
def ends(companies: Companies) -> Iterator[dict[str, date]]:
    """Let the app open the sample cut off 60 days ago; give each sheet's newest day, read apart."""
    how = {"customers": 40, "until": date.today() - AGO}
    [path] = companies.books(**how)
    book = openpyxl.load_workbook(path, read_only=True)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("TEND_WORKSPACE", str(companies.sample(**how)))
        found = {}
        for name, column in DAYS.items():
            rows = book[name].iter_rows(values_only=True)
            place = next(rows).index(column)
            found[name] = max(row[place].date() for row in rows)
        yield found
        data.close()


def causes(day: date) -> Counter[str]:
    """Count what rules would ask for on a day, and what is made already."""
    asked = asking.run(data.workspace(), "task_causes", View(day))["cause"].to_pylist()
    made = asking.run(data.workspace(), "tasks", View(date.max), states=None)["cause"].to_pylist()
    return Counter([*asked, *made])


def test_stale_data_open_on_their_newest_day(ends: dict[str, date]) -> None:
    """All is shown as of the newest day, and said; from today it is one click, and one back."""
    day = max(ends.values())
    app = opened_in_frame("renewals", lang="en")
    said = html(app)
    ago = (date.today() - day).days
    assert f"All is shown as of {day}: the newest data are {ago} days old (" in said
    for sheet, last in ends.items():
        assert re.search(rf"{sheet}[^;:(]*: {last}", said)
    assert "as_of" not in app.query_params
    app.button(key="look_from_today").click().run()
    assert app.query_params["as_of"] == str(date.today())
    assert "is not counted as zero" in html(app)
    app.button(key="newest").click().run()
    assert "as_of" not in app.query_params


def test_no_alarm_comes_from_missing_data(ends: dict[str, date]) -> None:
    """Every page opens on the last day, from which rules look; opening a page makes no task."""
    day = max(ends.values())
    wanted = causes(day)
    for page in PAGES:
        app = opened_in_frame(page, lang="en")
        assert not app.exception
        said = f"All is shown as of {day}: "
        assert ("over two weeks old" if page in WITHOUT_VIEW else said) in html(app)
    assert causes(day) == wanted
    for seen in (day, date.today()):
        assert asking.run(data.workspace(), "tasks", View(seen), states=None).num_rows == 0


def test_what_is_missing_is_no_zero(ends: dict[str, date]) -> None:
    """From today: who was touched this month is not known, and nobody is called untouched."""
    day, today = max(ends.values()), date.today()
    app = opened_in_frame("workbench", lang="en", as_of=str(today))
    assert f"Touches: none after {ends['Touches']}." in html(app)
    assert "What is entered here" not in html(app)
    app = opened_in_frame("workbench", lang="en")
    assert f"counts from today, {today}: on this view of {day}" in html(app)

    def ask(name: str, view: View) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = asking.run(data.workspace(), name, view).to_pylist()
        return rows

    [summary] = ask("workbench_summary", View(today))
    assert (summary["touched"], summary["touch_rate"]) == (None, None)
    assert ask("untouched", View(today)) == []
    assert {row["touch_rate"] for row in ask("csm_coverage", View(today))} == {None}
    asked = {row["cause"] for row in ask("task_causes", View(today))}
    assert "not_touched" not in asked
    used = [row for row in ask("usage_states", View(today)) if row["customers"]]
    assert used[-1]["not_at_all"] <= ask("usage_states", View(day))[-1]["not_at_all"]
