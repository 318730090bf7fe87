"""Text files: which encoding, which delimiter, and the cells."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
from pyarrow import csv as arrow_csv

from tend.ingest.reading import quotes
from tend.ingest.reading.refused import RefusedError
from tend.ingest.results import Limits
from tend.schema.headers import spread
from tend.schema.words import normal

_DELIMITERS = (",", "\t", ";", "|")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LONE_RETURN = re.compile(r"\r(?!\n)")  # the line ends of old Macs
_HAN = re.compile(r"[\u4e00-\u9fff]")
_AT_ONCE = 20_000  # lines
_BLOCKS = 32 * 1024**2  # bytes: Arrow sets a block of the text apart for each column
csv.field_size_limit(2**31 - 1)


class NoTextError(Exception):
    """The bytes are no text."""


@dataclass(frozen=True)
class Decoded:
    """A text, its encoding, and what speaks for that encoding: mark, valid, plausible, chosen."""

    text: str
    encoding: str
    why: str


def read(
    data: bytes, limits: Limits, encoding: str = ""
) -> tuple[pa.Table, list[tuple[str, dict[str, str]]], quotes.Found]:
    """Give the cells as text columns, what was decided (encoding, delimiter), and stray quotes."""
    decoded = (
        Decoded(data.decode(encoding, "replace"), encoding, "chosen") if encoding else decode(data)
    )
    lost = decoded.text.count("\ufffd")
    text = _LONE_RETURN.sub("\n", decoded.text.removeprefix("\ufeff").replace("\x00", ""))
    declared, text = _declared(text)
    delimiter = declared or find_delimiter(text)
    text = quotes.marked(text, delimiter)
    first = _first(text, delimiter, limits)
    table = _fast(text, delimiter, first) if first > 1 else None
    if table is None:
        table = _slow(text, delimiter, limits)
    _hold_rows(table.num_rows, limits)
    decisions = [(f"encoding_{decoded.why}", {"encoding": decoded.encoding.upper()})]
    if lost:
        decisions.append(("encoding_lost", {"count": str(lost)}))
    sign = {"\t": "Tab"}.get(delimiter, delimiter)
    decisions.append(("separator", {"separator": sign, "columns": str(table.num_columns)}))
    table, strays = quotes.restored(table) if quotes.MARK in text else (table, ())
    return table, decisions, strays


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
    headers = {normal(cell) for cell in re.split(r"[,;\t|\r\n\"]", text[:3000])}
    known = sum(h in spread() for h in headers if not h.isascii())
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


def _declared(text: str) -> tuple[str | None, str]:
    """Excel's own first line `sep=;` names the delimiter; Excel does not show it as a row."""
    match = re.match(r'"?sep=(.)"?\r?\n', text[:20])
    return (match[1], text[match.end() :]) if match else (None, text)


def find_delimiter(text: str) -> str:
    """Choose the delimiter that cuts the most lines into the same number of cells."""
    sample = "\n".join(text[:60_000].split("\n")[:80])
    best = (0.0, ",")
    for delimiter in _DELIMITERS:
        lines = quotes.marked(sample, delimiter).splitlines(keepends=True)
        rows = [r for r in csv.reader(lines, delimiter=delimiter) if len(r) > 1]
        if not rows:
            continue
        width, count = Counter(len(r) for r in rows).most_common(1)[0]
        score = count / max(len(lines), 1) + min(width, 30) / 100
        best = max(best, (score, delimiter), key=lambda b: b[0])
    return best[1]


def _first(text: str, delimiter: str, limits: Limits) -> int:
    """Count the columns of the first line, before anything is built of them."""
    end = text.find("\n")
    line = text if end < 0 else text[:end]
    if '"' not in line:
        count = line.count(delimiter) + 1 if line.strip() else 0
    else:  # a cell may hold delimiters, and end in a later line
        count = len(next(csv.reader(_lines(text), delimiter=delimiter), []))
    _hold_columns(count, limits)
    return count


def _lines(text: str) -> Iterator[str]:
    """Give the lines one by one: a buffer would hold the text once more, four bytes a character."""
    at = 0
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        yield text[at:end]
        at = end


def _hold_columns(count: int, limits: Limits) -> None:
    if count > limits.columns:
        raise RefusedError("too_many_columns", count=count, limit=limits.columns)


def _hold_rows(count: int, limits: Limits) -> None:
    if count > limits.rows:
        raise RefusedError("too_many_rows", count=count, limit=limits.rows)


def _fast(text: str, delimiter: str, width: int) -> pa.Table | None:
    """Read with Arrow; None when lines are ragged or quotes odd."""
    names = [f"c{i}" for i in range(width)]
    block = min(16 * 1024**2, _BLOCKS // width)
    try:
        return arrow_csv.read_csv(
            pa.BufferReader(text.encode("utf-8", errors="replace")),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=block),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None


def _slow(text: str, delimiter: str, limits: Limits) -> pa.Table:
    """Read ragged lines, filling up short ones; what is over a limit is refused at once."""
    tables: list[pa.Table] = []
    rows: list[list[str]] = []
    for number, row in enumerate(csv.reader(_lines(text), delimiter=delimiter), start=1):
        _hold_rows(number, limits)
        _hold_columns(len(row), limits)
        rows.append(row)
        if len(rows) == _AT_ONCE:
            tables.append(_table(rows))
            rows = []
    return pa.concat_tables([*tables, _table(rows)], promote_options="default")


def _table(rows: list[list[str]]) -> pa.Table:
    return pa.table(
        {
            f"c{i}": pa.array([r[i] if i < len(r) else None for r in rows], pa.string())
            for i in range(max(map(len, rows), default=0))
        }
    )
