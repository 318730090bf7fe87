"""What a sheet is (M24): asked for what it lacks, foreign lists refused by name, names as evidence."""

from pathlib import Path

import pytest

from tend.language.text import say
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
    # a service period makes no contract of an invoice
    ("list.csv", "Invoice,Customer,Service start,Service end,Amount\nI1,Ada,2024-01-01,2024-01-31,100\nI2,Ada,2024-02-01,2024-02-29,100", "invoices"),
    ("list.csv", "Invoice number,Customer,Service period start,Service period end,Amount\nI1,Ada,2024-01-01,2024-01-31,100", "invoices"),
    ("invoices.csv", "Number,Customer,Period start,Period end,Amount due,Status\nI1,Ada,2024-01-01,2024-01-31,100,paid", "invoices"),
    ("明细.csv", "发票号码,客户名称,服务开始日期,服务结束日期,金额\n1,甲公司,2024-01-01,2024-01-31,100", "invoices"),
    ("明细.csv", "账单编号,客户名称,开始日期,结束日期,金额\n1,甲公司,2024-01-01,2024-01-31,100", "invoices"),
    ("明细.csv", "收款单号,客户名称,开始日期,结束日期,金额\n1,甲公司,2024-01-01,2024-01-31,100", "payments"),
    # three columns are enough
    ("list.csv", "客户名称,回款金额,回款日期\n甲公司,100,2025-01-01", "payments"),
    ("list.csv", "Customer,Payment amount,Payment date\nAda,100,2025-01-01", "payments"),
    ("list.csv", "Account,Amount received,Date received\nAda,100,2025-01-01", "payments"),
    ("list.csv", "CSM,Email,Team\nMia,mia@x.test,West", "csms"),
    ("list.csv", "Name,Email,Role,Team\nMia,mia@x.test,CSM,West", "csms"),
    ("list.csv", "客户成功经理,邮箱,团队\n王敏,m@x.test,华东", "csms"),
    ("list.csv", "姓名,手机,部门\n王敏,139,客户成功", "csms"),
    ("线索.csv", "公司名称,联系人,手机,创建时间\n甲公司,王,139,2024-01-01", "leads"),
    ("list.csv", "客户名称,联系人,手机,线索来源,创建时间\n甲公司,王,139,展会,2024-01-01", "leads"),
    ("list.csv", "姓名,公司,手机,来源,状态\n王,甲公司,139,展会,新线索", "leads"),
    ("list.csv", "Company,Contact,Email,Lead source,Status\nAda,W,a@x.test,Fair,New", "leads"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "kind"), FOREIGN)
def test_other_lists_are_refused_by_name(tmp_path: Path, name: str, text: str, kind: str) -> None:
    """Invoices, payments, quotes, people, leads and products are no data sets; which is said."""
    sheet = read_text(tmp_path, name, text)
    assert (sheet.dataset, sheet.reason) == (None, f"foreign_{kind}")
    assert all(say(f"problems.{sheet.reason}", language) for language in ("en", "zh"))


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
    assert not any(p.code.startswith("may_be") for p in sheet.problems)


@pytest.mark.parametrize(
    ("head", "kind"),
    [("客户名称,服务开始日期,服务结束日期,金额,开票日期", "invoices"),
     ("Customer,Start date,End date,Amount,Invoice date", "invoices"),
     ("Customer,Start date,End date,Amount,Payment date", "payments")],
)  # fmt: skip
def test_what_may_be_bills_is_warned_of(tmp_path: Path, head: str, kind: str) -> None:
    """Read as contracts, where nothing but a day of another list's speaks against it."""
    sheet = read_text(tmp_path, "list.csv", f"{head}\nAda,2024-01-01,2024-01-31,100,2024-01-05")
    assert (sheet.dataset, sheet.accepted) == ("contracts", 1)
    [problem] = [p for p in sheet.problems if p.code == f"may_be_{kind}"]
    assert head.split(",")[-1] in problem.message("zh")


@pytest.mark.parametrize(
    "head",
    ["Name,CSM,Team,Region", "Name,CSM,Email,Industry", "客户名称,客户成功经理,邮箱", "Company,Lead source,Industry,Email",
     "Customer,CSM,Email,Team", "客户名称,客户级别,负责人,联系人,手机,线索来源", "Company,Owner,Lead source,Email,Status"],
)  # fmt: skip
def test_customers_with_their_people_are_customers(tmp_path: Path, head: str) -> None:
    """Though people have such columns as well."""
    row = ",".join(f"v{n}" for n in range(head.count(",") + 1))
    assert read_text(tmp_path, "list.csv", f"{head}\n{row}").dataset == "customers"


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
