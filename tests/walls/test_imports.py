"""streamlit and duckdb stay in their rooms; no app code asks another host."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.walls.sources import ROOT, Source, app

ROOMS = {
    "streamlit": ("app.py", "pages/", "tend/ui/"),
    "duckdb": ("tend/store/", "tend/acts/", "tend/queries/"),
    # What sends something to other machines: a command does, no page.
    "apprise": ("tend/handouts/digest/",),
    "requests": ("tend/handouts/digest/",),
    # A server that only reads asks the one that writes, whose address the operator gives.
    "urllib.request": ("tend/ui/server/writer.py",),
    "http.client": ("tend/ui/server/writer.py",),
    "tend.handouts.digest": ("tend/handouts/digest/", "tend/cli/digest.py"),
}
# Libraries that talk to other machines; the app needs none of them.
OUTWARD = {"httpx", "aiohttp", "smtplib", "ftplib"}
HOST = re.compile(r"https?://(?!127\.0\.0\.1|localhost)[\w.-]+", re.IGNORECASE)
# Names of formats that look like addresses; nothing is fetched from them.
FORMAT_NAMES = re.compile(
    r"https?://(schemas\.(openxmlformats|microsoft)\.(org|com)|purl\.oclc\.org|www\.w3\.org)"
)
# Vega says where its schemas are described; the policy of its document lets nothing be asked.
# Notices of licences stand at the head of what we bundle; nothing fetches from where they point.
NAMED = {
    "vega.js": {
        *("https://github.com", "https://vega.github.io", "https://jquery.org"),
        *("http://creativecommons.org", "http://underscorejs.org", "http://unlicense.org"),
        "http://www.apache.org",
    }
}


def imported(source: Source) -> Iterator[str]:
    """Give the full names of all modules a file imports."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def strangers(source: Source) -> list[str]:
    """Name the libraries a file imports that belong to other rooms, or to no room."""
    names = set(imported(source))
    within = {lib for lib in ROOMS for name in names if f"{name}.".startswith(f"{lib}.")}
    return [
        *sorted(lib for lib in within if not source.path.startswith(ROOMS[lib])),
        *sorted(names & OUTWARD),
    ]


def hosts(text: str) -> list[str]:
    """Give the addresses of other hosts in a text."""
    return [found for found in HOST.findall(text) if not FORMAT_NAMES.match(found)]


def test_libraries_stay_in_their_rooms() -> None:
    """streamlit only draws, duckdb only computes, nothing but the command digest calls out."""
    assert [f"{source.path}: {name}" for source in app() for name in strangers(source)] == []


def test_no_address_of_another_host() -> None:
    """The app fetches nothing from anywhere."""
    assert [f"{source.path}: {host}" for source in app() for host in hosts(source.text)] == []


def test_no_address_of_another_host_in_styles_and_texts() -> None:
    """Nor do its texts, styles and settings point elsewhere."""
    files = [
        *(ROOT / "tend").rglob("*.toml"),
        *(ROOT / "tend").rglob("*.css"),
        *(ROOT / "tend").rglob("*.js"),
        *(ROOT / ".streamlit").glob("*.toml"),
    ]
    assert files
    found = {path.name: set(hosts(path.read_text(encoding="utf-8"))) for path in files}
    assert found == {path.name: NAMED.get(path.name, set()) for path in files}


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("tend/figures/charts.py", "import streamlit as st"),
        ("tend/ui/state/data.py", "import duckdb"),
        ("pages/renewals.py", "from duckdb import connect"),
        ("tend/ingest/reading/files.py", "from streamlit.runtime import get_instance"),
        ("tend/ui/state/data.py", "import requests"),
        ("tend/ui/state/data.py", "from urllib import request"),
        ("tend/ui/week/copying.py", "import apprise"),
        ("tend/ui/week/copying.py", "from tend.handouts import digest"),
        ("pages/week.py", "from tend.handouts.digest.sending import send"),
        ("tend/handouts/minutes.py", "import tend.handouts.digest.told"),
    ],
)
def test_the_guard_finds_a_stranger(path: str, line: str) -> None:
    """An import in the wrong room is found."""
    assert strangers(Source(path, line))


def test_the_guard_finds_another_host() -> None:
    """A font from elsewhere is found; the name of a file format is none."""
    assert hosts('link = "https://fonts.example.com/inter.css"')
    assert hosts('space = "http://schemas.openxmlformats.org/spreadsheetml"') == []


@pytest.mark.parametrize("library", ["streamlit", "duckdb", "apprise"])
def test_the_linter_knows_the_wall_too(library: str) -> None:
    """ruff refuses the library outside its rooms, so an editor shows it at once."""
    command = [sys.executable, "-m", "ruff", "check", "--select", "TID251", "-"]
    done = subprocess.run(
        [*command, "--stdin-filename", "tend/view.py"],
        cwd=ROOT,
        input=f"import {library}\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "TID251" in done.stdout


def test_every_room_is_a_package() -> None:
    """A folder of code has an `__init__.py`: without it the import guards would not see it."""
    folders = {path.parent for path in (ROOT / "tend").rglob("*.py")}
    assert [f.name for f in folders if not (f / "__init__.py").is_file()] == []
