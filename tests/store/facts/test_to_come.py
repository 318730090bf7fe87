"""A preview says what would run once the file is in: contracts and their total ARR (M35)."""

from datetime import date

import pytest

from tend.store.facts import imports
from tend.store.facts.preview import Draft, rehearse
from tend.store.facts.to_come import ToCome
from tend.store.workspace import Workspace
from tests.kit.facts import add_contract

TODAY = date(2024, 12, 15)
ENGLISH = "customer,start date,end date,amount\n"
CHINESE = "客户名称,开始日期,到期日期,合同金额,币种\n"


def to_come(workspace: Workspace, words: str, today: date = TODAY) -> ToCome:
    """Preview a CSV of these words."""
    path = workspace.path / "contracts.csv"
    path.write_text(words, encoding="utf-8")
    found = rehearse(workspace, [Draft(imports.read(workspace, path))], today=today).to_come
    assert found is not None
    return found


def test_what_is_there_counts_too(workspace: Workspace) -> None:
    """The sum is the workspace's, not the file's alone, and nothing stays behind."""
    words = ENGLISH + "Ada,2024-01-01,2024-12-31,12000\nBo,2024-01-01,2025-12-31,48000\n"
    assert to_come(workspace, words) == ToCome(TODAY, 2, 2, 36_000, "CNY", 2, 0, ())
    imports.import_file(workspace, workspace.path / "contracts.csv")
    more = to_come(workspace, ENGLISH + "Cy,2024-07-01,2025-06-30,1000\n")
    assert (more.contracts, more.customers, more.arr) == (3, 3, 37_000)
    assert to_come(workspace, ENGLISH + "Cy,2024-07-01,2025-06-30,1000\n") == more


@pytest.mark.parametrize("today", [date(2026, 11, 27), date(2030, 1, 1)])
def test_of_a_list_that_is_over_it_tells_the_newest_day(workspace: Workspace, today: date) -> None:
    """Nothing runs today: then what ran when the newest contract began, and which day that was."""
    words = ENGLISH + "Ada,2020-01-01,2020-12-31,12000\nBo,2020-03-01,2021-02-28,24000\n"
    assert to_come(workspace, words, today) == ToCome(
        date(2020, 3, 1), 2, 2, 36_000, "CNY", 2, 0, (), is_today=False
    )


RUNS, OVER = "2024-01-01,2024-12-31", "2020-01-01,2020-12-31"


@pytest.mark.parametrize(
    ("head", "rows", "contracts", "left_out", "others"),
    [
        (CHINESE, [f"甲公司,{RUNS},12000,CNY", f"乙公司,{RUNS},5,USD"], 2, 1, ("USD",)),
        (CHINESE, [f"甲公司,{RUNS},12000,CNY", f"乙公司,{OVER},5,USD"], 1, 0, ()),
        (
            ENGLISH.replace("\n", ",currency\n"),
            [f"Ada,{RUNS},12000,CNY", f"Bo,{RUNS},5,USD", f"Cy,{OVER},5,USD", f"Di,{RUNS},5,EUR"],
            3,
            2,
            ("EUR", "USD"),
        ),
    ],
)
def test_of_what_is_in_force_that_without_a_rate_is_named(
    workspace: Workspace,
    head: str,
    rows: list[str],
    contracts: int,
    left_out: int,
    others: tuple[str, ...],
) -> None:
    """It is counted among those in force and in no sum; what is over is not spoken of."""
    add_contract(workspace, "K0", start="2021-01-01", end="2021-12-31")
    told = to_come(workspace, head + "\n".join(rows) + "\n")
    assert (told.contracts, told.arr) == (contracts, 12_000)
    assert (told.left_out, told.other_currencies) == (left_out, others)
