"""The reading process: what it is told and what it hands over, its limits, and whose turn it is."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tend.ingest import prepare, temporary
from tend.ingest.reading_process import exchange
from tend.ingest.reading_process.exchange import Asked
from tend.ingest.results import Known, Limits, Options, Remembered
from tend.language.errors import TendError
from tests.ingest.conftest import Rows, check_all
from tests.kit.files.corpus import LEDGER, book

ROOT = Path(__file__).parents[3]
Write = Callable[[Mapping[str, Rows]], Path]


def test_what_is_asked_comes_over_whole(tmp_path: Path) -> None:
    """Path, name, options, limits, mappings and what is known are the same on the other side."""
    told = Remembered("contracts", {"客户 “A”\n": "customer_name", "x": ""})
    options = Options("mdy", {"S": "usage"}, Limits(seconds=3, rows=7), {"S": told}, "big5")
    asked = Asked(tmp_path / "文件.csv", "名\ud800字.csv", options)
    known = Known(frozenset({"1", "乙"}), {"甲": frozenset({"1", "2"})}, {"abc": told})
    exchange.write_asked(tmp_path, asked)
    exchange.write_known(tmp_path, known)
    assert (exchange.asked(tmp_path), exchange.known(tmp_path)) == (asked, known)


def test_what_is_found_comes_over_whole(tmp_path: Path) -> None:
    """Facts, rejected rows, problems, decisions, samples and suggestions are the same as made."""
    rows: Rows = [*LEDGER, ["丙公司", "2024-13-45", "many", "maybe"], ["合计", None, 1, None]]
    listed: Rows = [
        ["Customer name", "Industry", "Amount", "End date"],
        ["A", "Retail", 5, "2024-01-01"],
    ]
    made = check_all({"a": rows, "b": listed, "c": [["x"]]})
    exchange.write_sheets(tmp_path, tuple(made.values()))
    for found, sheet in zip(exchange.sheets(tmp_path, Limits()), made.values(), strict=True):
        assert list(found.problems) == list(sheet.problems)
        assert found.problems[:2] == sheet.problems[:2]
        same = {"problems", "also"}
        assert {k: v for k, v in vars(found).items() if k not in same} == {
            k: v for k, v in vars(sheet).items() if k not in same
        }
        assert found.also == sheet.also


def test_an_answer_has_bounds(tmp_path: Path, write: Write) -> None:
    """What is found in a file and is more than the server keeps is refused in words."""
    exchange.write_sheets(tmp_path, tuple(check_all({"a": LEDGER}).values()))
    with pytest.raises(TendError, match="memory"):
        exchange.sheets(tmp_path, Limits(answer_bytes=1_000))
    result = prepare(write({"a": LEDGER}), options=Options(limits=Limits(answer_bytes=2_000)))
    assert result.error
    assert result.error.code == "reader_memory"


def test_a_reader_without_memory_is_no_crash(tmp_path: Path) -> None:
    """However little memory the machine gives, one sentence says that it was too little."""
    book(LEDGER)(tmp_path / "book.xlsx")
    for mega in (16, 64, 128, 200):
        limits = Limits(memory_bytes=mega * 1024**2)
        result = prepare(tmp_path / "book.xlsx", options=Options(limits=limits))
        assert result.error is None or result.error.code == "reader_memory", mega


def test_a_lower_hard_limit_of_the_machine_is_used(write: Write) -> None:
    """Where nobody may have as much memory as the setting says, files are read with what there is."""
    told = "import sys; from pathlib import Path; from tend.ingest import prepare; "
    told += "print(prepare(Path(sys.argv[1])).error)"
    command = ["sh", "-c", 'ulimit -v 900000 && exec "$@"', "sh", sys.executable, "-c", told]
    path = str(write({"a": LEDGER}))
    done = subprocess.run([*command, path], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("None", "")


def test_a_second_reader_is_told_to_wait(write: Write) -> None:
    """While a file is read another one waits, is told so, and is read then."""
    path = write({"a": LEDGER})
    begun, go_on = threading.Event(), threading.Event()
    steps: list[str] = []

    def slowly() -> Known:
        begun.set()
        go_on.wait(20)
        return Known()

    def note(step: str, _share: float) -> None:
        steps.append(step)
        go_on.set()

    first = threading.Thread(target=prepare, args=(path, slowly))
    first.start()
    assert begun.wait(20)
    second = prepare(path, progress=note)
    first.join(20)
    assert second.error is None
    assert (steps[0], steps[-1]) == ("reader_waiting", "checked")


def test_who_stops_waiting_ends_the_reading(tmp_path: Path) -> None:
    """A page that is left while its file is read takes the reading process with it."""
    path = tmp_path / "book.csv"
    path.write_text("Customer name,End date,Amount\n" + "A,2024-01-01,1\n" * 300_000)

    def leave(step: str, _share: float) -> None:
        if step == "checking":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare(path, progress=leave)
    assert prepare(tmp_path / "none.csv").error
    assert not list(temporary._home().glob("read-*"))


def test_folders_of_killed_processes_are_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Homes without an owner go, also old ones without a lock; the living keep theirs."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(temporary, "_homes", {})
    mine = temporary.lasting("upload")
    dead, old, fresh, other = (tmp_path / f"tend-{n}" for n in ("dead", "old", "fresh", "other"))
    for one in (dead, old, fresh):
        (one / "upload-1").mkdir(parents=True)
    other.write_text("a file")
    (dead / "owner").touch()
    os.utime(old, (0, 0))
    assert temporary.sweep() == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        ["tend-fresh", "tend-other", Path(mine.name).parent.name]
    )
    mine.cleanup()
