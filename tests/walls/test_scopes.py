"""Whose rows are read is asked in the store: nobody goes round it, and no table is forgotten."""

import re

import pytest

from tend.people.person import Scope
from tend.store.derived import scoped, whose
from tend.store.workspace import Workspace
from tests.walls.sources import app

# What is made of everybody's facts, or writes; who may come in, asked before anybody is known; who
# is erased, from all there is.
WHOLE = tuple(
    f"tend/store/{one}"
    for one in (
        *(
            "database/",
            "derived/",
            "copies/",
            "people/",
            "upkeep/",
            "erasure/",
            "erased/",
            "audit/",
            "home/",
        ),
        *("workspace.py", "seen.py", "moving.py"),
    )
)
OWN = Scope(("Ann",), author="Ann")
# How each table of a workspace is held, for who sees some customers only.
HELD = {
    "true": {
        *("workspace_version", "migrations"),
        *("staging_fingerprint", "changed_in_place", "changed_on_days", "stg_month_ends"),
        *("health_definition", "health_indicators", "health_inputs", "health_levels"),
        *("erasures", "erased_marks", "erased_salt", "erased_uploads"),
    },
    # nothing says whose they are, or what they say is of all: mappings, words, waiting files
    whose.EMPTY: {
        *("mappings", "watched_files", "stg_spellings", "people", "people_domains", "home"),
    },
    # their rows are counted anew, of the scope's facts
    "counted": {"stg_data_sets"},
    "import_id in ": {
        *("imports", "sheets", "sheet_datasets", "stg_sheets", "rejected_rows", "rows_notebooks"),
    },
    "(import_id in ": {"problems"},
    "industry is null": {"health_limits"},
    "key not in ": {"settings", "settings_history"},
    "into_id in ": {"customer_merges"},
    "notebook_state": {"stg_notebooks"},
    "exists (from ": {
        "stg_mentions",
        *("rows_customers", "rows_contracts", "rows_usage", "rows_surveys", "rows_touches"),
        *("rows_stages", "rows_calls", "rows_tickets", "rows_tasks", "rows_decisions"),
    },
    "customer_id in ": {
        *("changed_whose", "customers_apart", "stg_identities", "stg_month_terms", "stg_names"),
        *("health_contracts", "health_months", "health_path", "health_renewals", "health_values"),
        *("stg_customers", "stg_contracts", "stg_usage", "stg_surveys", "stg_touches"),
        *("stg_stages", "stg_calls", "stg_tickets", "stg_tasks", "stg_decisions"),
    },
}


def test_nobody_goes_round_the_scope() -> None:
    """A cursor that sees all is lent inside the store, and no other text names its catalogue."""
    sources = [one for one in app() if not one.path.startswith(WHOLE)]
    assert [one.path for one in sources if "whole_cursor" in one.text] == []
    named = re.compile(r"\b(from|join|into|update) (\{CATALOGUE\}\.|tend\.(stg|rows|health)_)")
    assert [one.path for one in sources if named.search(one.text)] == []


def test_each_table_is_held_in_a_known_way(workspace: Workspace) -> None:
    """A table that is new is empty for a scope until somebody says here whose its rows are."""
    with workspace.whole_cursor() as cursor:
        tables = scoped.tables(cursor, "tend")
    held = {table: way for way, of in HELD.items() for table in of}
    assert {*tables} == {*held}
    for table, columns in tables.items():
        if (way := held[table]) != "counted":
            assert whose.which(table, columns, OWN, "facts").startswith(way), table


@pytest.mark.parametrize("scope", [OWN, Scope(())])
def test_what_nobody_knows_is_empty(scope: Scope) -> None:
    """So is a table of a later version, and one whose columns name nobody."""
    assert whose.which("tomorrow", ("words", "day"), scope, "facts") == whose.EMPTY
    assert whose.which("tomorrow", ("words",), Scope(is_masked=True), "facts") == "true"
