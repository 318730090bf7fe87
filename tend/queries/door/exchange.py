"""What server and child hand each other, as files of a folder.

What the server says is pickled, as only it writes that; what a child says is JSON and Arrow.
"""

import json
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from tend.queries.door.refused import Place, Refused

_ASKED, _GIVEN, _ANSWER, _TABLE = "asked", "given", "answer.json", "answer.arrow"
MOST_COLUMNS = 500
# More than names, places and sentences take.
_SAID_BYTES = 4 * 1024**2


@dataclass(frozen=True)
class Limits:
    """What one question may take."""

    seconds: float
    rows: int
    memory_mb: int
    answer_bytes: int


@dataclass(frozen=True)
class Asked:
    """What a child is to do: answer the statement named "", or tell what all of them read."""

    statements: Mapping[str, str]
    is_answered: bool
    limits: Limits
    threads: int


@dataclass(frozen=True)
class Given:
    """What a child answers from: files with one table each, and the values of parameters."""

    files: Mapping[str, Path]
    parameters: Mapping[str, "Value"]


@dataclass(frozen=True)
class Value:
    """The value of a parameter; a type, where the value does not tell it."""

    value: object
    type: str = ""

    @classmethod
    def of(cls, value: object) -> "Value":
        """Give a value as it is handed over."""
        if isinstance(value, duckdb.Value):
            return cls(value.object, str(value.type))
        return cls(value)

    def bound(self) -> object:
        """Give the value as DuckDB is given it."""
        return duckdb.Value(self.value, duckdb.type(self.type)) if self.type else self.value


@dataclass(frozen=True)
class Answered:
    """What a child found: a table, and whether there was more of it."""

    table: pa.Table
    is_cut: bool


def write_asked(folder: Path, asked: Asked) -> None:
    """Tell a child what to do."""
    (folder / _ASKED).write_bytes(pickle.dumps(asked))


def asked(folder: Path) -> Asked:
    """Give what is to be done."""
    found: Asked = pickle.loads((folder / _ASKED).read_bytes())  # noqa: S301 - written by our own child, in a folder of this user alone
    return found


def write_given(folder: Path, given: Given) -> None:
    """Tell a child what to answer from."""
    (folder / _GIVEN).write_bytes(pickle.dumps(given))


def given(folder: Path) -> Given:
    """Give what is answered from."""
    found: Given = pickle.loads((folder / _GIVEN).read_bytes())  # noqa: S301 - written by our own child, in a folder of this user alone
    return found


def write_answer(folder: Path, answered: Answered) -> None:
    """Hand over a table."""
    schema = answered.table.schema
    with pa.OSFile(str(folder / _TABLE), "wb") as out, pa.ipc.new_file(out, schema) as writer:
        writer.write_table(answered.table)
    _write(folder, {"is_cut": answered.is_cut})


def write_refusal(folder: Path, refused: Refused) -> None:
    """Hand over why there is no answer."""
    _write(folder, {"refused": as_json(refused)})


def write_said(folder: Path, said: Mapping[str, object]) -> None:
    """Hand over what is known of statements."""
    _write(folder, said)


def said(folder: Path) -> Any:
    """Give what a child has said. Raises Refused, and OSError where it has said nothing."""
    path = folder / _ANSWER
    if path.stat().st_size > _SAID_BYTES:
        raise Refused("door_died")
    found = json.loads(path.read_text(encoding="utf-8"))
    if "refused" in found:
        raise refusal(found["refused"])
    return found


def answer(folder: Path, limits: Limits) -> Answered:
    """Give what a child has answered. Raises like `said`."""
    found = said(folder)
    path = folder / _TABLE
    if path.stat().st_size > 2 * limits.answer_bytes:
        raise Refused("door_died")
    table = pa.ipc.open_file(pa.py_buffer(path.read_bytes())).read_all()
    return Answered(table, bool(found["is_cut"]))


def as_json(refused: Refused) -> Mapping[str, object]:
    """Give a refusal as JSON."""
    place = refused.place
    where = [place.line, place.column, place.cell] if place else None
    return {"code": refused.code, "params": refused.params, "place": where}


def refusal(told: Mapping[str, Any]) -> Refused:
    """Give a refusal that was JSON."""
    place = Place(*told["place"]) if told["place"] else None
    return Refused(told["code"], told["params"], place)


def _write(folder: Path, said: Mapping[str, object]) -> None:
    (folder / _ANSWER).write_text(json.dumps(said, default=str), encoding="utf-8")
