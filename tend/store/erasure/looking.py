"""Files looked into for a name, however they are packed: found, not found, or closed.

All is read in pieces and up to a bound. What cannot be read is never taken for empty: it is told
by a code, and whoever asked lets go of it.
"""

import html
import json
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Literal

# Nowhere; there; or why a part of the file cannot be looked into.
Verdict = Literal["", "there", "encrypted", "too_large", "too_deep", "packed", "broken"]
Sees = Callable[[str], bool]
MOST_BYTES = 1 << 30  # of a file with all that is packed in it
_DEEP = 3
_PIECE, _OVERLAP = 4 << 20, 64 << 10
# How files keep texts, where they are not plainly UTF-8.
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5", "latin-1")
_CERTAIN = 1024  # bytes that read as UTF-8 by chance are fewer
_TAG = re.compile(r"<[^<>]*>")
_ESCAPED = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")  # two may be one sign
# What goes on in the next record of an old Excel file, and what stands between.
_OLE, _GOES_ON = b"\xd0\xcf\x11\xe0", re.compile(rb"\x3c\x00..[\x00\x01]?", re.DOTALL)
_LOCKED = "EncryptedPackage".encode("utf-16-le")
# 7-Zip, RAR, Zstandard, XZ, gzip, bzip2, PDF: no spreadsheet needs them.
_OTHERS = re.compile(
    rb"7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|\x28\xb5\x2f\xfd|\xfd7zXZ\0|\x1f\x8b\x08|BZh[1-9]1AY&SY|%PDF-"
)
_LOCAL, _LOCAL_BYTES = b"PK\x03\x04", 30
Span = tuple[int, int]


class ClosedError(Exception):
    """A part of a file that cannot be looked into."""

    def __init__(self, code: Verdict) -> None:
        super().__init__(code)
        self.code = code


def look(file: Path, sees: Sees, most_bytes: int = MOST_BYTES) -> Verdict:
    """Tell whether something is seen in a file, packed or not, in whichever encoding."""
    try:
        with file.open("rb") as there:
            return "there" if _Look(sees, most_bytes).at(there) else ""
    except ClosedError as closed:
        return closed.code


class _Look:
    """A look into one file, and into what lies packed in it."""

    def __init__(self, sees: Sees, most_bytes: int) -> None:
        self._sees = sees
        self._left = most_bytes

    def at(self, file: IO[bytes], depth: int = 0) -> bool:
        """Tell whether something is seen. Raises ClosedError."""
        file.seek(0)
        head = file.read(16)
        if _OTHERS.match(head):
            raise ClosedError("packed")
        if zipfile.is_zipfile(file):
            return self._at_packed(file, depth)
        if head.startswith(b"PK\x03\x04"):
            raise ClosedError("broken")
        is_ole = head.startswith(_OLE)
        return any(self._in(piece, is_ole=is_ole) for _, piece in _pieces(file, []))

    def _at_packed(self, file: IO[bytes], depth: int) -> bool:
        if depth == _DEEP:
            raise ClosedError("too_deep")
        try:
            with zipfile.ZipFile(file) as packed:
                members = packed.infolist()
        # a list of parts that is damaged, of a later form, or of lengths below nought
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise ClosedError("broken") from error
        spans = [(_span(file, one), one) for one in members]
        return self._around(file, spans) or any(
            self._member(file, span, one, depth) for span, one in spans
        )

    def _around(self, file: IO[bytes], spans: list[tuple[Span, zipfile.ZipInfo]]) -> bool:
        """Look at what lies between members: names, remarks; a member that no list names."""
        listed = {one.header_offset for _, one in spans}
        for start, piece in _pieces(file, [span for span, _ in spans]):
            heads = (start + found.start() for found in re.finditer(_LOCAL, piece))
            if not listed.issuperset(heads):
                raise ClosedError("broken")
            if self._in(piece):
                return True
        return False

    def _member(self, file: IO[bytes], span: Span, one: zipfile.ZipInfo, depth: int) -> bool:
        if one.flag_bits & 0x1:
            raise ClosedError("encrypted")
        packed = (piece for _, piece in _spanned(file, span, overlap=0))
        with tempfile.TemporaryFile() as out:
            for piece in _unpacked(packed, one.compress_type):
                self._left -= len(piece)
                if self._left < 0:
                    raise ClosedError("too_large")
                out.write(piece)
            return self.at(out, depth + 1)

    def _in(self, piece: bytes, *, is_ole: bool = False) -> bool:
        if is_ole and _LOCKED in piece:
            raise ClosedError("encrypted")
        if is_ole and any(map(self._sees, texts(_GOES_ON.sub(b"", piece)))):
            return True
        return any(map(self._sees, texts(piece)))


