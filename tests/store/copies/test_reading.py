"""A server that only reads: it says what the writer says, writes nothing, and lets copies go."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tend.acts import notebooks
from tend.language.errors import TendError
from tend.notebook.cells import Cell, Notebook
from tend.people.person import Person
from tend.queries import asking, library
from tend.store.copies import reading
from tend.store.facts import entries, imports, row_cells
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.companies import UNTIL, Companies
from tests.kit.people import largest_csm
from tests.kit.server import ROOT
from tests.kit.tools.elsewhere import WRITER, copied, reads_only, told

VIEW = View(UNTIL, date(2025, 10, 1), UNTIL)
TOUCH = {"customer_id": "C0001", "touched_on": UNTIL, "kind": "visit", "note": "entered by hand"}


@pytest.fixture(scope="module")
def two(
    companies: Companies, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Workspace, Workspace]]:
    """Give the sample company with entries as it is held, and as another server reads it."""
    with open_workspace(companies.sample(customers=60, years=2)) as held:
        ann = held.seen_by(Person("Ann"))
        entries.enter(ann, "touches", [TOUCH])
        cells = (Cell("one", "sql", "select count(*) as n from customers"),)
        notebooks.keep(ann, Notebook(notebooks.new_id("x"), "Ann's", cells))
        yield held, copied(held, tmp_path_factory.mktemp("state"))


def answers(workspace: Workspace) -> dict[str, list[str]]:
    """Give what every named query says, as texts in an order; sums to nine digits."""
    [row, *_] = asking.run(workspace, "renewals", VIEW).to_pylist()
    given = {
        "dimensions": list(asking.dimensions(workspace)),
        "customer_id": row["customer_id"],
        "contract_id": row["contract_id"],
    }
    found = {}
    for name, query in library.queries().items():
        more = {"dataset": "contracts", "key": row["customer_id"]} if name == "sources" else {}
        known = {**given, **more}
        own = {key: value for key, value in known.items() if key in query.parameters}
        rows = asking.run(workspace, name, VIEW, **own).to_pylist()
        found[name] = sorted(str({key: _plain(one) for key, one in row.items()}) for row in rows)
    return found


def _plain(value: Any) -> str:
    return f"{value:.9g}" if isinstance(value, float) else str(value)


@pytest.mark.parametrize("who", ["all", "own", "masked"])
def test_every_named_query_says_the_same(two: tuple[Workspace, Workspace], who: str) -> None:
    """For who sees all, for who sees some customers, and for who sees no persons."""
    held, read = two
    csm = largest_csm(held)
    person = {
        "all": Person("Ann"),
        "own": Person("Otto", "csm", "p4", csms=(csm,), sees_all=False),
        "masked": Person("Rob", "reviewer", "p5", is_masked=True),
    }[who]
    here, there = (answers(one.seen_by(person)) for one in (held, read))
    # a person's sign is drawn anew by each process
    signed = {name for name, rows in here.items() if any("*** " in row for row in rows)}
    assert {name for name in here if here[name] != there[name]} <= signed
    assert {name: len(rows) for name, rows in here.items()} == {
        name: len(rows) for name, rows in there.items()
    }
    assert bool(signed) is (who == "masked")
    assert sum(map(len, there.values())) > 1_000


@pytest.mark.parametrize("name", ["Ann", "Otto"])
def test_cells_of_rows_are_there(two: tuple[Workspace, Workspace], name: str) -> None:
    """What was entered in full, for who sees it; a file's own by the file."""
    held, read = two
    people = {
        "Ann": Person("Ann"),
        "Otto": Person("Otto", "csm", "p4", csms=("nobody's",), sees_all=False),
    }
    found = []
    for one in (held, read):
        seen = one.seen_by(people[name])
        rows = asking.run(held, "sources", View(date.max), dataset="touches", key="C0001")
        entered = [row for row in rows.to_pylist() if row["origin"] == "entry"]
        found.append(row_cells.told(seen, "touches", entered, "en", lambda *_: {}))
    assert found[0] == found[1]
    assert ("entered by hand" in str(found[1])) is (name == "Ann")


