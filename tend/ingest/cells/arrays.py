"""Columns of text cells: trimmed, blanks null; every distinct text is read once."""

from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend.schema.words import listed

Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]


def clean(cells: pa.Array) -> pa.Array:
    """Trim the cells; blanks and words for "nothing" become null."""
    cells = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    trimmed = pc.utf8_trim(cells, characters=" \t\r\n\u3000\u00a0\ufeff\u200b")
    # Words are looked up as they are usually written: folding every cell costs more than the rest.
    blank = pc.is_in(trimmed, value_set=_blank_words())
    return pc.if_else(blank, pa.scalar(None, pa.string()), trimmed) if is_any(blank) else trimmed


@cache
def _blank_words() -> pa.Array:
    words = {*listed("blank"), ""}
    words |= {w.translate(str.maketrans("-/()*.", "－／（）＊．")) for w in words}
    forms = {form for w in words for form in (w, w.upper(), w.title(), w.capitalize())}
    return pa.array(sorted(forms), pa.string())


def is_any(mask: pa.Array) -> bool:
    """Tell whether a row is in the mask."""
    return bool(pc.any(mask).as_py())


def distinct(cells: pa.Array) -> tuple[list[str], pa.Array]:
    """Give the distinct texts, and for each row which it is."""
    encoded = cells.dictionary_encode()
    encoded = encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
    return encoded.dictionary.to_pylist(), encoded.indices


def spread(found: list[object], type_: pa.DataType, indices: pa.Array) -> pa.Array:
    """Give each row what was found for its text."""
    return pa.array(found, type_).take(indices)


def marked(found: list[bool], indices: pa.Array) -> Mask:
    """Tell the rows of the texts that are found."""
    return mask(pa.array(found, pa.bool_()).take(indices))


def mask(values: pa.Array) -> Mask:
    """Turn a boolean column into a numpy mask; null is False."""
    values = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    result: Mask = pc.fill_null(values, False).to_numpy(zero_copy_only=False).astype(bool)
    return result


def counts(texts: list[str], indices: pa.Array) -> list[int]:
    """Count the rows of each distinct text."""
    filled = indices.drop_null().to_numpy(zero_copy_only=False)
    return np.bincount(filled, minlength=len(texts)).tolist() if len(texts) else []
