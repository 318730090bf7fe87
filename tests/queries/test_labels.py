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
    """A dimension stands in the struct of labels, in both macros that read it, and in the view."""
    scope = (sqlfiles.FOLDER / "model" / "scope" / "macros.sql").read_text(encoding="utf-8")
    known = {*DIMENSIONS, *PERIODS}
    assert set(re.findall(r"'(\w+)': (?:customer|contract|strf|year)", scope)) == known | {"extra"}
    assert set(re.findall(r"key_of\(labels\.(\w+)\)", scope)) == known
    assert set(re.findall(r"when '(\w+)' then labels", scope)) == known
    assert set(re.findall(r"is_chosen\(filters\['(\w+)'\]", scope)) == known
    [others] = re.findall(r"header not in \(([^)]*)\)", scope)
    assert set(re.findall(r"'(\w+)'", others)) == known
    assert all(f"'{name}' then labels.{name}\n" in scope for name in known)
    assert all(f"filters['{name}'], keys.{name})" in scope for name in known)
