"""The zip around a workbook: what it promises to hold, and whether it keeps the promise."""

import zipfile
import zlib
from pathlib import Path

from tend.ingest.reading.refused import RefusedError
from tend.ingest.results import Limits

_MEGA = 1024**2
# A liar promises little: what promises more is inflated once only, under the limit on memory.
_LOOKED_INTO = 32 * _MEGA
_PIECE = 256 * 1024


def check(source: Path, limits: Limits) -> None:
    """Refuse what is no workbook, and what unpacks to more than is allowed or promised."""
    try:
        with zipfile.ZipFile(source) as opened:
            infos = opened.infolist()
            unpacked = sum(info.file_size for info in infos)
            allowed = min(
                limits.unpacked_bytes, max(limits.unpacked_ratio * source.stat().st_size, _MEGA)
            )
            if unpacked > allowed:
                raise RefusedError("zip_bomb", size=unpacked // _MEGA, limit=allowed // _MEGA)
            if unpacked <= _LOOKED_INTO:
                _hold_to_promise(opened, infos)
    except zipfile.BadZipFile as error:
        raise RefusedError("damaged", detail=str(error)) from error
    _refuse_others({info.filename for info in infos})


def _refuse_others(names: set[str]) -> None:
    """Refuse archives of other kinds, and other programs' files."""
    if not any(n.startswith("xl/") or n in ("content.xml", "[Content_Types].xml") for n in names):
        raise RefusedError("not_a_spreadsheet")
    if any(n.startswith(("word/", "ppt/")) for n in names):
        raise RefusedError("not_a_spreadsheet")


def _hold_to_promise(opened: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> None:
    """Inflate each member, piece by piece, and stop at the first byte more than it promised."""
    for info in infos:
        left = info.file_size
        info.file_size += 2 * _PIECE  # else the library itself stops at the promise
        try:
            with opened.open(info) as member:
                while left >= 0 and (piece := member.read(_PIECE)):
                    left -= len(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
            continue  # damaged, locked or packed in another way: the readers say which
        finally:
            info.file_size -= 2 * _PIECE
        if left < 0:
            raise RefusedError("zip_lies", part=info.filename[:60])
