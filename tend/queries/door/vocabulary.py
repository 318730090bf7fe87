"""What can be asked in SQL of one's own, with what each table and column means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tend.language import text
from tend.queries import asking
from tend.queries.door import names
from tend.store.derived import sqlfiles
from tend.store.workspace import Workspace

MACROS: Mapping[str, str] = names.macros()
FUNCTIONS: Mapping[str, tuple[str, ...]] = names.functions()
# In the order in which they are offered. What else named queries read may be named as well.
OFFERED = (
    *("customers", "contracts", "renewals", "successions", "arr_spans"),
    *("process", "stage_standing", "stage_stays", "calls_now", "call_log"),
    *("health_months", "health_values", "health_indicators"),
    *("stg_usage", "stg_surveys", "stg_touches", "stg_tickets", "last_touches"),
    *("task_states", "customer_tasks", "meeting_notes", "reach"),
    *("contract_dimensions", "customer_dimensions"),
)


@dataclass(frozen=True)
class Table:
    """A table: one row per what, and its columns as name, type and meaning."""

    name: str
    grain: str
    columns: tuple[tuple[str, str, str], ...]


def vocabulary(workspace: Workspace, language: str = "en") -> tuple[Table, ...]:
    """Give the tables that are offered, as they are in a workspace."""
    with asking.reading(workspace, date.today(), sqlfiles.files("model")) as seen:
        return tuple(_table(seen, name, language) for name in OFFERED)


def _table(seen: asking.Seen, name: str, language: str) -> Table:
    place = name if name in names.model() else f"{seen.facts}.{name}"
    found = seen.cursor.execute(f"describe from {place}").fetchall()
    return Table(
        name,
        text.say(f"vocabulary.tables.{name}", language),
        tuple((column, str(kind), _meaning(name, column, language)) for column, kind, *_ in found),
    )


def _meaning(table: str, column: str, language: str) -> str:
    """Give what a column means, in this table where it means something else there.

    One that has no words is offered all the same: a test says that it lacks them.
    """
    keys = (f"vocabulary.of.{table}.{column}", f"vocabulary.columns.{column}")
    known = next((key for key in keys if text.has(key)), None)
    return text.say(known, language) if known else ""
