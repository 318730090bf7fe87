"""Single cells and columns: dates, numbers, words, and that what is written is read back."""

import datetime as dt

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tend.ingest.cells import arrays, dates, kinds, meanings, numbers, satisfaction
from tend.ingest.cells.dates import Reading

pytestmark = pytest.mark.quick

DAY = dt.date(2024, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05", "2024-03-05 00:00:00", "2024/3/5", "2024.3.5", "20240305", "2024年3月5日", "2024年3月5号",
        "Mar 5 2024", "Mar 5, 2024", "March 5th, 2024", "5-Mar-24", "5 March 2024", "5/3/2024", "05.03.24",
        "2024-03-05T10:30:00Z", "2024/3/5 9:05", "２０２４－０３－０５", "45356", "2024年3月5日 星期二", "二〇二四年三月五日",
        "113年3月5日", "Tue, 5 Mar 2024", " 2024-03-05 ", "2024 / 3 / 5",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    """Every way of writing 5 March 2024 is that day."""
    span = dates.parse(text)
    assert span is not None
    assert (span.first, span.last, span.grain) == (DAY, DAY, "day")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-03", "2024-03-01", "2024-03-31"),
        ("2024年12月", "2024-12-01", "2024-12-31"),
        ("Mar 2024", "2024-03-01", "2024-03-31"),
        ("202402", "2024-02-01", "2024-02-29"),
        ("2024Q1", "2024-01-01", "2024-03-31"),
        ("Q4 2024", "2024-10-01", "2024-12-31"),
        ("2024年第一季度", "2024-01-01", "2024-03-31"),
        ("2024-W05", "2024-01-29", "2024-02-04"),
    ],
)
def test_months_and_quarters_have_a_first_and_a_last_day(text: str, first: str, last: str) -> None:
    """A month counts from its first day as a start, to its last as an end (K8)."""
    span = dates.parse(text)
    assert span is not None
    assert (span.first.isoformat(), span.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "text", ["abc", "2024-02-30", "12000", "soon", "31/31/2024", "是", "C-2024"]
)
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    """A word, an amount and an impossible day are no dates."""
    assert dates.parse(text) is None


def test_a_column_decides_day_and_month() -> None:
    """One value over 12 decides the whole column; without one it is a warning, day first (K7)."""
    decided = kinds.read_dates(pa.array(["03/04/2024", "03/25/2024"]))
    assert decided.values.to_pylist() == [dt.date(2024, 3, 4), dt.date(2024, 3, 25)]
    assert not decided.warned
    open_ = kinds.read_dates(pa.array(["03/04/2024", "05/05/2024"]))
    assert open_.values.to_pylist() == [dt.date(2024, 4, 3), dt.date(2024, 5, 5)]
    assert open_.warned["ambiguous_date_order"].tolist() == [True, False]
    told = kinds.read_dates(pa.array(["03/04/2024"]), Reading("mdy", "chosen"))
    assert told.values.to_pylist() == [dt.date(2024, 3, 4)]
    assert not told.warned


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("12,000.00", 12000, None), ("¥12,000", 12000, "CNY"), ("￥12,000", 12000, "CNY"), ("12,000元", 12000, "CNY"),
        ("RMB 12000", 12000, "CNY"), ("$1,234.50", 1234.5, "USD"), ("US$ 5,000", 5000, "USD"), ("€1.234,56", 1234.56, "EUR"),
        ("12k", 12000, None), ("1.2万", 12000, None), ("1.2萬", 12000, None), ("3千", 3000, None), ("1.5亿", 1.5e8, None),
        ("1.2万元", 12000, "CNY"), ("(1,200)", -1200, None), ("($1,200.00)", -1200, "USD"), ("-300", -300, None),
        ("¥-300", -300, "CNY"), ("85%", 0.85, None), ("0.85", 0.85, None), ("１２，０００", 12000, None), ("12 000", 12000, None),
        ("1'200", 1200, None), ("1,00,000", 100000, None), ("50个", 50, None), ("1e5", 100000, None), ("120人民币", 120, "CNY"),
    ],
)  # fmt: skip
def test_a_number_is_read_however_it_is_written(
    text: str, value: float, currency: str | None
) -> None:
    """Marks, units, currencies and brackets around a number are understood."""
    number = numbers.parse(text)
    assert number is not None
    assert number.value == pytest.approx(value)
    assert number.currency == currency


@pytest.mark.parametrize("text", ["abc", "12 apples", "1.2.3,4,5", "2024-03-05", "--", "K-100"])
def test_what_is_no_number_is_not_read_as_one(text: str) -> None:
    """Words and dates are no numbers."""
    assert numbers.parse(text) is None


@pytest.mark.parametrize(
    ("column", "expected", "warned"),
    [
        (["1.234", "1.234,56"], [1234, 1234.56], False),
        (["1.234", "12.5"], [1.234, 12.5], False),
        (["1.234", "7"], [1.234, 7], True),
        (["1,234", "7"], [1234, 7], False),
        (["1,5", "2,25"], [1.5, 2.25], False),
    ],
)
def test_dot_and_comma_are_decided_by_the_column(
    column: list[str], expected: list[float], warned: bool
) -> None:
    """1.234 is a thousand only with a decimal comma elsewhere; alone it is a warning (K22)."""
    read = kinds.read_numbers(pa.array(column), is_typed=False)
    assert read.values.to_pylist() == pytest.approx(expected)
    assert bool(read.warned) == warned


