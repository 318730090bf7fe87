"""Texts that lines of the log speak of, such as statements: beside it, so that they can go.

A line holds a fingerprint of its text, made with a few random signs that lie with the text: once
that is gone, nobody can tell by trying what it was.
"""

import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tend.store.audit import backwards

FILE = "audit-texts.jsonl"
_LONGEST = 20_000


@dataclass(frozen=True)
class Text:
    """A text by the number of its line: what it is, or which line says that it was erased."""

    number: int
    words: str = ""
    salt: str = ""
    erased_by: int | None = None

    @property
    def mark(self) -> str:
        """Give its fingerprint."""
        return hashlib.sha256((self.salt + self.words).encode()).hexdigest()


def add(path: Path, number: int, words: str) -> str:
    """Keep the text of a line that is about to be written; give its fingerprint. Raises OSError."""
    kept = words[:_LONGEST].encode(errors="replace").decode()
    text = Text(number, kept, secrets.token_hex(8))
    with open(path / FILE, "ab", opener=_for_the_owner) as file:
        size = file.tell()
        try:
            # a killed writer may have left half a line
            file.write((b"\n" if size and not _is_ended(path) else b"") + _written(text))
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(file.fileno(), size)
            raise
    return text.mark


def read(path: Path) -> Iterator[Text]:
    """Give all texts; one whose line was never written may be among them."""
    with contextlib.suppress(FileNotFoundError), (path / FILE).open("rb") as file:
        for raw in file:
            if text := _text(raw):
                yield text


def since(path: Path, number: int) -> Iterator[Text]:
    """Give the texts of lines from a number on, the newest first: what is older is not read."""
    for _, block in backwards.blocks(path / FILE):
        found = list(filter(None, map(_text, reversed(block))))
        yield from found
        if found and found[-1].number < number:
            return


def erase(path: Path, by: int, is_meant: Callable[[str], bool]) -> int:
    """Let texts go for good, as the line of this number says; count them. Raises OSError.

    Whoever calls this holds the log.
    """
    texts, fresh, gone = list(read(path)), path / f"next-{FILE}", 0
    with open(fresh, "wb", opener=_for_the_owner) as file:
        for text in texts:
            is_gone = text.erased_by is None and is_meant(text.words)
            gone += is_gone
            file.write(_written(Text(text.number, erased_by=by) if is_gone else text))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path / FILE)
    return gone


def _text(raw: bytes) -> Text | None:
    with contextlib.suppress(ValueError, LookupError, TypeError, RecursionError):
        told = json.loads(raw)
        words, salt = str(told.get("text", "")), str(told.get("salt", ""))
        return Text(int(told["line"]), words, salt, told.get("erased_by"))
    return None


def _written(text: Text) -> bytes:
    if text.erased_by is not None:
        told: dict[str, object] = {"line": text.number, "erased_by": text.erased_by}
    else:
        told = {"line": text.number, "salt": text.salt, "text": text.words}
    said = json.dumps(told, ensure_ascii=False)
    # no sign ends the line to another reader, or moves a terminal
    return ("".join(map(_shown, said)) + "\n").encode()


def _shown(sign: str) -> str:
    return sign if sign.isprintable() else json.dumps(sign)[1:-1]


def _is_ended(path: Path) -> bool:
    with (path / FILE).open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _for_the_owner(file: str, flags: int) -> int:
    return os.open(file, flags, 0o600)
