"""The reading process: reads, lays out, maps and checks one file within its limits.

`main` gets a folder that says what is asked (exchange.py), and leaves the answer there. What the
workspace knows lies there when its standard input ends.
"""

import importlib
import sys
from pathlib import Path

from tend.child import inside
from tend.ingest.reading.refused import RefusedError
from tend.ingest.reading_process import exchange
from tend.ingest.reading_process.exchange import Asked
from tend.ingest.results import Known
from tend.language.errors import TendError

_NEEDED = (
    "fastexcel", "python_calamine", "tend.ingest.pipeline",
    "tend.ingest.reading.csv_text", "tend.ingest.reading.files", "tend.ingest.reading.workbook",
)  # fmt: skip


def load() -> None:
    """Load what reads and checks, and check a sheet of one row: patterns are made once, here."""
    for name in _NEEDED:
        importlib.import_module(name)
    _rehearse()


def main(folder: Path) -> int:
    """Read; leave an answer in the folder whatever happens, as long as the process lives."""

    def refuse() -> None:
        exchange.write_refusal(folder, "reader_memory", {})

    return inside.within_memory(lambda: _answer(folder), refuse)


def _answer(folder: Path) -> int:
    asked = exchange.asked(folder)
    limits = asked.options.limits
    inside.limit(inside.Bounds(limits.memory_bytes, limits.seconds, limits.answer_bytes))
    try:
        _read(asked, folder)
    except (RefusedError, TendError) as refused:
        exchange.write_refusal(folder, refused.code, refused.params)
    return 0


def _rehearse() -> None:
    import pyarrow as pa

    from tend.ingest import pipeline
    from tend.ingest.reading.raw_sheet import RawSheet
    from tend.ingest.results import Options

    rows = [("Customer name", "A"), ("End date", "2024-12-31"), ("Amount", "1"), ("Status", "Won")]
    cells = pa.table({f"c{at}": pa.array(column) for at, column in enumerate(rows)})
    sheet = RawSheet("", False, 1, (), typed=False, cells=cells)
    pipeline.check_sheets([sheet], Known(), Options(), lambda _step, _share: None)


def _read(asked: Asked, folder: Path) -> None:
    from tend.ingest import pipeline
    from tend.ingest.reading import files

    _tell("reading", 0.0)
    limits = asked.options.limits
    found = files.read(asked.source, limits, asked.options.encoding)
    sheets = pipeline.named(found, asked.name)
    if asked.is_of_cells:
        exchange.write_cells(folder, pipeline.tables(sheets))
        return
    known = _known(folder)
    _tell("checking", 0.5)
    results = pipeline.check_sheets(sheets, known, asked.options, _tell)
    exchange.write_sheets(folder, tuple(results))


def _known(folder: Path) -> Known:
    """Wait until the server has asked the workspace."""
    sys.stdin.read()
    return exchange.known(folder)


def _tell(step: str, share: float) -> None:
    print(step, f"{share:.3f}", flush=True)
