"""The cells of rows: as they stand in the kept file, or as they were entered in the app."""

from collections.abc import Callable, Collection, Container, Iterable, Mapping
from datetime import date
from typing import Any

from tend.ingest.mapping.confirmed import CLOCK
from tend.ingest.results import Cells
from tend.language.errors import TendError
from tend.schema import DATASETS, private_columns
from tend.store.derived.whose import HIDDEN
from tend.store.erased import uploads
from tend.store.facts import imports
from tend.store.people import own
from tend.store.workspace import Workspace

Row = Mapping[str, Any]  # of the query `sources`
Place = tuple[int, int, int]  # import, sheet, row
Wanted = tuple[tuple[int, tuple[int, ...]], ...]  # rows by the number of their sheet
Read = Callable[[str, str, Wanted], Cells]  # of a file, by its name and content
Told = dict[Place, tuple[tuple[str, str], ...]]  # header and cell; blank ones are left out


def place(row: Row) -> Place:
    """Give where a row lies."""
    return row["import_id"], row["sheet_no"], row["row_no"]


def told(
    workspace: Workspace, dataset: str, rows: Iterable[Row], language: str, read: Read
) -> Told:
    """Give the cells of rows that speak of facts; a row whose file cannot be read has none.

    Nor has one of a customer that the person does not see.
    """
    files: dict[tuple[str, str], list[Place]] = {}
    found: Told = {}
    seen = _seen(workspace, dataset)
    for row in rows:
        if place(row) not in seen:
            continue
        if row["origin"] == own.ENTRY:
            found[place(row)] = _entered(workspace, dataset, place(row), language)
        else:
            files.setdefault((row["file"], row["content_hash"]), []).append(place(row))
    for (name, content_hash), places in files.items():
        cells = read(name, content_hash, _wanted(places))
        for one in places:
            if row_cells := cells.get(one[1:]):
                found[one] = _headed(*_headers(workspace, one), row_cells)
    return found


class _All:
    """Every place: who sees all need not look each up."""

    def __contains__(self, _: object) -> bool:
        return True


def _seen(workspace: Workspace, dataset: str) -> Container[Place]:
    """Give the rows that the person sees."""
    if workspace.person.sees.csms is None:
        return _All()
    asked = f"select import_id, sheet_no, row_no from rows_{dataset}"
    return {*workspace.read(lambda cursor: cursor.execute(asked).fetchall())}


def of_file(workspace: Workspace, name: str, content_hash: str, wanted: Wanted) -> Cells:
    """Read rows of a kept file; nothing where it is no longer there, or cannot be read."""
    options = imports.read_options(workspace)
    try:
        return uploads.cells(workspace, name, content_hash, dict(wanted), options)
    except TendError:
        return {}


def erased(workspace: Workspace, rows: Iterable[Row]) -> dict[str, date]:
    """Tell of which of the rows' files only a part is kept, and since which day, by their names."""
    files = {row["content_hash"]: row["file"] for row in rows if row["origin"] != own.ENTRY}
    asked = "select content_hash, erased_at from erased_uploads"
    found = dict(workspace.read(lambda cursor: cursor.execute(asked).fetchall()))
    return {file: found[one].date() for one, file in files.items() if one in found}


def _wanted(places: Iterable[Place]) -> Wanted:
    by_sheet: dict[int, set[int]] = {}
    for _, sheet_no, row_no in places:
        by_sheet.setdefault(sheet_no, set()).add(row_no)
    return tuple((number, tuple(sorted(rows))) for number, rows in sorted(by_sheet.items()))


def _headers(workspace: Workspace, at: Place) -> tuple[list[str], frozenset[str]]:
    """Give the headers of a sheet, and those whose cells are not shown to the person.

    Who sees no persons sees what is known to tell of none: a column that Tend does not know may.
    """
    asked = "select headers, mapping from sheets where import_id = ? and sheet_no = ?"
    found = workspace.read(lambda cursor: cursor.execute(asked, at[:2]).fetchone())
    headers, mapping = found or ([], {})
    if not workspace.person.sees.is_masked:
        return list(headers), frozenset()
    shown = {head for head, column in mapping.items() if _tells_nobody(column)}
    return list(headers), frozenset(headers) - shown


def _tells_nobody(column: str) -> bool:
    """Tell whether a header is taken for a column that tells of no person: a number is none."""
    name, _, _ = column.removeprefix("customers.").partition(":")
    known = any(name in one.columns for one in DATASETS.values())
    return (known and name not in private_columns()) or name in (CLOCK, "measure")


def _headed(
    headers: list[str], hidden: Collection[str], cells: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    beside = zip(headers, cells, strict=False)  # notes may stand beside the table
    return tuple(
        (header, HIDDEN if header in hidden else cell) for header, cell in beside if cell.strip()
    )


def _entered(
    workspace: Workspace, dataset: str, at: Place, language: str
) -> tuple[tuple[str, str], ...]:
    """Give what was entered, by the names the columns have in a template."""
    (names, _), known = _headers(workspace, at), DATASETS[dataset].columns
    if not names:
        return ()
    asked = f"select {', '.join(names)} from rows_{dataset}"
    asked += " where import_id = ? and sheet_no = ? and row_no = ?"
    found = workspace.read(lambda cursor: cursor.execute(asked, at).fetchone()) or ()
    return tuple(
        (
            known[name].label[language] if name in known else name,
            f"{value:g}" if isinstance(value, float) else str(value),
        )
        for name, value in zip(names, found, strict=False)
        if value is not None
    )
