"""Rejected rows: kept with their reason, to be fixed in the file's own columns."""

import pyarrow as pa

from tend.language import text
from tend.language.errors import TendError
from tend.store.facts import reports
from tend.store.workspace import Workspace


def table(workspace: Workspace, import_id: int, sheet_no: int, language: str) -> pa.Table:
    """Give a sheet's rejected rows as text: the file's own columns, then the reason.

    Raises TendError for an unknown import or sheet, and for who sees a part of the rows: nothing
    says whose a row is that was rejected.
    """
    workspace.require_whole()
    with workspace.cursor() as cursor:
        report = reports.of_import(cursor, import_id)
        found = cursor.execute(
            "select headers from sheets where import_id = ? and sheet_no = ?",
            [import_id, sheet_no],
        ).fetchone()
        if found is None:
            raise TendError("unknown_import", import_id=import_id)
        rows = cursor.execute(
            "select row_no, cells from rejected_rows"
            " where import_id = ? and sheet_no = ? order by row_no",
            [import_id, sheet_no],
        ).fetchall()
    reasons: dict[int | None, list[str]] = {}
    for problem in report.sheets[sheet_no - 1].problems:
        if problem.severity == "rejected":
            reasons.setdefault(problem.row, []).append(problem.message(language))
    headers = [*found[0], text.say("store.reason_header", language)]
    lines = [[*cells, " ".join(reasons.get(row, ()))] for row, cells in rows]
    columns = [
        pa.array([_at(line, place) for line in lines], pa.string()) for place in _places(headers)
    ]
    return pa.Table.from_arrays(columns, names=[header or "" for header in headers])


def _places(headers: list[str]) -> list[int]:
    return [*range(len(headers) - 1), -1]


def _at(line: list[str | None], place: int) -> str | None:
    return line[place] if -1 <= place < len(line) else None
