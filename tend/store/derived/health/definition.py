"""What health is made by, as fingerprints: another one tells what has to be made anew."""

import hashlib
import json

from tend.settings.company import Settings
from tend.settings.words import STATUS_LISTS
from tend.store.derived import sqlfiles


def reading(settings: Settings) -> str:
    """Tell what decides how facts are read: who is in force, renewed, and measured."""
    kept = settings.model_dump(
        mode="json",
        include={
            *("currency", "currency_rates", "early_days", "grace_days", "one_off_types"),
            *STATUS_LISTS,
            *("add_on_types", "north_star", "solve_days"),
        },
    )
    measures = [n for n, one in settings.health_indicators.items() if one.is_on and ":" in n]
    return _fingerprint({**kept, "measures": sorted(measures), "sql": _sql()})


def learning(settings: Settings) -> str:
    """Tell what decides which limits are learned from the values."""
    on = sorted(name for name, one in settings.health_indicators.items() if one.is_on)
    fewest = settings.model_dump(include={"health_fewest_renewed", "health_fewest_peers"})
    return _fingerprint({**fewest, "on": on})


def scoring(settings: Settings) -> str:
    """Tell what decides what becomes of the values."""
    return _fingerprint(
        {
            key: value
            for key, value in settings.model_dump(mode="json").items()
            if key.startswith("health_")
        }
    )


def _sql() -> str:
    """Give the SQL that makes health: another Tend may make it differently."""
    layers = ("model", "kept")
    files = (file.sql for layer in layers for file in sqlfiles.files(layer))
    return "".join((sqlfiles.macros(*layers), *files))


def _fingerprint(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
