"""Columns that several headers claim are settled by the others, and told."""

from pathlib import Path

import pytest

from tend.ingest.results import Options, Remembered, SheetResult
from tests.ingest.conftest import Rows, check_all, codes, facts
from tests.kit.reading import asked, read_text, told

pytestmark = pytest.mark.quick


def contracts(header: str, *rows: str, name: str = "Sheet1") -> SheetResult:
    """Read a sheet; header and rows as lines."""
    cells: Rows = [[cell or None for cell in line.split("|")] for line in (header, *rows)]
    return check_all({name: cells})[name]


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("Annual Contract Value", "Annual Contract Value Currency"),
        ("Amount", "Amount Currency"),
        ("ARR", "ARR Currency"),
        ("Total Contract Value", "Total Contract Value (converted) Currency"),
        ("Deal value", "Deal Value - Currency Code"),
        ("Subscription fee", "Currency of subscription fee"),
        ("contractValue", "contractValueCurrency"),
        ("合同金额", "合同金额币种"),
        ("年费", "年费的币种"),
        ("合約金額", "合約金額幣別"),
        ("签约金额（元）", "签约金额货币"),
    ],
)
def test_a_currency_is_named_after_its_amount(amount: str, currency: str) -> None:
    """It is read before or behind the amount, and what has no rate is said (A1)."""
    for header in (f"{currency}|{amount}", f"{amount}|{currency}"):
        row = "EUR|100" if header.startswith(currency) else "100|EUR"
        found = contracts(
            f"Customer|Start date|End date|{header}", f"Ada|2026-01-01|2026-12-31|{row}"
        )
        assert (found.mapping[amount], found.mapping[currency]) == ("amount", "currency")
        [fact] = facts(found)
        assert (fact["amount"], fact["currency"]) == (100, "EUR")
        assert (None, "currency_without_rate") in codes(found)


def test_of_two_currencies_that_of_the_amount_counts() -> None:
    """A currency of another amount says nothing of this one."""
    header = "Customer|Start date|End date|Previous value Currency|ARR|ARR Currency|Currency"
    found = contracts(header, "Ada|2026-01-01|2026-12-31|GBP|100|EUR|USD")
    assert facts(found)[0]["currency"] == "EUR"
    assert set(found.unused) == {"Previous value Currency", "Currency"}


@pytest.mark.parametrize(
    "end", ["终止日", "终止时间", "终止", "合同终止日", "服务终止时间", "Termination date", "Contract Termination Date"]
)  # fmt: skip
def test_an_end_by_a_word_for_breaking_off(end: str) -> None:
    """It is the end where most rows have it and nothing else gives one, and it is told (A2)."""
    found = contracts(
        f"客户|起始日|{end}|合同金额", "甲|2026-01-01|2026-12-31|12", "乙|2026-02-01|2027-01-31|12"
    )
    assert found.mapping[end] == "end_date"
    assert end in told(found)["end_by_word"]
    both = contracts(f"客户|起始日|到期日|{end}|合同金额", "甲|2026-01-01|2026-12-31|2026-06-30|12")
    assert (both.mapping["到期日"], both.mapping[end]) == ("end_date", "ended_on")
    few = contracts(
        f"客户|起始日|{end}|合同金额",
        "甲|2026-01-01||12",
        "乙|2026-01-01||12",
        "丙|2025-01-01|2025-06-30|12",
    )
    assert few.mapping[end] == "ended_on"
    with_term = contracts(f"客户|起始日|合同期限|{end}|合同金额", "甲|2026-01-01|1年|2026-06-30|12")
    assert with_term.mapping[end] == "ended_on"
    assert not any("end_by_word" in told(one) for one in (both, few, with_term))


def test_what_somebody_chose_stands() -> None:
    """A 终止日 that was called the day of breaking off stays one, and nothing is settled."""
    rows: Rows = [["客户", "起始日", "终止日", "合同金额"], ["甲", "2026-01-01", "2026-12-31", 12]]
    chosen = Remembered("contracts", {"终止日": "ended_on"})
    found = check_all({"x": rows}, options=Options(mappings={"x": chosen}))["x"]
    assert found.mapping["终止日"] == "ended_on"
    assert "end_by_word" not in told(found)


