"""Whose a fact is and which is the same, over several files (M2-M7, M25, M33)."""

from collections.abc import Callable
from datetime import date
from time import monotonic

import pytest

from tend.acts import merges
from tend.queries import asking
from tend.store.facts import imports, reports, twins
from tend.store.facts.reports import ImportReport
from tend.store.workspace import Workspace
from tend.view import View

HEAD = "contract no,customer,product,start date,end date,amount\n"
YEAR = "2024-01-01,2024-12-31"
Drop = Callable[..., ImportReport]


@pytest.fixture
def drop(workspace: Workspace) -> Drop:
    """Import a file of these words."""

    def run(words: str, name: str = "contracts.csv") -> ImportReport:
        path = workspace.path / name
        path.write_text(words, encoding="utf-8")
        report = imports.import_file(workspace, path)
        assert report.error is None
        assert report.rejected == 0
        return report

    return run


def codes(report: ImportReport) -> list[tuple[int | None, str]]:
    """Give row and code of every problem."""
    return [(p.row, p.code) for sheet in report.sheets for p in sheet.problems]


def contracts(workspace: Workspace) -> dict[str, float]:
    """Give the contracts as they are shown, with their yearly value."""
    with workspace.cursor() as cursor:
        found = cursor.execute("select contract_id, annual_amount from stg_contracts").fetchall()
    return {contract: round(amount) for contract, amount in found}


def outcomes(workspace: Workspace, as_of: date) -> dict[str, str]:
    """Give the outcome of each contract on a day."""
    rows = asking.run(workspace, "renewals", View(as_of)).to_pylist()
    return {row["contract_id"]: row["outcome"] for row in rows}


def test_a_number_of_two_files_is_two_customers_contracts(workspace: Workspace, drop: Drop) -> None:
    """M2: none replaces the other, the second file says so, each is asked for by its own name."""
    drop(f"{HEAD}1,Ada,,{YEAR},12000\n2,Cy,,{YEAR},12000\n", "a.csv")
    second = drop(f"{HEAD}1,Bo,,2024-02-01,2025-01-31,5000\n3,Di,,{YEAR},7000\n", "b.csv")
    assert codes(second) == [(2, "number_of_several")]
    assert contracts(workspace) == {"1 · Ada": 12000, "1 · Bo": 5000, "2": 12000, "3": 7000}
    view = View(date(2024, 6, 30))
    (row,) = asking.run(workspace, "contract", view, contract_id="1 · Bo").to_pylist()
    assert (row["customer_id"], row["amount"]) == ("Bo", 5000)
    traced = asking.run(workspace, "sources", view, dataset="contracts", key="1").to_pylist()
    assert {(one["fact"], one["file"]) for one in traced} == {
        ("1 · Ada", "a.csv"),
        ("1 · Bo", "b.csv"),
    }


def test_a_later_file_replaces_a_contract_with_all_its_lines(
    workspace: Workspace, drop: Drop
) -> None:
    """M3: a line that the later file lacks is gone; undone, it is there again."""
    drop(
        f"{HEAD}H,Ada,Core,{YEAR},12000\nH,Ada,Reports,{YEAR},3000\nG,Bo,Core,{YEAR},100\n", "a.csv"
    )
    assert contracts(workspace) == {"H · Core": 12000, "H · Reports": 3000, "G": 100}
    later = drop(f"{HEAD}H,Ada,Core,{YEAR},14000\n", "b.csv")
    assert contracts(workspace) == {"H": 14000, "G": 100}
    assert later.import_id is not None
    imports.undo(workspace, later.import_id)
    assert contracts(workspace) == {"H · Core": 12000, "H · Reports": 3000, "G": 100}


def test_lines_keep_what_a_later_file_does_not_say(workspace: Workspace, drop: Drop) -> None:
    """K3 line by line: a file without status leaves it; the product tells which line it is."""
    drop(
        HEAD.replace("amount", "amount,status")
        + f"H,甲,基础版,{YEAR},12000,生效\nH,甲,报表,{YEAR},3000,草稿\n",
        "a.csv",
    )
    drop(
        "合同编号,客户,产品,到期日期,合同金额\nH,甲,基础版,2024-12-31,13000\nH,甲,报表,2024-12-31,3000\n",
        "b.csv",
    )
    with workspace.cursor() as cursor:
        found = cursor.execute(
            "select line, amount, status from stg_contracts order by all"
        ).fetchall()
    assert found == [("基础版", 13000, "生效"), ("报表", 3000, "草稿")]


