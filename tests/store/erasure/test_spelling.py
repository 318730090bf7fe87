"""A name is found as a whole, however it is spelled, and never inside another word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tend.store.erased.spelling import Names, fold

pytestmark = pytest.mark.quick

# A label that shares no letter with the names below.
LABEL = "0"
NAMES = st.text("abé 'Ö\"\\&ß东方云🚀ＡＢ-", min_size=2, max_size=8).filter(
    lambda name: len(fold(name).strip()) > 1
)


@pytest.mark.parametrize(
    ("name", "said", "left"),
    [
        ("Acme", "Acme, ACME; ａｃｍｅ and Ac\u200bme's", "0, 0; 0 and 0's"),
        ("Acme", "Acmeville Acme2 reAcme", "Acmeville Acme2 reAcme"),
        ("O'Brien & Söhne", "met o'brien  & SÖHNE", "met 0"),
        ("O'Brien", "where name = 'O''Brien'", "where name = '0'"),
        ('The "A" Co', '{"x": "The \\"A\\" Co"}', '{"x": "0"}'),
        ("华为", "昨天拜访华为讨论续约", "昨天拜访0讨论续约"),
        ("🚀 Co", "with 🚀 co.", "with 0."),
        ("Café", "at the cafe\u0301 again", "at the 0 again"),
    ],
)
def test_a_name_is_found_as_it_is_written(name: str, said: str, left: str) -> None:
    """Case, width, quotes, signs nobody sees: it is the same name; a longer word is another."""
    assert Names((name,)).without(said, LABEL) == left


def test_a_longer_name_of_others_stays() -> None:
    """What stands inside a name of somebody else is theirs."""
    names = Names(("华为", "Acme"), ("华为云", "Acme Nord"))
    assert names.without("华为和华为云, Acme and Acme Nord", LABEL) == "0和华为云, 0 and Acme Nord"


def test_a_name_of_one_sign_is_a_cell_alone() -> None:
    """In texts one sign says nothing."""
    names = Names(("A",))
    assert names.is_it(" ａ ")
    assert not names.stands_in("plan A")


def test_a_name_may_be_long() -> None:
    """Texts are chosen by a part of it, as patterns have an end."""
    name = "Very" + "long" * 2_000
    assert len(Names((name,)).pattern) < 1_000
    assert Names((name,)).without(f"of {name}, and {name}er", LABEL) == f"of 0, and {name}er"


def test_a_value_of_any_depth_loses_the_name() -> None:
    """Keys, too, but those that are heads of columns."""
    value = {"Region": ["Region", "in Region"], "x": {"Region 1": 2}}
    names = Names(("Region",))
    assert names.nothing_of(value, LABEL, "words") == {
        "Region": ["Region", "in 0"],
        "x": {"0 1": 2},
    }
    assert names.nothing_of(value, LABEL) == {"0": ["0", "in 0"], "x": {"0 1": 2}}


@given(NAMES, st.sampled_from(("", " ", ", ", "。", "\n", '"', "(")))
def test_what_was_found_is_gone_and_nothing_else(name: str, around: str) -> None:
    """Whatever the name: in its cases it is found between other words, once, and they stay."""
    for spelled in {name, name.upper(), name.lower()}:
        if fold(spelled).strip() != fold(name).strip():
            continue  # some capitals are other letters
        text = f"1{around or ' '}{spelled.strip()}{around or ' '}1"
        left = Names((name,)).without(text, LABEL)
        assert not Names((name,)).stands_in(left)
        assert left.startswith("1")
        assert left.endswith("1")
        assert LABEL in left
