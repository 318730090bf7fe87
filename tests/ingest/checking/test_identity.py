"""What makes two rows the same: numbers with their customer, lines, times, places, parts (M2-M7)."""

import pytest

from tend.ingest.results import Options, Remembered, SheetResult
from tests.ingest.conftest import Check, check_all, codes, facts

pytestmark = pytest.mark.quick

HEAD = ["Contract no", "Customer", "Product", "Start date", "End date", "Amount"]
YEAR = ("2024-01-01", "2024-12-31")


def told(result: SheetResult) -> set[str]:
    """Give the codes of what was decided."""
    return {decision.code for decision in result.decisions}


@pytest.mark.parametrize(
    "head", [HEAD, ["合同编号", "客户名称", "产品", "开始日期", "到期日期", "合同金额"]]
)
def test_a_number_of_two_customers_is_two_contracts(check: Check, head: list[str]) -> None:
    """M2: both rows stand, each with a warning that another customer has the number, too."""
    result = check([head, ["1", "Ada", None, *YEAR, 10], ["1", "Bo", None, *YEAR, 20]])
    assert codes(result) == [(2, "number_of_several"), (3, "number_of_several")]
    assert (result.accepted, len(facts(result))) == (2, 2)
    assert "contract_lines" not in told(result)


def test_numbers_cut_by_a_spreadsheet_are_told(check: Check) -> None:
    """M2: 2.02401E+16 is no number anybody gave; a row for each, with a warning."""
    result = check(
        [HEAD, ["2.02401E+16", "Ada", None, *YEAR, 10], ["2.02401E+16", "Bo", None, *YEAR, 1]]
    )
    assert {code for _, code in codes(result)} == {"id_cut", "number_of_several"}
    assert result.accepted == 2


@pytest.mark.parametrize("name", ["Opportunity Name", "Deal Name", "合同名称", "Subscription Name"])
def test_a_name_is_no_number(check: Check, name: str) -> None:
    """M2: contracts of one name stay several, and the column is told as unused."""
    head = [name, "Customer name", "Start date", "End date", "Amount"]
    result = check(
        [head, ["Annual", "Ada", *YEAR, 10], ["Annual", "Ada", "2025-01-01", "2025-12-31", 11]]
    )
    assert (result.accepted, result.unused, codes(result)) == (2, (name,), [])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["Core", *YEAR, 10], ["Reports", *YEAR, 20]),
        (["Core", *YEAR, 10], ["Core", "2025-01-01", "2025-12-31", 20]),
        ([None, *YEAR, 10], [None, "2025-01-01", "2025-12-31", 20]),
        (["基础版", *YEAR, 10], ["报表", "2024-03-01", "2024-12-31", 20]),
    ],
)
def test_lines_of_a_contract_are_told_apart(
    check: Check, one: list[object], other: list[object]
) -> None:
    """M3: by product, then start; the sheet says so."""
    result = check([HEAD, ["H-1", "Ada", *one], ["H-1", "Ada", *other]])
    assert (len(facts(result)), codes(result)) == (2, [])
    assert "contract_lines" in told(result)


def test_equal_lines_are_one_and_others_contradict(check: Check) -> None:
    """K5 within a line: the same said twice is one, another amount rejects both."""
    line = ["H-1", "Ada", "Core", *YEAR, 10]
    result = check(
        [HEAD, line, line, ["H-2", "Ada", "Core", *YEAR, 1], ["H-2", "Ada", "Core", *YEAR, 2]]
    )
    assert codes(result) == [
        (3, "duplicate_row"), (4, "contradicting_rows"), (5, "contradicting_rows")
    ]  # fmt: skip


def test_a_ledger_beside_the_list_is_the_same_contract() -> None:
    """A sheet without product and start tells of the one line that the other sheet has."""
    found = check_all({
        "List": [HEAD, ["H-1", "Ada", "Core", *YEAR, 10]],
        "Ledger": [["Contract no", "Customer", "End date", "Amount", "Renewed?"],
                   ["H-1", "Ada", "2024-12-31", 10, "yes"]],
    })  # fmt: skip
    assert "contract_lines" not in told(found["List"]) | told(found["Ledger"])
    assert [f["contract_id"] for one in found.values() for f in facts(one)] == ["H-1", "H-1"]


IDS = ("0015g00000XyZab", "0015g00000xYzab", "00123", "123")


def test_ids_are_compared_as_written(check: Check) -> None:
    """M7: case and leading zeros count, of customers and of contracts."""
    head = ["Contract no", "Customer ID", "Start date", "End date", "Amount"]
    rows = [[f"K{id_}", id_, *YEAR, n] for n, id_ in enumerate(IDS)]
    result = check([head, *rows])
    assert (result.accepted, codes(result)) == (4, [])
    assert [f["customer_id"] for f in facts(result)] == list(IDS)


@pytest.mark.parametrize(
    ("written", "read", "decided"),
    [
        (["123.0", "124.0"], ["123", "124"], True),
        (["123.0", "A-1"], ["123.0", "A-1"], False),
        (["１２３", "1\u200b24"], ["123", "124"], False),
    ],
)
def test_what_nobody_sees_is_no_part_of_an_id(
    check: Check, written: list[str], read: list[str], decided: bool
) -> None:
    """M7: width, signs without width, and the .0 of a whole column, which is told."""
    result = check([["Customer ID", "Industry"], *([one, "X"] for one in written)])
    assert [f["customer_id"] for f in facts(result)] == read
    assert ("ids_without_point" in told(result)) == decided


