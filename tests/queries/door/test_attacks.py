"""The catalogue of attacks: each is refused, or stopped within its limits, with one sentence."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from tend.child import processes
from tend.cli.commands import main
from tend.language import text
from tend.people.person import Person
from tend.queries import asking
from tend.queries.door import asking as door
from tend.queries.door.refused import Refused
from tend.store.audit import pages, texts
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.companies import UNTIL
from tests.kit.sql import attacks, bombs, harmless, joined

ROOT = Path(__file__).parents[3]
DAY = View(UNTIL)
_SECONDS, _MEGA = 0.5, 256
# What a process may take beside the limits of a question: what is loaded, and threads.
_BESIDE = 1_200
ALL = [(kind, sql) for kind, of in attacks.REFUSED.items() for sql in of]
ENDED = {"door_died", "door_memory", "door_seconds"}
STOPPED = {
    *("door_memory", "door_seconds", "door_bytes", "door_nested", "door_long", "door_columns"),
    *("door_wrong", "door_range", "door_table"),
}


def told(workspace: Workspace, sql: str, cells: dict[str, str] | None = None) -> Refused | None:
    """Give why a statement is refused, None where it is answered; no other error comes."""
    try:
        door.ask(workspace.seen_by(Person(sql[:40])), sql, DAY, cells=cells)
    except Refused as refused:
        return refused
    return None


def sound(refused: Refused) -> bool:
    """Tell whether a refusal is one sentence or two in each language, without our insides."""
    said = [refused.message(language) for language in text.LANGUAGES]
    return all(one and "Traceback" not in one and "/tmp/" not in one for one in said)


def test_there_are_enough_of_them() -> None:
    """Over 150, no two alike."""
    everything = [sql for _, sql in ALL] + [*bombs.BOMBS, *bombs.nested().values()]
    assert len(everything) == len(set(everything)) > 300


def test_the_page_gets_a_sentence_for_each(workspace: Workspace) -> None:
    """Read for their order, as the page reads its cells, then asked: none ends its process."""
    read = door.reads_all({str(number): sql for number, (_, sql) in enumerate(ALL)})
    faults = []
    for number, (_, sql) in enumerate(ALL):
        found = read[str(number)]
        refused = found if isinstance(found, Refused) else told(workspace, sql)
        if refused is None or not sound(refused) or refused.code in ENDED:
            faults.append(sql)
    assert faults == []


def test_a_cell_hides_nothing(workspace: Workspace) -> None:
    """What is refused by itself is refused as an earlier cell, too, and said to be there."""
    faults = []
    for _, sql in ALL[::5]:
        refused = told(workspace, "select * from a", {"a": sql})
        if refused is None or (refused.place and refused.cell != "a"):
            faults.append(sql)
    assert faults == []


def test_texts_together_are_no_other_statement(workspace: Workspace) -> None:
    """Cells and a statement, each of which passes alone, run nothing that would not."""
    faults = []
    for sql, cells in joined.TOGETHER:
        refused = told(workspace, sql, dict(cells))
        if refused is None or not sound(refused) or refused.code in ENDED | {"door_wrong"}:
            faults.append(sql)
    assert faults == []


def test_what_only_looks_bad_is_answered(workspace: Workspace) -> None:
    """A text is a text: it is neither run nor refused."""
    for sql, value in harmless.HARMLESS.items():
        [row] = door.ask(workspace, sql, DAY).table.to_pylist()
        assert list(row.values()) == [value], sql


def test_the_log_has_one_line_for_each(workspace: Workspace) -> None:
    """Whatever signs a statement has, it is one line to every reader, and reads back as it was."""
    assert told(workspace, attacks.FORGED) is None
    page = pages.page(workspace.path, pages.Wanted(what="sql"), most=1)
    assert page.texts == {page.lines[0].number: attacks.FORGED}
    last = (workspace.path / texts.FILE).read_text(encoding="utf-8").splitlines()[-1]
    assert json.loads(last)["text"] == attacks.FORGED
    assert "\u202e" not in last


@pytest.mark.parametrize("value", ["\ud800", "a\0", [{"\ud800": 1}]])
def test_parameters_are_text(workspace: Workspace, value: object) -> None:
    """Halves of signs, as a terminal may hand over, end no process."""
    with pytest.raises(Refused) as caught:
        door.ask(workspace, "select $given", DAY, given={"given": value})
    assert caught.value.code == "door_signs"


def test_the_command_says_one_line_for_each(workspace: Workspace) -> None:
    """`tend sql` in another's workspace: exit 1, nothing printed, one line of errors."""
    faults = []
    for kind, sql in [one for number, one in enumerate(ALL) if number % 3]:
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(["sql", "--workspace", str(workspace.path), f" {sql}"])
        lines = err.getvalue().splitlines()
        if (code, out.getvalue(), len(lines)) != (1, "", 1) or not lines[0].startswith("tend: "):
            faults.append((kind, sql, code, lines))
    assert faults == []


@pytest.mark.parametrize("sql", ["select * from '/etc/passwd'", "select repeat('x', 2000000000)"])
def test_the_command_as_a_process(workspace: Workspace, sql: str, tmp_path: Path) -> None:
    """It ends with 1 and one sentence, and leaves no file where it was run."""
    words = [sys.executable, "-m", "tend", "sql", "--workspace", str(workspace.path), sql]
    done = subprocess.run(
        words, cwd=tmp_path, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert list(tmp_path.glob("*.csv")) == []


def test_bombs_are_stopped_while_others_are_answered(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within its seconds and megabytes; a page's question waits for none of them."""
    limits = door._limits  # of the settings, but for seconds: fewer than these allow are enough
    monkeypatch.setattr(door, "_limits", lambda said: replace(limits(said), seconds=_SECONDS))
    workspace.set("door_memory_mb", _MEGA)
    alone = median(asked(workspace, 20))
    both = [*bombs.BOMBS, *bombs.nested().values()]
    peak = 0
    with ThreadPoolExecutor(2) as threads:
        work = [threads.submit(timed, workspace, sql) for sql in both]
        beside = []
        while not all(one.done() for one in work):
            beside += asked(workspace, 3)
            peak = max([peak, *memory()])
        found = [one.result() for one in work]
    late = [sql[:80] for sql, (_, took) in zip(both, found, strict=True) if took > _SECONDS + 4]
    assert late == []
    codes = {refused.code for refused, _ in found if refused}
    assert {"door_memory", "door_seconds"} <= codes <= STOPPED
    assert sum(refused is None for refused, _ in found) <= 8
    assert peak < _MEGA + _BESIDE
    assert median(beside) < 3 * alone + 0.02
    assert door.ask(workspace, "select 1 as x", DAY).table.num_rows == 1


def timed(workspace: Workspace, sql: str) -> tuple[Refused | None, float]:
    """Ask, and tell how long it took; no two have the same asker."""
    began = time.monotonic()
    return told(workspace, sql), time.monotonic() - began


def asked(workspace: Workspace, times: int) -> list[float]:
    """Ask what a page asks, so many times; give the seconds of each."""
    found = []
    for _ in range(times):
        began = time.monotonic()
        asking.run(workspace, "data_sets", DAY)
        found.append(time.monotonic() - began)
    return found


def median(values: Sequence[float]) -> float:
    """Give the one in the middle."""
    return sorted(values)[len(values) // 2]


def memory() -> Iterator[int]:
    """Give the megabytes that each child holds now."""
    for one in processes.running:
        pid = one.process.pid
        try:
            for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
                pages = int(Path(f"/proc/{child}/statm").read_text().split()[1])
                yield pages * 4096 // 1024**2
        except (OSError, IndexError):
            continue
