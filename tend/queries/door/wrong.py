"""What DuckDB says of a statement, as a sentence of ours with its place."""

import json
import re
from collections.abc import Mapping
from itertools import takewhile

import duckdb

from tend.queries.door.cells import Whole
from tend.queries.door.refused import Refused

_LONGEST = 300
_CODES = {
    "Conversion": "door_conversion",
    "Parser": "door_syntax",
    "Out of Range": "door_range",
    "Not implemented": "door_shown",
}
_MEMORY = (duckdb.OutOfMemoryException, MemoryError)
_PATTERNS = (
    (re.compile(r'does not have a column named "(.+?)"'), "door_column"),
    (re.compile(r"argument types '(.+?)'"), "door_arguments"),
    (re.compile(r'column "(.+?)" must appear in the GROUP BY'), "door_group"),
    (re.compile(r'Ambiguous reference to column name "(.+?)"'), "door_ambiguous"),
)
_GUESSES = ("Did you mean", "LINE ", "Candidate")
_SIGNS_OF_DEPTH = ("expression depth", "memory exhausted at", "stack depth")
_SIGNS_OF_MEMORY = ("out of memory", "bad allocation", "bad_alloc", "failed to allocate")


def refused(error: Exception, whole: Whole, memory_mb: int) -> Refused:
    """Tell why a statement could not be answered."""
    told = _told(str(error))
    why = _short(str(told.get("exception_message", error)))
    if isinstance(error, _MEMORY) or any(one in why.lower() for one in _SIGNS_OF_MEMORY):
        return Refused("door_memory", {"mb": memory_mb})
    code, params = _sentence(told, why)
    place = whole.place(int(str(told["position"]))) if told.get("position") else None
    return Refused(code, params, place)


def is_too_deep(why: str) -> bool:
    """Tell whether DuckDB says that it cannot go so deep."""
    return any(one in why.lower() for one in _SIGNS_OF_DEPTH)


def _told(said: str) -> Mapping[str, object]:
    """Give what DuckDB tells as JSON behind the kind of error."""
    _, brace, rest = said.partition("{")
    try:
        found = json.loads(brace + rest)
    except json.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _sentence(told: Mapping[str, object], why: str) -> tuple[str, Mapping[str, object]]:
    if is_too_deep(why):
        return "door_nested", {}
    if told.get("error_subtype") == "COLUMN_NOT_FOUND":
        near = _candidates(str(told.get("candidates", "")))
        code = "door_column_near" if near else "door_column"
        return code, {"name": told.get("name", ""), **({"near": near} if near else {})}
    for pattern, code in _PATTERNS:
        if found := pattern.search(why):
            return code, {"name": found[1]}
    return _CODES.get(str(told.get("exception_type")), "door_wrong"), {"why": why}


def _candidates(said: str) -> str:
    return ", ".join(one.strip() for one in said.split(",") if one.strip())[:_LONGEST]


def _short(said: str) -> str:
    """Give the first lines of what is said, without its guesses."""
    lines = [line.strip() for line in said.split("\n\n", 1)[0].splitlines() if line.strip()]
    kept = takewhile(lambda line: not line.startswith(_GUESSES), lines)
    return " ".join(kept)[:_LONGEST].rstrip(".!")
