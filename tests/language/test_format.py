"""Numbers and dates as each language writes them."""

from datetime import date, datetime

import pytest

from tend.language import format

pytestmark = pytest.mark.quick


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [(0.8617, "en", "86.2 %"), (0.8617, "zh", "86.2%"), (1, "en", "100.0 %"), (None, "en", "–")],
)
def test_rates(value: float | None, language: str, written: str) -> None:
    """One decimal; missing is a dash."""
    assert format.rate(value, language) == written


@pytest.mark.parametrize(
    ("change", "language", "written"),
    [
        (-0.041, "en", "−4.1 pts"),
        (0.02, "zh", "+2.0 个百分点"),
        (-0.0001, "en", "+0.0 pts"),
        (None, "en", "–"),
    ],
)
def test_changes_are_signed_points(change: float | None, language: str, written: str) -> None:
    """Never per cent of per cent, and no minus before a zero."""
    assert format.points(change, language) == written


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [
        (950, "en", "950"),
        (12_340, "en", "12.3K"),
        (1_234_000, "en", "1.23M"),
        (2_500_000_000, "en", "2.50B"),
        (9_999, "zh", "9,999"),
        (1_234_000, "zh", "123.4 万"),
        (30_560_000, "zh", "3,056 万"),
        (250_000_000, "zh", "2.50 亿"),
    ],
)
def test_amounts(value: float, language: str, written: str) -> None:
    """K and M in English, 万 and 亿 in Chinese."""
    assert format.money(value, language) == written


def test_days() -> None:
    """A day is written in one way, as tables and forms write it."""
    for language in ("en", "zh"):
        assert format.day(date(2026, 11, 22), language) == "2026-11-22"
        assert format.moment(datetime(2026, 11, 22, 9, 5), language) == "2026-11-22 09:05"


def test_plain_takes_markdown_its_meaning() -> None:
    """Every sign Markdown would act on is escaped, and lines are joined."""
    assert format.plain("**a** [b](c)\n:red[d] $x$ <b>") == (
        "\\*\\*a\\*\\* \\[b\\]\\(c\\) \\:red\\[d\\] \\$x\\$ \\<b\\>"
    )


def test_a_change_has_its_sign() -> None:
    """More with a plus, less with a minus that is none of the keyboard, thousands apart."""
    assert [format.signed(n) for n in (3, -1234, 0)] == ["+3", "−1,234", "+0"]
