"""The committed sample files are what their maker writes, and their headers are understood."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from sample_data import make
from tend import ingest, schema

FOLDER = Path(make.__file__).parent
WORKBOOKS = ("tend-small-en.xlsx", "tend-small-zh.xlsx")
TABLES = ("status-table.csv", "续费台账.csv")
UNTIDY = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("untidy-zh/*"))
UNTIDY_BOOKS = [name for name in UNTIDY if name.endswith(".xlsx")]
UNTIDY_TEXTS = [name for name in UNTIDY if not name.endswith(".xlsx")]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All files of the folder, made again."""
    folder = tmp_path_factory.mktemp("sample_data")
    make.main(folder)
    return folder


@pytest.mark.parametrize("name", [*WORKBOOKS, *UNTIDY_BOOKS])
def test_workbooks_are_as_made(made: Path, name: str) -> None:
    """Every sheet and cell is what the generator writes today."""
    kept, fresh = (
        pd.read_excel(folder / name, sheet_name=None, engine="calamine")
        for folder in (FOLDER, made)
    )
    assert list(kept) == list(fresh)
    for sheet, table in kept.items():
        pd.testing.assert_frame_equal(table, fresh[sheet])


@pytest.mark.parametrize("name", [*TABLES, *UNTIDY_TEXTS])
def test_tables_are_as_made(made: Path, name: str) -> None:
    """Every line is what the generator writes today."""
    assert (FOLDER / name).read_bytes() == (made / name).read_bytes()


def test_the_untidy_files_are_all_there(made: Path) -> None:
    """Neither more nor fewer than the generator writes."""
    assert sorted(p.relative_to(made).as_posix() for p in made.glob("untidy-zh/*")) == UNTIDY
    assert len(UNTIDY) == 8


def test_the_ledger_has_every_answer() -> None:
    """Renewed, lost, undecided and blank all occur."""
    with (FOLDER / "续费台账.csv").open(encoding="utf-8-sig", newline="") as file:
        answers = {row["是否续费"] for row in csv.DictReader(file)}
    assert answers == {"是", "否", "待定", ""}


@pytest.mark.parametrize("name", [*WORKBOOKS, *TABLES])
def test_every_row_and_header_is_understood(name: str) -> None:
    """No row is rejected, no sheet is left out, and of the company no column is unused."""
    result = ingest.prepare(FOLDER / name)
    assert result.error is None
    for sheet in result.sheets:
        assert sheet.dataset is not None
        assert sheet.accepted == sheet.rows > 0
    if name in WORKBOOKS:
        # Tasks are what Tend's own rules make of the rest, notebooks what people ask.
        written = [one for one in schema.DATASETS if one not in ("tasks", "notebooks")]
        assert [sheet.dataset for sheet in result.sheets] == written
        assert [sheet.unused for sheet in result.sheets] == [()] * len(written)
        assert [sheet.warnings for sheet in result.sheets] == [0] * len(written)