def test_years_of_a_ramp_follow_each_other_and_are_renewed(
    workspace: Workspace, drop: Drop
) -> None:
    """M3: the next year's line succeeds this year's; who names the number follows the last."""
    drop(
        HEAD.replace("amount", "amount,previous contract")
        + f"H,Ada,,{YEAR},1000,\nH,Ada,,2025-01-01,2025-12-31,2000,\n"
        + "N,Ada,,2026-01-01,2026-12-31,3000,H\n"
    )
    assert contracts(workspace) == {"H · 2024-01-01": 1000, "H · 2025-01-01": 2000, "N": 3000}
    assert outcomes(workspace, date(2026, 3, 1)) == {
        "H · 2024-01-01": "renewed_on_time",
        "H · 2025-01-01": "renewed_on_time",
        "N": "due",
    }


def test_lines_are_followed_by_those_of_their_product(workspace: Workspace, drop: Drop) -> None:
    """M3: two products of a number that names the number before: each follows its own."""
    drop(
        HEAD.replace("amount", "amount,previous contract")
        + f"A,Ada,Core,{YEAR},1000,\nA,Ada,Reports,{YEAR},500,\n"
        + "B,Ada,Core,2025-01-01,2025-12-31,1100,A\nB,Ada,Reports,2025-01-01,2025-12-31,600,A\n"
    )
    rows = asking.run(workspace, "renewals", View(date(2025, 3, 1))).to_pylist()
    found = {row["contract_id"]: row["successor_id"] for row in rows if row["successor_id"]}
    assert found == {"A · Core": "B · Core", "A · Reports": "B · Reports"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("N,Ada,,2026-01-01,2026-12-31,9,H", []),  # her own, though Bo has one too
        ("N,甲公司,,2026-01-01,2026-12-31,9,H", ["previous_of_another_customer"]),
        ("N,Ada,,2022-01-01,2022-12-31,9,H", ["previous_starts_later"]),
        ("N,Bo,,2024-06-01,2025-12-31,9,H", ["previous_starts_later"]),  # Ada's does not
        ("N,Ada,,2024-06-01,2025-12-31,9,H", []),  # one of two lines does not
        ("H,Ada,,2026-01-01,2026-12-31,9,H", ["previous_is_itself"]),
        ("N,Ada,,2026-01-01,2026-12-31,9,J", ["previous_unknown"]),
    ],
)
def test_a_link_to_a_shared_number_means_its_customers_lines(
    drop: Drop, line: str, said: list[str]
) -> None:
    """M2, M3: of several customers' numbers the own one, of several lines one to be followed."""
    report = drop(
        HEAD.replace("amount", "amount,previous contract")
        + f"H,Ada,,{YEAR},1000,\nH,Ada,,2025-01-01,2025-12-31,2000,\n"
        + f"H,Bo,,2025-01-01,2025-12-31,500,\n{line}\n"
    )
    assert [code for row, code in codes(report) if row == 5 and code.startswith("prev")] == said


def test_a_number_that_all_customers_have_and_name_is_looked_up_in_time(drop: Drop) -> None:
    """Each finds its own, without pairs of all: five thousand need no longer than others."""
    lines = (f"N1,C{i},,2023-01-01,2023-12-31,5,N1\n" for i in range(5_000))
    began = monotonic()
    report = drop(HEAD.replace("amount", "amount,previous contract") + "".join(lines))
    assert monotonic() - began < 15
    assert sum(code == "previous_is_itself" for _, code in codes(report)) == 5_000


def test_a_stage_of_a_shared_number_is_its_customers(workspace: Workspace, drop: Drop) -> None:
    """M2: a word on number 1 of Bo is no word on that of Ada."""
    drop(f"{HEAD}1,Ada,,{YEAR},100\n1,Bo,,{YEAR},100\n")
    drop("contract no,customer,stage,entered on\n1,Bo,Negotiation,2024-11-01\n", "stages.csv")
    with workspace.cursor():
        rows = {
            name: asking.run(
                workspace, "contract", View(date(2024, 12, 1)), contract_id=f"1 · {name}"
            ).to_pylist()
            for name in ("Ada", "Bo")
        }
    assert (rows["Ada"][0]["stage_text"], rows["Bo"][0]["stage_text"]) == (None, "Negotiation")


TOUCHES = "customer,touch date,csm,type,hours\n"
ANSWERS = "customer,date,nps\n"


