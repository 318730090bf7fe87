"""What people and rules entered in the app, as facts in the columns of the import format."""

from tend.schema import CUSTOMER, DATASETS
from tend.store.workspace import Workspace

Row = dict[str, object]
# Data sets that can be entered in the app.
ENTERED = ("customers", "touches", "surveys", "stages", "tasks")


def facts(workspace: Workspace) -> dict[str, list[Row]]:
    """Give by data set the facts of which at least a part was entered, as they stand now."""
    with workspace.cursor() as cursor:
        found: dict[str, list[Row]] = {}
        for dataset in ENTERED:
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
                found[dataset] = [_given(dataset, row) for row in told]
    return found


def _given(dataset: str, row: Row) -> Row:
    """Give the columns a spreadsheet has; a rating as a share, whatever scale it was given on."""
    given = {name: row.get(name) for name in (*CUSTOMER, *DATASETS[dataset].columns)}
    scale, rating = row.get("csat_scale"), row.get("csat")
    if isinstance(scale, float) and isinstance(rating, float):
        given["csat"] = f"{100 * rating / scale:g}%"
    mood = row.get("sentiment")
    if isinstance(mood, float):
        given["sentiment"] = ("Negative", "Neutral", "Positive")[int(mood) + 1]
    return given
