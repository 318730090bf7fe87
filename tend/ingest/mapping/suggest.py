"""What a header may mean: the nearest columns of a data set, and some of its cells to judge by."""

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
import pyarrow as pa
from rapidfuzz import fuzz, process

from tend.ingest.cells import dates, meanings, numbers
from tend.ingest.laying_out.body import Body
from tend.schema import DATASETS
from tend.schema import headers as names
from tend.schema.words import normal

_MOST = 5
_SAMPLE_ROWS = 2_000
_LEAST = 45.0  # below it a name has nothing in common with the header


def samples(body: Body) -> dict[str, tuple[str, ...]]:
    """Give some distinct cells of every header."""
    found: dict[str, tuple[str, ...]] = {}
    for header, cells in zip(body.headers, body.cells, strict=True):
        if header and header not in found:
            found[header] = tuple(_some(cells))
    return found


def _some(cells: pa.Array) -> list[str]:
    texts = cells.slice(0, _SAMPLE_ROWS).drop_null().unique().slice(0, _MOST).to_pylist()
    return [text[:120].removesuffix(" 00:00:00") for text in texts]


def columns(body: Body, dataset: str, mapping: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Give the columns each header may be, the nearest first: by name, then by kind of cells."""
    headers = [h for h in dict.fromkeys(body.headers) if h]
    if not headers:
        return {}
    likeness = _likeness(headers, dataset)
    cells = dict(zip(reversed(body.headers), reversed(body.cells), strict=True))
    found = {}
    for header, row in zip(headers, likeness, strict=True):
        kind = _kind(cells[header].slice(0, _SAMPLE_ROWS))
        own = mapping.get(header, "")
        scored = [
            # One of its own names beats any guess from the cells.
            (200.0 if score == 100 else score + _fit(kind, column.kind.cells), column.name)
            for column, score in zip(DATASETS[dataset].columns.values(), row, strict=True)
            if score >= _LEAST
        ]
        nearest = [name for _, name in sorted(scored, key=lambda s: -s[0])]
        first = [own] if own in DATASETS[dataset].columns else []
        found[header] = tuple(dict.fromkeys([*first, *nearest]))[:_MOST]
    return found


def _likeness(headers: list[str], dataset: str) -> list[list[float]]:
    """Compare every header with all names of every column, 0 to 100."""
    texts, owners = _names(dataset)
    queries = [max(names.keys(h), key=len, default=normal(h)) for h in headers]
    whole = process.cdist(queries, texts, scorer=fuzz.ratio)
    part = process.cdist(queries, texts, scorer=fuzz.partial_ratio)
    lengths = np.array([min(len(t), 6) / 6 for t in texts])
    score = np.maximum(whole, part * (0.55 + 0.35 * lengths))
    count = len(DATASETS[dataset].columns)
    best = np.zeros((len(headers), count))
    for at in range(count):
        best[:, at] = score[:, owners == at].max(axis=1)
    return best.tolist()


@cache
def _names(dataset: str) -> tuple[tuple[str, ...], np.ndarray[tuple[int], np.dtype[np.int64]]]:
    pairs = [
        (text, at)
        for at, column in enumerate(DATASETS[dataset].columns.values())
        for text in column.synonyms
    ]
    return tuple(text for text, _ in pairs), np.array([at for _, at in pairs])


def _kind(cells: pa.Array) -> str:
    """Tell what most cells of a column are: date, number or text; "" without any."""
    texts = cells.drop_null().unique().slice(0, 40).to_pylist()
    if not texts:
        return ""
    if _most(dates.parse(t, numbers=False) is not None for t in texts):
        return "date"
    if _most(numbers.parse(t) is not None for t in texts):
        return "number"
    if _most(meanings.outcome(t, is_churn=False) is not None for t in texts):
        return "outcome"
    return "text"


def _most(answers: Iterable[bool]) -> bool:
    found = list(answers)
    return sum(found) > 0.7 * len(found)


def _fit(kind: str, wanted: str) -> float:
    """Give points for cells of the kind a column has, and take some for another kind."""
    if not kind:
        return 0.0
    if wanted == kind:
        return 15.0
    return 0.0 if {wanted, kind} == {"text", "outcome"} else -20.0