@pytest.mark.parametrize(
    ("header", "row", "amount", "basis"),
    [
        ("Amount|Annual recurring revenue", "24000|8000", 8000, "annual"),
        ("Amount|MRR", "24000|700", 700, "monthly"),
        ("金额|年费", "30000|10000", 10000, "annual"),
        ("Deal value|ARR", "9|4", 4, "annual"),
        ("Amount|ARR|TCV", "8|9|24", 24, "total"),
        ("金额|年费|合同总额", "1|2|6", 6, "total"),
    ],
)
def test_an_explicit_rate_comes_before_a_bare_amount(
    header: str, row: str, amount: float, basis: str
) -> None:
    """A named total with a term comes first; what is left out is told (A3)."""
    found = contracts(f"Customer|Start date|End date|{header}", f"Ada|2026-01-01|2028-12-31|{row}")
    [fact] = facts(found)
    assert (fact["amount"], fact["amount_basis"]) == (amount, basis)
    rest = [h for h in header.split("|") if h in found.unused]
    assert len(rest) == header.count("|")
    assert told(found)["amount_of_several"].endswith(f"Left out: {', '.join(rest)}.")


def test_a_rate_beside_an_amount_with_an_interval() -> None:
    """The rate needs no interval, so nothing is asked; alone, the amount is asked for (M10)."""
    header = "Customer|Start date|End date|Billing interval|Amount"
    row = "Ada|2026-01-01|2026-12-31|month|100"
    assert asked(contracts(header, row)) == {"interval:Amount": "interval"}
    found = contracts(f"{header}|MRR", f"{row}|90")
    assert (facts(found)[0]["amount"], asked(found)) == (90, {})


@pytest.mark.parametrize(
    ("header", "respondent"),
    [
        ("Response ID,Person ID,Person Name,Person Email", "Person Email"),
        ("Response ID,Person ID", "Person ID"),
        ("Response ID,Person Name", "Person Name"),
        ("答卷编号,手机号", "手机号"),
        ("序号,电子邮箱", "电子邮箱"),
        ("Response ID", None),
        ("答卷编号", None),
    ],
)
def test_the_number_of_an_answer_is_no_respondent(
    tmp_path: Path, header: str, respondent: str | None
) -> None:
    """Two answers of one person have one respondent (A5)."""
    count = header.count(",")
    lines = [
        f"Company,NPS,Created At,{header}",
        f"Cedar,6,2026-11-03 09:00,502{',p2' * count}",
        f"Cedar,7,2026-11-20 09:00,504{',p2' * count}",
    ]
    found = read_text(tmp_path, "nps.csv", "\n".join(lines))
    assert (found.dataset, found.accepted, header.split(",")[0] in found.unused) == (
        "surveys",
        2,
        True,
    )
    assert [h for h, c in found.mapping.items() if c == "respondent"] == [respondent] * bool(
        respondent
    )
    assert [f.get("respondent") for f in facts(found)] == ["p2" if respondent else None] * 2


