"""Headers -> data sets: real exports' headers, clashing words, and nothing guessed."""

import pyarrow as pa
import pytest

from tend import schema
from tend.ingest.mapping import choice
from tend.schema import headers

pytestmark = pytest.mark.quick


def choose(
    header: str, cells: dict[str, list[str]] | None = None
) -> tuple[str | None, dict[str, str]]:
    """Map headers given as one line; give the data set and column -> header."""
    headers = header.split("|")
    columns = [pa.array((cells or {}).get(h, ["Some text"]), pa.string()) for h in headers]
    found = choice.choose(headers, ["Sheet1"], columns)
    if found is None:
        return None, {}
    return found.dataset, {c: headers[p] for c, p in found.columns.items()}


@pytest.mark.parametrize(
    ("headers", "dataset", "columns"),
    [
        ("Account ID|Account Name|Industry|Employees|Account Owner|Rating|Lead Source", "customers",
         "customer_id customer_name industry size account_manager tier source_channel"),
        ("客户编号|客户名称|所属行业|员工人数|归属部门|客户成功经理|客户等级|来源", "customers",
         "customer_id customer_name industry size department csm tier source_channel"),
        ("Contract Number|Account Name|Contract Start Date|Contract End Date|Status|Total Contract Value", "contracts",
         "contract_id customer_name start_date end_date status amount"),
        ("合同编码|往来单位|合同类型|合同总金额|合同签订日期|合同生效日期|合同终止日期|合同状态", "contracts",
         "contract_id customer_name contract_type amount signed_date start_date end_date status"),
        ("客戶名稱|合約編號|合約類型|開始日期|到期日|合約金額|幣別|狀態", "contracts",
         "customer_name contract_id contract_type start_date end_date amount currency status"),
        ("客户名称|到期日|合同金额|是否续费", "contracts", "customer_name end_date amount outcome"),
        ("customerID|tenure|Contract|MonthlyCharges|Churn", "contracts", "customer_id contract_type amount outcome"),
        ("Sales Document|Sold-To Party Name|Net Value|Curr.|Valid From|Valid To", "contracts",
         "contract_id customer_name amount currency start_date end_date"),
        ("account_id|month|MAU|seats|key_events|features_used", "usage",
         "customer_id period active_users licensed_users key_actions features_used"),
        ("客户|月份|活跃用户数|开通账号数|北极星|使用功能数", "usage",
         "customer_name period active_users licensed_users key_actions features_used"),
        ("客户ID|日期|指标|数值", "usage", "customer_id period measure value"),
        ("提交答卷时间|1、您的公司名称|2、您的姓名|3、您有多大可能将我们推荐给朋友或同事|4、您对我们的整体满意度|5、您的意见和建议", "surveys",
         "answered_on customer_name respondent nps csat comment"),
        ("Company Name|Email Address|How likely is it that you would recommend us to a friend?|Response Date", "surveys",
         "customer_name respondent nps answered_on"),
        ("Customer ID|Touch Date|CSM|Kind|Hours|Note", "touches", "customer_id touched_on csm kind hours note"),
        ("客户名称|拜访日期|负责人|拜访方式|工时|备注", "touches", "customer_name touched_on csm kind hours note"),
        ("客户名称|合同号|续费阶段|进入阶段日期|预计续费金额|把握度", "stages",
         "customer_name contract_id stage entered_on expected_amount probability"),
        ("Ticket ID|Subject|Organization|Priority|Created at|Solved at|Satisfaction Score", "tickets",
         "ticket_id subject customer_name severity opened_on resolved_on csat"),
        ("工单号|客户名称|提交时间|完成时间|紧急程度|满意度|问题描述", "tickets",
         "ticket_id customer_name opened_on resolved_on severity csat subject"),
    ],
)  # fmt: skip
def test_exports_are_recognised(headers: str, dataset: str, columns: str) -> None:
    """The headers of usual exports give the right data set and columns, nothing by hand."""
    found, mapped = choose(headers)
    assert found == dataset
    assert mapped.keys() == set(columns.split())


@pytest.mark.parametrize("dataset", schema.DATASETS)
def test_the_documented_names_map_to_themselves(dataset: str) -> None:
    """A sheet with the columns' own names, or their labels in either language, is understood."""
    columns = schema.DATASETS[dataset].columns
    own = [c for c in columns if dataset != "usage" or c not in ("measure", "value")]
    assert headers.assign(own, dataset).keys() == set(own)
    for language in ("en", "zh"):
        labels = [columns[c].label[language] for c in own]
        assert headers.assign(labels, dataset).keys() == set(own)


def test_common_columns_have_many_names() -> None:
    """At least eight names in each language (K16)."""
    for dataset in schema.DATASETS.values():
        for column in dataset.columns.values():
            for language, names in column.headers.items():
                assert len(names) >= 8, (dataset.name, column.name, language)


@pytest.mark.parametrize(
    ("header", "basis"),
    [("MRR", "monthly"), ("月费（元）", "monthly"), ("MonthlyCharges", "monthly"), ("ARR", "annual"), ("ACV (USD)", "annual"),
     ("年费", "annual"), ("合同金额", "total"), ("TCV", "total")],
)  # fmt: skip
def test_a_rate_is_known_by_its_header(header: str, basis: str) -> None:
    """Monthly and annual values are no contract totals (C6)."""
    assert headers.basis(header) == basis


@pytest.mark.parametrize(
    "header", ["合同金额（元）", "合同金额 (万元)", "*合同金额", "1、合同金额", "合同金额/元", "Contract_Value", "contractValue", "CONTRACT VALUE [USD]", "ＡＭＯＵＮＴ"]
)  # fmt: skip
def test_units_and_spelling_do_not_matter(header: str) -> None:
    """Width, case, punctuation, numbering and notes in brackets are ignored."""
    assert headers.assign([header], "contracts") == {"amount": 0}


def test_clashing_words_are_decided_by_the_data_set() -> None:
    """Seats: the size of a customer, licensed users of a contract; 负责人: whoever owns the row."""
    assert choose("Customer Name|Industry|Seats")[1]["size"] == "Seats"
    assert choose("Customer Name|Amount|End date|Seats")[1]["licensed_users"] == "Seats"
    assert choose("客户名称|行业|负责人")[1]["csm"] == "负责人"
    lengths = {"Term": ["12", "24 months"]}
    assert "contract_type" not in choose("Customer Name|Amount|End date|Term", lengths)[1]


def test_a_column_that_holds_codes_is_an_id() -> None:
    """A header that says just "Customer" is read by its cells."""
    assert "customer_id" in choose("Customer|Industry", {"Customer": ["C-001", "C-002"]})[1]
    assert "customer_name" in choose("Customer|Industry", {"Customer": ["Acme", "Bolt 2"]})[1]


def test_nothing_is_guessed() -> None:
    """A sheet about something else is no data set, and near misses stay unused (K17)."""
    assert choose("日期|摘要|借方|贷方|余额")[0] is None
    assert "end_date" not in choose("Customer Name|Amount|Start date|End dat")[1]


def test_total_or_rate_depends_on_the_term() -> None:
    """With a term the total counts; without one the rate says more."""
    assert choose("客户|起始日期|截止日期|年费|合同总额")[1]["amount"] == "合同总额"
    assert choose("客户|年费|合同总额|是否续费")[1]["amount"] == "年费"


def test_a_fingerprint_ignores_order_and_spelling() -> None:
    """The same headers in another order are the same sheet."""
    assert headers.fingerprint(["客户名称", "End Date"]) == headers.fingerprint(
        ["end_date", "客戶名稱"]
    )
