"""The command people: who may come in, said by whoever has the machine."""

from pathlib import Path

import pytest

from tend.cli import commands as cli
from tests.cli.conftest import Run, asked

WANG = "wang@firm.example"


def refused(run: Run, *words: str) -> str:
    """Give the one line by which a command refuses."""
    code, out, err = run("people", *words)
    assert (code, out, len(err.splitlines())) == (1, "", 1), err
    return err


def test_people_are_invited_changed_and_removed(run: Run, book: Path) -> None:
    """Each change is told with how many customers that is; the list has it, and the last admin."""
    assert run("import", book)[0] == 0
    invited = run("people", "invite", "Ada@Firm.example", "--role", "admin", "--name", "Ada Lane")
    assert invited == (0, "Ada Lane (Admin) may come in. Would see 2 of 2 customers.\n", "")
    _, told, _ = run("people", "invite", WANG)
    assert told == f"{WANG} (CSM) may come in. Would see 0 of 2 customers.\n"
    _, told, _ = run("people", "change", WANG, "--role", "leader", "--name", "Wang Li", "--masked")
    assert told == "Wang Li (Leader) is changed. Would see 2 of 2 customers.\n"
    ada, wang = asked(run, "people", "list", "--json")
    assert ada == {
        "address": "ada@firm.example",
        "name": "Ada Lane",
        "role": "admin",
        "csms": [],
        "sees": "all",
        "masked": False,
        "may_import": True,
    }
    assert (wang["role"], wang["masked"], wang["may_import"]) == ("leader", True, False)
    run("people", "change", WANG, "--no-masked", "--may-import")
    wang = asked(run, "people", "list", "--json")[1]
    assert (wang["role"], wang["masked"], wang["may_import"]) == ("leader", False, True)
    assert run("people", "remove", WANG.upper()) == (0, "Wang Li is out.\n", "")
    assert [one["name"] for one in asked(run, "people", "list", "--json")] == ["Ada Lane"]
    assert WANG in refused(run, "remove", WANG)
    assert WANG in refused(run, "change", WANG, "--role", "csm")
    assert "admin" in refused(run, "remove", "ada@firm.example")
    assert "ada@firm.example" in run("people", "list")[1]


def test_a_domain_comes_in_and_no_further(run: Run) -> None:
    """As a role that is no admin's; who is no domain, or was none, is told so."""
    told = run("people", "domain", "@Guests.example", "--role", "reviewer")
    assert told == (0, "Addresses of @Guests.example come in.\n", "")
    domain = {"address": "@guests.example", "role": "reviewer"}
    assert asked(run, "people", "list", "--json") == [domain]
    assert run("people", "domain", "guests.example", "--role", "admin")[0] == 2
    assert run("people", "domain", "guests.example")[0] == 2
    assert "no dots" in refused(run, "domain", "no dots", "--role", "csm")
    code, said, _ = run("people", "domain", "guests.example", "--remove")
    assert (code, said.startswith("Nobody further comes in by guests.example")) == (0, True)
    assert asked(run, "people", "list", "--json") == []
    assert "guests.example" in refused(run, "domain", "guests.example", "--remove")


def test_the_workspace_is_named_before_or_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As with every other command; the sub-command does not forget what stood before it."""
    folder = ["--workspace", str(tmp_path / "w")]
    assert cli.main(["people", *folder, "invite", WANG, "--role", "admin"]) == 0
    assert cli.main(["people", "list", "--json", *folder]) == 0
    assert WANG in capsys.readouterr().out
