"""Lines of a file from its end, block by block: the last are there before the first are read."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

_BLOCK = 1 << 20


def blocks(file: Path, end: int | None = None) -> Iterator[tuple[int, list[bytes]]]:
    """Give whole lines with the place where the first begins, the last block of them first.

    What has no end yet is left out, and so is all from `end` on.
    """
    with contextlib.suppress(FileNotFoundError), file.open("rb") as there:
        stop = there.seek(0, 2) if end is None else end
        rest = b""
        while stop > 0:
            start = max(0, stop - _BLOCK)
            there.seek(start)
            read = there.read(stop - start) + rest
            # what stands before the first end of a line belongs to the block before
            cut = 0 if start == 0 else read.find(b"\n") + 1 or len(read)
            rest, stop = read[:cut], start
            if lines := read[cut:].split(b"\n")[:-1]:
                yield start + cut, lines
