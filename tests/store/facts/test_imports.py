"""Preview, undo, merges and rejected rows: nothing is lost, everything can be taken back."""

from datetime import date
from typing import Any

import pytest

from tend.acts import merges
from tend.ingest.results import FileResult, Remembered
from tend.language.errors import TendError
from tend.people.person import Person
from tend.queries import asking
from tend.store.facts import imports, rejected, twins
from tend.store.facts.preview import Change, Difference, Draft, rehearse
from tend.store.workspace import Workspace
from tend.view import View

AS_OF = date(2025, 6, 30)
HEAD = "Contract no,Customer,Industry,Start date,End date,Amount\n"
FIRST = HEAD + (
    "K1,Alder Ltd,Retail,2024-01-01,2024-12-31,100\nK2,Birch,Retail,2024-01-01,2024-12-31,100\n"
)
SECOND = HEAD + (
    "K1,Alder Ltd,Retail,2024-01-01,2024-12-31,150\nK3,Birch,Bank,2024-01-01,2024-12-31,100\n"
)


def read(workspace: Workspace, name: str, words: str) -> FileResult:
    """Read a CSV of these words."""
    path = workspace.path / name
    path.write_text(words, encoding="utf-8")
    return imports.read(workspace, path)


def test_a_preview_tells_what_would_change_and_changes_nothing(workspace: Workspace) -> None:
    """New, changed with old and new value, the same, and gone where the file is the whole truth."""
    imports.commit(workspace, read(workspace, "a.csv", FIRST))
    second = read(workspace, "b.csv", SECOND)
    version = workspace.version
    told = {
        one.dataset: one
        for one in rehearse(workspace, [Draft(second, "merge")]).files[0].differences
    }
    amount = Change("K1", "amount", "100.0", "150.0")
    assert told["contracts"] == Difference("contracts", 1, 1, 1, 0, (amount,))
    assert told["customers"].changes == (Change("Birch", "industry", "Retail", "Bank"),)
    told = {
        one.dataset: one
        for one in rehearse(workspace, [Draft(second, "replace")]).files[0].differences
    }
    assert told["contracts"] == Difference("contracts", 1, 1, 0, 1, (amount,))
    assert workspace.version == version
    assert contracts(workspace) == {"K1": 100, "K2": 100}


def test_a_preview_comes_true(workspace: Workspace) -> None:
    """After the commit the same file would change nothing more."""
    imports.commit(workspace, read(workspace, "a.csv", FIRST))
    second = read(workspace, "b.csv", SECOND)
    imports.commit(workspace, second)
    for one in rehearse(workspace, [Draft(second, "merge")]).files[0].differences:
        assert (one.new, one.changed, one.gone) == (0, 0, 0)


def test_two_spellings_of_a_customer_become_one_and_two_again(workspace: Workspace) -> None:
    """A near name is suggested, merged by hand, renews as one customer, and is taken back."""
    listed = "Customer ID,Customer name,Industry\nC1,Alder,Retail\nC2,Birch,Bank\n"
    imports.commit(workspace, read(workspace, "customers.csv", listed))
    deals = HEAD.replace(",Industry", "") + (
        "K1,Alder,2024-01-01,2024-12-31,100\nK2,Alder Co. Ltd,2025-01-01,2025-12-31,120\n"
    )
    imports.commit(workspace, read(workspace, "deals.csv", deals))
    assert outcomes(workspace) == {"K1": "lost", "K2": "due"}
    (one,) = workspace.read(twins.found)
    assert (one.customer_id, one.into_id, one.into_name) == ("Alder Co. Ltd", "C1", "Alder")
    merges.merge(workspace.seen_by(Person("ana")), one.customer_id, one.into_id)
    assert outcomes(workspace) == {"K1": "renewed_on_time", "K2": "due"}
    assert workspace.read(twins.found) == ()
    assert [m.into_id for m in merges.standing(workspace)] == ["C1"]
    with pytest.raises(TendError, match="already merged"):
        merges.merge(workspace, "C1", "Alder Co. Ltd")
    merges.unmerge(workspace, "Alder Co. Ltd")
    assert outcomes(workspace) == {"K1": "lost", "K2": "due"}
    with pytest.raises(TendError, match="not merged"):
        merges.unmerge(workspace, "Alder Co. Ltd")


