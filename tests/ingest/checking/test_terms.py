"""Terms and ends in words, with options and periods in one cell; each is told or asked for (M9)."""

from datetime import date

import pytest

from tend.ingest.results import Options, Remembered, SheetResult
from tests.ingest.conftest import Check, codes, facts

pytestmark = pytest.mark.quick

YEAR = date(2024, 12, 31)


def terms(check: Check, *cells: str, answers: dict[str, str] | None = None) -> SheetResult:
    """Read contracts of these terms, all from 1 January 2024."""
    rows = [[f"C{n}", "2024-01-01", cell, "5"] for n, cell in enumerate(cells)]
    said = Options(mappings={"Sheet1": Remembered("contracts", {}, answers or {})})
    head = ["customer", "start date", "term", "amount"]
    return check([head, *rows], options=said if answers else None, typed=False)


def ends(result: SheetResult) -> list[object]:
    """Give the last day of each contract, None where it is open."""
    return [fact.get("end_date") for fact in facts(result)]


def told(result: SheetResult) -> set[str]:
    """Give what was decided, but for what follows from any term."""
    return {d.code for d in result.decisions} - {"end_from_term"}


@pytest.mark.parametrize("others", [(), ("12 months", "24个月")])
@pytest.mark.parametrize(
    ("cell", "end"),
    [("annual", YEAR), ("年度合同", YEAR), ("一年一签", YEAR), ("Yearly", YEAR), ("年付", YEAR), ("按年", YEAR), ("Quarterly", date(2024, 3, 31)),
     ("biennial", date(2025, 12, 31)), ("半年付", date(2024, 6, 30))],
)  # fmt: skip
def test_a_word_is_a_term_where_nothing_else_gives_an_end(
    check: Check, cell: str, end: date, others: tuple[str, ...]
) -> None:
    """Alone or among lengths; which words were taken for how many months is told."""
    result = terms(check, cell, *others)
    assert (ends(result)[0], codes(result), result.rejected) == (end, [], 0)
    [decision] = [d for d in result.decisions if d.code == "term_words"]
    assert cell in decision.message("zh")


@pytest.mark.parametrize("cell", ["monthly", "month-to-month", "月付", "按月"])
def test_a_monthly_term_goes_on_until_somebody_says_otherwise(check: Check, cell: str) -> None:
    """Asked, as the contract would be lost after a month."""
    result = terms(check, cell)
    [question] = result.questions
    assert (question.code, question.taken, ends(result)) == ("rolling_term", "open", [None])
    assert cell in question.message("zh")
    again = terms(check, cell, answers={question.key: "month"})
    assert ends(again) == [date(2024, 1, 31)]


@pytest.mark.parametrize(
    ("cell", "first", "whole"),
    [("1+1年", YEAR, date(2025, 12, 31)), ("12+12个月", YEAR, date(2025, 12, 31)),
     ("3+2 years", date(2026, 12, 31), date(2028, 12, 31)), ("18个月（赠3个月）", date(2025, 6, 30), date(2025, 9, 30)),
     ("12个月+3个月赠送", YEAR, date(2025, 3, 31)), ("1 year + 1 year", YEAR, date(2025, 12, 31))],
)  # fmt: skip
def test_of_two_parts_the_first_is_taken(check: Check, cell: str, first: date, whole: date) -> None:
    """Asked; where it stands as an end it is told."""
    result = terms(check, cell)
    [question] = result.questions
    assert (question.code, ends(result)) == ("term_option", [first])
    assert ends(terms(check, cell, answers={question.key: "whole"})) == [whole]
    as_end = check(
        [["customer", "start date", "end date", "amount"], ["A", "2024-01-01", cell, "5"]]
    )
    assert ends(as_end) == [first]
    assert "first_part" in told(as_end)


@pytest.mark.parametrize(
    ("cell", "end"),
    [("365天", YEAR), ("366 days", YEAR), ("365", YEAR), ("730天", date(2025, 12, 31)),
     ("731天", date(2025, 12, 31)), ("1095 days", date(2026, 12, 31)), ("180天", date(2024, 6, 28))],
)  # fmt: skip
def test_a_year_of_days_is_a_year(check: Check, cell: str, end: date) -> None:
    """Also where the year is a leap year."""
    head = ["customer", "start date", "Term (days)", "amount"]
    result = check([head, ["A", "2024-01-01", cell, "5"]], typed=False)
    assert (ends(result), codes(result)) == ([end], [])


