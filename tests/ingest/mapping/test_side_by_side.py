"""Tables side by side are read each by itself (M27)."""

import pytest

from tests.ingest.conftest import Rows, check_all, codes, facts

pytestmark = pytest.mark.quick
HEADERS = [
    ["customer", "start date", "end date", "amount"],
    ["客户名称", "开始日期", "到期日", "合同金额"],
]


@pytest.mark.parametrize("header", HEADERS)
def test_two_lists_of_contracts(header: list[str]) -> None:
    """Both are contracts; the second is called by its cell, of more or fewer rows."""
    rows: Rows = [
        [*header, None, *header],
        ["Ada", "2024-01-01", "2024-12-31", 12000, None, "Bo", "2024-03-01", "2025-02-28", 6000],
        [None, None, None, None, None, "Cy", "2024-03-01", "2025-02-28", 7000],
    ]
    found = check_all({"K": rows})
    assert list(found) == ["K", "K!F1"]
    assert [(s.dataset, s.rows, s.accepted) for s in found.values()] == [
        ("contracts", 1, 1),
        ("contracts", 2, 2),
    ]
    assert [f["row_no"] for f in facts(found["K!F1"])] == [2, 3]
    for one in found.values():
        told = [d for d in one.decisions if d.code == "side_by_side"]
        assert [d.params["cells"] for d in told] == ["A1, F1"]


def test_contracts_beside_touches_below_titles() -> None:
    """Another data set, its header in another row, two blank columns between."""
    rows: Rows = [
        ["合同", None, None, None, None, "拜访记录"],
        ["客户名称", "到期日", "合同金额", None, None, "客户名称", "拜访日期", "沟通方式", "备注"],
        ["甲", "2024-12-31", 5, None, None, "甲", "2024-02-01", "电话", "好"],
        ["乙", "2024-12-31", "#REF!", None, None, "乙", "2024-02-02", "电话", "好"],
    ]
    found = check_all({"K": rows})
    assert [(s.name, s.dataset) for s in found.values()] == [
        ("K", "contracts"),
        ("K!F2", "touches"),
    ]
    assert codes(found["K"]) == [(4, "error_cell")]


def test_one_table_with_a_blank_column_stays_one() -> None:
    """What stands behind the blank column names no customer of its own."""
    rows: Rows = [
        ["customer", "start date", "end date", None, "amount", "status"],
        ["Ada", "2024-01-01", "2024-12-31", None, 12000, "active"],
    ]
    found = check_all({"K": rows})
    assert [(s.name, s.accepted) for s in found.values()] == [("K", 1)]
    assert not [d for d in found["K"].decisions if d.code == "side_by_side"]
