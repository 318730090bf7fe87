"""What server and reading process hand each other, as files of a folder: JSON, and Arrow tables."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tend.ingest.results import (
    Also,
    Decision,
    Known,
    Limits,
    Options,
    Remembered,
    SheetResult,
)
from tend.language.errors import TendError

_ASKED, _KNOWN, _ANSWER = "asked.json", "known.json", "answer.json"
_TABLES = ("facts", "rejected_rows", "problems")
_TEXTS = ("columns", "unused", "headers")
# More than a file of ten thousand columns gives; read in one go, while nobody else gets on.
_ANSWER_BYTES = 16 * 1024**2
Json = dict[str, Any]  # a tree of texts and numbers; the functions here give it its types


@dataclass(frozen=True)
class Asked:
    """What the reading process is to do."""

    source: Path
    name: str
    options: Options


def write_asked(folder: Path, asked: Asked) -> None:
    """Tell the reading process what to read, and how."""
    told = {"source": str(asked.source), "name": asked.name, "options": asdict(asked.options)}
    _write(folder / _ASKED, told)


def asked(folder: Path) -> Asked:
    """Give what is to be read, and how."""
    told = _read(folder / _ASKED)
    options = told["options"]
    limits, mappings = Limits(**options.pop("limits")), _mappings(options.pop("mappings"))
    return Asked(
        Path(told["source"]), told["name"], Options(**options, limits=limits, mappings=mappings)
    )


def write_known(folder: Path, known: Known) -> None:
    """Tell the reading process what the workspace knows."""
    names = {name: list(customers) for name, customers in known.names.items()}
    mappings = {header: asdict(mapping) for header, mapping in known.mappings.items()}
    _write(folder / _KNOWN, {"ids": list(known.ids), "names": names, "mappings": mappings})


def known(folder: Path) -> Known:
    """Give what the workspace knows."""
    told = _read(folder / _KNOWN)
    names = {name: frozenset(customers) for name, customers in told["names"].items()}
    return Known(frozenset(told["ids"]), names, _mappings(told["mappings"]))


def write_refusal(folder: Path, code: str, params: Mapping[str, object]) -> None:
    """Hand over why the file cannot be read."""
    _write(folder / _ANSWER, {"error": {"code": code, "params": params}})


def write_sheets(folder: Path, sheets: tuple[SheetResult, ...]) -> None:
    """Hand over what was found in a file."""
    told = [_told(folder, number, sheet) for number, sheet in enumerate(sheets)]
    _write(folder / _ANSWER, {"sheets": told})


def sheets(folder: Path, limits: Limits) -> tuple[SheetResult, ...]:
    """Give what was found in a file. Raises TendError where it was refused, or is too much."""
    answer = folder / _ANSWER
    whole = sum(file.stat().st_size for file in folder.iterdir())
    if answer.stat().st_size > _ANSWER_BYTES or whole > limits.answer_bytes:
        raise TendError("reader_memory")
    told = _read(answer)
    if "error" in told:
        raise TendError(told["error"]["code"], **told["error"]["params"])
    return tuple(_sheet(folder, number, one) for number, one in enumerate(told["sheets"]))


def _told(folder: Path, number: int, sheet: SheetResult) -> Json:
    from tend.ingest import problems

    tables = {
        "facts": sheet.facts,
        "rejected_rows": sheet.rejected_rows,
        "problems": problems.table(sheet.problems) if sheet.problems else None,
        **{f"also{place}": also.facts for place, also in enumerate(sheet.also)},
    }
    for name, table in tables.items():
        if table is not None:
            _write_table(folder / f"{number}.{name}.arrow", table)
    told = {key: value for key, value in vars(sheet).items() if key not in _TABLES}
    told["decisions"] = [(d.header, d.code, d.params) for d in sheet.decisions]
    told["also"] = [(also.dataset, also.columns, also.mapping) for also in sheet.also]
    return told


def _sheet(folder: Path, number: int, told: Json) -> SheetResult:
    from tend.ingest.problems import Problems

    found = {name: _read_table(folder / f"{number}.{name}.arrow") for name in _TABLES}
    if found["problems"] is None:
        found["problems"] = ()
    else:
        found["problems"] = Problems(found["problems"])
    told["also"] = tuple(
        Also(dataset, tuple(columns), mapping, _read_table(folder / f"{number}.also{at}.arrow"))
        for at, (dataset, columns, mapping) in enumerate(told["also"])
    )
    told["decisions"] = tuple(Decision(*one) for one in told["decisions"])
    for key in ("suggestions", "samples"):
        told[key] = {header: tuple(texts) for header, texts in told[key].items()}
    return SheetResult(**{**told, **{key: tuple(told[key]) for key in _TEXTS}, **found})


def _write_table(path: Path, table: Any) -> None:
    import pyarrow as pa

    with pa.OSFile(str(path), "wb") as out, pa.ipc.new_file(out, table.schema) as writer:
        writer.write_table(table)


def _read_table(path: Path) -> Any:
    """Give a table, or None where there is none; whole, as the folder goes away."""
    import pyarrow as pa

    return pa.ipc.open_file(path.read_bytes()).read_all() if path.exists() else None


def _mappings(told: Mapping[str, Any]) -> dict[str, Remembered]:
    return {key: Remembered(**one) for key, one in told.items()}


def _write(path: Path, told: Json) -> None:
    path.write_text(json.dumps(told, default=dict), encoding="utf-8")


def _read(path: Path) -> Json:
    found: Json = json.loads(path.read_text(encoding="utf-8"))
    return found