@pytest.mark.parametrize(
    ("table", "head", "line"),
    [("touches", TOUCHES, "Ada,2024-05-01,Mia,call,"), ("surveys", ANSWERS, "Ada,2024-05-01,")],
)
def test_a_file_imported_again_counts_nothing_twice(
    workspace: Workspace, drop: Drop, table: str, head: str, line: str
) -> None:
    """M5, M6: equal rows count each; a later export with them and more adds only what is new."""
    drop(f"{head}{line}1\n{line}2\n", f"{table}.csv")
    drop(f"{head}{line}1\n{line}2\n{line}2\n", f"{table} later.csv")
    with workspace.cursor() as cursor:
        assert cursor.execute(f"select count(*) from stg_{table}").fetchone() == (3,)


def test_a_file_that_tells_the_time_tells_the_same_once_more(
    workspace: Workspace, drop: Drop
) -> None:
    """What came in before times were kept is not counted beside them."""
    drop(f"{TOUCHES}Ada,2024-05-01,Mia,call,1\n", "touches.csv")
    with workspace.writing("edit") as cursor:
        cursor.execute("update rows_touches set place = 0")
    drop(f"{TOUCHES}Ada,2024-05-01 09:00,Mia,call,1\nAda,2024-05-01 10:00,Mia,call,2\n", "more.csv")
    with workspace.cursor() as cursor:
        found = cursor.execute("select time_of_day, hours from stg_touches order by all").fetchall()
    assert found == [("09:00:00", 1), ("10:00:00", 2)]


def test_parts_of_usage_add_up_within_the_newest_file(workspace: Workspace, drop: Drop) -> None:
    """M4: 30 and 5 are 35, traced to both rows; a corrected file takes their place."""
    head = "customer,month,product,active users\n"
    drop(f"{head}Ada,2024-05,Core,30\nAda,2024-05,Reports,5\n", "usage.csv")
    with workspace.cursor() as cursor:
        assert cursor.execute("select value, len(sources) from stg_usage").fetchall() == [(35, 2)]
    drop(f"{head}Ada,2024-05,Core,31\nAda,2024-05,Reports,6\n", "corrected.csv")
    with workspace.cursor() as cursor:
        assert cursor.execute("select value from stg_usage").fetchall() == [(37,)]


def test_whom_no_list_knows_is_told_once(workspace: Workspace, drop: Drop) -> None:
    """M25, M7: once a customer, not without a list, judged anew; one click joins a near id."""
    deals = "customer id,start date,end date,amount\n" + "".join(
        f"{id_},2024-01-01,2024-12-31,{n}\n" for n, id_ in enumerate(("123", "Z", "C2", "c2"), 1)
    )
    first = drop(deals + "Z,2025-01-01,2025-12-31,7\n")
    assert codes(first) == []
    drop("customer id,customer name\n00123,Ada\nC2,Bo\n", "customers.csv")
    sheet = reports.again(workspace, first).sheets[0]
    assert [(p.row, p.code, p.params["count"]) for p in sheet.problems] == [
        (2, "nearly_listed", "1"), (3, "unknown_customer", "2"), (5, "nearly_listed", "1"),
    ]  # fmt: skip
    assert "00123" in sheet.problems[0].message("zh")
    pairs = {one.customer_id: one.into_id for one in workspace.read(twins.found)}
    assert pairs == {"123": "00123", "c2": "C2"}
    for one, into in pairs.items():
        merges.merge(workspace, one, into)
    assert codes(reports.again(workspace, first)) == [(3, "unknown_customer")]


@pytest.mark.parametrize(
    ("names", "alike"),
    [
        (("Birch Hotels", "Birch Hotel Ltd", "Oak"), {"Birch Hotel Ltd", "Birch Hotels"}),
        (
            ("上海锐科软件有限公司", "上海锐科软件股份有限公司", "北京锐科"),
            {"上海锐科软件有限公司", "上海锐科软件股份有限公司"},
        ),
        (("Shop 12 North", "Shop 13 North", "Shop 14 North"), set()),
    ],
)
def test_twins_are_looked_for_among_the_listed(
    workspace: Workspace, drop: Drop, names: tuple[str, ...], alike: set[str]
) -> None:
    """M33: a contract list that tells industries lists everybody; near names are offered."""
    drop(
        "contract no,customer,industry,start date,end date,amount\n"
        + "".join(f"K{n},{name},Retail,{YEAR},100\n" for n, name in enumerate(names))
    )
    found = workspace.read(twins.found)
    assert {name for one in found for name in (one.customer_name, one.into_name)} == alike
    assert all(one.is_listed for one in found)
