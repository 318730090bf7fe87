"""One clock: the day Tend opens on, what it says of old data, and the way to another day (M36)."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from tend.ui.state import data
from tests.kit.companies import Companies
from tests.kit.driver import html, opened_in_frame

AGO = timedelta(days=60)


@pytest.fixture(scope="module")
def stale(companies: Companies) -> Iterator[tuple[Path, Path]]:
    """Let the app open the sample company as it was 60 days ago; give its book and workspace."""
    how = {"customers": 40, "until": date.today() - AGO}
    [book] = companies.books(**how)
    folder = companies.sample(**how)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("TEND_WORKSPACE", str(folder))
        yield book, folder
        data.close()


def newest(book: Path) -> dict[str, date]:
    """Read the newest day of each sheet with activity out of the workbook itself."""
    columns = {
        "Touches": "Touch date",
        "Surveys": "Answered on",
        "Tickets": "Opened on",
        "Renewal stages": "Entered on",
    }
    found = {}
    workbook = openpyxl.load_workbook(book, read_only=True)
    for name, column in columns.items():
        rows = workbook[name].iter_rows(values_only=True)
        place = next(rows).index(column)
        found[name] = max(row[place].date() for row in rows)
    return found


def test_stale_data_open_on_their_newest_day(stale: tuple[Path, Path]) -> None:
    """All is shown as of the newest day, and said; from today it is one click, and one back."""
    day = max(newest(stale[0]).values())
    app = opened_in_frame("renewals", lang="en")
    assert not app.exception
    said = html(app)
    assert str(day) in said
    for sheet, last in newest(stale[0]).items():
        assert f"{sheet} {last}" in said
    assert "as_of" not in app.query_params
    app.button(key="look_from_today").click().run()
    assert app.query_params["as_of"] == str(date.today())
    assert "is not counted as zero" in html(app)
    app.button(key="newest").click().run()
    assert "as_of" not in app.query_params
