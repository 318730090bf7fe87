"""Amounts that are spelled out: numerals, products, amounts for a term, weeks (M10); each is told."""

import pytest

from tend.ingest.cells import amounts
from tests.ingest.conftest import Check, codes, facts

pytestmark = pytest.mark.quick

DATES = ("2024-01-01", "2024-12-31")


@pytest.mark.parametrize(
    ("cell", "value", "currency"),
    [
        ("1万2千", 12_000, None), ("1.2万5千", 17_000, None), ("3万6", 36_000, None), ("十二万", 120_000, None),
        ("两千五", 2500, None), ("一千零五", 1005, None), ("一百二十万", 1_200_000, None), ("三亿五千万", 350_000_000, None),
        ("壹拾贰万元整", 120_000, "CNY"), ("貳佰萬圓整", 2_000_000, "CNY"), ("壹仟贰佰元整", 1200, "CNY"), ("港币壹万元整", 10_000, "HKD"),
        ("人民币壹拾贰万叁仟肆佰伍拾陆元柒角捌分", 123_456.78, "CNY"), ("约十二万", 120_000, None),
    ],
)  # fmt: skip
def test_chinese_numerals_are_amounts(cell: str, value: float, currency: str | None) -> None:
    """Ordinary, formal, and among digits."""
    found = amounts.parse(cell)
    assert isinstance(found, amounts.Amount)
    assert (found.value, found.number.currency, found.basis) == (value, currency, None)


@pytest.mark.parametrize("cell", ["百万", "一二三", "2百3千", "一级", "万", "三年", "第二期十万"])
def test_what_is_no_numeral_is_no_amount(cell: str) -> None:
    """Units out of order, digits without one, words around them."""
    assert amounts.parse(cell) is None


@pytest.mark.parametrize(
    ("cell", "value", "basis"),
    [
        ("1000 x 12", 12_000, "total"), ("1000*12", 12_000, "total"), ("1000×12月", 12_000, "total"),
        ("1000元/月×12", 12_000, "total"), ("12,000 x 3 years", 36_000, "total"), ("US$1,000 x 12 months", 12_000, "total"),
        ("12万/年×3", 360_000, "total"), ("3万/季×4", 120_000, "total"), ("15000元/年，共3年", 15_000, "annual"),
        ("共计三十六万", 360_000, "total"), ("三年合同36万", 360_000, "total"), ("年费1.2万", 12_000, "annual"), ("ARR 12k", 12_000, "annual"),
        ("月费1000", 1000, "monthly"), ("TCV 36000", 36_000, "total"), ("¥360,000/3 years", 120_000, "annual"),
        ("100 users x 120", 12_000, None), ("$10/user/month x 50", 500, "monthly"),
        ("100元/人/月×20人×12个月", 24_000, "total"), ("$10/user/month x 50 users x 12", 6000, "total"),
        ("500/week", 26_000, "annual"), ("每周500", 26_000, "annual"), ("500 weekly", 26_000, "annual"), ("10/day", 3650, "annual"),
        ("三年36万", 360_000, "total"), ("3年共36万", 360_000, "total"), ("36,000 for 3 years", 36_000, "total"),
        ("36万（三年）", 360_000, "total"), ("36 months: 36,000", 36_000, "total"), ("三年每年12万", 120_000, "annual"),
    ],
)  # fmt: skip
def test_rates_counts_and_terms(cell: str, value: float, basis: str | None) -> None:
    """A product is a total, but of seats alone; a week is 52 times a year; an amount has its term."""
    found = amounts.parse(cell)
    assert isinstance(found, amounts.Amount)
    assert (found.value, found.basis) == (value, basis)


@pytest.mark.parametrize("cell", ["1000 x 80%", "2024年36万", "fixed 1000", "1000+12", "x 12"])
def test_other_signs_are_no_products(cell: str) -> None:
    """A share, a year, a word with an x in it."""
    assert not isinstance(amounts.parse(cell), amounts.Amount)


def test_what_is_spelled_out_is_told(check: Check) -> None:
    """How many, and what one of them was read as, in both languages."""
    cells = ["壹拾贰万元整", "1000 x 12", "一年12万", "1000"]
    rows = [[f"C{n}", *DATES, cell] for n, cell in enumerate(cells)]
    result = check([["customer", "start date", "end date", "amount"], *rows], typed=False)
    assert (codes(result), result.questions) == ([], ())
    assert [f["amount"] for f in facts(result)] == [120_000, 12_000, 120_000, 1000]
    told = {d.code: d for d in result.decisions if d.code.startswith("amount_")}
    assert list(told) == ["amount_numerals", "amount_products", "amount_of_terms"]
    for language in ("en", "zh"):
        for decision, value in zip(told.values(), ("120,000", "12,000", "120,000"), strict=True):
            assert value in decision.message(language)


@pytest.mark.parametrize(
    ("cell", "end", "amount", "basis"),
    [
        ("三年36万", "2026-12-31", 360_000, "total"), ("三年36万", "2024-12-31", 120_000, "annual"),
        ("36,000 for 3 years", None, 12_000, "annual"), ("36000 (36 months)", "2026-12-31", 36_000, "total"),
    ],
)  # fmt: skip
def test_an_amount_for_another_term_counts_by_the_year(
    check: Check, cell: str, end: str | None, amount: float, basis: str
) -> None:
    """Of a contract that runs otherwise it says how much a year costs, with a warning."""
    head = ["customer", "start date", "end date", "amount"]
    result = check([head, ["A", "2024-01-01", end, cell]], typed=False)
    [fact] = facts(result)
    assert (fact["amount"], fact["amount_basis"]) == (amount, basis)
    assert codes(result) == ([(2, "amount_of_other_term")] if basis == "annual" else [])


@pytest.mark.parametrize(
    ("cell", "amount"),
    [("$360,000/3 years", 120_000), ("36,000 (3 years)", 12_000), ("12,000 x 3", 36_000), ("12,000（含税6%）", 12_000)],
)  # fmt: skip
def test_a_cell_with_two_numbers_says_nothing_of_decimals(
    check: Check, cell: str, amount: float
) -> None:
    """A comma before three digits is a thousand, whatever figures stand behind."""
    result = check(
        [["customer", "start date", "end date", "amount"], ["A", *DATES, cell]], typed=False
    )
    assert [f["amount"] for f in facts(result)] == [amount]
    assert "decimal_comma" not in [d.code for d in result.decisions]


@pytest.mark.parametrize(
    ("header", "amount", "times"),
    [("Fee per week", 5200, "52"), ("Amount (weekly)", 5200, "52"), ("金额/周", 5200, "52"),
     ("金额（半年）", 200, "2"), ("Amount (biennial)", 50, "0.5")],
)  # fmt: skip
def test_a_header_names_any_interval(check: Check, header: str, amount: float, times: str) -> None:
    """Not only month, quarter and year; that it is counted by the year is told."""
    result = check([["customer", "start date", "end date", header], ["A", *DATES, "100"]])
    [fact] = facts(result)
    assert (fact["amount"], fact["amount_basis"]) == (amount, "annual")
    [decision] = [d for d in result.decisions if d.code == "interval_of_header"]
    assert decision.params["times"] == times