@given(st.dates(dt.date(1990, 1, 1), dt.date(2080, 12, 31)), st.sampled_from(range(7)))
def test_a_date_written_is_read_back(day: dt.date, form: int) -> None:
    """Any day in any common form comes back as itself."""
    serial = str((day - dt.date(1899, 12, 30)).days)
    text = [
        day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日",
        f"{day:%b} {day.day}, {day.year}", f"{day.day}.{day.month}.{day.year}", serial,
    ][form]  # fmt: skip
    span = dates.parse(text)
    assert span is not None
    assert span.first == span.last == day


@given(st.integers(-(10**12), 10**12), st.sampled_from(range(6)))
def test_an_amount_written_is_read_back(cents: int, form: int) -> None:
    """Any amount in any common form comes back to the cent."""
    value = cents / 100
    european = f"{value:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    text = [
        f"{value:.2f}",
        f"{value:,.2f}",
        f"¥{value:,.2f}",
        f"{value:,.2f} 元",
        european,
        f"{value:,.2f} USD",
    ][form]
    number = numbers.parse(text, "," if form == 4 else None)
    assert number is not None
    assert number.value == pytest.approx(value, abs=1e-6)


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading(text: str) -> None:
    """Whatever stands in a cell, reading it gives a value or none."""
    dates.parse(text)
    dates.is_ambiguous(text)
    numbers.parse(text)
    numbers.header_unit(text)
    meanings.size_number(text)
    meanings.hours(text)
    meanings.nps(text)
    meanings.outcome(text, is_churn=True)
    satisfaction.points(pa.array([text]), is_typed=False)


@pytest.mark.parametrize(
    ("text", "churn", "expected"),
    [
        ("是", False, "renewed"), ("否", False, "lost"), ("待定", False, "undecided"), ("已续", False, "renewed"),
        ("未续", False, "lost"), ("Yes", False, "renewed"), ("no", False, "lost"), ("Yes", True, "lost"), ("No", True, "renewed"),
        ("1", True, "lost"), ("0", True, "renewed"), ("true", False, "renewed"), ("流失", True, "lost"), ("kept", True, "renewed"),
        ("churned", False, "lost"), ("已續約", False, "renewed"), ("pending", True, "undecided"), ("purple", False, None),
    ],
)  # fmt: skip
def test_outcome_words(text: str, churn: bool, expected: str | None) -> None:
    """Yes in a churn column means lost; words that say it themselves mean the same everywhere."""
    assert meanings.outcome(text, is_churn=churn) == expected


@pytest.mark.parametrize(
    ("cells", "expected", "scale"),
    [
        (["4", "5", None], [4, 5, None], 5), (["7", "10"], [7, 10], 10), (["85%", "90%"], [85, 90], 100),
        (["0.85", "0.9"], [85, 90], 100), (["85", "90"], [85, 90], 100), (["非常满意", "不满意"], [5, 2], 5), (["Good", "Bad"], [5, 1], 5),
    ],
)  # fmt: skip
def test_satisfaction_has_the_scale_of_its_column(
    cells: list[str | None], expected: list[float | None], scale: float
) -> None:
    """The greatest value tells the scale (G4); words are points of 1 to 5."""
    told = satisfaction.points(pa.array(cells, pa.string()), is_typed=True)
    found = satisfaction.scale(told, "csat").top
    parsed, _ = satisfaction.on_scale(told, found)
    assert parsed.values.to_pylist() == expected
    assert found == scale


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("260人", 260), ("1000+", 1000), ("100-499", 100), ("1,000-5,000", 1000), ("1.2万人", 12000), ("51-200 employees", 51),
        (">1000", 1000), ("500人以上", 500), ("12", 12), ("大型", None), ("Enterprise", None), ("SMB", None),
    ],
)  # fmt: skip
def test_a_size_is_a_number_or_a_word(text: str, expected: float | None) -> None:
    """A range counts by its lower number (G1)."""
    assert meanings.size_number(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.5", 1.5),
        ("1.5h", 1.5),
        ("90min", 1.5),
        ("1:30", 1.5),
        ("1小时30分钟", 1.5),
        ("1899-12-31 01:30:00", 1.5),
        ("long", None),
    ],
)
def test_hours(text: str, expected: float | None) -> None:
    """A length of time is read in hours."""
    assert meanings.hours(text) == expected


def test_blanks_are_blank() -> None:
    """Every usual sign for "nothing here" is nothing, and a name with spaces is trimmed."""
    cells = pa.array(
        ["-", "—", "/", "N/A", "无", "暂无", "null", "None", "", "  ", "　", "－", " a "]
    )
    assert arrays.clean(cells).to_pylist() == [None] * 12 + ["a"]


def test_shares_are_fractions_of_one() -> None:
    """80, 80 % and 0.8 are all 0.8 in a column of their kind."""
    assert kinds.read_shares(pa.array(["80", "5"]), is_typed=True).values.to_pylist() == [
        0.8,
        0.05,
    ]
    assert kinds.read_shares(pa.array(["80%", "0.5"]), is_typed=True).values.to_pylist() == [
        0.8,
        0.5,
    ]