def test_merges_lead_over_several_steps(workspace: Workspace) -> None:
    """A into B and B into C makes all three one."""
    words = HEAD + "".join(f"K{n},{n},Retail,2024-01-01,2024-12-31,100\n" for n in "ABC")
    imports.commit(workspace, read(workspace, "a.csv", words))
    merges.merge(workspace, "A", "B")
    merges.merge(workspace, "B", "C")
    rows = asking.run(workspace, "renewals", View(AS_OF)).to_pylist()
    assert {row["customer_id"] for row in rows} == {"C"}


def test_rejected_rows_come_back_in_the_files_own_columns(workspace: Workspace) -> None:
    """With a reason, in the language asked for."""
    words = FIRST + "K9,Cedar,Retail,2024-05-01,2024-04-01,7\n"
    report = imports.commit(workspace, read(workspace, "a.csv", words))
    assert report.import_id is not None
    told = rejected.table(workspace, report.import_id, 1, "en")
    assert told.column_names[:3] == ["Contract no", "Customer", "Industry"]
    (row,) = zip(*(column.to_pylist() for column in told.columns), strict=True)
    assert row[:2] == ("K9", "Cedar")
    assert "end" in str(row[-1]).lower()
    with pytest.raises(TendError):
        rejected.table(workspace, 99, 1, "en")


def contracts(workspace: Workspace) -> dict[str, float]:
    """Give ARR by contract, rounded."""
    rows = asking.run(workspace, "renewals", View(AS_OF)).to_pylist()
    return {row["contract_id"]: round(row["arr"]) for row in rows}


def outcomes(workspace: Workspace) -> dict[str, str]:
    """Give the outcome of each contract."""
    rows = asking.run(workspace, "renewals", View(AS_OF)).to_pylist()
    return {row["contract_id"]: row["outcome"] for row in rows}


def test_a_confirmed_mapping_is_used_without_asking_the_next_time(workspace: Workspace) -> None:
    """A column nobody knows becomes the amount because the user said so, now and later."""
    odd = HEAD.replace("Amount", "Zork").replace("Industry", "Florp") + (
        "K1,Alder,x,2024-01-01,2024-12-31,100\n"
    )
    path = workspace.path / "odd.csv"
    path.write_text(odd, encoding="utf-8")
    means = Remembered(
        "contracts",
        {
            "Contract no": "contract_id",
            "Customer": "customer_name",
            "Florp": "",
            "Start date": "start_date",
            "End date": "end_date",
            "Zork": "amount",
        },
    )
    options = imports.ImportOptions(mappings={"odd.csv": means})
    report = imports.import_file(workspace, path, options=options)
    assert report.accepted == 1, report
    path.write_text(odd.replace("100", "300"), encoding="utf-8")
    assert imports.import_file(workspace, path).accepted == 1
    assert contracts(workspace) == {"K1": 300}


def test_another_reading_of_a_file_takes_the_place_of_the_first(workspace: Workspace) -> None:
    """Read with another date order, an import keeps its number and its place (M23)."""
    early = HEAD + "K1,Alder,Retail,2024-01-01,05/06/2024,100\n"
    path = workspace.path / "early.csv"
    path.write_text(early, encoding="utf-8")
    first = imports.import_file(workspace, path)
    second = HEAD.replace("Industry", "Region") + "K1,Alder,North,2024-01-01,,900\n"
    (workspace.path / "late.csv").write_text(second, encoding="utf-8")
    options = imports.ImportOptions(date_order="mdy")
    again = imports.import_file(workspace, path, options=options)
    assert (again.import_id, again.unchanged) == (first.import_id, False)
    (row,) = asking.run(workspace, "renewals", View(AS_OF)).to_pylist()
    assert row["end_date"] == date(2024, 5, 6)
    assert imports.import_file(workspace, path, options=options).unchanged
    imports.import_file(workspace, workspace.path / "late.csv")
    assert not imports.import_file(workspace, path).unchanged
    assert asking.run(workspace, "renewals", View(AS_OF)).num_rows == 0
    assert len(imports.history(workspace)) == 2


