"""What keeps a file from going in by itself: what only a person can answer, or should look at."""

import re
from collections.abc import Iterator, Mapping

from tend.ingest.results import GUESSES, LEFT_OUT, FileResult, SheetResult
from tend.language.errors import TendError
from tend.store.facts import reports
from tend.store.watched.slips import Slip

# A sheet that might be data, and a person may say which.
_UNKNOWN = ("unknown_dataset", "missing_columns")


# How sync clients call a copy that they could not bring together with the file itself.
_CONFLICT = re.compile("conflict|冲突|衝突", re.IGNORECASE)
# By the headers of sheets: why the newest that had them was not taken, nothing where it was.
Before = Mapping[tuple[str, ...], str]


def why(result: FileResult, slip: Slip, before: Before) -> TendError | None:
    """Say why a file is to wait for a person; nothing where it is clear."""
    return next(_reasons(result, slip, before), None)


def is_refused(result: FileResult) -> bool:
    """Tell whether nobody could say anything that would let the file in."""
    return result.error is not None and result.error.code not in _UNKNOWN


def _reasons(result: FileResult, slip: Slip, before: Before) -> Iterator[TendError]:
    if _CONFLICT.search(slip.name):
        yield TendError("watched_conflict")
    for sheet in result.sheets:
        # what a person let go in without a sheet goes in without it again
        if sheet.reason in _UNKNOWN and not before.get(sheet.headers):
            yield TendError("watched_unknown_sheet", sheet=sheet.name)
        if sheet.dataset and before.get(sheet.headers) == LEFT_OUT:
            yield TendError("watched_left_out", sheet=sheet.name)
        if lacking := [one for one in sheet.problems if one.code == "missing_columns"]:
            yield TendError("missing_columns", **lacking[0].params)
        if count := sum(not one.is_answered for one in sheet.questions):
            yield TendError("watched_questions", sheet=sheet.name, count=count)
        yield from _guesses(sheet)
    count, rows = _rejected(result)
    if count > slip.rejected * rows:
        yield TendError("watched_rejected", count=count, rows=rows)
    if lack := reports.lacking(result):
        yield lack


def _guesses(sheet: SheetResult) -> Iterator[TendError]:
    """Name the guesses that have no evidence: half of the days would be others."""
    for one in sheet.decisions:
        if one.code in GUESSES:
            yield TendError(f"decision_{one.code}", **one.params)


def _rejected(result: FileResult) -> tuple[int, int]:
    """Count the rejected rows of what is to go in, and all its rows."""
    taken = [sheet for sheet in result.sheets if sheet.dataset]
    return sum(sheet.rejected for sheet in taken), sum(sheet.rows for sheet in taken)