def texts(data: bytes) -> Iterator[str]:
    """Give all that bytes may say: as they stand, and in other encodings."""
    plain = data.decode("utf-8", "ignore")
    is_sure = len(data) > _CERTAIN and b"\0" not in data and len(plain.encode()) > len(data) - 8
    if is_sure:  # all but signs that were cut at its ends
        yield from _read(plain)
        return
    for encoding in _ENCODINGS:
        for start in (0, 1) if encoding.startswith("utf-16") else (0,):
            yield from _read(data[start:].decode(encoding, "ignore"))


def _read(text: str) -> Iterator[str]:
    yield text
    if "<" in text and ">" in text:
        # a name may be cut by marks of its looks, and cells lie side by side
        yield html.unescape(_TAG.sub("", text))
        yield html.unescape(_TAG.sub("\n", text))
    if _ESCAPED.search(text):
        yield _ESCAPED.sub(lambda one: json.loads(f'"{one[0]}"'), text)


def _span(file: IO[bytes], member: zipfile.ZipInfo) -> Span:
    """Give where the packed bytes of a member lie. Raises ClosedError."""
    file.seek(member.header_offset)
    head = file.read(_LOCAL_BYTES)
    if len(head) < _LOCAL_BYTES or not head.startswith(_LOCAL):
        raise ClosedError("broken")
    named = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    start = member.header_offset + _LOCAL_BYTES + named
    return start, start + member.compress_size


def _pieces(file: IO[bytes], without: list[Span]) -> Iterator[tuple[int, bytes]]:
    """Give a file piece by piece, each with its place, without some spans of it."""
    start, size = 0, file.seek(0, 2)
    for out, end in [*sorted(without), (size, size)]:
        if start < out:
            yield from _spanned(file, (start, out), _OVERLAP)
        start = max(start, end)


def _spanned(file: IO[bytes], span: Span, overlap: int) -> Iterator[tuple[int, bytes]]:
    """Give a span piece by piece; each begins a little before the end of the one before."""
    start, end = span
    while start < end:
        file.seek(start)
        piece = file.read(min(_PIECE, end - start))
        if not piece:
            raise ClosedError("broken")
        yield start, piece
        start += len(piece) if start + len(piece) >= end else max(1, len(piece) - overlap)


def _unpacked(packed: Iterator[bytes], method: int) -> Iterator[bytes]:
    """Unpack a member to its end, whatever the list says of its size. Raises ClosedError."""
    if method == zipfile.ZIP_STORED:
        yield from packed
        return
    if method != zipfile.ZIP_DEFLATED:
        raise ClosedError("packed")
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in packed:
            rest = piece
            while rest and not inflate.eof:
                yield inflate.decompress(rest, _PIECE)
                rest = inflate.unconsumed_tail
            if inflate.unused_data:
                break
        yield inflate.flush()
    except zlib.error as error:
        raise ClosedError("broken") from error
    if not inflate.eof or inflate.unused_data or next(packed, b""):
        raise ClosedError("broken")  # more lies there than belongs to it
