"""One server writes and two read, on one folder: all show the same, also when one is killed."""

import os
import re
import signal
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from benchmarks import soak
from benchmarks.people.sessions import Day, Notes, Session
from tend.language import text
from tend.store.copies import published
from tend.store.workspace import open_workspace
from tests.kit.companies import UNTIL, Companies
from tests.kit.people.signing_in import Reader
from tests.kit.server import ROOT, Server, free_port, serve
from tests.kit.tools.elsewhere import told

pytestmark = pytest.mark.timeout(420)
ENTRIES, FILES = 30, 3
# A copy comes half a minute after a commit; then it is written, looked for and opened.
INTERVAL = 30 + 30
PAGES = ("week", "renewals", "customers", "value", "workbench", "sop")
# What a page says in numbers and sentences, whoever may do what on it.
SAID = re.compile(r"tend-value|<h1|tend-lead")


@dataclass
class Three:
    """The folder, and the three servers on it: one writes, by its own address."""

    folder: Path
    day: Day
    port: int
    readers: list[Server]
    running: ExitStack = field(default_factory=ExitStack)
    writer: Server | None = None

    def begin(self) -> None:
        """Start the one that writes."""
        self.writer = self.running.enter_context(serve(self.folder, port=self.port))

    def kill(self) -> None:
        """End the one that writes without a word."""
        assert self.writer
        os.kill(self.writer.pid, signal.SIGKILL)
        self.running.close()


@pytest.fixture
def three(companies: Companies, tmp_path: Path) -> Iterator[Three]:
    """Run them on a company of 240 customers."""
    folder = companies.sample()
    with open_workspace(folder) as workspace:
        people = soak.day(workspace, UNTIL, 2)
    port = free_port()
    elsewhere = {
        "TEND_WRITER": f"http://127.0.0.1:{port}",
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }
    with ExitStack() as at_end:
        found = Three(folder, people, port, [])
        at_end.callback(lambda: found.running.close())
        found.begin()
        assert found.writer
        numbers(found.writer)
        (folder / "published" / "wanted").touch()  # as whoever waits for a copy says
        _until(lambda: published.newest(folder / "published") is not None, INTERVAL)
        for _ in range(2):
            found.readers.append(
                at_end.enter_context(
                    serve(folder, port=None, home=ROOT, script=ROOT / "app.py", **elsewhere)
                )
            )
        yield found


def numbers(server: Server) -> dict[str, float]:
    """Give the numbers that a server tells of its workspace."""
    with urllib.request.urlopen(f"{server.url}/metrics", timeout=60) as answer:
        lines = answer.read().decode().splitlines()
    found = {line.split()[0]: float(line.split()[1]) for line in lines if line[:1] != "#"}
    kept = ("tend_commits", "tend_imports", "tend_rows_accepted", "tend_rows_rejected")
    return {name: found[name] for name in kept}


def page(server: Server, name: str) -> list[str]:
    """Give what a page says in numbers and sentences, part by part."""
    with Reader(server.url).page() as opened:
        came = opened.run(f"lang=en&as_of={UNTIL}", name)
    elements = [one.delta.new_element for one in came]
    assert not [one for one in elements if one.HasField("exception")], name
    found = [str(one.html.body) for one in elements if one.HasField("html")]
    return [one for one in found if SAID.search(one)]


def _until(is_so: Callable[[], bool], seconds: float) -> float:
    """Wait until it is so; give how long that took."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < seconds
        time.sleep(0.2)
    return time.monotonic() - began


def test_all_show_the_same(three: Three) -> None:
    """30 entries and 3 files at the writer; it is killed, and begun anew; readers go on."""
    assert three.writer
    first = numbers(three.writer)
    at_work = Session(three.writer.url, 0, three.day, Notes())
    for number in range(ENTRIES):
        at_work.act(("touch", "answer", "stage")[number % 3])
        if number % 10 == 9:
            at_work.act("bring")
    assert at_work.notes.errors == []
    wanted = numbers(three.writer)
    assert wanted["tend_imports"] - first["tend_imports"] == FILES
    assert wanted["tend_commits"] - first["tend_commits"] > ENTRIES / 2
    _until(lambda: [numbers(one) for one in three.readers] == [wanted] * 2, INTERVAL)
    for name in PAGES:
        here = page(three.writer, name)
        assert here, name
        assert [page(one, name) for one in three.readers] == [here, here], name
    before = told(three.folder)
    three.kill()
    away = text.say("reading.away", "en", when="\0").rpartition("\0")[2]
    _until(lambda: away in said_by(three.readers[0]), 60)
    for one in three.readers:
        assert numbers(one) == wanted
        assert page(one, "renewals")
    assert {name: one for name, one in told(three.folder).items() if "published" not in name} == {
        name: one for name, one in before.items() if "published" not in name
    }
    three.begin()
    _until(lambda: away not in said_by(three.readers[0]), 60)
    at_work = Session(three.writer.url, 1, three.day, Notes())
    at_work.act("touch")
    assert at_work.notes.errors == []
    wanted = numbers(three.writer)
    _until(lambda: [numbers(one) for one in three.readers] == [wanted] * 2, INTERVAL)


def said_by(server: Server) -> str:
    """Give the whole text of the first page of a server."""
    with Reader(server.url).page() as opened:
        return "\n".join(
            str(one.delta.new_element.html.body)
            for one in opened.run(f"lang=en&as_of={UNTIL}", "renewals")
        )
