"""What an amount is: per what, in which currency, whole or broken (M10, M14, M22, M35)."""

import pytest

from tend.ingest.results import Remembered
from tests.stories.field.conftest import Bring, Case, hold

EUR = "customer,start date,end date,amount (EUR)\nAda GmbH,2024-01-01,2024-12-31,12000\n"
EUR_CELLS = "customer;start date;end date;amount\nAda GmbH;01.01.2024;31.12.2024;€ 12.000\n"
EUR_ZH = "客户名称,开始日期,到期日期,合同金额,币种\n甲公司,2024-01-01,2024-12-31,12000,欧元\n"
WAN = (
    "客户名称,开始日期,到期日期,合同金额（万）\n"
    '甲公司,2024-01-01,2024-12-31,"¥283,800"\n乙公司,2024-01-01,2024-12-31,30\n'
)
EUROPEAN = {"currency_taken", "dmy", "decimal_comma_sheet"}
CASES = [
    Case(
        ("F05.csv",),
        "2024-06-30",
        dict.fromkeys(("Birch Ltd", "Fern Ltd", "Elm Ltd", "Ash Ltd", "Yew Ltd"), 12000),
        {"basis_of_cells"},
    ),
    Case(
        ("F06.csv",),
        "2024-05-31",
        {"Ada Ltd": 1200, "Bo Ltd": 1200},
        {"basis_of_interval", "status_trial", "interval:Amount"},
    ),
    Case(
        ("F27.csv",),
        "2024-06-30",
        {"Di Ltd": 12000, "Ed Ltd": 120000, "Fy Ltd": 12000},
        {
            "amount_percent 2",
            "amount_per_seat 3",
            "unreadable_value 4",
            "about_amount 6",
            "basis_of_cells",
        },
    ),
    Case(("contracts.csv",), "2025-06-30", {"A1": 1000, "A2": 2000}, {"annual", "currency_taken"}),
    Case(("monthly_by_mapping.csv",), "2025-06-30", {"Alder Co": 1200}, {"monthly"}),
    Case((("eur.csv", EUR),), "2024-06-30", {"Ada GmbH": 12000}, {"currency_taken"}),
    Case((("cells.csv", EUR_CELLS),), "2024-06-30", {"Ada GmbH": 12000}, EUROPEAN),
    Case((("zh.csv", EUR_ZH),), "2024-06-30", {"甲公司": 12000}, {"currency_taken"}),
    Case(
        (("wan.csv", WAN),),
        "2024-06-30",
        {"甲公司": 283800, "乙公司": 300000},
        {"unit", "sign_or_unit:合同金额（万）"},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_amounts_are_read_as_they_were_meant(bring: Bring, case: Case) -> None:
    """ARR on the day, and each decision told."""
    hold(bring, case)


@pytest.mark.parametrize("amount", ["amount", "amount:monthly"])
def test_a_mapping_says_what_an_amount_is_per(bring: Bring, amount: str) -> None:
    """By its header or by the mapping, 100 a month is 1,200 a year (M10)."""
    mapping = Remembered("contracts", {"mrr_amount": amount})
    brought = bring("monthly_by_mapping.csv", mappings={"monthly_by_mapping.csv": mapping})
    assert brought.arr("2025-06-30") == {"Alder Co": 1200}


def test_a_credit_is_no_renewal(bring: Bring) -> None:
    """Due 12,000, renewed 12,000, net 100 %; the credit takes off ARR in its days (M14)."""
    brought = bring("F23.csv")
    (rates,) = brought.rows("renewal_rates", "2025-01-31", "2024-10-01", "2024-12-31")
    found = [rates[name] for name in ("due_arr", "renewed_arr", "net_renewal_rate")]
    assert (found, brought.said) == ([12000, 12000, 1], {"negative_amount 3"})
    days = ("2024-03-31", "2024-04-30", "2024-12-31", "2025-01-31")
    assert [brought.arr(day) for day in days] == [
        {"Ada Ltd": arr} for arr in (12000, 8000, 8000, 12000)
    ]