def test_nothing_of_the_folder_is_written(two: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    """Neither by what is refused, nor by what is done: its log lies elsewhere, line by line."""
    held, read = two
    before = told(held.path)
    with reads_only(tmp_path):
        for act in (
            lambda: entries.enter(read, "touches", [TOUCH]),
            lambda: read.set("grace_days", 3),
            lambda: imports.undo(read, 1),
            lambda: read.require("people"),
            lambda: read.whole_copy().__enter__(),
        ):
            with pytest.raises(TendError, match=WRITER) as refused:
                act()
            assert refused.value.code == "goes_to_writer"
        assert len({refused.value.message(language) for language in ("en", "zh")}) == 2
    line = read.note("export", kind="csv")
    assert (read.own / "audit.jsonl").read_text().count("\n") == line.number
    answers(read)
    assert told(held.path) == before


def test_commands_read_and_write_nothing(two: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    """Where the setting is said: those that read go on, all others are refused with the address."""
    held, _ = two
    before = told(held.path)
    (tmp_path / "more.csv").write_text("Contract no,Customer,Start date,End date,ARR\n")
    for words, code in (
        (("query", "renewal_rates"), 0),
        (("status",), 0),
        (("import", str(tmp_path / "more.csv")), 1),
        (("set", "grace_days", "9"), 1),
        (("backup", str(tmp_path / "b.zip")), 1),
        (("verify",), 1),
        (("copies", "--make"), 1),
        (("import", "--watch", str(tmp_path)), 1),
    ):
        done = _tend(held.path, tmp_path, *words)
        assert done.returncode == code, (words, done.stderr)
        assert (WRITER in done.stderr) is bool(code), (words, done.stderr)
    assert told(held.path) == before


def _tend(
    workspace: Path, state: Path, *words: str, before: tuple[str, ...] = ()
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*before, sys.executable, "-m", "tend", *words, "--workspace", str(workspace)],
        env={
            "PATH": "/usr/bin:/bin:/usr/sbin:/sbin",
            "TEND_THREADS": "1",
            "TEND_WRITER": WRITER,
            "XDG_STATE_HOME": str(state / "state"),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=ROOT,
    )


def test_the_folder_may_be_one_that_cannot_be_written(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    """Mounted for reading only, as a shared disk may be, everything that reads does."""
    mounted = ("unshare", "--mount", "sh", "-c")
    how = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && ! touch "$0/x" && exec "$@"'
    path = two[0].path
    tried = subprocess.run([*mounted, how, str(path), "true"], check=False, capture_output=True)
    if tried.returncode:
        pytest.skip("this machine lets nobody mount a folder for reading only")
    before = (*mounted, how, str(path))
    asked = ("query", "renewals", "--as-of", str(UNTIL), "--format", "json")
    done = _tend(path, tmp_path, *asked, before=before)
    assert done.returncode == 0, done.stderr
    assert done.stdout == _tend(path, tmp_path, *asked).stdout
    handed = ("export", str(tmp_path / "weekly.xlsx"), "--as-of", str(UNTIL))
    done = _tend(path, tmp_path, *handed, before=before)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "weekly.xlsx").stat().st_size > 10_000


def test_where_there_is_nothing_to_read_it_says_so(tmp_path: Path) -> None:
    """No copy yet; an address that is none; a copy of another Tend."""
    with open_workspace(tmp_path / "w") as held:
        with reads_only(tmp_path / "state"), pytest.raises(TendError, match=WRITER) as nothing:
            open_workspace(held.path)
        assert nothing.value.code == "no_copy_yet"
        with held.writing("edit") as cursor:
            cursor.execute("update staging_fingerprint set made_by = 'another'")
        with pytest.raises(TendError, match="another version"):
            copied(held, tmp_path / "state")


@pytest.mark.parametrize(
    "given",
    ["writer.example", "ftp://writer.example", "https://", "https://w.example/?a=b", "http://a@b"],
)
def test_an_address_that_is_none_is_told(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is opened."""
    monkeypatch.setenv(reading.WRITER, given)
    with pytest.raises(TendError, match="TEND_WRITER"):
        open_workspace(Path("/nowhere"))
