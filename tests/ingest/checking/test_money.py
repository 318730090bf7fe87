"""What an amount is per, its unit, and what is none: told, asked or rejected, never guessed (M10)."""

from collections.abc import Sequence

import pytest

from tend.ingest.cells import amounts
from tend.ingest.results import Options, Remembered, SheetResult
from tests.ingest.conftest import Check, codes, facts

DATES = ("2024-01-01", "2024-12-31")


def contracts(
    check: Check,
    cells: Sequence[str],
    header: str = "amount",
    *,
    interval: tuple[str, Sequence[str]] | None = None,
    options: Options | None = None,
    typed: bool = False,
) -> SheetResult:
    """Read contracts with these amounts, each of a customer of its own."""
    more, intervals = interval or ("", [""] * len(cells))
    head = ["customer", "start date", "end date", header, *([more] if interval else [])]
    rows = [
        [f"C{n}", *DATES, cell, *([one] if interval else [])]
        for n, (cell, one) in enumerate(zip(cells, intervals, strict=True))
    ]
    return check([head, *rows], options=options, typed=typed)


def read(result: SheetResult) -> list[tuple[object, object]]:
    """Give amount and basis of each contract."""
    return [(f["amount"], f["amount_basis"]) for f in facts(result)]


def told(result: SheetResult) -> list[str]:
    """Give what was decided of the amounts."""
    return [d.code for d in result.decisions if "basis" in d.code or d.code.endswith("_chosen")]


@pytest.mark.parametrize(
    ("cell", "value", "basis"),
    [
        ("1000 per month", 1000, "monthly"), ("1000/月", 1000, "monthly"), ("12000/yr", 12_000, "annual"),
        ("1k p.m.", 1000, "monthly"), ("12000元/年", 12_000, "annual"), ("每月1000元", 1000, "monthly"),
        ("$1,000/mo", 1000, "monthly"), ("1000/month USD", 1000, "monthly"), ("12,000 p.a.", 12_000, "annual"),
        ("3000/quarter", 3000, "quarterly"), ("¥3,000/季度", 3000, "quarterly"), ("6000/半年", 12_000, "annual"),
        ("24000 per 2 years", 12_000, "annual"), ("12000 (annually)", 12_000, "annual"),
        ("12000（每年）", 12_000, "annual"), ("12000元（不含税）/年", 12_000, "annual"), ("12万元/年", 120_000, "annual"),
        ("一次性 12000", 12_000, "total"), ("12000 upfront", 12_000, "total"), ("（含税）12000", 12_000, None),
        ("12000 (incl. 6% VAT)", 12_000, None), ("12（万元）", 120_000, None), ("(12,000)", -12_000, None),
    ],
)  # fmt: skip
def test_a_cell_says_what_it_is_per(cell: str, value: float, basis: str | None) -> None:
    """In English and Chinese, before and behind, in brackets and with a currency."""
    found = amounts.parse(cell)
    assert isinstance(found, amounts.Amount)
    assert (found.value, found.basis) == (value, basis)


@pytest.mark.parametrize(
    "cell",
    ["12,000/user", "100元/人/月", "$10 per seat per month", "每账号 500 元", "50%", "50％", "1,2345",
     "12345,678", "1,0000", "12000+", "10000-12000", "100 users", "20 per unit", "1000/fortnight"],
)  # fmt: skip
def test_no_value_is_no_contract(check: Check, cell: str) -> None:
    """A price for each, a percentage and a broken number reject their row; the reason is named."""
    result = contracts(check, ["12000", cell])
    ((row, code),) = codes(result)
    wanted = amounts.parse(cell) or "unreadable_value"
    assert (row, code, result.accepted, result.rejected) == (3, wanted, 1, 1)


def test_cells_of_one_column_differ(check: Check) -> None:
    """Each has its own basis, and how many say it themselves is told."""
    cells = ["1000 per month", "1000/月", "12000/yr", "1k p.m.", "12000"]
    result = contracts(check, cells)
    assert read(result) == [
        *[(1000, "monthly")] * 2, (12_000, "annual"), (1000, "monthly"), (12_000, "total")
    ]  # fmt: skip
    [decision] = [d for d in result.decisions if d.code == "basis_of_cells"]
    assert decision.params["count"] == "4"
    assert codes(result) == []


@pytest.mark.parametrize(
    "cell", ["约12万", "about 120,000", "120000左右", "~120k", "approx. 120000"]
)
def test_about_is_read_with_a_warning(check: Check, cell: str) -> None:
    """Rather than lost, or as sure as the others."""
    result = contracts(check, [cell])
    assert read(result) == [(120_000, "total")]
    assert codes(result) == [(2, "about_amount")]


