"""The command digest: printed, or sent to each address; and minutes as a file."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tend.handouts.digest import sending
from tests.cli.conftest import Run, asked
from tests.handouts import receivers
from tests.handouts.receivers import Web
from tests.kit.server import ROOT

DAY = ("--as-of", "2025-06-30")
FEISHU, WECOM = "feishu://secret-feishu", "wecombot://secret-wecom"
SECRETS = ("secret-feishu", "secret-wecom")


@pytest.fixture
def filled(run: Run, book: Path) -> Run:
    """Give commands over a small contract list."""
    assert run("import", book)[0] == 0
    return run


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """Give a receiver of all that is posted."""
    with receivers.web(monkeypatch) as found:
        yield found


def test_nothing_is_sent_where_nothing_says_so(filled: Run, web: Web) -> None:
    """Without --to, and with --dry-run, it is printed."""
    code, out, err = filled("digest", *DAY, "--link", "http://tend.example:8501")
    assert code == 0
    assert out.startswith("Tend · This week · 2025-06-30\n\n")
    assert "http://tend.example:8501/week?lang=en&as_of=2025-06-30" in out
    assert err == "Nothing was sent: --to says where to.\n"
    printed = filled(
        "digest", *DAY, "--link", "http://tend.example:8501", "--dry-run", "--to", WECOM
    )
    assert printed == (0, out, "")
    code, zh, err = filled("digest", *DAY, "--language", "zh")
    assert zh.startswith("Tend · 本周要事 · 2025-06-30\n\n")
    assert err.splitlines()[1].startswith("没有链接")
    assert "http" not in zh
    assert web.asked == []


def test_each_address_gets_it_and_each_failure_is_a_line(filled: Run, web: Web) -> None:
    """One that fails stops no other; the exit code tells; no address is printed."""
    web.answers = {"v2/hook": (200, '{"code": 19024, "msg": "Key Words Not Found"}')}
    code, out, err = filled("digest", *DAY, "--to", FEISHU, "--to", "nowhere", "--to", WECOM)
    assert code == 1
    assert out == "Address 3 (WeCom Bot): sent\n"
    refused, unknown = err.splitlines()
    assert refused.startswith("Address 1 (Feishu): The service refused the message (code 19024).")
    assert unknown.startswith("Address 2 (…): This is no address a digest can be sent to.")
    assert not any(secret in out + err for secret in SECRETS)
    sent = web.bodies[1]["markdown"]["content"]
    assert sent.startswith("**Tend · This week · 2025-06-30**\n\nSince 2025-06-23")
    code, out, err = filled("digest", *DAY, "--to", WECOM, "--language", "zh")
    assert (code, out, err) == (0, "第 1 个地址（WeCom Bot）：已发送\n", "")
    # the log knows to whom it went, without what would let others write there
    lines = asked(filled, "audit", "--what", "export", "--format", "json")
    assert [(one["about"].split(" text=")[0], one["text"]) for one in lines] == [
        ("kind=digest count=3", "Feishu s...u\n…\nWeCom Bot s...m"),
        ("kind=digest count=1", "WeCom Bot s...m"),
    ]


def test_mail_is_logged_by_its_readers_alone() -> None:
    """Passwords, users and paths of an address are nobody's matter."""
    mail = "mailtos://ann:hush@corp.example?to=bo@x.example,li@y.example"
    assert sending.public(mail) == "E-Mail bo@x.example, li@y.example"
    assert sending.public("json://ann:hush@host.example/hush") == "JSON host.example"


def test_addresses_come_from_a_file(filled: Run, web: Web, tmp_path: Path) -> None:
    """One a line, with remarks; a file that is not there is said before anything is sent."""
    file = tmp_path / "addresses"
    file.write_text(f"# the leads\n{WECOM}\n\n  {FEISHU}\n", encoding="utf-8")
    code, out, _ = filled("digest", *DAY, "--to", f"@{file}")
    assert code == 0
    assert out.splitlines() == ["Address 1 (WeCom Bot): sent", "Address 2 (Feishu): sent"]
    code, out, err = filled("digest", *DAY, "--to", WECOM, "--to", f"@{tmp_path / 'gone'}")
    assert (code, out) == (2, "")
    assert "There is no file" in err
    assert len(web.asked) == 2


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--csm", "Nobody"), 1, "No customer has the CSM Nobody. There are: –."),
        (("--link", "tend"), 2, "tend is no address of the app."),
        (("--as-of", "soon"), 2, "soon"),
    ],
)
def test_what_cannot_be_told_is_said(
    filled: Run, web: Web, words: tuple[str, ...], code: int, said: str
) -> None:
    """Nothing is sent then."""
    found, out, err = filled("digest", "--to", WECOM, *words)
    assert (found, out) == (code, "")
    assert said in err
    assert web.asked == []


def test_an_empty_workspace_has_nothing_to_tell(run: Run, web: Web, tmp_path: Path) -> None:
    """Neither to a group nor to a file."""
    assert run("digest", "--to", WECOM)[:2] == (1, "")
    code, out, err = run("export", tmp_path / "minutes.md")
    assert (code, out) == (1, "")
    assert "There are no contracts yet" in err
    assert web.asked == []
    assert not (tmp_path / "minutes.md").exists()


def test_minutes_are_written_as_a_file(filled: Run, tmp_path: Path) -> None:
    """Markdown or plain by the name, since the meeting or a day, in either language."""
    file = tmp_path / "minutes.md"
    words = ("--link", "https://tend.example", *DAY)
    assert filled("export", file, *words)[1] == "“This week · 2025-06-30” is in minutes.md\n"
    said = file.read_text("utf-8")
    assert said.startswith("# This week · 2025-06-30\n\nSince 2025-06-23")
    assert "](https://tend.example/week?lang=en&as_of=2025-06-30&meeting=2025-06-23" in said
    assert said.endswith(")\n")
    file = tmp_path / "Minutes.TXT"
    assert filled("export", file, "--language", "zh", *DAY, "--from", "2025-06-02")[0] == 0
    plain = file.read_text("utf-8")
    assert plain.startswith("本周要事 · 2025-06-30\n\n自 2025-06-02 以来")
    assert "http" not in plain
    code, _, err = filled("export", file, "--link", "tend")
    assert (code, "no address of the app" in err) == (1, True)


def test_minutes_without_names_hold_none(filled: Run, tmp_path: Path) -> None:
    """Neither of customers nor of a filter, and no address that would say whom it is about."""
    words = ("--no-names", *DAY, "--link", "https://tend.example")
    file = tmp_path / "2025-06 minutes.md"
    assert filled("export", file, *words, "--filter", "industry=retail")[0] == 0
    said = file.read_text("utf-8")
    assert "Customer 1: " in said
    assert not any(name in said for name in ("Alder", "Birch", "Cedar", "http"))


def test_it_works_beside_who_holds_the_workspace(filled: Run, tmp_path: Path) -> None:
    """A process of its own, as cron starts it, prints the same; no traceback, no log."""
    words = ("digest", *DAY)
    _, out, err = filled(*words)
    command = [sys.executable, "-m", "tend", *words, "--workspace", str(tmp_path / "workspace")]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert (done.stdout, done.stderr) == (out, err)
