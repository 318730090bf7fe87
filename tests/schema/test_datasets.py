"""The data sets hold together: with themselves, with the tables of rows, with the facts."""

import pytest

from tend.schema import DATASETS, DataSet, key_columns
from tend.schema.fact_tables import EXTRA, TABLES
from tend.store.workspace import Workspace
from tests.kit.companies import Companies

SQL_TYPES = {"string": "VARCHAR", "double": "DOUBLE", "date32[day]": "DATE", "int32": "INTEGER"}


@pytest.fixture(scope="module")
def sample(companies: Companies) -> Workspace:
    """A company with all data sets."""
    return companies.read()


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset.name)
def test_what_is_said_of_a_data_set_names_its_columns(dataset: DataSet) -> None:
    """Keys, needs and signs name columns that there are; keys name columns of the facts."""
    said = {*dataset.named_by, *dataset.one_of, *dataset.signs, *dataset.needed, *dataset.measures}
    assert said <= dataset.columns.keys()
    key = {name for part in dataset.key for name in key_columns(part)}
    made = {"contract_no", "line"} if dataset.lines else set()
    assert {*key, *dataset.lines, *dataset.fact_key} - made <= set(TABLES[dataset.name].names)
    assert dataset.told_by is None or dataset.told_by in dataset.columns
    assert dataset.id is None or dataset.columns[dataset.id].kind.name == "id"
    assert dataset.others in ("", "filters", "measures", "customers")


@pytest.mark.parametrize("name", DATASETS)
def test_the_workspace_has_a_column_for_all_that_is_kept(sample: Workspace, name: str) -> None:
    """The tables of rows, made by migrations, have the columns and types of the facts."""
    with sample.cursor() as cursor:
        found = cursor.execute(f"describe rows_{name}").fetchall()
    wanted = {
        field.name: "MAP(VARCHAR, VARCHAR)" if field.type == EXTRA else SQL_TYPES[str(field.type)]
        for field in TABLES[name]
    }
    numbers = {"import_id": "INTEGER", "sheet_no": "INTEGER"}
    assert {column: kind for column, kind, *_ in found} == numbers | wanted


@pytest.mark.parametrize("name", DATASETS)
def test_staging_keeps_every_column(sample: Workspace, name: str) -> None:
    """What a file says of a fact is in the fact: staging leaves out none of its columns."""
    with sample.cursor() as cursor:
        found = {column for column, *_ in cursor.execute(f"describe stg_{name}").fetchall()}
    left_out = {"row_no", "name_key", "part"} & set(TABLES[name].names)
    left_out |= {"customer_name"} if name != "customers" else set()
    assert set(TABLES[name].names) - found == left_out


@pytest.mark.parametrize("name", DATASETS)
def test_the_key_tells_facts_apart(sample: Workspace, name: str) -> None:
    """No two facts of a company have the same key."""
    key = ", ".join(DATASETS[name].fact_key)
    with sample.cursor() as cursor:
        rows = cursor.execute(
            f"select count(*), count(distinct ({key})) from stg_{name}"
        ).fetchone()
    assert rows is not None
    assert rows[0] == rows[1]
    assert rows[0] > 0 or name in ("tasks", "notebooks")