@pytest.mark.parametrize(
    ("header", "words", "basis"),
    [
        ("Interval", ["month", "year", "quarter"], ["monthly", "annual", "quarterly"]),
        ("计费周期", ["月付", "年付", "季付"], ["monthly", "annual", "quarterly"]),
        ("Billing frequency", ["Monthly", "Annually", "once"], ["monthly", "annual", "total"]),
    ],
)
def test_an_interval_says_it_where_the_header_is_silent(
    check: Check, header: str, words: list[str], basis: list[str]
) -> None:
    """Told and asked, for it changes the amounts; the answer is heeded."""
    cells = ["100", "1200", "300"]
    result = contracts(check, cells, interval=(header, words))
    assert [b for _, b in read(result)] == basis
    assert told(result) == ["basis_of_interval"]
    [question] = result.questions
    assert (question.code, question.taken, question.answers) == (
        "interval", "interval", ("interval", "total")
    )  # fmt: skip
    said = Remembered("contracts", {}, {question.key: "total"})
    again = contracts(
        check, cells, interval=(header, words), options=Options(mappings={"Sheet1": said})
    )
    assert {b for _, b in read(again)} == {"total"}


@pytest.mark.parametrize(
    ("header", "basis"),
    [("Contract value", "total"), ("TCV", "total"), ("合同金额", "total"), ("总额", "total"),
     ("MRR", "monthly"), ("年费", "annual")],
)  # fmt: skip
def test_an_interval_is_silent_where_the_header_speaks(
    check: Check, header: str, basis: str
) -> None:
    """How often a total is paid says nothing of what it is for."""
    result = contracts(check, ["100"], header, interval=("Billing frequency", ["quarterly"]))
    assert read(result) == [(100, basis)]
    assert result.questions == ()


@pytest.mark.parametrize(
    ("header", "basis"),
    [("mrr_amount", "monthly"), ("currentMRR", "monthly"), ("plan_mrr", "monthly"), ("arr_usd", "annual"),
     ("contracted_arr", "annual"), ("Committed ARR", "annual"), ("Current ARR", "annual"),
     ("annual_commit_dollars", "annual"), ("Subscription fee", "total"), ("Plan price", "total"),
     ("close_value", "total"), ("季费", "quarterly"), ("月费（元）", "monthly")],
)  # fmt: skip
def test_headers_of_values(check: Check, header: str, basis: str) -> None:
    """Rates by their words, wherever they stand in the header."""
    assert read(contracts(check, ["100"], header)) == [(100, basis)]


@pytest.mark.parametrize(
    "header", ["arr_change", "MRR growth", "churned_mrr", "ARR at risk", "arrival"]
)
def test_headers_that_are_no_values(check: Check, header: str) -> None:
    """What changes or is lost is no contract's value."""
    result = check(
        [["customer", "start date", "end date", "amount", header], ["C", *DATES, "100", "7"]]
    )
    assert read(result) == [(100, "total")]
    assert header in result.unused


@pytest.mark.parametrize("basis", ["total", "annual", "quarterly", "monthly"])
def test_a_mapping_says_what_amounts_are_per(check: Check, basis: str) -> None:
    """Against header and interval; a cell's own unit stands, and the mapping is shown as said."""
    said = Remembered("contracts", {"Paid": f"amount:{basis}"})
    result = contracts(
        check,
        ["100", "1200/年"],
        "Paid",
        interval=("Interval", ["month", "month"]),
        options=Options(mappings={"Sheet1": said}),
    )
    assert read(result) == [(100, basis), (1200, "annual")]
    assert result.mapping["Paid"] == f"amount:{basis}"
    assert f"{basis}_chosen" in told(result)


@pytest.mark.parametrize("cell", ["¥283,800", "283800元", "28.38万", "￥283800.00"])
def test_the_sign_of_a_cell_wins_over_the_header(check: Check, cell: str) -> None:
    """A sign or unit in the cell says it stands as written; of the sign it is asked (M35)."""
    result = contracts(check, [cell, "28.38", "30", "25"], "合同金额（万元）")
    assert [a for a, _ in read(result)] == [283_800, 283_800, 300_000, 250_000]
    asked = [q for q in result.questions if q.code == "sign_or_unit"]
    assert len(asked) == ("万" not in cell)
    for one in asked:
        said = Remembered("contracts", {}, {one.key: "unit"})
        again = contracts(
            check,
            [cell, "28.38", "30", "25"],
            "合同金额（万元）",
            options=Options(mappings={"Sheet1": said}),
        )
        assert read(again)[0][0] == 2_838_000_000


