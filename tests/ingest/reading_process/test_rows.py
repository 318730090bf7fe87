"""Rows of a file read again, as they stand."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tend import ingest
from tend.child import processes
from tend.ingest.results import Limits, Options
from tend.language.errors import TendError
from tests.ingest.conftest import Rows

Write = Callable[[Mapping[str, Rows]], Path]
TOUCHES: Rows = [
    ["Visits of 2026", None, None],
    ["Customer ID", "Touch date", "Note"],
    ["C1", "2026-03-01", " two  spaces "],
    ["C2", None, "@cost"],
]
DEALS: Rows = [["Contract no", "Customer", "Amount"], ["K1", "Alder", 12000.5]]


def test_cells_are_as_they_stand(write: Write) -> None:
    """By the number of their sheet and row; of a sheet or row that is not there, none."""
    path = write({"Deals": DEALS, "Visits": TOUCHES})
    found = ingest.reread(path, {1: [2], 2: [3, 4, 99], 7: [1]}, name="book.xlsx")
    assert found == {
        (1, 2): ("K1", "Alder", "12000.5"),
        (2, 3): ("C1", "2026-03-01", " two  spaces "),
        (2, 4): ("C2", "", "@cost"),
    }


def test_a_text_file_is_read_alike(tmp_path: Path) -> None:
    """Chinese in its own encoding, and a quoted cell of two lines."""
    path = tmp_path / "拜访.csv"
    path.write_bytes('客户名称,日期,备注\n甲公司,2026-03-01,"一\n二"\n'.encode("gb18030"))
    found = ingest.reread(path, {1: [2]}, name=path.name)
    assert found == {(1, 2): ("甲公司", "2026-03-01", "一\n二")}


def test_what_cannot_be_read_is_refused(tmp_path: Path, write: Write) -> None:
    """A file that is gone, and one that asks for too much, end in words."""
    with pytest.raises(TendError):
        ingest.reread(tmp_path / "gone.csv", {1: [1]}, name="gone.csv")
    narrow = Options(limits=Limits(answer_bytes=20))
    with pytest.raises(TendError, match="memory"):
        ingest.reread(write({"Deals": DEALS}), {1: [2]}, narrow, name="book.xlsx")


def test_a_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for another of its rows, however far down, waits for no reading process."""
    path = tmp_path / "touches.csv"
    lines = [f"C{number},2026-03-01,note {number}" for number in range(2, 5002)]
    path.write_text("\n".join(["Customer ID,Touch date,Note", *lines]), "utf-8")
    assert ingest.reread(path, {1: [2]}, name=path.name)[1, 2][0] == "C2"

    def refuse(_work: str, _folder: Path) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(processes, "started", refuse)
    wanted = [1, 2048, 2049, 2050, 4097, 5001, 5002]
    found = ingest.reread(path, {1: wanted}, name=path.name)
    assert [row for _, row in found] == wanted[:-1]
    assert [found[1, row][2] for row in wanted[1:-1]] == [f"note {row}" for row in wanted[1:-1]]
    path.write_text("Customer ID,Touch date,Note\nC9,2026-03-01,other", "utf-8")
    with pytest.raises(AssertionError, match="read again"):
        ingest.reread(path, {1: [2]}, name=path.name)
