"""Files are looked into however they are packed; what is closed is told, never taken for empty."""

import bz2
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tend.store.erased.spelling import Names
from tend.store.erasure import looking

pytestmark = pytest.mark.quick
NAME = "华为 & O'Brien"
SEES = Names((NAME, "🚀 Co")).stands_in
DULL = "<c>nothing</c>" * 200


def packed(*members: tuple[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack members into a zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in members:
            made.writestr(name, content)
    return out.getvalue()


def verdict(tmp_path: Path, content: bytes, most: int = looking.MOST_BYTES) -> str:
    """Look into a file of this content."""
    file = tmp_path / "file.xlsx"
    file.write_bytes(content)
    return looking.look(file, SEES, most)


SEEN: dict[str, Callable[[], bytes]] = {
    "in a text": lambda: f"a;{NAME};b".encode(),
    "in GB 18030": lambda: f"客户;{NAME}".encode("gb18030"),
    "in UTF-16, at an odd place": lambda: b"\1" + NAME.encode("utf-16-le"),
    "over the end of a piece": lambda: b"x" * ((4 << 20) - 7) + b" " + NAME.encode() + b" x" * 99,
    "in a member": lambda: packed(("a.xml", DULL + f"<v>{NAME.replace('&', '&amp;')}</v>")),
    "cut by its looks": lambda: packed(("a.xml", "<r>华</r><r>为 &amp; O'</r><b>Brien</b>")),
    "as JSON escapes it": lambda: packed(("a.json", r'"\ud83d\ude80 Co"')),
    "as a name of a member": lambda: packed((f"{NAME}.xml", DULL)),
    "in a remark at the end": lambda: remarked(NAME.encode()),
    "before the archive": lambda: NAME.encode() + b"\n" + packed(("a.xml", DULL)),
    "packed in one another": lambda: packed(("a.zip", packed(("b.xml", NAME)))),
    "cut by the record of an old workbook": lambda: (
        b"\xd0\xcf\x11\xe0" + "华为 & ".encode("utf-16-le") + b"\x3c\0\x1c\0\1"
        + "O'Brien".encode("utf-16-le")
    ),
}  # fmt: skip


def remarked(said: bytes) -> bytes:
    """Give an archive with a remark."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.xml", DULL)
        made.comment = said
    return out.getvalue()


def locked() -> bytes:
    """Give an archive whose member says that it is encrypted, in its head and in the list."""
    made = bytearray(packed(("a.xml", DULL)))
    made[6] |= 1
    made[made.index(b"PK\1\2") + 8] |= 1
    return bytes(made)


def lying() -> bytes:
    """Give an archive whose list says that a member ends before the name in it begins."""
    made = bytearray(packed(("a.xml", DULL + NAME)))
    listed = made.index(b"PK\1\2")
    for place, value in ((16, zlib.crc32(DULL.encode())), (24, len(DULL))):
        made[listed + place : listed + place + 4] = value.to_bytes(4, "little")
    return bytes(made)


def unlisted() -> bytes:
    """Give an archive with a member before it that its list does not know."""
    return packed(("hidden.xml", NAME)).partition(b"PK\1\2")[0] + packed(("a.xml", DULL))


def behind() -> bytes:
    """Give an archive in whose member more lies than belongs to it."""
    inflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = inflate.compress(DULL.encode()) + inflate.flush()
    stored = packed(("a.xml", data + zlib.compress(NAME.encode())), method=zipfile.ZIP_STORED)
    made = bytearray(stored)
    for place in (8, made.index(b"PK\1\2") + 10):
        made[place] = zipfile.ZIP_DEFLATED
    return bytes(made)


def deep(times: int) -> bytes:
    """Pack a name so many times."""
    content = NAME.encode()
    for _ in range(times):
        content = packed(("a.zip", content))
    return content


CLOSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "by a password": (locked, "encrypted"),
    "an old workbook by a password": (
        lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    "a bomb": (lambda: packed(("a.xml", b"0" * (9 << 20))), "too_large"),
    "too deep": (lambda: deep(5), "too_deep"),
    "as gzip": (lambda: gzip.compress(NAME.encode()), "packed"),
    "as bzip2, in a member": (lambda: packed(("a.bin", bz2.compress(NAME.encode()))), "packed"),
    "by another method": (
        lambda: packed(("a.xml", NAME), method=zipfile.ZIP_BZIP2),
        "packed",
    ),
    "not in the list": (unlisted, "broken"),
    "behind a member": (behind, "broken"),
    "cut": (lambda: packed(("a.xml", DULL))[:-30], "broken"),
}


def test_a_name_is_seen_wherever_it_lies(tmp_path: Path) -> None:
    """In whichever encoding and packing; where none is, nothing is seen."""
    seen = {what: verdict(tmp_path, make()) for what, make in SEEN.items()}
    assert seen == dict.fromkeys(SEEN, "there")
    assert verdict(tmp_path, lying()) == "there"  # whatever the list says of its size
    others = [
        packed(("a.xml", DULL + "华为云"), ("b.png", bytes(range(256)) * 64)),
        b"",
        b"PK",
        b"x",
    ]
    assert [verdict(tmp_path, one) for one in others] == [""] * 4


def test_what_is_closed_is_told(tmp_path: Path) -> None:
    """Locked, too large, too deep, packed otherwise, or not as it says: never silently passed."""
    told = {what: verdict(tmp_path, make(), 8 << 20) for what, (make, _) in CLOSED.items()}
    assert told == {what: code for what, (_, code) in CLOSED.items()}