TITLES = [
    "MRR by customer (USD)",
    "MRR in USD by customer",
    "客户月度收入（美元）",
    "客户MRR，单位USD",
    "MRR ($)",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_names_the_currency(title: str) -> None:
    """Above a matrix and above a list; it is told, and what has no rate is said (A7)."""
    matrix = contracts(
        f"{title}|||", "|||", "Customer|2026-01|2026-02|2026-03", "Ada|5|5|5", name="MRR"
    )
    head = "Customer|Start date|End date|Amount"
    row = "Ada|2026-01-01|2026-12-31|12"
    for found in (matrix, contracts(f"{title}|||", head, row)):
        assert {f["currency"] for f in facts(found)} == {"USD"}
        assert title in told(found)["currency_of_title"]
        assert (None, "currency_without_rate") in codes(found)
    own = contracts(f"{title}||||", f"{head}|Currency", f"{row}|EUR")
    assert facts(own)[0]["currency"] == "EUR"
    assert "currency_of_title" not in told(own)


@pytest.mark.parametrize(
    "title", ["Portfolio by RM", "MRR in USD or EUR", "MRR by customer", "客户清单"]
)
def test_a_title_without_one_currency_names_none(title: str) -> None:
    """Nothing is guessed."""
    found = contracts(
        f"{title}|||", "Customer|Start date|End date|Amount", "Ada|2026-01-01|2026-12-31|12"
    )
    assert "currency" not in facts(found)[0]
    assert "currency_of_title" not in told(found)


@pytest.mark.parametrize(
    "owner",
    [
        "Deal owner",
        "Contract Owner",
        "Opportunity Owner",
        "Account Owner",
        "商机负责人",
        "合同负责人",
    ],
)
def test_an_owner_beside_contracts_is_the_account_manager(owner: str) -> None:
    """Unless the sheet has one."""
    header, row = "Customer|Start date|End date|Amount", "Ada|2026-01-01|2026-12-31|12"
    alone = contracts(f"{header}|{owner}", f"{row}|Jo")
    assert alone.mapping[owner] == "customers.account_manager"
    assert "owner_account_manager" in told(alone)
    [question] = alone.questions
    assert (question.code, question.answers) == ("owner", ("account_manager", "csm"))
    both = contracts(f"{header}|{owner}|Account manager", f"{row}|Jo|Al")
    assert both.mapping["Account manager"] == "customers.account_manager"
    assert both.unused == (owner,)


@pytest.mark.parametrize(
    ("title", "amount"),
    [
        ("2026年续费台账（单位：万元）", 120000),
        ("合同清单，单位千元", 12000),
        ("Contracts (k USD)", 12000),
        ("Customers over 1 million", 12),
        ("Meeting minutes", 12),
        ("超100万客户", 12),
    ],
)
def test_a_title_names_the_unit(title: str, amount: float) -> None:
    """It is told; a number in a title is no unit (A7)."""
    found = contracts(f"{title}|||", "客户|起始日|到期日|合同金额", "甲|2026-01-01|2026-12-31|12")
    assert facts(found)[0]["amount"] == amount
    assert ("unit_of_title" in told(found)) == (amount != 12)


def test_a_word_is_no_end() -> None:
    """终止 with yes and no is no end of the term, and rejects nothing."""
    rows = ("甲|2026-01-01|是|12", "乙|2026-01-01|否|12")
    found = contracts("客户|起始日|终止|合同金额", *rows)
    assert "end_date" not in found.mapping.values()


@pytest.mark.parametrize(
    ("head", "row", "owner"),
    [
        ("Account Name,Account Owner,Industry", "Ada,Mia,Retail", "Account Owner"),
        ("Account ID,Account Name,Account Owner Name,Account Source", "1,Ada,Mia,Web", "Account Owner Name"),
        ("客户名称,合同负责人,所属行业", "甲,王敏,制造业", "合同负责人"),
    ],
)  # fmt: skip
def test_an_owner_in_a_customer_list_is_the_csm(
    tmp_path: Path, head: str, row: str, owner: str
) -> None:
    """Where it names no other; told, and one answer makes it the account manager."""
    sheet = read_text(tmp_path, "accounts.csv", f"{head}\n{row}")
    assert (sheet.dataset, sheet.mapping[owner]) == ("customers", "csm")
    assert any(d.code == "owner_csm" and owner in d.message("zh") for d in sheet.decisions)
    [question] = sheet.questions
    answers = {question.key: "account_manager"}
    said = Options(mappings={"accounts.csv": Remembered("customers", {}, answers)})
    again = read_text(tmp_path, "accounts.csv", f"{head}\n{row}", options=said)
    assert again.mapping[owner] == "account_manager"
    both = read_text(tmp_path, "accounts.csv", f"{head},CSM\n{row},Bo")
    assert (both.mapping[owner], both.mapping["CSM"]) == ("account_manager", "csm")
    assert both.questions == ()


def test_a_deals_owner_may_be_the_csm(tmp_path: Path) -> None:
    """As an answer says; a customer list in the same book speaks for itself."""
    text = (
        "Associated company,Deal owner,Amount,Start date,End date\nAda,Mia,12,2024-01-01,2024-12-31"
    )
    answers = {"owner:Deal owner": "csm"}
    said = Options(mappings={"deals.csv": Remembered("contracts", {}, answers)})
    sheet = read_text(tmp_path, "deals.csv", text, options=said)
    assert sheet.mapping["Deal owner"] == "customers.csm"
    assert sheet.also[0].facts.column("csm").to_pylist() == ["Mia"]
