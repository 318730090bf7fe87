"""Text files: which encoding, which delimiter, and the cells."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

import pyarrow as pa
from pyarrow import csv as arrow_csv

from tend import schema

_DELIMITERS = (",", "\t", ";", "|")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LONE_RETURN = re.compile(r"\r(?!\n)")  # the line ends of old Macs
_HAN = re.compile(r"[\u4e00-\u9fff]")


class NoTextError(Exception):
    """The bytes are no text."""


@dataclass(frozen=True)
class Decoded:
    """A text, its encoding, and what speaks for that encoding: mark, valid, plausible, chosen."""

    text: str
    encoding: str
    why: str


def read(
    data: bytes, most_rows: int, encoding: str = ""
) -> tuple[pa.Table, list[tuple[str, dict[str, str]]]]:
    """Give the cells as text columns, and what was decided: encoding and delimiter."""
    decoded = (
        Decoded(data.decode(encoding, "replace"), encoding, "chosen") if encoding else decode(data)
    )
    text = _LONE_RETURN.sub("\n", decoded.text.removeprefix("\ufeff").replace("\x00", ""))
    declared, text = _declared(text)
    delimiter = declared or find_delimiter(text)
    table = _fast(text, delimiter)
    if table is None:
        table = _slow(text, delimiter, most_rows)
    decisions = [(f"encoding_{decoded.why}", {"encoding": decoded.encoding.upper()})]
    if lost := decoded.text.count("\ufffd"):
        decisions.append(("encoding_lost", {"count": str(lost)}))
    sign = {"\t": "Tab"}.get(delimiter, delimiter)
    decisions.append(("separator", {"separator": sign, "columns": str(table.num_columns)}))
    return table, decisions


def decode(data: bytes) -> Decoded:
    """Choose the encoding: a mark, UTF-8 if it fits, else the most plausible text."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(name, errors="replace"), name, "mark")
    head = data[:4000]
    if head.count(b"\x00") > len(head) // 5:
        if b"\x00\x00" in head:
            raise NoTextError
        name = "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
        return Decoded(data.decode(name, errors="replace"), name, "plausible")
    if sum(b < 9 or 14 <= b < 27 for b in head) > len(head) // 50:
        raise NoTextError
    try:
        return Decoded(data.decode("utf-8"), "utf-8", "valid")
    except UnicodeDecodeError:
        return _plausible(data)


def _plausible(data: bytes) -> Decoded:
    """GB18030 reads Big5 bytes without an error, so what counts is how likely the text is."""
    sample = data[:200_000]
    best: tuple[float, str] = (-1.0, "")
    for name in ("gb18030", "big5hkscs", "cp1252", "utf-8", "utf-16-le"):
        score = _likelihood(sample.decode(name, errors="replace"), name)
        if score > best[0]:
            best = (score, name)
    if best[0] < 0.3:
        raise NoTextError
    return Decoded(data.decode(best[1], errors="replace"), best[1], "plausible")


def _likelihood(text: str, encoding: str) -> float:
    """Share of the characters beyond ASCII that are everyday ones, and known headers on top."""
    odd = [ch for ch in text if ord(ch) > 127]
    if not odd:
        return 0.5
    everyday = sum(_is_everyday(ch, encoding) for ch in odd) / len(odd)
    headers = {schema.normal(cell) for cell in re.split(r"[,;\t|\r\n\"]", text[:3000])}
    known = sum(h in _all_headers() for h in headers if not h.isascii())
    return everyday + min(known, 4) * 0.25


def _is_everyday(ch: str, encoding: str) -> bool:
    if ch in "，。、；：？！（）“”‘’《》【】—…·￥％－～　":
        return True
    if "\uff10" <= ch <= "\uff5a":  # full-width digits and letters
        return True
    if encoding == "cp1252":
        return ch in "éèêëàâäáãåçñöôóõòüûúùïîíìßÄÖÜÉÈÀÇÑ€£°–—’‘“”®©²\u00a0"
    if not _HAN.match(ch):
        return encoding == "utf-8" and ch != "\ufffd"
    try:
        if encoding == "big5hkscs":  # level 1 of Big5: the 5,401 common characters
            return 0xA4 <= ch.encode("big5")[0] <= 0xC6
        return 0xB0 <= ch.encode("gb2312")[0] <= 0xD7  # level 1 of GB 2312
    except UnicodeEncodeError:
        return False


def _all_headers() -> set[str]:
    return {s for d in schema.DATASETS.values() for c in d.columns.values() for s in c.synonyms}


def _declared(text: str) -> tuple[str | None, str]:
    """Excel's own first line `sep=;` names the delimiter; Excel does not show it as a row."""
    match = re.match(r'"?sep=(.)"?\r?\n', text[:20])
    return (match[1], text[match.end() :]) if match else (None, text)


def find_delimiter(text: str) -> str:
    """Choose the delimiter that cuts the most lines into the same number of cells."""
    lines = text[:60_000].splitlines(keepends=True)[:80]
    best = (0.0, ",")
    for delimiter in _DELIMITERS:
        rows = [r for r in csv.reader(lines, delimiter=delimiter) if len(r) > 1]
        if not rows:
            continue
        width, count = Counter(len(r) for r in rows).most_common(1)[0]
        score = count / max(len(lines), 1) + min(width, 30) / 100
        best = max(best, (score, delimiter), key=lambda b: b[0])
    return best[1]


def _fast(text: str, delimiter: str) -> pa.Table | None:
    """Read with Arrow; None when lines are ragged or quotes odd."""
    first = next(csv.reader(io.StringIO(text), delimiter=delimiter), [])
    if len(first) < 2:
        return None
    names = [f"c{i}" for i in range(len(first))]
    try:
        return arrow_csv.read_csv(
            pa.BufferReader(text.encode("utf-8", errors="replace")),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=16 * 1024**2),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None


def _slow(text: str, delimiter: str, most_rows: int) -> pa.Table:
    """Read ragged lines, filling up short ones; a row more than allowed is enough to refuse."""
    csv.field_size_limit(2**31 - 1)
    rows: list[list[str]] = []
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        rows.append(row)
        if len(rows) > most_rows:
            break
    width = max(map(len, rows), default=0)
    return pa.table(
        {
            f"c{i}": pa.array([r[i] if i < len(r) else None for r in rows], pa.string())
            for i in range(width)
        }
    )
