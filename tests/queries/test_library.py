"""Named queries: headers that cannot lie, parameters that cannot be missed."""

import pytest

from tend.language.errors import TendError
from tend.queries import asking, library
from tend.store.derived.sqlfiles import SqlFile
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.facts import AS_OF, add_contract

pytestmark = pytest.mark.quick

HEADER = """-- question: Which?
-- grain: one row per thing
-- key: a
-- parameters:
--   by (date, optional): a day
-- columns:
--   a (code outcomes): a thing
"""


def test_a_header_says_kinds_keys_and_what_is_optional() -> None:
    """What is said once for all queries need not be said again."""
    query = library.parse(SqlFile("fine", HEADER + "select $by + $as_of + $grace_days as a"))
    assert list(query.parameters) == ["as_of", "by", "grace_days"]
    assert query.parameters["as_of"].meaning.startswith("the as-of date")
    assert query.parameters["by"].is_optional
    assert (str(query.columns["a"].kind), query.columns["a"].kind.room) == (
        "code outcomes",
        "outcomes",
    )
    assert query.key == {"a": False}


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        ("$by", "1"),
        ("$by", "$by + $other"),
        ("$by", "$by + $group_by"),
        ("-- question: Which?\n", ""),
        ("-- key: a\n", ""),
        ("-- key: a\n", "-- key: b\n"),
        ("(code outcomes)", "(coed outcomes)"),
        ("--   a (code outcomes): a thing\n", ""),
        ("as a", "as a; select 2"),
    ],
)
def test_a_header_that_does_not_tell_the_truth_is_refused(part: str, instead: str) -> None:
    """Parameters, grouping, key, kinds and columns are those of one statement."""
    whole = HEADER + "select $by as a"
    assert library.parse(SqlFile("whole", whole))
    with pytest.raises(TendError, match="The query file bad"):
        library.parse(SqlFile("bad", whole.replace(part, instead)))


def test_a_missing_or_an_extra_parameter_raises(workspace: Workspace) -> None:
    """Nothing is bound by guess."""
    with pytest.raises(KeyError):
        asking.run(workspace, "filter_options", View(AS_OF))
    with pytest.raises(KeyError):
        asking.run(workspace, "renewal_rates", View(AS_OF), grace=1)
    with pytest.raises(TendError, match="no query nope"):
        asking.run(workspace, "nope", View(AS_OF))


def test_an_empty_workspace_answers_with_no_rows(workspace: Workspace) -> None:
    """Nothing imported: no rows, no error (L4)."""
    for name in ("renewal_rates", "renewals", "retention_12m", "arr_movements"):
        assert asking.run(workspace, name, View(AS_OF)).num_rows == 0


def test_lineage_leads_from_the_query_to_the_rows() -> None:
    """The number's SQL can be followed down to the accepted rows."""
    names = [file.name for file in library.lineage("renewal_rates")]
    assert names[0] == "renewal_rates"
    assert {"renewal_measures", "renewals", "successions", "contracts", "stg_contracts"} <= set(
        names
    )


def test_snapshots_of_old_days_are_let_go(workspace: Workspace) -> None:
    """Only the last few as-of days stay in memory."""
    add_contract(workspace, "K1")
    for day in range(1, 15):
        asking.run(workspace, "renewal_rates", View(AS_OF.replace(day=day)))
    assert len(workspace.snapshots) <= 7
    with workspace.cursor() as cursor:
        row = cursor.execute(
            "select count(*) from duckdb_databases() where database_name like 'as_of_%'"
        ).fetchone()
    assert row is not None
    assert row[0] == len(workspace.snapshots)


def test_filter_options_count_under_the_other_filters(workspace: Workspace) -> None:
    """A chosen product narrows the counts of the other dimensions, not its own."""
    add_contract(workspace, "K1", customer_id="C1")
    add_contract(workspace, "K2", customer_id="C2")
    view = View(AS_OF, filters=(("product", ("nothing like it",)),))
    rows = asking.run(workspace, "filter_options", view, dimensions=["product", "size"])
    assert [(row["dimension"], row["contracts"]) for row in rows.to_pylist()] == [("product", 2)]
