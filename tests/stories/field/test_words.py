"""Words and headers, data sets by evidence, refusals by name (M12, M17, M21, M24)."""

from pathlib import Path

import pytest

from tend.ingest.results import Remembered
from tests.kit import reading
from tests.stories.field.conftest import Bring, Case, hold

CASES = [
    Case(("F21.csv",), "2024-06-30", {"Ada Ltd": 12000, "Bo Ltd": 12000}),
    Case(
        ("hubspot_deals.csv",),
        "2025-06-30",
        {"Alder Co": 12000},
        {
            "status_not_won",
            "not_counted 3",
            "not_counted 4",
            "owner_account_manager",
            "owner:Deal owner",
        },
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_lists_are_read_as_what_they_are(bring: Bring, case: Case) -> None:
    """ARR on the day, and each decision told."""
    brought = hold(bring, case)
    assert brought.sheet.dataset == "contracts"


def test_a_mapping_holds_for_a_file_imported_again(bring: Bring) -> None:
    """The same file with another mapping is read in that way (M23)."""
    bring("contracts.csv")
    columns = {"annual_commit_dollars": "amount:monthly"}
    brought = bring("contracts.csv", mappings={"contracts.csv": Remembered("contracts", columns)})
    assert brought.arr("2025-06-30") == {"A1": 12000, "A2": 24000}
    assert not brought.reports[-1].unchanged


def test_invoices_are_refused_by_name(bring: Bring) -> None:
    """No contract, no ticket: a list of invoices is told to be one (M24)."""
    brought = bring("invoices.csv")
    error = brought.reports[-1].error
    assert error is not None
    assert (brought.sheet.reason, brought.sheet.accepted) == ("foreign_invoices", 0)


def test_a_score_of_a_file_called_nps_is_nps(bring: Bring) -> None:
    """Two promoters, one detractor (M24)."""
    brought = bring("nps_responses.csv")
    (found,) = brought.rows("nps", "2025-04-30")
    assert (found["promoters"], found["detractors"], brought.said) == (2, 1, set())


def test_a_list_without_a_value_names_the_missing_column(bring: Bring) -> None:
    """A churn list of a quarter is no usage: it is refused for its missing value (M24)."""
    brought = bring("status_quarter.csv")
    error = brought.reports[-1].error
    assert error is not None
    assert (error.code, brought.sheet.dataset) == ("missing_columns", "contracts")
    assert "Contract value" in error.message()
    assert "CLTV" in error.message()


def test_words_of_size_are_one_list(bring: Bring) -> None:
    """Micro and Startup are small, as both the headers' table and the settings know (G1)."""
    brought = bring("micro.csv")
    rows = brought.rows("customer_values", "2025-06-30", search=None, has_arr=None)
    assert ([row["size"] for row in rows], brought.said) == (["small", "small"], set())


def test_one_value_alone_decides_the_scale(bring: Bring) -> None:
    """One 6 among answers of 1 to 5: a scale to 10, with a warning and a question (M17)."""
    brought = bring("F17_contracts.csv", "F17_surveys.csv")
    assert brought.said == {"scale_by_one_value 4", "csat_scale", "csat_scale:csat"}


def test_a_value_beyond_the_scale_of_all_others_is_rejected(bring: Bring) -> None:
    """Among twenty answers of 1 to 5 a 44 is an error, not a scale to 100 (M17)."""
    rows = [f"Ada Ltd,2024-05-{n:02},p{n},{n % 5 + 1}" for n in range(1, 21)]
    text = "\n".join(["customer,date,respondent,csat", *rows, "Ada Ltd,2024-05-21,p21,44"])
    brought = bring(("surveys.csv", text))
    assert brought.sheet.rejected == 1
    assert brought.sheet.accepted == 20
    assert "csat_scale" in brought.said


FOREIGN = {
    "id,Customer ID,Date (UTC),Due Date (UTC),Amount Due,Amount Paid,Status\n"
    "in_1,cus_1,2024-01-01 00:00,2024-01-31 00:00,100,100,paid\n": "invoices",
    "客户名称,应付金额,已付金额,到期日\n甲公司,100,50,2024-01-31\n": "invoices",
    "客户名称,日期,费用类型,金额,报销人\n甲公司,2024-01-01,差旅,100,王\n": "expenses",
    "Customer,Expense Date,Expense Type,Amount\nAda Ltd,2024-01-01,Travel,100\n": "expenses",
    "Lead Name,Company,Lead Source,Created Date\nAnn,Ada Ltd,Web,2024-01-01\n": "leads",
}


@pytest.mark.parametrize("text", FOREIGN, ids=lambda text: f"{FOREIGN[text]} {text[:2]}")
def test_other_lists_are_refused_by_name(tmp_path: Path, text: str) -> None:
    """What is neither contract nor customer nor usage is said to be what it is (M24)."""
    sheet = reading.read_text(tmp_path, "export.csv", text)
    assert (sheet.dataset, sheet.reason) == (None, f"foreign_{FOREIGN[text]}")


def test_deals_that_are_open_are_no_contracts(tmp_path: Path) -> None:
    """A status of won, lost and open beside a day it was won is a deal's (M12)."""
    text = (
        "ID,Organization,Value,Status,Won time,Contract start,Contract end\n"
        "1,Ada,100,Won,2024-01-01 10:00:00,2024-01-01,2024-12-31\n"
        "2,Bo,200,Lost,,2024-01-01,2024-12-31\n3,Cy,300,Open,,2024-01-01,2024-12-31\n"
    )
    sheet = reading.read_text(tmp_path, "export.csv", text)
    assert sheet.mapping["Status"] == "deal_status"
    assert reading.asked(sheet) == {"deal_status_word:Status:open": "not_counted"}


STATUSES = {
    "已被替代": "superseded",
    "已被替换": "superseded",
    "到期未续": "lost",
    "已关闭": "ended",
}


@pytest.mark.parametrize("word", STATUSES)
def test_words_of_a_status_are_told(tmp_path: Path, word: str) -> None:
    """What a word means for the contract is told, and nothing has to be asked (M12)."""
    text = f"客户名称,开始日期,到期日期,合同金额,状态\n甲公司,2024-01-01,2024-12-31,100,{word}\n"
    sheet = reading.read_text(tmp_path, "合同.csv", text)
    assert f"status_{STATUSES[word]}" in reading.told(sheet)
    assert reading.asked(sheet) == {}
