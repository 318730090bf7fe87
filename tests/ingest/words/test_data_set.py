"""What a sheet is (M24): asked for what it lacks, foreign lists refused by name, names as evidence."""

from pathlib import Path

import pytest

from tests.kit.reading import read_text

pytestmark = pytest.mark.quick


@pytest.mark.parametrize(
    ("name", "text", "dataset", "missing", "unused"),
    [
        ("contracts.csv", "contract_id,account_id,start_date,end_date,yearly_promise\nC1,A1,2025-01-01,2025-12-31,1000",
         "contracts", "Contract value", "yearly_promise"),
        ("F21.csv", "customer,contract no,start date,end date,total burden\nAda Ltd,H-1,2024-01-01,2024-12-31,12000",
         "contracts", "Contract value", "total burden"),
        ("合同.csv", "合同编号,客户编号,开始日期,结束日期,承诺\nC1,A1,2025-01-01,2025-12-31,1000",
         "contracts", "合同金额", "承诺"),
        ("status_quarter.csv", "Customer ID,Count,Quarter,Satisfaction Score,Customer Status,Churn Label,Churn Value,Churn Score,CLTV,Churn Category,Churn Reason\n"
         "C1,1,Q3,3,Churned,Yes,1,80,3200,Price,price\nC2,1,Q3,5,Stayed,No,0,20,5000,,", "contracts", "Contract value", "CLTV"),
        ("工单导出.csv", "工单编号,客户名称,优先级,处理人\nT1,甲公司,高,王敏", "tickets", "创建日期", "处理人"),
    ],
)  # fmt: skip
def test_the_best_fitting_is_asked_for_what_it_lacks(
    tmp_path: Path, name: str, text: str, dataset: str, missing: str, unused: str
) -> None:
    """Not the second best is taken: the missing column and the unused headers are named."""
    sheet = read_text(tmp_path, name, text)
    assert (sheet.dataset, sheet.accepted) == (dataset, 0)
    said = next(p for p in sheet.problems if p.code == "missing_columns")
    for language in ("en", "zh"):
        assert missing in said.message(language)
        assert unused in said.message(language)


FOREIGN = [
    ("invoices.csv", "invoice_id,customer_id,issue_date,due_date,amount,currency,status\nI1,C1,2025-01-09,2025-02-08,1300,CNY,Paid", "invoices"),
    ("export.csv", "Invoice Number,Customer,Contract No,Invoice Date,Due Date,Amount Due\n1,Ada,K1,2025-01-01,2025-02-01,100", "invoices"),
    ("开票记录.csv", "发票号码,客户名称,开票日期,价税合计,税额\n1,甲公司,2025-01-01,100,6", "invoices"),
    ("payments.csv", "id,Customer ID,Amount,Payment Date,Status\np1,C1,100,2025-01-01,paid", "payments"),
    ("回款.csv", "回款编号,客户名称,合同编号,回款日期,回款金额,回款方式\n1,甲公司,K1,2025-01-01,100,转账", "payments"),
    ("quotes.csv", "Quote Number,Account Name,Start Date,Expiration Date,Grand Total,Status\nQ1,Ada,2025-01-01,2025-02-01,100,Draft", "quotes"),
    ("报价单.csv", "报价单号,客户名称,报价日期,有效期至,总金额\n1,甲公司,2025-01-01,2025-02-01,100", "quotes"),
    ("csms.csv", "csm,email,team,region\nMia,mia@x.test,West,West", "csms"),
    ("团队.csv", "工号,姓名,部门,入职日期\n1,王敏,客户成功,2020-01-01", "csms"),
    ("products.csv", "sku,name,category,price\nA1,Core,Base,100", "products"),
    ("产品清单.csv", "产品编码,产品名称,标准价格,单位\n1,基础版,100,套", "products"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "kind"), FOREIGN)
def test_other_lists_are_refused_by_name(tmp_path: Path, name: str, text: str, kind: str) -> None:
    """Invoices, payments, quotes, people and products are no data sets."""
    sheet = read_text(tmp_path, name, text)
    assert (sheet.dataset, sheet.reason) == (None, f"foreign_{kind}")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ledger.csv", "customer,contract no,start date,end date,amount,invoice date\nAda,K1,2025-01-01,2025-12-31,100,2025-01-05"),
        ("续费台账.csv", "客户名称,到期日,金额,是否续费,回款日期,回款金额\n甲公司,2025-01-01,100,已续,2025-01-09,100"),
        ("orders.csv", "Customer,Product code,Unit price,Start date,End date,Amount\nAda,A1,10,2025-01-01,2025-12-31,100"),
    ],
)  # fmt: skip
def test_a_contract_list_may_tell_invoices_too(tmp_path: Path, name: str, text: str) -> None:
    """A column of another list's makes no other list."""
    sheet = read_text(tmp_path, name, text)
    assert (sheet.dataset, sheet.accepted) == ("contracts", 1)


@pytest.mark.parametrize(
    ("name", "text", "nps", "csat"),
    [
        ("nps_responses.csv", "response_id,date,customer_id,score,feedback\n1,2025-04-07,C1,9,f\n2,2025-04-07,C2,10,g\n3,2025-04-08,C3,3,s", [9, 10, 3], None),
        ("净推荐值调研.csv", "日期,客户名称,评分\n2025-04-07,甲公司,10\n2025-04-07,乙公司,4", [10, 4], None),
        ("export.csv", "Survey Type,Date,Company,Score\nNPS,2025-04-07,Ada,9\nNPS,2025-04-08,Bo,2", [9, 2], None),
        ("csat.csv", "date,customer_id,score\n2025-04-07,C1,5\n2025-04-08,C2,2", None, [5, 2]),
    ],
)  # fmt: skip
def test_a_score_is_what_its_file_is_called(
    tmp_path: Path, name: str, text: str, nps: list[float] | None, csat: list[float] | None
) -> None:
    """A score of 0 to 10 of a file called NPS is NPS; of others it is satisfaction."""
    sheet = read_text(tmp_path, name, text)
    assert sheet.dataset == "surveys"
    assert sheet.facts is not None
    blank = [None] * len(nps or csat or ())
    assert sheet.facts.column("nps").to_pylist() == (nps or blank)
    assert sheet.facts.column("csat").to_pylist() == (csat or blank)
