"""Numbers are computed in `queries/` and nowhere else, and every one of them is held by tests."""

import re

from tend.queries import library
from tests.walls.pages.test_pages import SQL, texts
from tests.walls.sources import ROOT, Source, app, python
from tests.walls.test_imports import imported

HOLDS_SQL = ("tend/store/", "tend/acts/", "tend/queries/")
IMITATIONS = re.compile(r"\b(unittest\.mock|MagicMock|pytest_mock|mocker)\b")


def statements(source: Source) -> list[str]:
    """Name the SQL in the strings of a file."""
    return [f"{source.path}:{line}" for line, said in texts(source.tree) if SQL.search(said)]


def untested(names: set[str], tests: str) -> list[str]:
    """Name the queries that no test asks."""
    return sorted(name for name in names if not re.search(rf"\b{name}\b", tests))


def test_sql_lives_in_its_folder() -> None:
    """Only the store, for its own tables, and the query files hold SQL."""
    others = [source for source in app() if not source.path.startswith(HOLDS_SQL)]
    assert [found for source in others for found in statements(source)] == []


def test_no_second_calculation_after_the_sql() -> None:
    """The app puts no result through pandas; the tests' oracle shares only the question asked."""
    assert [source.path for source in app() if "pandas" in set(imported(source))] == []
    borrowed = {
        f"{source.path}: {name}"
        for source in python("tests/oracle")
        for name in imported(source)
        if name.split(".")[0] in ("tend", "duckdb") and not name.startswith("tend.view")
    }
    assert borrowed == set()


def test_every_query_is_asked_by_a_test() -> None:
    """No number is shown that nothing holds."""
    tests = "\n".join(source.text for source in python("tests"))
    assert untested(set(library.queries()), tests) == []


def test_nothing_is_imitated() -> None:
    """Tests open real databases and real files; only this wall speaks of imitations."""
    imitating = [source.path for source in python("tests") if IMITATIONS.search(source.text)]
    assert imitating == ["tests/walls/test_layers.py"]


def test_every_folder_of_queries_is_known() -> None:
    """Staging, model, kept, metrics, and checks of an import: there is no sixth place."""
    folders = {path.name for path in (ROOT / "queries").iterdir() if path.is_dir()}
    assert folders == {"staging", "model", "kept", "metrics", "checks"}


def test_the_guards_bite() -> None:
    """SQL in a string is found, in a docstring it is prose; an unasked query is found."""
    assert statements(Source("tend/bad.py", 'x = "select arr from renewals"'))
    assert not statements(Source("tend/ok.py", '"""Select what is due from renewals."""'))
    assert untested({"renewals", "renewal_rates"}, 'run("renewal_rates")') == ["renewals"]
    assert IMITATIONS.search("from unittest.mock import patch")
