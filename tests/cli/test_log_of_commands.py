"""What a command prints of the facts is a line of the log, before it is printed."""

from pathlib import Path

from tests.cli.conftest import Run, asked


def test_each_command_that_prints_rows_is_in_the_log(run: Run, book: Path) -> None:
    """Which question, of how much; no name. What prints counts alone has no line."""
    assert run("import", book)[0] == 0
    for words in (
        ("status",),
        ("query", "renewals_due", "--as-of", "2025-06-30"),
        ("trace", "contracts", "K2"),
        ("tasks", "--dry-run", "--as-of", "2025-06-30"),
        ("digest", "--as-of", "2025-06-30"),
        ("sql", "select 1 as one"),
    ):
        code, _, err = run(*words)
        assert code == 0, err
    lines = asked(run, "audit", "--format", "json")
    told = [(one["what"], one["about"].split(" text=")[0]) for one in lines]
    assert [what for what, _ in told] == ["import", *["export"] * 4, "sql"]
    assert told[1][1].startswith("kind=query query=renewals_due rows=")
    assert told[2][1] == "kind=trace dataset=contracts rows=1"
    assert told[3][1].startswith("kind=tasks rows=")
    assert told[4][1] == "kind=digest"
    assert not any("Alder" in str(one) for one in lines)
