"""Numbers of customers, contracts, tickets: compared as written, but for what nobody sees (M7)."""

import re
import unicodedata

import pyarrow as pa

from tend.ingest.cells.arrays import Mask, distinct, marked, spread
from tend.schema.words import visible

_WITH_POINT = re.compile(r"\d+\.0+")
_CUT = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")


def read(cells: pa.Array) -> tuple[pa.Array, bool]:
    """Give ids in one width, without invisible signs; and whether a whole column had its `.0`."""
    texts, indices = distinct(cells)
    plain = [visible(unicodedata.normalize("NFKC", text)).strip() or None for text in texts]
    filled = [text for text in plain if text]
    has_point = bool(filled) and all(map(_WITH_POINT.fullmatch, filled))
    found = [text and text.partition(".")[0] if has_point else text for text in plain]
    return spread(list(found), pa.string(), indices), has_point


def cut(cells: pa.Array) -> Mask:
    """Tell which ids a spreadsheet has cut to 2.02401E+16: several look the same (M2)."""
    texts, indices = distinct(cells)
    return marked([bool(_CUT.fullmatch(text)) for text in texts], indices)
