"""Valid files with bytes changed at random, and a process that reads one after the other.

A process for each of thousands of files would take minutes: a child reads until a file kills it,
and the next child, a copy of the same process, begins behind that file.
"""

import io
import json
import os
import random
import signal
import sys
import tempfile
import zipfile
from pathlib import Path

from tend.child import inside
from tend.ingest import pipeline
from tend.ingest.reading import files
from tend.ingest.reading.refused import RefusedError
from tend.ingest.results import Known, Limits, Options, SheetResult
from tests.kit.files import formats
from tests.kit.files.corpus import HEAD, LEDGER, Rows, book

SECONDS = 5
LIMITS = Limits(seconds=200, memory_bytes=2 * 1024**3, rows=100_000)


def bases() -> dict[str, bytes]:
    """Give the valid files, by ending."""
    more: Rows = [*LEDGER, *([f"客户{i}", f"2024-{i % 12 + 1:02}-15", i * 100, "是"] for i in range(20))]  # fmt: skip
    csv = "\n".join(",".join(map(str, row)) for row in more)
    files = {".csv": csv.encode(), ".gb.csv": csv.encode("gb18030"), ".tsv": csv.replace(",", "\t").encode("utf-16")}  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "book.xlsx"
        book({"合同": more, "2023": [HEAD, *more[1:4]]})(path)
        files[".xlsx"] = path.read_bytes()
        for ending, write in ((".xls", formats.write_xls), (".xlsb", formats.write_xlsb), (".ods", formats.write_ods)):  # fmt: skip
            write(path, {"合同": more})
            files[ending] = path.read_bytes()
    return files


def mutated(files: dict[str, bytes], seed: int) -> tuple[str, bytes]:
    """Change some bytes of one of the files, or of one of the parts of a zip."""
    chance = random.Random(seed)
    ending = chance.choice(sorted(files))
    data = files[ending]
    if not data.startswith(b"PK") or chance.random() < 0.3:
        return ending, _changed(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    victims = [n for n in parts if n.startswith(("xl/", "content"))]
    victim = chance.choice(victims)
    parts[victim] = _changed(parts[victim], chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return ending, out.getvalue()


def _changed(data: bytes, chance: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(found) or 1)
        length = chance.choice((1, 2, 4, 30))
        match chance.randrange(6):
            case 0:
                found[at : at + 1] = (
                    bytes([found[at] ^ (1 << chance.randrange(8))]) if found else b"x"
                )
            case 1:
                found[at : at + length] = chance.randbytes(length)
            case 2:
                del found[at : at + length]
            case 3:
                found[at:at] = chance.choice(
                    (b"\x00" * length, b"\xff" * length, chance.randbytes(length), b"9" * length)
                )
            case 4:
                found[at:at] = found[at : at + 200]
            case _:
                found[at:] = b"" if chance.random() < 0.3 else found[at:]
    return bytes(found)


def main(folder: Path, first: int, last: int) -> None:
    """Read the files of these seeds, in one child after the other."""
    files, log = bases(), folder / "log"
    while first < last:
        child = os.fork()
        if not child:
            try:
                _read_each(files, log, range(first, last))
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        lines = log.read_text(encoding="utf-8").splitlines()
        first = max(line.get("start", -1) for line in map(json.loads, lines)) + 1


def _read_each(files: dict[str, bytes], told: Path, seeds: range) -> None:
    """Say before and after each file what is going on."""
    inside.limit(inside.Bounds(LIMITS.memory_bytes, LIMITS.seconds, LIMITS.answer_bytes))
    with told.open("a", encoding="utf-8") as log:
        for seed in seeds:
            print(json.dumps({"start": seed}), file=log, flush=True)
            ending, data = mutated(files, seed)
            path = told.with_name(f"file{ending}")
            path.write_bytes(data)
            signal.alarm(SECONDS)  # ends this process: the file counts as one that kills its reader
            try:
                found = _told(_read(path))
            except RefusedError as refused:
                found = {"refused": refused.code}
            except MemoryError:
                found = {"refused": "reader_memory"}
            signal.alarm(0)
            print(json.dumps({"seed": seed, **found}), file=log, flush=True)


def _read(path: Path) -> list[SheetResult]:
    """Do what the reading process does with one file."""
    sheets = pipeline.named(files.read(path, LIMITS), "file.csv")
    return pipeline.check_sheets(sheets, Known(), Options(limits=LIMITS), lambda _s, _f: None)


def _told(results: list[SheetResult]) -> dict[str, object]:
    """Give the rows of each sheet, and say every problem once."""
    for result in results:
        for problem in result.problems:
            problem.message("zh")
    counts = [(r.rows, r.accepted, r.rejected, r.skipped) for r in results]
    return {"rows": counts}


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
