"""Named queries: headers that cannot lie, parameters that cannot be missed."""

import pytest

from tend import queries
from tend.language.errors import TendError
from tend.store.derived.sqlfiles import SqlFile
from tend.store.workspace import Workspace
from tend.view import View
from tests.store.facts import AS_OF, add_contract

pytestmark = pytest.mark.quick

HEADER = """-- question: Which?
-- grain: one row per thing
-- parameters:
--   as_of: the day
-- columns:
--   a: a thing
"""


def test_a_header_and_its_statement_must_name_the_same_parameters() -> None:
    """A parameter in the header that the statement does not use is refused, and the reverse."""
    assert queries.parse(SqlFile("fine", HEADER + "select $as_of as a")).columns == {"a": "a thing"}
    with pytest.raises(TendError, match="as_of"):
        queries.parse(SqlFile("unused", HEADER + "select 1 as a"))
    with pytest.raises(TendError, match="other"):
        queries.parse(SqlFile("undeclared", HEADER + "select $as_of + $other as a"))


def test_a_header_must_be_whole_and_the_file_one_statement() -> None:
    """A file without a question, or with two statements, is refused."""
    with pytest.raises(TendError):
        queries.parse(SqlFile("bare", "select 1 as a"))
    with pytest.raises(TendError):
        queries.parse(SqlFile("two", HEADER + "select $as_of as a; select 2"))


def test_a_missing_or_an_extra_parameter_raises(workspace: Workspace) -> None:
    """Nothing is bound by guess."""
    with pytest.raises(KeyError):
        queries.run(workspace, "filter_options", View(AS_OF))
    with pytest.raises(KeyError):
        queries.run(workspace, "renewal_rates", View(AS_OF), grace=1)
    with pytest.raises(TendError, match="no query nope"):
        queries.run(workspace, "nope", View(AS_OF))


def other_columns(workspace: Workspace) -> list[str]:
    """Name the queries whose answer has not the columns of their header."""
    own: dict[str, object] = {
        "dimensions": list(queries.dimensions(workspace)),
        "dataset": "contracts",
        "key": "K1",
        "customer_id": "C1",
        "contract_id": "K1",
    }
    return [
        query.name
        for query in queries.library().values()
        if _columns(workspace, query, own) != list(query.columns)
    ]


def _columns(workspace: Workspace, query: queries.Query, own: dict[str, object]) -> list[str]:
    given = {name: value for name, value in own.items() if name in query.parameters}
    names: list[str] = queries.run(workspace, query.name, View(AS_OF), **given).column_names
    return names


def test_every_query_gives_the_columns_of_its_header(workspace: Workspace) -> None:
    """Header and result agree in names and order, on an empty and on a filled workspace."""
    assert other_columns(workspace) == []
    add_contract(workspace, "K1")
    assert other_columns(workspace) == []


def test_an_empty_workspace_answers_with_no_rows(workspace: Workspace) -> None:
    """Nothing imported: no rows, no error (L4)."""
    for name in ("renewal_rates", "renewals", "retention_12m", "arr_movements"):
        assert queries.run(workspace, name, View(AS_OF)).num_rows == 0


def test_lineage_leads_from_the_query_to_the_rows() -> None:
    """The number's SQL can be followed down to the accepted rows."""
    names = [file.name for file in queries.lineage("renewal_rates")]
    assert names[0] == "renewal_rates"
    assert {"renewal_measures", "renewals", "successions", "contracts", "stg_contracts"} <= set(
        names
    )


def test_snapshots_of_old_days_are_let_go(workspace: Workspace) -> None:
    """Only the last few as-of days stay in memory."""
    add_contract(workspace, "K1")
    for day in range(1, 15):
        queries.run(workspace, "renewal_rates", View(AS_OF.replace(day=day)))
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
    rows = queries.run(workspace, "filter_options", view, dimensions=["product", "size"])
    assert [(row["dimension"], row["contracts"]) for row in rows.to_pylist()] == [("product", 2)]
