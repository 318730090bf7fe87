"""What server and reading process hand each other, as files of a folder: JSON, and Arrow tables."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tend.ingest.results import (
    Also,
    Cell,
    Cells,
    Currencies,
    Decision,
    Known,
    Limits,
    Options,
    Question,
    Remembered,
    Rows,
    SheetResult,
)
from tend.language.errors import TendError

if TYPE_CHECKING:
    from tend.ingest.reading.raw_sheet import RawSheet

_ASKED, _KNOWN, _ANSWER = "asked.json", "known.json", "answer.json"
_TABLES = ("facts", "rejected_rows", "problems")
_CELLS, _PIECE = "cells.arrow", 2048  # rows that are unpacked for one of them
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
    is_of_cells: bool = False  # only its cells are wanted, as they stand


def write_asked(folder: Path, asked: Asked) -> None:
    """Tell the reading process what to read, and how."""
    said: Json = {"source": str(asked.source), "name": asked.name, "cells": asked.is_of_cells}
    said["options"] = asdict(asked.options)
    _write(folder / _ASKED, said)


def asked(folder: Path) -> Asked:
    """Give what is to be read, and how."""
    said = _read(folder / _ASKED)
    options = said["options"]
    limits, mappings = Limits(**options.pop("limits")), _mappings(options.pop("mappings"))
    given = Options(**options, limits=limits, mappings=mappings)
    return Asked(Path(said["source"]), said["name"], given, said["cells"])


def write_known(folder: Path, known: Known) -> None:
    """Tell the reading process what the workspace knows."""
    names = {name: list(customers) for name, customers in known.names.items()}
    mappings = {header: asdict(mapping) for header, mapping in known.mappings.items()}
    currencies = {**vars(known.currencies), "rated": list(known.currencies.rated)}
    told = {
        "names": names,
        "mappings": mappings,
        "statuses": known.statuses,
        "reasons": known.reasons,
        "sizes": known.sizes,
    }
    _write(folder / _KNOWN, {"ids": list(known.ids), **told, "currencies": currencies})


def known(folder: Path) -> Known:
    """Give what the workspace knows."""
    said = _read(folder / _KNOWN)
    names = {name: frozenset(customers) for name, customers in said["names"].items()}
    money = said["currencies"]
    return Known(
        frozenset(said["ids"]),
        names,
        _mappings(said["mappings"]),
        said["statuses"],
        said["reasons"],
        Currencies(money["own"], frozenset(money["rated"]), money["is_open"]),
        said["sizes"],
    )


def write_refusal(folder: Path, code: str, params: Mapping[str, object]) -> None:
    """Hand over why the file cannot be read."""
    _write(folder / _ANSWER, {"error": {"code": code, "params": params}})


def write_sheets(folder: Path, sheets: tuple[SheetResult, ...]) -> None:
    """Hand over what was found in a file."""
    said = [_as_json(folder, number, sheet) for number, sheet in enumerate(sheets)]
    _write(folder / _ANSWER, {"sheets": said})


def sheets(folder: Path, limits: Limits) -> tuple[SheetResult, ...]:
    """Give what was found in a file. Raises TendError where it was refused, or is too much."""
    said = _answer(folder, limits)["sheets"]
    return tuple(_sheet(folder, number, one) for number, one in enumerate(said))


def write_cells(folder: Path, tables: "Iterable[RawSheet]") -> None:
    """Hand over the cells of a file's tables, in pieces: a row is found without all others."""
    pieces = [_write_pieces(folder, number, one) for number, one in enumerate(tables, start=1)]
    _write(folder / _ANSWER, {"cells": pieces})


def has_cells(folder: Path, limits: Limits) -> None:
    """Hear whether the cells are there. Raises TendError like `sheets`."""
    _answer(folder, limits)["cells"]


def cells(folder: Path, wanted: Rows) -> Cells:
    """Give rows by the number of their table; of no such row none."""
    found: Cells = {}
    for number, (first_row, lengths) in enumerate(_read(folder / _ANSWER)["cells"], start=1):
        for row in wanted.get(number, ()):
            piece, at = 0, row - first_row
            while at >= 0 and piece < len(lengths) and at >= lengths[piece]:
                piece, at = piece + 1, at - lengths[piece]
            if at >= 0 and piece < len(lengths):
                found[number, row] = _row(folder / f"{number}.{_CELLS}", piece, at)
    return found


