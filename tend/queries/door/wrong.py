"""What DuckDB says of a statement, as a sentence of ours with its place."""

import json
from collections.abc import Mapping

import duckdb

from tend.queries.door.cells import Whole
from tend.queries.door.refused import Refused

_LONGEST = 300
_MEMORY = (duckdb.OutOfMemoryException, MemoryError)
_SIGNS_OF_DEPTH = ("expression depth", "memory exhausted at", "stack depth")
_SIGNS_OF_MEMORY = ("out of memory", "bad allocation", "bad_alloc", "failed to allocate")


def refused(error: Exception, whole: Whole, memory_mb: int) -> Refused:
    """Tell why a statement could not be answered."""
    told = _told(str(error))
    why = _short(str(told.get("exception_message", error)))
    if isinstance(error, _MEMORY) or any(one in why.lower() for one in _SIGNS_OF_MEMORY):
        return Refused("door_memory", {"mb": memory_mb})
    code, params = _sentence(error, told, why)
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


def _sentence(
    error: Exception, told: Mapping[str, object], why: str
) -> tuple[str, Mapping[str, object]]:
    if is_too_deep(why):
        return "door_nested", {}
    if told.get("error_subtype") == "COLUMN_NOT_FOUND":
        near = _candidates(str(told.get("candidates", "")))
        code = "door_column_near" if near else "door_column"
        return code, {"name": told.get("name", ""), **({"near": near} if near else {})}
    if isinstance(error, duckdb.ConversionException):
        return "door_conversion", {"why": why}
    if isinstance(error, duckdb.ParserException):
        return "door_syntax", {"why": why}
    if isinstance(error, duckdb.OutOfRangeException):
        return "door_range", {"why": why}
    return "door_wrong", {"why": why}


def _candidates(said: str) -> str:
    return ", ".join(one.strip() for one in said.split(",") if one.strip())[:_LONGEST]


def _short(said: str) -> str:
    """Give the first lines of what is said, without its guesses."""
    lines = [line for line in said.split("\n\n", 1)[0].splitlines() if line.strip()]
    kept = [line for line in lines if not line.startswith(("Did you mean", "LINE ", "Candidate"))]
    return " ".join(kept)[:_LONGEST].rstrip(".!")
