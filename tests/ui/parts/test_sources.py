"""The rows a fact comes from: there at once, their cells as soon as the file is read."""

import threading
from datetime import date

import pytest

from tend.ingest.results import Cells
from tend.language import text
from tend.store.facts import row_cells
from tend.ui.parts import sources
from tend.ui.state import data
from tend.view import View
from tests.kit.driver import html, opened_in_frame
from tests.ui.conftest import LANGUAGES, Open

AS_OF = date(2026, 9, 30)


@pytest.mark.parametrize("language", LANGUAGES)
def test_cells_of_a_large_file_come_by_themselves(
    opened: Open, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """While it is read the dialog shows all else and says so; then the row has its cells."""
    opened("sample-en")
    contract = data.ask("renewals", View(AS_OF))["contract_id"][-1].as_py()
    is_read, read = threading.Event(), row_cells.of_file

    def slowly(*given) -> Cells:  # type: ignore[no-untyped-def]
        is_read.wait(60)
        return read(*given)

    monkeypatch.setattr(row_cells, "of_file", slowly)
    monkeypatch.setattr(sources, "PATIENCE", 0)
    app = opened_in_frame("data", lang=language, as_of=f"{AS_OF}", contract=contract)
    assert not app.exception
    assert text.say("contract.cells_come", language) in html(app)
    [row] = data.ask("sources", View(date.max), dataset="contracts", key=contract).to_pylist()
    assert f"<td>{row['row_no']}</td>" in html(app)
    assert f"<dd>{contract}</dd>" not in html(app)
    is_read.set()
    monkeypatch.setattr(sources, "PATIENCE", 60)
    app.run()
    assert f"<dd>{contract}</dd>" in html(app)
    assert text.say("contract.cells_come", language) not in html(app)


def test_who_waits_hears_why_it_failed(opened: Open) -> None:
    """What is made beside the pages and fails is an error where it is asked for, and made anew."""
    opened("sample-en")
    tried: list[int] = []

    def fails() -> None:
        tried.append(1)
        raise ValueError("no")

    for number in (1, 2):
        with pytest.raises(ValueError, match="no"):
            data.beside("fails", make=fails, patience=60)
        assert len(tried) == number
