"""The warm process: has loaded what reads and checks, and becomes a reading process for each file.

A copy of it costs a hundredth of a new one. It reads nothing itself, opens no file and holds no
lock; it ends with the server, and takes the reading process with it: its line to the server ends.
"""

import gc
import os
import select
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from tend.ingest.reading_process import child

ANSWER_BYTES = 4
_PATH_BYTES = 4096
_STANDARD = 3  # input, output and errors of a reading process


def main(descriptor: int) -> None:
    """Make a reading process for each folder the server names, until the server is gone."""
    child.load()
    _rehearse()
    gc.freeze()  # what is loaded stays shared with the copies
    with socket.socket(fileno=descriptor) as server:
        while True:
            folder, given, _, _ = socket.recv_fds(server, _PATH_BYTES, _STANDARD)
            if not folder:
                return
            code = _read(server, folder, given)
            server.sendall(code.to_bytes(ANSWER_BYTES, "big", signed=True))


def _rehearse() -> None:
    """Check a sheet of one row: words, patterns and rules are made once, here."""
    import pyarrow as pa

    from tend.ingest import pipeline
    from tend.ingest.reading.raw_sheet import RawSheet
    from tend.ingest.results import Known, Options

    rows = [("Customer name", "A"), ("End date", "2024-12-31"), ("Amount", "1"), ("Status", "Won")]
    cells = pa.table({f"c{at}": pa.array(column) for at, column in enumerate(rows)})
    sheet = RawSheet("", False, 1, (), typed=False, cells=cells)
    pipeline.check_sheets([sheet], Known(), Options(), lambda _step, _share: None)


def _read(server: socket.socket, folder: bytes, given: Sequence[int]) -> int:
    """Become a reading process; give how it ended, or end with the server."""
    alive, its_end = os.pipe()
    if not (reader := os.fork()):
        _become(server, folder, given)
    for one in (its_end, *given):
        os.close(one)
    ready, _, _ = select.select([alive, server.fileno()], [], [])
    if server.fileno() in ready:
        os.killpg(0, signal.SIGKILL)
    os.close(alive)
    return os.waitstatus_to_exitcode(os.waitpid(reader, 0)[1])


def _become(server: socket.socket, folder: bytes, given: Sequence[int]) -> NoReturn:
    server.close()
    for number, one in enumerate(given):
        os.dup2(one, number)
        os.close(one)
    path = Path(os.fsdecode(folder))
    os.chdir(path)
    child.run(path)


if __name__ == "__main__":
    main(int(sys.argv[1]))
