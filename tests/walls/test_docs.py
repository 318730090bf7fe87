"""What the documents say is true: commands, targets, links, references."""

import argparse
import re
import shlex
from collections.abc import Iterator

import pytest

from docs import generate
from tend import schema
from tend.cli.parser import parser as all_commands
from tend.queries import library
from tend.settings.company import Settings
from tests.walls.sources import ROOT

READMES = ("README.md", "README.zh.md")
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/*.md", "sample_data/*.md", "queries/*.md")
    for path in ROOT.glob(pattern)
)
LINK = re.compile(r"\[[^]]*\]\(([^)#\s]+)[^)]*\)")
RULING = re.compile(r"\b([A-M]\d{1,2})\b")


def read(name: str) -> str:
    """Read a file of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


def commands(text: str) -> Iterator[list[str]]:
    """Give the words of every command in the code blocks of a page, comments left out."""
    for block in re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith(("python ", "make ", "pip ", "streamlit ")):
                yield shlex.split(line, comments=True)


def tend_commands(name: str) -> list[list[str]]:
    """Give the arguments of every `python -m tend` on a page."""
    return [words[3:] for words in commands(read(name)) if words[:3] == ["python", "-m", "tend"]]


def targets() -> set[str]:
    """Give what `make` can make."""
    return set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))


def broken_links(name: str, text: str) -> list[str]:
    """Name the links of a page that lead nowhere."""
    folder = (ROOT / name).parent
    return [
        link for link in LINK.findall(text) if "://" not in link and not (folder / link).exists()
    ]


def missing_tests(text: str) -> list[str]:
    """Name the tests of a page that are not there."""
    named = re.findall(r"`(tests/[\w/.]+)(?:::(\w+))?`", text)
    return [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).exists() or (name and f"\ndef {name}(" not in read(path))
    ]


def test_threats_name_tests_that_are_there() -> None:
    """Each way in has a test that shows what stands against it."""
    text = read("docs/threats.md").partition("by which way\n")[2].partition("\n## ")[0]
    ways = re.findall(r"^\| (?!way in).+ \|$", text, re.MULTILINE)
    assert len(ways) > 30
    assert [way for way in ways if "`tests/" not in way] == []
    assert missing_tests(text) == []
    bad = "`tests/none.py` `tests/walls/test_docs.py::test_none` `tests/walls/test_docs.py::read`"
    assert missing_tests(bad) == ["tests/none.py::", "tests/walls/test_docs.py::test_none"]


def test_the_first_screen_says_how_to_start() -> None:
    """Two commands, their equivalent without make, and a picture, within the first screen."""
    for name in READMES:
        screen = "\n".join(read(name).splitlines()[:26])
        for needed in (
            "make run",
            "make test",
            "pip install -r requirements.txt",
            "![",
            "127.0.0.1:8501",
        ):
            assert needed in screen
        assert "python -m streamlit run app.py" in screen


def unknown_targets(text: str) -> set[str]:
    """Name what a page says can be made and cannot."""
    said = set(re.findall(r"`make (\w+)[`\s]", text))
    said |= {words[1] for words in commands(text) if words[0] == "make"}
    return said - targets()


def test_links_lead_somewhere() -> None:
    """Every relative link and picture exists."""
    assert {name: found for name in PAGES if (found := broken_links(name, read(name)))} == {}


def test_make_targets_exist() -> None:
    """Every `make X` on a page can be made."""
    assert {name: found for name in PAGES if (found := unknown_targets(read(name)))} == {}


def test_commands_are_understood() -> None:
    """The parser takes every command with every option shown."""
    for name in (*READMES, "sample_data/README.md"):
        shown = tend_commands(name)
        assert shown, name
        for words in shown:
            all_commands().parse_args(words)


def test_references_are_up_to_date() -> None:
    """What `make docs` would write is what stands there."""
    assert [name for name, text in generate.pages().items() if read(name) != text] == []


def test_references_are_complete() -> None:
    """Every query, setting, command, data set and column is described."""
    index, settings = read("queries/README.md"), read("docs/settings.md")
    assert all(f"## {name}\n" in index for name in library.queries())
    assert all(f"`{key}`" in settings for key in Settings.model_fields)
    described = read("docs/commands.md")
    for command, parser in generate.subcommands(all_commands()).items():
        assert f"## `python -m tend {command}`" in described
        assert all(flag in described for flag in _flags(parser))
    data_sets = read("docs/data-sets.md")
    for data_set in schema.DATASETS.values():
        assert f"## {data_set.name} " in data_sets
        assert all(f"`{column}`" in data_sets for column in data_set.columns)


def _flags(parser: argparse.ArgumentParser) -> list[str]:
    """Give the flags; what takes one back is told with it."""
    flags = [flag for one in generate.own_arguments(parser) for flag in one.option_strings]
    return [flag for flag in flags if not flag.startswith("--no-") or flag == "--no-names"]


def test_every_ruling_named_in_the_code_exists() -> None:
    """Comments name rulings (A3, K5); the page of rulings has each of them."""
    known = set(re.findall(r"^\| ([A-M]\d+) \|", read("docs/rulings.md"), re.MULTILINE))
    files = [*(ROOT / "tend").rglob("*.py"), *(ROOT / "queries").rglob("*.sql")]
    for path in files:
        for bracket in re.findall(
            r"\(((?:[A-M]\d{1,2}(?:, )?)+)\)", path.read_text(encoding="utf-8")
        ):
            assert set(RULING.findall(bracket)) <= known, path.name


def test_the_package_is_described_in_the_changelog() -> None:
    """Every command a user may call was announced."""
    announced = read("CHANGELOG.md")
    named = {name.split()[0] for name in generate.subcommands(all_commands())}
    assert [name for name in sorted(named) if f"`{name}`" not in announced] == []


def test_the_guards_bite() -> None:
    """A dead link, an unknown command and a made-up target are found."""
    assert broken_links("README.md", "[x](docs/nowhere.md) [y](https://example.com)") == [
        "docs/nowhere.md"
    ]
    page = "```\nmake coffee  # hot\npython -m tend brew --strong\n```\n"
    assert list(commands(page)) == [
        ["make", "coffee"],
        ["python", "-m", "tend", "brew", "--strong"],
    ]
    assert unknown_targets(f"{page} or `make tea`") == {"coffee", "tea"}
    with pytest.raises(SystemExit):
        all_commands().parse_args(["brew"])