@pytest.mark.parametrize(
    ("header", "cells", "answer", "after", "total"),
    [
        ("金额", ["12", "9", "30", "283800"], "small_ten_thousand", [120_000, 90_000, 300_000, 283_800], "793,800"),
        ("Amount", ["12", "9", "30", "28380"], "small_thousand", [12_000, 9000, 30_000, 28_380], "79,380"),
        ("合同金额（万元）", ["12", "9", "30", "283800"], "written", [120_000, 90_000, 300_000, 2_838_000_000], "2,838,510,000"),
        ("MRR", ["12", "9", "30", "28380"], "small_thousand", [12_000, 9000, 30_000, 28_380], "952,560"),
    ],
)  # fmt: skip
def test_amounts_unlike_the_others_are_asked_for(
    check: Check, header: str, cells: list[str], answer: str, after: list[float], total: str
) -> None:
    """Over 100 times the median: warned of and asked; each answer says what all cost a year (M35)."""
    result = contracts(check, cells, header)
    assert (5, "implausible_value") in codes(result)
    [question] = [q for q in result.questions if q.code == "unlike_amounts"]
    assert (question.params["count"], question.params["all"]) == ("1", "4")
    assert total in question.answer(answer, "en")
    assert total in question.answer(answer, "zh")
    said = Remembered("contracts", {}, {question.key: answer})
    again = contracts(check, cells, header, options=Options(mappings={"Sheet1": said}))
    assert [a for a, _ in read(again)] == after


@pytest.mark.parametrize(
    ("header", "cells", "count"),
    [
        ("amount", ["12,000", "15,000", "12", "18,000", "20,000"], "1"),
        ("合同金额", ["12", "12000", "15000"], "1"),
        ("金额", ["12", "15", "9", "12000", "18000", "20000"], "3"),
        ("amount", ["$12", "$12,000", "$15,000", "$1,200,000"], "1"),
    ],
)  # fmt: skip
def test_small_amounts_are_asked_for_as_well(
    check: Check, header: str, cells: list[str], count: str
) -> None:
    """Far below the others, or half of them: a gap no amount stands in; read as written."""
    result = contracts(check, cells, header)
    [question] = [q for q in result.questions if q.code == "unlike_small_amounts"]
    assert (question.taken, question.params["count"]) == ("written", count)
    assert [code for _, code in codes(result)].count("implausible_value") == int(count)
    assert "written" not in question.message("zh")


@pytest.mark.parametrize(
    ("header", "cells", "taken", "after"),
    [
        ("合同金额（万元）", ["12", "9", "30", "283800"], "large_plain", [120_000, 90_000, 300_000, 283_800]),
        ("Amount (k USD)", ["12", "9", "30", "28380"], "large_plain", [12_000, 9000, 30_000, 28_380]),
        ("金额", ["12万", "15", "18"], "small_ten_thousand", [120_000, 150_000, 180_000]),
        ("Amount", ["120k", "15", "18"], "small_thousand", [120_000, 15_000, 18_000]),
    ],
)  # fmt: skip
def test_where_all_speaks_for_another_unit_it_is_taken(
    check: Check, header: str, cells: list[str], taken: str, after: list[float]
) -> None:
    """A unit of the header's taken off, or written in the others: told, asked, and taken back."""
    result = contracts(check, cells, header)
    [question] = [q for q in result.questions if q.code.startswith("unlike")]
    assert (question.taken, [a for a, _ in read(result)]) == (taken, after)
    assert f"unlike_{taken}" in [d.code for d in result.decisions]
    said = Remembered("contracts", {}, {question.key: "written"})
    again = contracts(check, cells, header, options=Options(mappings={"Sheet1": said}))
    assert [a for a, _ in read(again)] != after
    assert not any(d.code.startswith("unlike") for d in again.decisions)


@pytest.mark.parametrize(
    "cells", [["¥1200000", "$1000", "$2000", "$1500"], ["99/mo", "9900/yr", "1200/yr"], ["1", "1"]]
)
def test_another_currency_or_interval_is_no_other_unit(check: Check, cells: list[str]) -> None:
    """Amounts are compared within the currency of most, by the year."""
    assert contracts(check, cells).questions == ()


def test_amounts_of_one_size_are_not_asked_for(check: Check) -> None:
    """A large customer is no other unit."""
    result = contracts(check, ["1000", "1200", "90000", "800"])
    assert (codes(result), result.questions) == ([], ())
