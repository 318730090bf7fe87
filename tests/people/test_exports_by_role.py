"""Files are written for a person: each kind holds their rows alone; none is without a right."""

import io
import zipfile
from pathlib import Path

import pytest

from tend.cli.commands import main
from tend.cli.exporting import KINDS
from tend.language.errors import TendError
from tend.people.person import Person
from tend.store.workspace import open_workspace
from tend.ui.handouts import writer
from tests.kit import people
from tests.kit.companies import UNTIL, Companies

OF = {
    "review.html": ("--pages", "week"),
    ".ipynb": ("--page", "value"),
    ".sql": ("--page", "value"),
}


@pytest.fixture
def company(companies: Companies) -> tuple[Path, Person, dict[str, str], dict[str, str]]:
    """Give a sample company's folder, who sees a part of it, that part, and the others."""
    folder = companies.sample(customers=60, years=2)
    with open_workspace(folder) as workspace:
        csm = people.largest_csm(workspace)
        own, others = people.customers(workspace, csm)
    others = {one: name for one, name in others.items() if not any(name in o for o in own.values())}
    return folder, people.everybody(csm)["csm of own"], own, others


def written(folder: Path) -> str:
    """Give all that is written in the files of a folder, packed or not."""
    raw = []
    for file in folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            if zipfile.is_zipfile(io.BytesIO(content)):
                with zipfile.ZipFile(io.BytesIO(content)) as packed:
                    raw += [packed.read(name) for name in packed.namelist()]
            raw.append(content)
    return "\n".join(one.decode("utf-8", "replace") for one in raw)


def export(
    monkeypatch: pytest.MonkeyPatch, folder: Path, file: Path, told: str, *given: str
) -> int:
    """Run the command as the server does: who asked is told by its input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(told))
    words = ["export", str(file), "--workspace", str(folder), "--as-of", UNTIL.isoformat()]
    return main([*words, *given, "--seen-by", "-"])


def test_every_kind_of_file_holds_the_persons_rows_alone(
    company: tuple[Path, Person, dict[str, str], dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """No customer of others is named in any of them, neither in tables nor in data beside them."""
    folder, person, own, others = company
    witnesses = 0
    for place, end in enumerate(KINDS):
        kept = tmp_path / str(place)
        kept.mkdir()
        more = OF.get(end, ())
        if end == "customer.pptx":
            more = ("--customer", next(iter(own)))
        file = kept / (f"x{end}" if end.startswith(".") else end)
        assert export(monkeypatch, folder, file, person.told(), *more) == 0, end
        said = written(kept)
        assert [name for name in others.values() if name in said] == [], end
        witnesses += any(name in said for name in own.values())
    assert witnesses >= 4  # the same look finds those that are theirs


def test_anothers_review_is_not_written(
    company: tuple[Path, Person, dict[str, str], dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Another's customer is told as one that is not there; nobody told, nothing written."""
    folder, person, _, others = company
    file = tmp_path / "customer.pptx"
    foreign, told = next(iter(others)), []
    for one in (foreign, "C-INVENTED"):
        assert export(monkeypatch, folder, file, person.told(), "--customer", one) != 0
        told.append(capsys.readouterr().err.replace(one, "…"))
    assert told[0] == told[1]
    for nobody in ("", "{}", '{"csms": []}', '{"role": "admin", "csms": []}', "admin", "[1]"):
        assert export(monkeypatch, folder, file, nobody, "--customer", foreign) == 1
        assert "not told for whom" in capsys.readouterr().err
    assert not file.exists()


def test_the_server_tells_the_command_for_whom(
    company: tuple[Path, Person, dict[str, str], dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is asked for in the app is written by another process as its reader sees it."""
    folder, person, own, others = company
    words = ["--as-of", UNTIL.isoformat()]
    job = writer.start(person, "workbook", "weekly.xlsx", folder, words)
    assert job.future.result(120) == writer.Outcome()
    said = written(job.file.parent)
    assert not [name for name in others.values() if name in said]
    assert any(name in said for name in own.values())
    monkeypatch.setattr(Person, "may", lambda _self, right: right != "export")
    with pytest.raises(TendError, match="take files out"):
        writer.start(person, "workbook", "weekly.xlsx", folder, words)
