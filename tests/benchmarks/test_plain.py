"""The plain page beside Tend's: the same five charts, and numbers that agree."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from benchmarks import companies
from benchmarks.beside import compared, plain_renewals
from benchmarks.companies import kept
from tend.queries import asking
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.companies import UNTIL

YEAR = View(UNTIL, UNTIL - timedelta(days=364), UNTIL)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Give a company's files."""
    return companies.write(tmp_path_factory.mktemp("files"), customers=300, until=UNTIL)


@pytest.fixture(scope="module")
def workspace(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Give a workspace of the same."""
    place = tmp_path_factory.mktemp("place") / "workspace"
    list(kept.brought(place, files[:2]))
    with open_workspace(place) as opened:
        yield opened


def _plain(files: list[Path], day: date) -> plain_renewals.Figures:
    as_of = pd.Timestamp(day)
    book = plain_renewals.outcomes(*plain_renewals.read(files[0].parent), as_of)
    return plain_renewals.figures(book, as_of)


def test_it_says_what_tend_says(files: list[Path], workspace: Workspace) -> None:
    """Rates of the year and retention agree to two points: plain rules are not all of Tend's."""
    plain = _plain(files, UNTIL)
    ours = asking.run(workspace, "renewal_headline", YEAR).to_pylist()
    found = dict(zip((row["measure"] for row in ours), plain.headline.values(), strict=True))
    for row in ours:
        assert found[row["measure"]] == pytest.approx(row["value"], abs=0.02), row["measure"]
    trend = asking.run(workspace, "retention_trend", View(UNTIL)).to_pylist()
    last = plain.retention[plain.retention["month"] == f"{UNTIL:%Y-%m}"]
    rates = dict(zip(last["measure"], last["rate"], strict=True))
    assert rates["NRR"] == pytest.approx(trend[-1]["nrr"], abs=0.02)
    assert rates["GRR"] == pytest.approx(trend[-1]["grr"], abs=0.02)


def test_it_draws_five_charts(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The page runs, with its charts, and narrows to what is chosen."""
    monkeypatch.setenv("PLAIN_FILES", str(files[0].parent))
    page = AppTest.from_file(str(compared.PLAIN), default_timeout=60).run()
    assert not page.exception
    assert len(page.get("vega_lite_chart")) == 5
    before = [one.value for one in page.metric]
    page.multiselect(key="filter-industry").set_value(["Retail"]).run()
    assert not page.exception
    assert [one.value for one in page.metric] != before
