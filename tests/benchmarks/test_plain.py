"""The plain page beside Tend's: the same five charts, and numbers that agree."""

from collections.abc import Iterator
from datetime import timedelta
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

AS_OF = pd.Timestamp(UNTIL)
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


@pytest.fixture(scope="module")
def book(files: list[Path]) -> pd.DataFrame:
    """Give the plain page's contracts, followed to their ends."""
    return plain_renewals.outcomes(*plain_renewals.read(files[0].parent), AS_OF)


def test_each_contract_ends_alike(book: pd.DataFrame, workspace: Workspace) -> None:
    """The plain page and Tend say the same of every contract of the year, and of its ARR."""
    is_in = (book["end_date"] > AS_OF - plain_renewals.YEAR) & (book["end_date"] <= AS_OF)
    plain = book[is_in].set_index("contract_id")
    ours = asking.run(workspace, "renewals", YEAR).to_pandas().set_index("contract_id")
    assert plain["outcome"].str.replace(" ", "_").to_dict() == ours["outcome"].to_dict()
    assert plain["arr"].to_dict() == pytest.approx(ours["arr"].to_dict())


def test_it_says_what_tend_says(book: pd.DataFrame, workspace: Workspace) -> None:
    """Rates of the year, and retention of each month, are the same."""
    plain = plain_renewals.figures(book, AS_OF)
    ours = asking.run(workspace, "renewal_headline", YEAR).to_pylist()
    assert list(plain.headline.values()) == pytest.approx([row["value"] for row in ours])
    trend = asking.run(workspace, "retention_trend", View(UNTIL)).to_pylist()
    months = plain.retention.pivot(index="month", columns="measure", values="rate")
    for row in trend[-len(months) :]:
        month = months.loc[f"{row['month']:%Y-%m}"]
        assert (month["NRR"], month["GRR"]) == pytest.approx((row["nrr"], row["grr"]))


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
