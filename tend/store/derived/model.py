"""The SQL files of a layer, run with the settings as of a day."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import duckdb

from tend.schema.words import vocabulary
from tend.settings import words
from tend.settings.company import Settings
from tend.settings.customer_lists import LOOKS
from tend.settings.process import STAGES
from tend.store.database import trouble
from tend.store.database.connection import CATALOGUE
from tend.store.derived import sqlfiles
from tend.view import folded as fold

# The words of the settings are few, and every query and table is given them.
folded = lru_cache(4096)(fold)
# Where a rehearsal makes its model.
_BESIDE = "rehearsed"
# What the last settings give: each query asks for it, and it costs as much as a small query.
# After each commit settings are read anew, most often the same: told by how they are written.
_given: list[tuple[Settings, str, dict[str, object]]] = []


def parameters(settings: Settings, as_of: date) -> dict[str, object]:
    """Give what the files of `queries/model` and `queries/kept` may ask for."""
    for known, _, given in _given:
        if known is settings:
            return {**given, "as_of": as_of}
    written = settings.model_dump_json()
    same = next((given for _, known, given in _given if known == written), None)
    fresh = same or _of_settings(settings)
    _given[:] = [(settings, written, fresh)]
    return {**fresh, "as_of": as_of}


def _of_settings(settings: Settings) -> dict[str, object]:
    # how others look at customers is no number, and nothing to ask with
    plain = settings.model_dump(exclude={*LOOKS})
    return {
        **plain,
        "currency_rates": as_map(settings.currency_rates, "double"),
        "size_words": as_map(_by_folded(settings.size_words), "varchar"),
        "loss_reason_groups": as_map(words.reasons(settings.loss_reason_words), "varchar"),
        "one_off_types": [folded(word) for word in settings.one_off_types],
        "add_on_types": [folded(word) for word in settings.add_on_types],
        "status_words": as_map(words.statuses(plain), "varchar"),
        "referral_words": [folded(word) for word in settings.referral_words],
        "stage_words": as_map(_by_folded(settings.stage_words), "varchar"),
        "stage_places": as_map({stage: n for n, stage in enumerate(STAGES, 1)}, "integer"),
        "stage_chances": as_map(settings.stage_chances, "double"),
        "stage_limits": as_map(
            {
                f"{tier.lower()}|{stage}": days
                for tier, limits in settings.stage_limits.items()
                for stage, days in limits.items()
            },
            "integer",
        ),
        "call_words": as_map(_by_folded(vocabulary("call")), "varchar"),
        "decision_kinds": as_map(vocabulary("decision_kind"), "varchar"),
        "decision_states": as_map(vocabulary("decision_state"), "varchar"),
        "severity_words": as_map(vocabulary("severity"), "varchar"),
        "targets": as_map(settings.targets, "double"),
        "task_rules": as_map(
            {name: rule.model_dump() for name, rule in settings.task_rules.items()},
            "struct(is_on boolean, days integer, due_in integer)",
        ),
        "solve_days": as_map(settings.solve_days, "integer"),
        "health_average_from": as_map(settings.health_average_from, "double"),
        "health_healthy_from": as_map(settings.health_healthy_from, "double"),
    }


def _by_folded(words: Mapping[str, str]) -> dict[str, str]:
    """Give the words as SQL compares them."""
    return {folded(word): meaning for word, meaning in words.items()}


def as_map(values: Mapping[Any, object], of: str) -> duckdb.Value:
    """Bind a dict as a MAP: an untyped empty one would have no type at all."""
    kind = duckdb.map_type(duckdb.type("varchar"), duckdb.type(of))
    return duckdb.Value({"key": list(values), "value": list(values.values())}, kind)


def macros(cursor: duckdb.DuckDBPyConnection, *layers: str) -> None:
    """Make the macros of these layers where the cursor works."""
    cursor.execute(sqlfiles.macros(*layers))


@contextlib.contextmanager
def beside(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Let a rehearsal make its model beside the facts: all of it is taken back with it.

    It is the same database, as a transaction may write to one only.
    """
    cursor.execute(f"create schema if not exists {CATALOGUE}.{_BESIDE}")
    cursor.execute(f"set search_path = '{CATALOGUE}.{_BESIDE},{CATALOGUE}.main'")
    with trouble.at_the_end(cursor, f"use {CATALOGUE}"):
        macros(cursor, "model")
        yield


def make(
    cursor: duckdb.DuckDBPyConnection,
    files: Iterable[sqlfiles.SqlFile],
    given: Mapping[str, object],
) -> None:
    """Make the tables (or macros) of these files where the cursor works, each after the other."""
    for file in files:
        run(cursor, file.statement, given)


def run(
    cursor: duckdb.DuckDBPyConnection, statement: str, given: Mapping[str, object]
) -> duckdb.DuckDBPyConnection:
    """Run one statement with those of the given parameters that it asks for."""
    return cursor.execute(
        statement, {parameter: given[parameter] for parameter in asked(statement)}
    )


@lru_cache(1024)
def asked(statement: str) -> frozenset[str]:
    """Name the parameters that a statement asks for."""
    return frozenset(duckdb.extract_statements(statement)[0].named_parameters)