@pytest.mark.parametrize(
    ("cell", "end", "code"),
    [("12 months auto-renew", YEAR, "renews_itself"), ("1年（自动续约）", YEAR, "renews_itself"),
     ("1年，到期自动顺延", YEAR, "renews_itself"), ("2024-12-31 (auto-renews)", YEAR, "renews_itself"),
     ("2024-12-31，到期自动续约", YEAR, "renews_itself"), ("auto-renew", None, "open_ended"),
     ("Auto-renews annually", None, "open_ended"), ("自动续约", None, "open_ended"), ("长期合作", None, "open_ended")],
)  # fmt: skip
def test_what_renews_itself_is_due_where_it_names_a_day(
    check: Check, cell: str, end: date | None, code: str
) -> None:
    """Else it is open; both are told. In an end column, and in a term's where it is no day."""
    head = ["customer", "start date", "end date", "amount"]
    as_end = check([head, ["A", "2024-01-01", cell, "5"]], typed=False)
    assert (ends(as_end), codes(as_end), told(as_end) & {code}) == ([end], [], {code})
    if "2024" not in cell:
        as_term = terms(check, cell)
        assert (ends(as_term), codes(as_term), told(as_term)) == ([end], [], {code})


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("2025.3-2026.2", (2025, 3, 1), (2026, 2, 28)), ("2025年3月-2026年2月", (2025, 3, 1), (2026, 2, 28)),
        ("Mar 2025 – Feb 2026", (2025, 3, 1), (2026, 2, 28)), ("03/2025-02/2026", (2025, 3, 1), (2026, 2, 28)),
        ("2025年3月至次年2月", (2025, 3, 1), (2026, 2, 28)), ("20250301-20260228", (2025, 3, 1), (2026, 2, 28)),
        ("2025年3月1日-12月31日", (2025, 3, 1), (2025, 12, 31)), ("Mar 1 - Dec 31, 2025", (2025, 3, 1), (2025, 12, 31)),
        ("2025.03.01--2026.02.28", (2025, 3, 1), (2026, 2, 28)), ("2025-03-01/2026-02-28", (2025, 3, 1), (2026, 2, 28)),
        ("自2025年3月1日起至2026年2月28日止", (2025, 3, 1), (2026, 2, 28)), ("2025年3月1日起12个月", (2025, 3, 1), (2026, 2, 28)),
        ("2025.3-2026.2（一年）", (2025, 3, 1), (2026, 2, 28)), ("1年（2025.3.1-2026.2.28）", (2025, 3, 1), (2026, 2, 28)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("header", ["Contract period", "合同期限", "服务期间"])
def test_a_period_in_one_cell(
    check: Check, cell: str, start: tuple[int, int, int], end: tuple[int, int, int], header: str
) -> None:
    """Months count from their first to their last day; a year named once is that of both."""
    result = check([["customer", header, "amount"], ["A", cell, "5"]], typed=False)
    [fact] = facts(result)
    assert (fact["start_date"], fact["end_date"], codes(result)) == (date(*start), date(*end), [])


@pytest.mark.parametrize("cell", ["2025.3.1-长期", "2025.3.1至今", "2025-03-01 - ongoing"])
def test_a_period_may_have_no_end(check: Check, cell: str) -> None:
    """By the word that stands where its end should; told."""
    result = check([["customer", "合同期限", "amount"], ["A", cell, "5"]], typed=False)
    [fact] = facts(result)
    assert (fact["start_date"], fact.get("end_date")) == (date(2025, 3, 1), None)
    assert "open_ended" in told(result)


@pytest.mark.parametrize(
    ("cells", "taken", "end"),
    [(("365", "730"), "day", YEAR), (("90", "365"), "day", date(2024, 3, 30)), (("1+1", "3"), "year", YEAR),
     (("12", "36"), "month", YEAR)],
)  # fmt: skip
def test_plain_numbers_are_in_the_likeliest_unit(
    check: Check, cells: tuple[str, str], taken: str, end: date
) -> None:
    """Days where they would be more than ten years of months; asked."""
    result = terms(check, *cells)
    [question] = [q for q in result.questions if q.code == "term_unit"]
    assert (question.taken, ends(result)[0]) == (taken, end)
    assert question.answer(taken, "zh")


def test_a_period_where_an_end_should_be(check: Check) -> None:
    """Its last day is the end, which is told."""
    head = ["客户名称", "开始日期", "到期日", "金额"]
    result = check([head, ["甲", "2025-03-01", "2025.3-2026.2", "5"]], typed=False)
    assert ends(result) == [date(2026, 2, 28)]
    assert "end_of_period" in told(result)


@pytest.mark.parametrize("cell", ["2025-03", "2025-03-01", "12-31", "1-2"])
def test_a_date_is_no_period(check: Check, cell: str) -> None:
    """A hyphen within a date parts nothing."""
    result = check(
        [["customer", "start date", "end date", "amount"], ["A", "2025-01-01", cell, "5"]]
    )
    assert "end_of_period" not in told(result)
