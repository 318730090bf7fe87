"""What the rows of each data set become: ledgers, lists of customers, usage, surveys."""

import datetime as dt

import pytest

from tests.ingest.checking.test_one_row import HEAD, KNOWN
from tests.ingest.conftest import Check, check_all, codes, facts

pytestmark = pytest.mark.quick


def test_half_answers_of_one_respondent_are_merged(check: Check) -> None:
    """NPS in one row and CSAT in another is one answer (K21)."""
    result = check([["Customer ID", "Answered on", "Respondent", "NPS", "CSAT"],
                    ["C1", "2024-01-01", "Li", "9", None], ["C1", "2024-01-01", "Li", None, "5"]], KNOWN)  # fmt: skip
    assert result.accepted == 2
    assert [(f["nps"], f["csat"]) for f in facts(result)] == [(9, 5)]


def test_a_name_of_two_customers_is_rejected(check: Check) -> None:
    """Names compare folded (K4); one that nobody knows is judged when all files are in (M25)."""
    head = ["Customer name", "End date", "Amount"]
    result = check(
        [
            head,
            [" ＡＣＭＥ ", "2024-12-31", "1"],
            ["Other", "2024-12-31", "1"],
            ["Twin", "2024-12-31", "1"],
        ],
        KNOWN,
    )
    assert [(p.row, p.code) for p in result.problems] == [(4, "ambiguous_name")]
    assert facts(result)[0]["name_key"] == "acme"


def test_customers_of_the_same_file_are_known() -> None:
    """The customer list of a book counts for its other sheets, by id or by name."""
    found = check_all(
        {"合同": [["客户", "到期日", "合同金额"], ["甲公司", "2024-12-31", "1"], ["K2", "2024-12-31", "1"]],
         "客户": [["客户编号", "客户名称", "行业"], ["K1", "甲公司", "教育"], ["K2", "乙公司", "教育"]]}
    )  # fmt: skip
    assert not found["合同"].problems
    assert [f.get("customer_id") for f in facts(found["合同"])] == [None, "K2"]


def test_a_churn_table_without_dates(check: Check) -> None:
    """The public churn table needs no mapping: monthly values, kept against lost."""
    result = check(
        [["customerID", "gender", "tenure", "Contract", "MonthlyCharges", "TotalCharges", "Churn"],
         ["1-A", "Female", "1", "Month-to-month", "29.85", "29.85", "No"], ["2-B", "Male", "34", "One year", "56.95", "1889.5", "Yes"]]
    )  # fmt: skip
    assert (result.dataset, result.accepted) == ("contracts", 2)
    assert [(f["amount"], f["amount_basis"], f["outcome"]) for f in facts(result)] == [
        (29.85, "monthly", "renewed"), (56.95, "monthly", "lost")
    ]  # fmt: skip
    assert result.unused == ("gender", "tenure", "TotalCharges")


def test_a_chinese_ledger(check: Check) -> None:
    """是 is renewed, 否 lost, 待定 and blank undecided; months end on their last day."""
    result = check(
        [["客户名称", "到期日", "合同金额（万元）", "是否续费"], ["甲", "2024-03-31", "1.2", "是"], ["乙", "2024年4月", "2", "否"],
         ["丙", "2024/5/31", "3", "待定"], ["丁", "2024.6.30", "4", None]]
    )  # fmt: skip
    assert [(f["outcome"], f["amount"], f["currency"]) for f in facts(result)] == [
        ("renewed", 12000, "CNY"), ("lost", 20000, "CNY"), ("undecided", 30000, "CNY"), ("undecided", 40000, "CNY")
    ]  # fmt: skip
    assert facts(result)[1]["end_date"] == dt.date(2024, 4, 30)


def test_a_blank_outcome_beside_start_dates_is_left_to_the_dates(check: Check) -> None:
    """In a contract list a blank outcome is inferred, 待定 is not."""
    result = check([[*HEAD, "Renewed"], ["K1", "C1", "2024-01-01", "2024-12-31", "1", None],
                    ["K2", "C1", "2025-01-01", "2025-12-31", "1", "tbd"]], KNOWN)  # fmt: skip
    assert [f.get("outcome") for f in facts(result)] == [None, "undecided"]


