"""A preview says what would run once the file is in: contracts and their total ARR (M35)."""

from datetime import date

import pytest

from tend.store.facts import imports
from tend.store.facts.preview import preview
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
    found = preview(workspace, imports.read(workspace, path), today=today).to_come
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
        date(2020, 3, 1), 2, 2, 36_000, "CNY", 2, 0, ()
    )


def test_what_has_no_rate_is_in_no_sum_and_named(workspace: Workspace) -> None:
    """Counted, but beside the sum."""
    add_contract(workspace, "K0")
    words = CHINESE + "甲公司,2024-01-01,2024-12-31,12000,CNY\n乙公司,2024-01-01,2024-12-31,5,USD\n"
    told = to_come(workspace, words)
    assert (told.known, told.left_out, told.other_currencies) == (3, 1, ("USD",))
