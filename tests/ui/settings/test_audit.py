"""The section Log: lines in words, by person, kind and days, page by page, and as files."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path

import pytest

from tend.cli import commands as cli
from tend.people.person import Person
from tend.store.audit import log
from tend.store.workspace import Workspace, open_workspace
from tend.ui.state import data
from tests.kit.companies import Companies
from tests.kit.driver import html, opened_in_frame

pytestmark = pytest.mark.timeout(240)
FORMULA = "select '\x1b[31m' as \"=1+1\""


@pytest.fixture
def place(companies: Companies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a workspace in whose log two people did something, one of them often."""
    path = companies.empty(tmp_path / "w")
    with open_workspace(path) as workspace:
        workspace.set("grace_days", 31)
        known(workspace)
    one, gone = (Person(key=key, role="csm", source="10.0.0.7") for key in ("p1", "p9"))
    for number in range(60):
        log.append(path, one, "export", {"kind": ".csv", "rows": number})
    log.append(path, gone, "refused", {"why": "not_allowed_settings"})
    log.append(path, one, "sql", {"rows": 1}, text=FORMULA)
    monkeypatch.setenv("TEND_WORKSPACE", str(path))
    yield path
    data.close()


def known(workspace: Workspace) -> None:
    """Let the first person have a name."""
    with workspace.writing("people") as cursor:
        cursor.execute(
            "insert into people values ('p1', 'a@b.example', 'Ana <b>', 'csm', [], false, false,"
            " false, now()::timestamp, '', null, null)"
        )


def run(*words: str) -> tuple[int, str, str]:
    """Run a command: its code, what it printed, what it said."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = cli.main(list(words))
    return code, out.getvalue(), err.getvalue()


@pytest.mark.usefixtures("place")
def test_the_section_shows_what_is_wanted() -> None:
    """Names by their keys, words by their codes, statements; older ones, then one person's."""
    app = opened_in_frame("settings", lang="en", as_of="2026-09-30", part="log")
    there = html(app)
    assert not app.exception
    assert "The log has 64 lines" in there
    assert "Ana &lt;b&gt;" in there
    assert "Ana <b>" not in there
    assert "Somebody since removed (p9)" in there
    assert "may not change settings" in there
    assert "\\u001b[31m" in there
    assert "Days of grace" not in there
    app.button(key="audit_older").click().run()
    assert "Days of grace" in html(app)
    assert app.button(key="audit_older").disabled
    app.button(key="audit_newer").click().run()
    assert "Days of grace" not in html(app)
    app.selectbox(key="audit_what").select("setting").run()
    there = html(app)
    assert "Days of grace" in there
    assert "10.0.0.7" not in there
    app.date_input(key="audit_to").set_value(date(2020, 1, 1)).run()
    assert "No line fits this choice" in html(app)
    app = opened_in_frame("settings", lang="zh", as_of="2026-09-30", part="log")
    assert "日志共 64 行" in html(app)


@pytest.mark.usefixtures("place")
def test_the_command_prints_it_for_scripts() -> None:
    """CSV and JSON; no statement is a formula or moves a terminal; days, people, kinds."""
    code, out, _ = run("audit")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert (code, len(rows)) == (0, 64)
    assert (rows[0]["what"], rows[-1]["name"]) == ("setting", "Ana <b>")
    assert "\x1b" not in out
    assert rows[-1]["text"].startswith("select '\\u001b")
    assert [row["line"] for row in rows] == [str(number) for number in range(1, 65)]
    _, out, _ = run("audit", "--format", "json", "--who", "p9", "--what", "refused")
    assert [row["about"] for row in json.loads(out)] == ["why=not_allowed_settings"]
    assert run("audit", "--to", "2020-01-01")[1].count("\n") == 1


def test_verify_says_it_in_a_sentence_until_it_is_accepted(place: Path) -> None:
    """Exit 1 and the line; accepted, a note and exit 0."""
    file = place / log.FILE
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:9] + lines[10:]))
    code, _, said = run("verify")
    assert (code, said) == (1, "tend: The log: line 10 was taken out.\n")
    assert run("audit", "--accept")[0] == 0
    code, said, wrong = run("verify")
    assert (code, wrong) == (0, "")
    assert "was accepted" in said or "that was accepted with line 65" in said
    code, _, said = run("audit", "--accept")
    assert (code, "nothing to accept" in said) == (1, True)