@pytest.mark.parametrize(
    ("words", "options"),
    [
        (HEAD + "K1,Alder,Retail,2024-01-01,05/06/2024,100\n", {"date_order": "mdy"}),
        (
            HEAD + "K1,Alder,Retail,2024-01-01,2024-12-31,100\n",
            {"mappings": {"x.csv": Remembered("contracts", {"Industry": "product"})}},
        ),
        (
            "客户名称,开始日期,到期日期,合同金额,备注\n甲公司,2024-01-01,2024-12-31,100,云\n",
            {"mappings": {"x.csv": Remembered("contracts", {"备注": "product"})}},
        ),
        (
            "客户,2024年1月,2024年2月,2024年3月\n甲,12,12,24\n",
            {"mappings": {"x.csv": Remembered("contracts", {}, {"matrix": "yearly"})}},
        ),
    ],
)
def test_what_an_older_tend_read_is_held_against_what_is_read_now(
    workspace: Workspace, words: str, options: dict[str, Any]
) -> None:
    """It kept no fingerprint: read alike nothing changes, read in another way it is replaced."""
    path = workspace.path / "x.csv"
    path.write_text(words, encoding="utf-8")
    first = imports.import_file(workspace, path)
    with workspace.writing("edit") as cursor:
        cursor.execute("update imports set reading = null")
    assert imports.import_file(workspace, path).unchanged
    again = imports.import_file(workspace, path, options=imports.ImportOptions(**options))
    assert (again.import_id, again.unchanged) == (first.import_id, False)
    assert len(imports.history(workspace)) == 1


@pytest.mark.parametrize(
    ("words", "answers"),
    [
        ("Customer,2024-01,2024-02,2024-03\nAlder,12,12,24\n", {"matrix": "yearly"}),
        ("客户,2024年1月,2024年2月,2024年3月\n甲,12,12,24\n", {"matrix": "usage"}),
    ],
)
def test_another_answer_is_another_reading(
    workspace: Workspace, words: str, answers: dict[str, str]
) -> None:
    """What the first reading said is gone, and the answer is kept for files with these headers."""
    path = workspace.path / "x.csv"
    path.write_text(words, encoding="utf-8")
    first = imports.import_file(workspace, path)
    [question] = first.sheets[0].questions
    assert question.taken == "monthly"
    told = {"x.csv": Remembered("contracts", {}, answers)}
    again = imports.import_file(workspace, path, options=imports.ImportOptions(mappings=told))
    assert (again.import_id, again.unchanged) == (first.import_id, False)
    with workspace.cursor() as cursor:
        found = cursor.execute("select sum(amount) from rows_contracts").fetchone()
    assert found == ((4.0,) if answers["matrix"] == "yearly" else (None,))
    assert imports.import_file(workspace, path).unchanged


@pytest.mark.parametrize(
    "words",
    [
        HEAD + "K1,,Retail,2024-01-01,2024-12-31,100\n",
        "客户名称,到期日,合同金额\n甲公司,2024-12-31,#REF!\n",
        HEAD,
    ],
)
def test_a_file_without_an_accepted_row_is_refused_and_may_come_again(
    workspace: Workspace, words: str
) -> None:
    """It leaves no import; its problems are told (M23)."""
    path = workspace.path / "x.csv"
    path.write_text(words, encoding="utf-8")
    for _ in range(2):
        report = imports.import_file(workspace, path)
        assert report.error is not None
        assert report.error.code == "nothing_accepted"
    assert report.sheets[0].rejected == len(report.sheets[0].problems)
    assert imports.history(workspace) == []


def test_health_follows_once_after_several_files(workspace: Workspace) -> None:
    """Each import is a version, and so is health, which comes after the last of them."""
    health = "select count(*) from health_contracts"
    before = workspace.version
    with workspace.together():
        for name, words in (("a.csv", FIRST), ("b.csv", SECOND)):
            imports.commit(workspace, read(workspace, name, words))
        assert workspace.version == before + 2
        assert workspace.read(lambda cursor: cursor.execute(health).fetchone()) == (0,)
    assert workspace.version == before + 3
    assert workspace.read(lambda cursor: cursor.execute(health).fetchone()) != (0,)
