"""What keeps a file from going in by itself: what only a person can answer, or should look at."""

from collections.abc import Iterator

from tend.ingest.results import GUESSES, FileResult, SheetResult
from tend.language.errors import TendError
from tend.store.facts import reports
from tend.store.watched.slips import Slip

# A sheet that might be data, and a person may say which.
_UNKNOWN = ("unknown_dataset", "missing_columns")


def why(result: FileResult, slip: Slip) -> TendError | None:
    """Say why a file is to wait for a person; nothing where it is clear."""
    return next(_reasons(result, slip), None)


def is_refused(result: FileResult) -> bool:
    """Tell whether nobody could say anything that would let the file in."""
    return result.error is not None and result.error.code not in _UNKNOWN


def _reasons(result: FileResult, slip: Slip) -> Iterator[TendError]:
    for sheet in result.sheets:
        if sheet.reason in _UNKNOWN:
            yield TendError("watched_unknown_sheet", sheet=sheet.name)
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
