"""Who may ask how a server stands, and what its numbers say: held against a parser of its own."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.requests import Request

from tend import tally
from tend.store.database.record import Commit
from tend.store.upkeep.book import Copy, Failed
from tend.store.upkeep.standing import LEAST_FREE, Copies, Standing
from tend.ui.operation import access, metrics

pytestmark = pytest.mark.quick
BEARER = "0123456789abcdef"
NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
SAMPLE = re.compile(rf'({NAME})(\{{(?:{NAME}="[^"\\]*",?)*\}})? (\S+)')


def request(client: str, host: str, **headers: str) -> Request:
    """Give a request as the server sees it."""
    given = {"host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    pairs = [(name.encode(), value.encode()) for name, value in given.items()]
    return Request({"type": "http", "headers": pairs, "client": (client, 1)})


@pytest.mark.parametrize(
    ("client", "host", "headers", "allowed"),
    [
        ("127.0.0.1", "localhost:8501", {}, True),
        ("::1", "[::1]:8501", {}, True),
        ("127.0.0.1", "127.0.0.1", {}, True),
        ("127.0.0.1", "tend.example.com", {}, False),
        ("127.0.0.1", "localhost", {"x_forwarded_for": "10.0.0.1"}, False),
        ("127.0.0.1", "localhost", {"x_forwarded_proto": "https"}, False),
        ("127.0.0.1", "localhost", {"forwarded": "for=127.0.0.1"}, False),
        ("127.0.0.1", "localhost", {"via": "1.1 proxy"}, False),
        ("10.0.0.1", "localhost", {}, False),
        ("10.0.0.1", "localhost", {"authorization": f"Bearer {BEARER}"}, False),
        ("", "localhost", {}, False),
        ("127.0.0.1", "", {}, False),
    ],
)
def test_without_a_token_only_this_machine_may_ask(
    monkeypatch: pytest.MonkeyPatch,
    client: str,
    host: str,
    headers: dict[str, str],
    allowed: bool,
) -> None:
    """By its own name, and not by way of a proxy."""
    monkeypatch.delenv(access.VARIABLE, raising=False)
    assert access.is_allowed(request(client, host, **headers)) is allowed


def test_with_a_token_it_alone_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """From wherever it comes; one that is too short opens nothing."""
    monkeypatch.setenv(access.VARIABLE, BEARER)
    right, wrong = {"authorization": f"Bearer {BEARER}"}, {"authorization": f"Bearer {BEARER}é"}
    assert access.is_allowed(request("10.0.0.1", "tend.example.com", **right))
    assert not access.is_allowed(request("127.0.0.1", "localhost"))
    assert not access.is_allowed(request("127.0.0.1", "localhost", **wrong))
    monkeypatch.setenv(access.VARIABLE, "short")
    assert not access.is_allowed(request("127.0.0.1", "localhost", authorization="Bearer short"))


def standing(**other: object) -> Standing:
    """Give a workspace that stands well."""
    made = datetime.now(UTC) - timedelta(hours=2)
    copy = Copy(Path("/x"), made, Commit(3), 700)
    copies = Copies(
        copy, count=2, size=900, failed=None, is_late=False, is_wanted=True, is_of_now=True
    )
    usual: dict[str, object] = {
        "commits": 7,
        "imports": 2,
        "rows_accepted": 90,
        "rows_rejected": 3,
        "is_health_behind": False,
        "is_recorded": True,
        "free": LEAST_FREE,
        "published_seconds": 4.5,
        "copies": copies,
    }
    return Standing(**{**usual, **other})  # type: ignore[arg-type]


def samples(text: str) -> dict[str, float]:
    """Read the text format: every line is a comment or a sample, each family is told of once."""
    found: dict[str, float] = {}
    families: list[str] = []
    for line in text.removesuffix("\n").split("\n"):
        if line.startswith("# TYPE "):
            families.append(line.split()[2])
        elif not line.startswith("# HELP "):
            sample = SAMPLE.fullmatch(line)
            assert sample, line
            assert sample[1].startswith(families[-1])
            found[f"{sample[1]}{sample[2] or ''}"] = float(sample[3])
    assert len(families) == len(set(families))
    assert text.endswith("\n")
    return found


def test_metrics_are_the_numbers_of_the_workspace() -> None:
    """Each as it stands; of a workspace that does not answer there are none."""
    found = samples(metrics.text(standing()))
    assert found["tend_up"] == 1
    assert found["tend_commits"] == 7
    assert found["tend_rows_rejected"] == 3
    assert found["tend_copies_bytes"] == 900
    assert found["tend_copy_age_seconds"] == pytest.approx(7200, abs=60)
    assert found["tend_health_behind"] == 0
    closed = samples(metrics.text(None))
    assert closed["tend_up"] == 0
    assert "tend_commits" not in closed


def test_what_only_the_writer_looks_after_is_not_told_by_others() -> None:
    """Room and daily copies; whether it answers is."""
    assert "tend_writer_away" not in samples(metrics.text(standing()))
    bad = Copies(None, 0, 0, Failed("", ""), is_late=True, is_wanted=True, is_of_now=False)
    there = standing(reads_only=True, copies=bad, free=0)
    assert (there.stops, there.warns) == ((), ())
    assert standing(reads_only=True, is_health_behind=True).stops == ("health_is_behind",)
    for is_away in (False, True):
        found = samples(metrics.text(there, is_away=is_away))
        assert found["tend_writer_away"] == is_away
        assert found["tend_commits"] == 7
        assert not [name for name in found if name.startswith("tend_cop")]


def test_questions_are_counted_within_steps() -> None:
    """A histogram adds up: each step holds those before it, the last all."""
    with tally.timed("of_a_test"):
        pass
    with pytest.raises(KeyError), tally.timed("of_a_test"):
        raise KeyError
    found = samples(metrics.text(None))
    of_test = {name: value for name, value in found.items() if "of_a_test" in name}
    buckets = [value for name, value in of_test.items() if "_bucket" in name]
    assert buckets == sorted(buckets)
    assert len(buckets) == len(tally.STEPS) + 1
    count = of_test['tend_question_seconds_count{kind="of_a_test"}']
    assert buckets[-1] == count == 2
    assert 0 < of_test['tend_question_seconds_sum{kind="of_a_test"}'] < 1


def test_memory_is_that_of_this_process() -> None:
    """As the system tells it a second time."""
    status = Path("/proc/self/status")
    if not status.exists():
        assert metrics.memory() is None
        return
    [told] = re.findall(r"VmRSS:\s+(\d+) kB", status.read_text())
    assert metrics.memory() == pytest.approx(float(told) * 1024, rel=0.1)


def test_what_stops_and_what_only_warns() -> None:
    """Health and room stop; copies and the second note are for somebody to look after."""
    assert (standing().stops, standing().warns) == ((), ())
    bad = standing(is_health_behind=True, free=LEAST_FREE - 1)
    assert bad.stops == ("health_is_behind", "disk_is_full")
    failed = Copies(
        None,
        count=0,
        size=0,
        failed=Failed("2026-11-28T03:00:00+00:00", "copies_under_way"),
        is_late=True,
        is_wanted=True,
        is_of_now=False,
    )
    warned = standing(is_recorded=False, copies=failed)
    assert warned.warns == ("commit_not_noted", "copy_failed", "copy_is_late")
    assert warned.stops == ()
