"""Many files come into a watched folder, whoever is killed meanwhile: each is in exactly once."""

import io
import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from tend.cli.commands import main
from tend.store import maintenance
from tend.store.copies.folder import content_hash
from tend.store.facts import imports
from tend.store.workspace import Workspace, open_workspace
from tend.ui.state import data
from tests.kit.processes import wait_until
from tests.kit.server import ROOT
from tests.kit.watched.watching import drop, watching

pytestmark = pytest.mark.timeout(180)
# TEND_WATCHED_FILES=50: as many as come in a busy week.
FILES = int(os.environ.get("TEND_WATCHED_FILES", "12"))
STRANGE = "Planet,Moons,Rings\nSaturn,146,yes\nMars,2,no\n"
HEAD = ("Contract no", "Customer", "Start date", "End date", "ARR")


def rows(number: int) -> list[tuple[str, str, str, str, int]]:
    """Give three contracts; neighbours tell of one in common, so that the later word counts."""
    return [
        (f"K{at}", f"Customer {at % 17}", "2024-01-15", "2025-01-14", 9000 + 100 * number + at)
        for at in (2 * number, 2 * number + 1, 2 * number + 2)
    ]


def files() -> list[tuple[str, bytes]]:
    """Write many files as CSV and Excel, some below, in a random order."""
    found = []
    for number in range(FILES):
        table = [HEAD, *rows(number)]
        if number % 2:
            words = "\n".join(",".join(map(str, row)) for row in table)
            found.append((f"list {number}.csv", words.encode()))
        else:
            book, written = openpyxl.Workbook(), io.BytesIO()
            for row in table:
                book.active.append(row)
            book.save(written)
            found.append((f"month {number % 3}/合同 {number}.xlsx", written.getvalue()))
    random.Random(17).shuffle(found)
    return found


def status(path: Path, *more: str) -> str:
    """Give what another process reads of the workspace."""
    words = [sys.executable, "-m", "tend", "status", "--workspace", str(path), *more]
    ran = subprocess.run(words, capture_output=True, check=True, cwd=ROOT, text=True)
    return ran.stdout


def facts(workspace: Workspace) -> list[object]:
    """Give all that was taken in, with the rows it comes from: contracts and customers."""
    with workspace.cursor() as cursor:
        return [
            cursor.execute(f"from {table} order by all").fetchall()
            for table in ("stg_contracts", "stg_customers")
        ]


