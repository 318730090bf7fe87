"""Labels: what SQL and Python take for one word, and the dimensions both know."""

import re

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from tend.store.derived import sqlfiles
from tend.view import DIMENSIONS, PERIODS, folded

# Controls aside: no file is read with them.
words = st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs"))), min_size=1)
wide = st.text(st.sampled_from("Ａａ！～　Aa!~ Σς西"))


@settings(deadline=None)  # the machine may be busy
@given(st.one_of(words, st.lists(wide, min_size=1)))
def test_python_and_sql_fold_alike(given_words: list[str]) -> None:
    """What a reader chooses is found where SQL folds a label to the same word."""
    with duckdb.connect() as connection:
        connection.execute(sqlfiles.macros("model"))
        found = connection.execute("select folded(unnest(?))", [given_words]).fetchall()
    assert [word for (word,) in found] == [folded(word) for word in given_words]


def test_sql_and_views_have_the_same_dimensions() -> None:
    """A dimension stands in labels, in keys beside them, in what reads a label, and in the view."""
    known = {*DIMENSIONS, *PERIODS}
    assert set(re.findall(r"when '(\w+)' then labels\.\1\n", scope("macros"))) == known
    customers, contracts = scope("customer_dimensions"), scope("contract_dimensions")
    assert set(re.findall(r"'(\w+)': (?!list|keys)\w", customers)) == known | {"extra"}
    own = re.findall(r"'(\w+)': null", customers)
    names, labels = in_list("dimensions", customers), in_list("labels", customers)
    assert set(names) == known
    assert labels == ["null" if name in own else f"labels.{name}" for name in names]
    assert re.findall(r"(\w+) := \1\b", contracts) == own
    assert in_list("dimensions", contracts) == in_list("labels", contracts) == own


def scope(name: str) -> str:
    """Give a file of the room that says what is filtered and grouped by."""
    return (sqlfiles.FOLDER / "model" / "scope" / f"{name}.sql").read_text(encoding="utf-8")


def in_list(side: str, sql: str) -> list[str]:
    """Give the names in the list on a side of the keys."""
    [found] = re.findall(rf"'{side}': [^\[]*\[([^\]]*)\]", sql)
    return re.findall(r"[\w.]+", found)