def test_a_contract_list_may_tell_about_customers(check: Check) -> None:
    """Industry and size beside contracts feed the customers, the last value given wins."""
    result = check(
        [["客户名称", "行业", "规模", "合同金额", "到期日"], ["甲", "教育", "260人", "1", "2025-12-31"], ["甲", "零售", "", "1", "2024-12-31"]]
    )  # fmt: skip
    assert (result.dataset, result.rows, result.accepted) == ("contracts", 2, 2)
    (also,) = result.also
    fact = also.facts.to_pylist()[0]
    assert (fact["customer_name"], fact["industry"], fact["size_number"]) == ("甲", "教育", 260)
    assert also.columns == ("customer_name", "industry", "size")
    assert codes(result) == []


def test_a_customer_list_speaks_for_itself() -> None:
    """Beside a customer list, attributes in the contract sheet are not used, and said so."""
    found = check_all(
        {"合同": [["客户名称", "行业", "合同金额", "到期日"], ["甲", "教育", "1", "2025-12-31"]],
         "客户": [["客户名称", "行业"], ["甲", "零售"]]}
    )  # fmt: skip
    assert found["合同"].also == ()
    assert found["合同"].unused == ("行业",)


def test_extra_text_columns_of_customers_are_filters(check: Check) -> None:
    """Province filters, a telephone number does not."""
    result = check(
        [["客户名称", "行业", "Province", "电话"], ["甲", "教育", "广东", "13800000000"]]
    )
    assert facts(result)[0]["extra"] == [("Province", "广东")]
    assert result.mapping["Province"] == "extra:Province"
    assert result.unused == ("电话",)


def test_usage_has_one_fact_per_measure(check: Check) -> None:
    """First days of months are months (K15); further numbers are measures of their own."""
    result = check(
        [
            ["客户", "日期", "活跃用户数", "导出次数"],
            ["甲", "2024-02-01 00:00:00", "5", "7"],
            ["甲", "2024-03-01 00:00:00", None, "8"],
        ]
    )
    assert {(f["measure"], f["period_end"], f.get("value")) for f in facts(result)} == {
        ("active_users", dt.date(2024, 2, 29), 5), ("active_users", dt.date(2024, 3, 31), None),
        ("导出次数", dt.date(2024, 2, 29), 7), ("导出次数", dt.date(2024, 3, 31), 8),
    }  # fmt: skip
    assert {f["granularity"] for f in facts(result)} == {"month"}


def test_usage_in_the_long_form(check: Check) -> None:
    """Customer, period, measure, value: known measures get our names."""
    result = check(
        [
            ["customer_id", "period", "metric", "value"],
            ["C1", "2024-01-03", "MAU", "5"],
            ["C1", "2024-01-05", "Clicks", "6"],
        ],
        KNOWN,
    )
    assert [(f["measure"], f["value"], f["granularity"]) for f in facts(result)] == [
        ("active_users", 5, "day"), ("Clicks", 6, "day")
    ]  # fmt: skip


def test_days_and_months_of_one_measure_that_overlap_are_rejected(check: Check) -> None:
    """A day inside a month that is counted as well would count twice (K15)."""
    head = ["customer_id", "period", "active users"]
    result = check(
        [head, ["C1", "2024-01", "5"], ["C1", "2024-01-05", "6"], ["C1", "2024-02-06", "6"]], KNOWN
    )
    assert codes(result) == [(2, "contradicting_rows"), (3, "contradicting_rows")]


def test_nps_outside_its_scale_is_rejected(check: Check) -> None:
    """11 is no answer to a question of 0 to 10."""
    result = check(
        [["Customer ID", "Date", "NPS"], ["C1", "2024-01-01", "11"], ["C1", "2024-01-02", "0"]],
        KNOWN,
    )
    assert codes(result) == [(2, "nps_out_of_range")]


def test_a_name_alone_is_the_customer_that_bears_it(check: Check) -> None:
    """With a number in one line and without in another, a name is one customer, each of twenty."""
    rows = [["Customer ID", "Customer name", "Industry"]]
    for number in range(20):
        rows += [[f"C{number}", f"Company {number}", "Retail"], ["", f"Company {number}", "Retail"]]
    result = check(rows)
    assert (result.accepted, codes(result)) == (
        40,
        [(row, "duplicate_row") for row in range(3, 42, 2)],
    )
