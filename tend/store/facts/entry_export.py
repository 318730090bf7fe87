"""What people and rules entered in the app, as facts in the columns of the import format."""

from tend.schema import DATASETS, Column, DataSet
from tend.store.workspace import Workspace

Row = dict[str, object]


def facts(workspace: Workspace) -> dict[str, list[Row]]:
    """Give by data set the facts of which at least a part was entered, as they stand now."""
    with workspace.cursor() as cursor:
        found: dict[str, list[Row]] = {}
        for dataset in (one.name for one in DATASETS.values() if one.entered):
            rows = cursor.execute(
                f"select facts.*, customers.customer_name from stg_{dataset} as facts"
                " left join stg_customers as customers using (customer_id)"
                " where exists (from (select unnest(facts.sources) as source) as told"
                " inner join imports on told.source.import_id = imports.import_id"
                " where imports.origin = 'entry')"
                " order by all"
            )
            names = [column[0] for column in rows.description or ()]
            told = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
            if told:
                found[dataset] = [_given(DATASETS[dataset], row) for row in told]
    return found


def _given(dataset: DataSet, fact: Row) -> Row:
    """Give the columns a spreadsheet has."""
    return {name: _written(column, fact) for name, column in dataset.columns.items()}


def _written(column: Column, fact: Row) -> object:
    """Write a value as a file would: a rating as a share, whatever scale it was given on."""
    value = fact.get(column.name)
    if not isinstance(value, float):
        return value
    match column.kind.name:
        case "csat":
            scale = fact["csat_scale"]
            assert isinstance(scale, float)
            return f"{100 * value / scale:g}%"
        case "sentiment":
            return ("Negative", "Neutral", "Positive")[int(value) + 1]
        case _:
            return value
