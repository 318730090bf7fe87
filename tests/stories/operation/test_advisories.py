"""What the dependency audit says: sound only where each package was asked of, plainly where not."""

import importlib.util
import json
import subprocess
import sys
from types import ModuleType

import pytest

from tests.walls.sources import ROOT

SOUND = {"name": "duckdb", "version": "1.4.2", "vulns": []}
KNOWN = {"name": "jinja2", "version": "3.0", "vulns": [{"id": "CVE-1"}, {"id": "CVE-2"}]}
SKIPPED = {"name": "tend", "skip_reason": "not on the index"}


@pytest.fixture
def audit() -> ModuleType:
    """Give the script, which is no package."""
    spec = importlib.util.spec_from_file_location("audit", ROOT / ".ci" / "audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_not_asked_is_never_called_sound(audit: ModuleType) -> None:
    """Known wins; one file or package that was not asked of is told, and ends with 3."""
    asked, known, skipped = [SOUND], [SOUND, KNOWN], [SOUND, SKIPPED]
    for answers, code, words in (
        ([asked, asked], 0, "Asked of 2 packages: nothing is known against them."),
        ([asked, known], 1, "jinja2 3.0: CVE-1, CVE-2"),
        ([None, known], 1, "jinja2 3.0: CVE-1, CVE-2"),
        ([None, None], 3, "NOT ASKED"),
        ([asked, None], 3, "NOT ASKED"),
        ([[], []], 3, "NOT ASKED"),
        ([[SKIPPED], [SKIPPED]], 3, "NOT ASKED"),
        ([asked, skipped], 3, "Not asked of tend"),
    ):
        found, said = audit.verdict(answers)
        assert (found, words in "\n".join(said)) == (code, True), (answers, said)


def test_what_pip_audit_answers_is_read(audit: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Packages of a file; where the index is out of reach, or the tool is broken, nothing."""

    def told(printed: str | None) -> object:
        def run(command: list[str], **_how: object) -> object:
            assert command[:3] == [sys.executable, "-m", "pip_audit"]
            assert {"--require-hashes", "requirements.txt"} <= set(command)
            if printed is None:
                raise subprocess.TimeoutExpired(command, 1)
            return subprocess.CompletedProcess(command, 1, printed, "trouble")

        monkeypatch.setattr(subprocess, "run", run)
        return audit.asked("requirements.txt")

    assert told(json.dumps({"dependencies": [SOUND]})) == [SOUND]
    assert [told(one) for one in ("", "{}", "[]", "<html>", None)] == [None] * 5


def test_make_audit_says_where_nobody_was_asked() -> None:
    """Its last word, and its end: a target that goes on would hide it."""
    lines = (ROOT / "Makefile").read_text("utf-8").partition("\naudit:")[2].split("\n\n")[0]
    last = lines.strip().splitlines()[-1].strip()
    assert last == "$(BIN)/python .ci/audit.py"  # no `-` before it, no `||` behind
