"""The section Erasure: shown first, the name typed, a proof; files that wait in tabs go as well."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tend.ui.state import data
from tests.kit.companies import Companies
from tests.kit.driver import html, opened_in_frame, texts
from tests.kit.erasing import byte_search
from tests.kit.erasing import company as erasable
from tests.kit.erasing.company import AS_OF, CHINESE, LONGER

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def place(companies: Companies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the workspace of the company whose names are hard to erase."""
    made, _ = companies.once("erasable", erasable.made)
    shutil.copytree(made / "workspace", tmp_path / "w")
    monkeypatch.setenv("TEND_WORKSPACE", str(tmp_path / "w"))
    yield tmp_path / "w"
    data.close()


def waiting(folder: Path, *names: str) -> AppTest:
    """Drop files in a tab that name customers; they wait for a word."""
    app = opened_in_frame("data", lang="en", as_of=AS_OF.isoformat())
    dropped: list[tuple[str, bytes, str]] = []
    for name in names:
        file = folder / "visits.csv"
        file.write_text(f"Customer name,Date,Type,Note\n{name},2026-05-09,call,x\n", "utf-8")
        dropped.append((f"{len(dropped)}.csv", file.read_bytes(), "text/csv"))
        file.unlink()
    app.file_uploader[0].set_value(dropped).run()
    assert not app.exception
    return app


def test_somebody_is_erased_from_the_page(place: Path, tmp_path: Path) -> None:
    """What would go is shown; another name typed changes nothing; then it is done and proved."""
    tab = waiting(tmp_path, CHINESE, LONGER)
    app = opened_in_frame("settings", lang="en", as_of=AS_OF.isoformat(), part="erasure")
    assert "Nobody has been erased." in html(app)
    app.selectbox(key="erasure_customer_0").select(CHINESE).run()
    app.button(key="erasure_show").click().run()
    there = html(app)
    assert not app.exception
    assert f"The name {CHINESE} goes from all that is kept" in there
    assert "Customers 1, Contracts 1, Surveys 2, Touches 2" in there
    assert "and are let go: 1" in there
    app.text_input(key="erasure_typed").set_value("somebody").run()
    app.button(key="erasure_do").click().run()
    assert "Nothing was erased" in texts(app)
    assert byte_search.found(place, [CHINESE])
    app.text_input(key="erasure_typed").set_value(CHINESE).run()
    app.button(key="erasure_do").click().run()
    assert not app.exception
    assert byte_search.found(place, [CHINESE]) == []
    there = html(app)
    assert "Erased so far: 1." in there
    assert "Erased customer 1 (#1)" in there
    [proof] = [one for one in app.get("download_button") if "proof" in str(one.proto.label)]
    assert proof is not None
    assert json.loads(app.session_state["tend.erasure_proof"])["found"] == []
    # the tab lets go of the file that named them, and keeps the other
    tab.run()
    assert "This file named somebody who was erased" in texts(tab)
    assert LONGER in html(tab)
    app.button(key="erasure_allow_1").click().run()
    assert "imports may bring it again" in html(app)
