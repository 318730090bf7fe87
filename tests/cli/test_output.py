"""What commands print: no name moves a terminal or becomes a formula; JSON stays exact."""

import contextlib
import csv
import io
import json
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tend.cli import output
from tend.cli.commands import main

# Colour, title of the window, cursor up, C1 control, turned text, bell, nul, carriage return.
SIGNS = (
    *("\x1b[31m", "\x1b]0;owned\x07", "\x1b[2A", "\x9b31m", "\u202e", "\u2066", "\x00"),
    *("\r", "\x7f"),
)
NAMES = tuple(f"Acme{sign}{number}" for number, sign in enumerate(SIGNS))
FORMULAS = ("=1+1", "+1", "-1", "@x", "\t=1", "＝1+1", "=HYPERLINK(1)", "\r=1")
CONTROL = [*range(9), *range(11, 32), *range(127, 160)]
MOVING = [*map(chr, CONTROL), "\u202e", "\u2066"]
TEXTS = st.lists(st.text() | st.sampled_from([*NAMES, *FORMULAS]), min_size=1, max_size=5)


def printed(names: list[str], how: str) -> str:
    """Give what rows of these names look like."""
    out = io.StringIO()
    rows = pa.table({"=name": plain(names), "arr": [-1.5] * len(names)})
    with contextlib.redirect_stdout(out):
        output.print_rows(rows, how)
    return out.getvalue()


def moving(said: str) -> list[str]:
    """Name the signs in a text that a terminal obeys."""
    return [sign for sign in MOVING if sign in said]


def plain(names: list[str]) -> list[str]:
    """Leave out halves of signs, which no database holds."""
    return [name.encode("utf-8", "ignore").decode() for name in names]


@pytest.mark.parametrize("how", ["table", "csv", "json"])
@settings(deadline=None)
@given(names=TEXTS)
def test_no_text_moves_a_terminal(how: str, names: list[str]) -> None:
    """Whatever a name holds, only signs that stand for themselves are printed."""
    assert moving(printed(names, how)) == []


def test_no_name_of_a_column_moves_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """A statement names its columns as it likes."""
    for how in ("table", "csv", "json"):
        output.print_rows(pa.table({name: [1] for name in plain(list(NAMES))}), how)
        assert moving(capsys.readouterr().out) == []


@settings(deadline=None)
@given(names=TEXTS)
def test_json_is_exact(names: list[str]) -> None:
    """What is written out reads back as it was."""
    assert [row["=name"] for row in json.loads(printed(names, "json"))] == plain(names)


@settings(deadline=None)
@given(names=TEXTS)
def test_csv_holds_no_formula(names: list[str]) -> None:
    """In a CSV no cell begins like a formula; numbers stay numbers."""
    header, *rows = csv.reader(io.StringIO(printed(names, "csv")))
    assert header == ["'=name", "arr"]
    assert [row for row in rows if row[0][:1] in ("=", "+", "-", "@", "\t", "\r", "＝")] == []
    assert {row[1] for row in rows} == {"-1.5"}


def test_commands_print_names_that_stand_still(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Import, status, queries and refusals: files, sheets and names are written out."""
    monkeypatch.setenv("TEND_WORKSPACE", str(tmp_path / "workspace"))
    file = tmp_path / "deals\x1b[31m\u202e.csv"
    rows = [("Contract no", "Customer", "Start date", "End date", "Amount")]
    rows += [(f"K{n}", name, "2024-01-01", "2024-12-31", "1") for n, name in enumerate(NAMES)]
    rows += [("K99", "Birch\x1b[31m", "2024-12-31", "2024-01-01\x1b[5m", "1")]
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(rows)
    commands = (
        ("import", file),
        ("status",),
        ("query", "renewals", "--as-of", "2025-06-30"),
        ("query", "renewals", "--as-of", "2025-06-30", "--format", "csv"),
        ("query", "no\x1b[31mne"),
        ("import", tmp_path / "none\x1b[31m.csv"),
        ("query", "renewals", "--filter", "x\x1b[31m"),
    )
    said = []
    for words in commands:
        main([str(word) for word in words])
        told = capsys.readouterr()
        said.append(told.out + told.err)
    assert all(said)
    assert [words for words, one in zip(commands, said, strict=True) if moving(one)] == []
    assert "Acme" in said[2]