def all_cells(folder: Path) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Give all rows, each with the number of its table and its own."""
    import pyarrow as pa

    from tend.ingest import examples

    for number, (first_row, _) in enumerate(_read(folder / _ANSWER)["cells"], start=1):
        row = first_row
        with pa.memory_map(str(folder / f"{number}.{_CELLS}")) as file:
            opened = pa.ipc.open_file(file)
            for piece in range(opened.num_record_batches):
                columns = [column.to_pylist() for column in opened.get_batch(piece).columns]
                for cells in zip(*columns, strict=True):
                    yield number, row, tuple(map(examples.stands, cells))
                    row += 1


def _row(path: Path, piece: int, at: int) -> tuple[str, ...]:
    import pyarrow as pa

    from tend.ingest import examples

    with pa.memory_map(str(path)) as file:
        batch = pa.ipc.open_file(file).get_batch(piece)
        return tuple(examples.stands(column[at].as_py()) for column in batch.columns)


def _write_pieces(folder: Path, number: int, table: "RawSheet") -> tuple[int, list[int]]:
    import pyarrow as pa

    pieces = table.cells.to_batches(max_chunksize=_PIECE)
    packed = pa.ipc.IpcWriteOptions(compression="zstd")
    path = str(folder / f"{number}.{_CELLS}")
    with (
        pa.OSFile(path, "wb") as out,
        pa.ipc.new_file(out, table.cells.schema, options=packed) as writer,
    ):
        for piece in pieces:
            writer.write_batch(piece)
    return table.first_row, [piece.num_rows for piece in pieces]


def _answer(folder: Path, limits: Limits) -> Json:
    answer = folder / _ANSWER
    whole = sum(file.stat().st_size for file in folder.iterdir())
    if answer.stat().st_size > _ANSWER_BYTES or whole > limits.answer_bytes:
        raise TendError("reader_memory")
    said = _read(answer)
    if "error" in said:
        raise TendError(said["error"]["code"], **said["error"]["params"])
    return said


def _as_json(folder: Path, number: int, sheet: SheetResult) -> Json:
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
    said = {key: value for key, value in vars(sheet).items() if key not in _TABLES}
    said["decisions"] = [(d.header, d.code, d.params) for d in sheet.decisions]
    said["questions"] = [asdict(question) for question in sheet.questions]
    said["examples"] = {h: [asdict(cell) for cell in of] for h, of in sheet.examples.items()}
    said["also"] = [(also.dataset, also.columns, also.mapping) for also in sheet.also]
    return said


def _sheet(folder: Path, number: int, said: Json) -> SheetResult:
    from tend.ingest.problems import Problems

    found = {name: _read_table(folder / f"{number}.{name}.arrow") for name in _TABLES}
    if found["problems"] is None:
        found["problems"] = ()
    else:
        found["problems"] = Problems(found["problems"])
    said["also"] = tuple(
        Also(dataset, tuple(columns), mapping, _read_table(folder / f"{number}.also{at}.arrow"))
        for at, (dataset, columns, mapping) in enumerate(said["also"])
    )
    said["decisions"] = tuple(Decision(*one) for one in said["decisions"])
    said["questions"] = tuple(map(_question, said["questions"]))
    for key in ("suggestions", "samples"):
        said[key] = {header: tuple(texts) for header, texts in said[key].items()}
    said["examples"] = _cells(said["examples"])
    return SheetResult(**{**said, **{key: tuple(said[key]) for key in _TEXTS}, **found})


def _question(said: Json) -> Question:
    lists = {key: tuple(said[key]) for key in ("answers", "rows")}
    return Question(**{**said, **lists, "examples": _cells(said["examples"])})


def _cells(said: Json) -> dict[str, tuple[Cell, ...]]:
    return {header: tuple(Cell(**one) for one in cells) for header, cells in said.items()}


def _write_table(path: Path, table: Any) -> None:
    import pyarrow as pa

    with pa.OSFile(str(path), "wb") as out, pa.ipc.new_file(out, table.schema) as writer:
        writer.write_table(table)


def _read_table(path: Path) -> Any:
    """Give a table, or None where there is none; whole, as the folder goes away."""
    import pyarrow as pa

    return pa.ipc.open_file(path.read_bytes()).read_all() if path.exists() else None


def _mappings(said: Mapping[str, Any]) -> dict[str, Remembered]:
    return {key: Remembered(**one) for key, one in said.items()}


def _write(path: Path, said: Json) -> None:
    path.write_text(json.dumps(said, default=dict), encoding="utf-8")


def _read(path: Path) -> Json:
    found: Json = json.loads(path.read_text(encoding="utf-8"))
    return found