def test_many_files_are_in_once_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In random order and pieces; the watcher is killed alone, then beside a server that holds
    the workspace: each content is one import, and all is as if they were imported by hand."""
    path, folder, came = tmp_path / "w", tmp_path / "drop", files()
    folder.mkdir()
    monkeypatch.setenv("TEND_WORKSPACE", str(path))
    twice = [(f"{name} again.csv", content) for name, content in came[:2]]
    first, second = came[: FILES // 3], [*came[FILES // 3 :], *twice]
    begins, comes = (threading.Thread(target=drop, args=(folder, one)) for one in (first, second))
    begins.start()
    with watching(folder, path) as alone:
        alone.heard(": in, 3 rows")
    begins.join()
    with watching(folder, path) as beside:
        beside.heard("Watching")
        workspace = data.workspace()  # the server opens it, and takes over
        try:
            comes.start()
            before = len(imports.history(workspace))
            wait_until(lambda: len(imports.history(workspace)) > max(before, len(first)))
            beside.kill()
            comes.join()
            with watching(folder, path) as last:
                all_in(workspace)
                last.heard("came before")
                assert last.end() == 0
        finally:
            data.close()
    assert [one for one in (path / "inbox").iterdir() if one.suffix in (".slip", ".copy")] == []
    check(tmp_path, path, folder)


def all_in(workspace: Workspace) -> None:
    """Wait until as many imports are there as files came; each within bounds of its own."""
    for count in range(FILES):
        wait_until(lambda: len(imports.history(workspace)) > count)  # noqa: B023 - at once


def check(tmp_path: Path, path: Path, folder: Path) -> None:
    """Hold what is in against the same files imported by hand, in the order they went in."""
    places = {one.name: one for one in folder.rglob("*.*")}
    with open_workspace(path) as workspace, open_workspace(tmp_path / "hand") as hand:
        history = list(reversed(imports.history(workspace)))
        found = Counter(str(row["file"]) for row in history)
        assert (len(places), found.total(), set(found.values())) == (FILES + 2, FILES, {1})
        contents = {content_hash(place) for place in places.values()}
        assert {content_hash(places[name]) for name in found} == contents
        with hand.together():
            for row in history:
                assert imports.import_file(hand, places[str(row["file"])]).error is None
        assert facts(workspace) == facts(hand)
        assert maintenance.verify(workspace) == []


def test_both_end_and_begin_again(tmp_path: Path) -> None:
    """A restart asks nothing again; originals stay as they were; a removed file changes nothing;
    folder and workspace that cannot be had are told once, and it goes on."""
    path, folder = tmp_path / "w", tmp_path / "drop"
    with watching(folder, path) as watcher:
        watcher.heard(f"The folder {folder} cannot be read")
        folder.mkdir()
        watcher.heard("It goes on.")
        name, content = files()[0]
        with watcher.without_room():
            drop(folder, [(name, content), ("note.pdf", b"x")])
            watcher.heard("The disk of")
        written = (folder / name).stat()
        as_written = (written.st_mtime_ns, written.st_mode, written.st_size)
        watcher.heard(f"{name}: in, 3 rows")
        with watching(folder, path, is_naming=False) as second:
            second.heard("Another process already watches a folder")
            assert watcher.end(signal.SIGINT) == 0
            now = (folder / name).stat()
            assert (now.st_mtime_ns, now.st_mode, now.st_size) == as_written
            second.heard("1 file here came before")
            (folder / name).unlink()
            (folder / "newer.csv").write_text(STRANGE, encoding="utf-8")
            second.heard(": waits on the Data page.")
            told = status(path)
            assert second.end() == 0
    assert watcher.lines[-1] == "Ended: 1 in, 0 wait, 0 refused."
    assert second.lines[-1] == "Ended: 0 in, 1 waits, 0 refused."
    # where nobody sits at a terminal, files are called by their content
    [waits] = [line for line in second.lines if "waits on" in line]
    assert waits.startswith(
        f"File {content_hash(folder / 'newer.csv')[:12]}: waits on the Data page. ("
    )
    assert not any("newer" in line or Path(name).stem in line for line in second.lines)
    assert [line for line in watcher.lines if "spreadsheet" in line] == [
        "1 other file here is no spreadsheet and is left alone."
    ]
    assert "Watched folder: 1 in, 1 waits, 0 refused." in told
    assert "newer.csv: waits on the Data page." in told
    read = json.loads(status(path, "--json"))
    assert [one["file"] for one in read["imports"]] == [Path(name).name]
    assert [(one["file"], one["state"]) for one in read["watched"]] == [
        ("newer.csv", "waits"),
        (name, "in"),
    ]


@pytest.mark.parametrize(
    "words",
    [["x.csv"], ["--mode", "replace"], ["--json"], ["--mapping", "m.json"], ["--settle", "0"]],
)
def test_wrong_use_is_told(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What has no meaning for files to come is refused with exit code 2."""
    try:
        code = main(
            ["import", "--watch", str(tmp_path), "--workspace", str(tmp_path / "w"), *words]
        )
    except SystemExit as stop:
        code = int(str(stop.code))
    assert code == 2
    assert capsys.readouterr().err


def test_the_workspace_itself_is_not_watched(tmp_path: Path) -> None:
    """Nor a folder in it, nor a file."""
    path = tmp_path / "w"
    (path / "in").mkdir(parents=True)
    (tmp_path / "a.csv").write_text("a", encoding="utf-8")
    for folder in (path, path / "in", tmp_path / "a.csv"):
        assert main(["import", "--watch", str(folder), "--workspace", str(path)]) == 2
