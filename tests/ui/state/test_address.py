"""The address: what is chosen is written in it, and read from it as it was."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tend.figures.customers.columns import MORE, SORTED
from tend.settings.customer_lists import GROUPS, STANDINGS, CustomerList
from tend.ui.state.address import Choice, left_out, read, written
from tend.view import DIMENSIONS

pytestmark = pytest.mark.quick

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
        saved=st.none() | WORDS,
        listing=st.builds(
            CustomerList,
            standing=st.sampled_from(STANDINGS),
            by=st.none() | st.sampled_from(GROUPS),
            sort=st.sampled_from(SORTED),
            is_rising=st.booleans(),
            more=st.lists(st.sampled_from(MORE), unique=True, max_size=4).map(tuple),
        ),
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
        {"as_of": ["0001-01-01"], "customer": ["\r\n"], "contract": ["x" * 501]},
        {"window": ["own"], "from": ["1899-12-31"], "to": ["2026-01-01"]},
        {"drill": ["nonsense"], "regoin": ["South"]},
        {"by": ["planet"], "sort": ["-path"], "more": ["secret"], "standing": ["sitting"]},
        {"drill": ["renewals_by_segment"]},
    ],
)
def test_nonsense_is_as_if_it_were_not_there(params: dict[str, list[str]]) -> None:
    """An address written by hand, and wrongly, gives the defaults."""
    assert read(params, "en") == Choice()


def test_extra_columns_do_not_meet_our_own_words() -> None:
    """A customer column called `lang` or `window` is a filter of its own."""
    choice = Choice(filters=(("lang", ("zh",)), ("window", ("x",))))
    assert read(written(choice), "en") == choice


@given(st.dictionaries(st.text(max_size=8), st.lists(st.text(max_size=8), max_size=3), max_size=5))
def test_all_that_an_address_says_is_held_or_told(params: dict[str, list[str]]) -> None:
    """Each value is in the choice, or it is named as left out."""
    chosen = read(params, "en")
    held = {(key, value) for key, values in written(chosen).items() for value in values}
    told = set(left_out(params, chosen))
    said = {(key, value) for key, values in params.items() for value in values if value}
    defaults = {(name, getattr(Choice(), name)) for name in ("window", "step", "since", "grid")}
    assert {pair for pair in said - held - defaults if "=".join(pair) not in told} == set()


def test_no_address_asks_for_too_much() -> None:
    """Values beyond what a reader can choose are left out and told."""
    params = {"industry": [str(number) for number in range(1000)]}
    chosen = read(params, "en")
    assert len(chosen.chosen("industry")) == 300
    assert len(left_out(params, chosen)) == 700
