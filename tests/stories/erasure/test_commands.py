"""The commands erase and erased: shown first, done where the name is typed, listed by number."""

import json
import shutil
from pathlib import Path

import pytest

from tend.cli.commands import main
from tend.store.workspace import open_workspace
from tests.kit.companies import Companies
from tests.kit.erasing import byte_search
from tests.kit.erasing import company as erasable
from tests.kit.erasing.company import PLAIN


def test_a_customer_is_erased_from_the_command_line(
    companies: Companies, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the name nothing is done; with it a proof is written, which holds no name."""
    made, _ = companies.once("erasable", erasable.made)
    path, report = tmp_path / "w", tmp_path / "proof.json"
    shutil.copytree(made / "workspace", path)
    words = ["erase", "customer", PLAIN, "--way", "rows", "--workspace", str(path)]
    assert main([*words, "--dry-run", "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["rows"] == {"customers": 1, "contracts": 1, "touches": 1, "tasks": 1}
    assert main([*words, "--confirm", "somebody"]) == 1
    assert "Nothing was erased" in capsys.readouterr().err
    assert main([*words, "--confirm", PLAIN, "--report", str(report)]) == 0
    assert "found nowhere" in capsys.readouterr().out
    proof = json.loads(report.read_text("utf-8"))
    assert (proof["found"], proof["erased"]) == ([], "Erased customer 1")
    assert byte_search.found(path, [f"to {PLAIN}"]) == []
    assert main(["erased", "--allow", "1", "--workspace", str(path)]) == 0
    assert "imports may bring it again" in capsys.readouterr().out
    assert main(["verify", "--workspace", str(path)]) == 0
    with open_workspace(path) as workspace:
        left = erasable.rate(workspace, "select count(*) from stg_customers")
    assert left == [(len(erasable.NAMES) - 1,)]
