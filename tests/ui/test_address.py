"""The address: what is chosen is written in it, and read from it as it was."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tend.ui.address import Choice, read, written
from tend.view import DIMENSIONS

WORDS = st.text(min_size=1, max_size=12).filter(lambda word: word.strip() == word and word)
FILTERS = st.dictionaries(
    st.one_of(st.sampled_from(DIMENSIONS), WORDS.filter(lambda word: word not in DIMENSIONS)),
    st.lists(WORDS, min_size=1, max_size=3, unique=True).map(tuple),
    max_size=4,
).map(lambda filters: tuple(filters.items()))
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(
    choice=st.builds(
        Choice,
        language=st.sampled_from(["en", "zh"]),
        as_of=st.none() | DAYS,
        window=st.sampled_from(["this_quarter", "last_quarter", "year_to_date", "last_12_months"]),
        split=st.none() | WORDS,
        across=st.none() | WORDS,
        step=st.sampled_from(["quarter", "month"]),
        contract=st.none() | WORDS,
        customer=st.none() | WORDS,
        filters=FILTERS,
    )
)
def test_what_is_written_is_read(choice: Choice) -> None:
    """Every choice comes back from its address."""
    assert read(written(choice), "en") == choice


def test_own_dates_are_written_and_read() -> None:
    """Own dates stand in the address as `from` and `to`."""
    choice = Choice(window="own", start=date(2025, 1, 1), end=date(2025, 3, 31))
    assert written(choice)["from"] == ["2025-01-01"]
    assert read(written(choice), "en") == choice


@pytest.mark.parametrize(
    "params",
    [
        {"as_of": ["yesterday"]},
        {"window": ["next_decade"]},
        {"window": ["own"]},
        {"window": ["own"], "from": ["2025-02-01"], "to": ["2025-01-01"]},
        {"step": ["hour"], "lang": ["fr"], "industry": [""]},
    ],
)
def test_nonsense_is_as_if_it_were_not_there(params: dict[str, list[str]]) -> None:
    """An address written by hand, and wrongly, gives the defaults."""
    assert read(params, "en") == Choice()


def test_extra_columns_do_not_meet_our_own_words() -> None:
    """A customer column called `lang` or `window` is a filter of its own."""
    choice = Choice(filters=(("lang", ("zh",)), ("window", ("x",))))
    assert read(written(choice), "en") == choice