def test_a_sign_without_width_makes_no_other_name(check: Check) -> None:
    """M7: names compare and show without it."""
    result = check([["Customer name", "Industry"], ["Ada\u200b Ltd", "X"], ["Ada Ltd", "X"]])
    assert codes(result) == [(3, "duplicate_row")]
    assert [f["customer_name"] for f in facts(result)] == ["Ada Ltd"]


@pytest.mark.parametrize(
    ("first", "second", "times"),
    [
        ("2024-05-01 09:00", "2024-05-01 17:30", ["09:00:00", "17:30:00"]),
        ("2024/5/1 上午9:00", "2024/5/1 下午5:30", ["09:00:00", "17:30:00"]),
        ("2024年5月1日 9点", "2024年5月1日 17时30分", ["09:00:00", "17:30:00"]),
        ("2024-05-01T09:00:00Z", "2024-05-01T17:30:15Z", ["09:00:00", "17:30:15"]),
        ("May 1, 2024 9:00 AM", "May 1, 2024 12:30 PM", ["09:00:00", "12:30:00"]),
    ],
)
def test_two_answers_of_one_day(check: Check, first: str, second: str, times: list[str]) -> None:
    """M5: the time of day is part of the key: nobody contradicts himself."""
    head = ["Customer", "Submitted at", "Email", "NPS"]
    result = check([head, ["Ada", first, "a@a.test", 3], ["Ada", second, "a@a.test", 9]])
    assert codes(result) == []
    assert [f["time_of_day"] for f in facts(result)] == times


@pytest.mark.parametrize("head", [["Customer", "Date", "NPS"], ["客户", "日期", "NPS"]])
def test_nameless_answers_are_each_a_person(check: Check, head: list[str]) -> None:
    """M5: each has its place; one that is equal in every column is told."""
    rows = [["Ada", "2024-05-01", 3], ["Ada", "2024-05-01", 9], ["Ada", "2024-05-01", 9]]
    result = check([head, *rows])
    assert codes(result) == [(4, "may_be_a_copy")]
    assert [(f["nps"], f["place"]) for f in facts(result)] == [(3, 1), (9, 2), (9, 3)]


@pytest.mark.parametrize(
    ("head", "one", "other", "copy"),
    [
        (["Customer", "Touch date", "CSM", "Type", "Hours"], ["Mia", "call", 0.5], ["Mia", "call", 1.5], False),
        (["客户", "回访日期", "客户成功经理", "跟进方式", "工时"], ["小王", "电话", 1], ["小王", "电话", 1], True),
        (["Customer", "Opened on", "Subject", "Severity", "Resolved on"], ["Login", "high", None], ["Login", "low", None], False),
        (["客户", "创建时间", "工单标题", "优先级", "解决时间"], ["登录", "高", None], ["登录", "高", None], True),
    ],
)  # fmt: skip
def test_two_of_a_day_are_two(
    check: Check, head: list[str], one: list[object], other: list[object], copy: bool
) -> None:
    """M6: two calls, two tickets; equal in every column, with a warning."""
    result = check([head, ["Ada", "2024-05-01", *one], ["Ada", "2024-05-01", *other]])
    assert [f["place"] for f in facts(result)] == [1, 2]
    assert codes(result) == ([(3, "may_be_a_copy")] if copy else [])


@pytest.mark.parametrize("by", ["Product", "功能", "Module"])
def test_usage_in_parts_is_told(check: Check, by: str) -> None:
    """M4: a header that names parts needs no question, and is no unused column."""
    head = ["Customer", "Month", by, "Active users"]
    result = check([head, ["Ada", "2024-05", "A", 30], ["Ada", "2024-05", "B", 5]])
    assert (codes(result), result.unused, result.questions) == ([], (), ())
    assert "added_up" in told(result)
    assert [(f["value"], f["part"]) for f in facts(result)] == [(30, 1), (5, 2)]


def test_parts_by_an_unknown_header_are_asked_for(check: Check) -> None:
    """M4: until somebody answers they are added up; "no" rejects them as contradicting."""
    rows = [["Customer", "Month", "Colour", "Active users"],
            ["Ada", "2024-05", "red", 30], ["Ada", "2024-05", "blue", 5]]  # fmt: skip
    result = check(rows)
    (question,) = result.questions
    assert (question.code, question.taken, result.accepted) == ("added_up", "add", 2)
    no = Options(mappings={"Sheet1": Remembered("usage", answers={question.key: "reject"})})
    assert [code for _, code in codes(check(rows, None, no))] == ["contradicting_rows"] * 2


@pytest.mark.parametrize("user", ["User email", "用户", "user id"])
def test_users_with_any_action_are_active(check: Check, user: str) -> None:
    """M4: each once a period; licensed users are not added up; a day without any has 0."""
    head = ["Customer", "Day", user, "Actions", "Licensed users"]
    rows = [["2024-05-01", "1001", 3], ["2024-05-01", "1002", 0], ["2024-05-01", "1003", 2], ["2024-05-02", "1001", 0]]  # fmt: skip
    result = check([head, *(["Ada", *row, 50] for row in rows)])
    assert codes(result) == []
    assert "users_counted" in told(result)
    sums: dict[tuple[str, int], float] = {}
    for fact in facts(result):
        if "value" in fact:
            key = str(fact["measure"]), fact["period_start"].day  # type: ignore[attr-defined]
            sums[key] = sums.get(key, 0) + fact["value"]  # type: ignore[operator]
    assert sums == {
        ("key_actions", 1): 5, ("key_actions", 2): 0, ("active_users", 1): 2,
        ("active_users", 2): 0, ("licensed_users", 1): 50, ("licensed_users", 2): 50,
    }  # fmt: skip
