"""The company out of untidy files gives the numbers of the tidy workbook, in every named query."""

import math
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from tend import sample
from tend.queries import asking, library
from tend.store.workspace import Workspace
from tend.view import PERIODS, View
from tests.kit.companies import UNTIL
from tests.kit.samples import translation
from tests.kit.samples.translation import Row
from tests.kit.workbooks import hold_tables, named, opened, written
from tests.stories.untidy.conftest import Untidy

DAYS = (UNTIL, date(2026, 6, 15), date(2025, 12, 31), date(2025, 2, 28))
KINDS = ("zh", "en", "zh backwards")
CASES = [("zh", day) for day in DAYS] + [(kind, UNTIL) for kind in KINDS[1:]]
WINDOW = (date(2025, 1, 1), date(2026, 9, 30))
# They name the very files.
NAMING_FILES = {"sources", "imported_sheets"}
# Columns that name a file, or make a number from names that each language has its own.
OF_THE_FILES = {
    "contract": {"stage_import_id"},
    "contract_stages": {"import_id", "who", "imported_at", "file"},
    "customer_log": {"source"},
    "task_causes": {"task_id"},
}
# Nothing of the kind happened in the window, nobody has entered anything, or has a folder watched.
MAY_BE_EMPTY = {
    "renewals_to_save",
    "win_backs",
    "tasks",
    "sop_steps",
    "task_log",
    "watched_files",
}
FILTERS = (None, ("industry", "Retail"), ("Province", "Alberta"), ("size", "mid"))


def ask(workspace: Workspace, name: str, view: View) -> list[Row]:
    """Run a query with all its parameters."""
    wanted = library.find(name).parameters
    own: dict[str, object] = {}
    if "dimensions" in wanted:
        own["dimensions"] = list(asking.dimensions(workspace))
    if "customer_id" in wanted:
        own["customer_id"] = "C0001"
    if "contract_id" in wanted:
        own["contract_id"] = "CT24-0158"  # known on every day, and with a renewal process
    found: list[Row] = asking.run(workspace, name, view, **own).to_pylist()
    left_out = OF_THE_FILES.get(name, set())
    return [{c: v for c, v in row.items() if c not in left_out} for row in found]


def in_order(table: list[Row]) -> list[Row]:
    """Sort rows by all that is no measured number; languages sort names differently."""
    return sorted(table, key=lambda row: [str(v) for v in row.values() if not isinstance(v, float)])


def same(left: object, right: object) -> bool:
    """Tell whether two cells agree, numbers to nine digits."""
    if isinstance(left, float) and isinstance(right, float):
        return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(left, list) and isinstance(right, list):
        return sorted(map(str, left)) == sorted(map(str, right))
    return left == right


def differences(tidy: list[Row], other: list[Row]) -> list[object]:
    """Name the cells in which two results differ."""
    if len(tidy) != len(other):
        return [f"{len(tidy)} rows, {len(other)} rows"]
    return [
        (column, left[column], right[column], left)
        for left, right in zip(in_order(tidy), in_order(other), strict=True)
        for column in left
        if not same(left[column], right[column])
    ]


def views(kind: str, day: date, name: str, dimensions: tuple[str, ...]) -> list[View]:
    """Give the ways a query is asked: every group and filter once, then one of each in turn.

    What untidy files do to a group they do on every day, so that the other days and kinds ask
    it plain, filtered, and grouped by the next in turn.
    """
    asked = _all_views(day, name, dimensions)
    if (kind, day) == CASES[0] or len(asked) < 4:
        return asked
    turn = CASES.index((kind, day)) + sum(map(ord, name))
    return [asked[0], *(asked[1 + (turn + step) % (len(asked) - 1)] for step in (0, 7))]


def _all_views(day: date, name: str, dimensions: tuple[str, ...]) -> list[View]:
    parameters = library.find(name).parameters
    base = View(day, *WINDOW) if "first_day" in parameters else View(day)
    filtered = [View(day, base.start, base.end, None, ((f[0], (f[1],)),)) for f in FILTERS if f]
    asked = [base, *(filtered if "filters" in parameters else [])]
    if "group_by" in parameters:
        groups = (*dimensions, *(PERIODS if "first_day" in parameters else ()))
        query = library.find(name)
        asked += [base.grouped(one) for one in groups if query.is_grouped_by(one)]
    return asked


def localised(view: View, language: str) -> View:
    """Give the view as a reader of the other language would choose it."""
    province = translation.back(language, "dimension", "Province")
    name = {"Province": province}
    filters = tuple(
        (name.get(d, d), tuple(translation.back(language, d, v) for v in chosen))
        for d, chosen in view.filters
    )
    group_by = name.get(view.group_by or "", view.group_by)
    return View(view.as_of, view.start, view.end, group_by, filters)


@pytest.fixture(scope="module")
def told_by_tidy(tidy: Workspace) -> Callable[[str, View], list[Row]]:
    """Tell what the tidy workbook says: asked once for all kinds of files."""
    return cache(lambda name, view: ask(tidy, name, view))


@pytest.mark.parametrize("name", sorted(library.queries().keys() - NAMING_FILES))
@pytest.mark.parametrize(("kind", "day"), CASES, ids=str)
def test_untidy_files_give_the_tidy_numbers(
    tidy: Workspace,
    told_by_tidy: Callable[[str, View], list[Row]],
    untidy: Untidy,
    kind: str,
    day: date,
    name: str,
) -> None:
    """Every named query, grouped by everything and filtered, on several days."""
    workspace, _ = untidy(kind)
    language = kind[:2]
    answers = 0
    for view in views(kind, day, name, asking.dimensions(tidy)):
        expected = told_by_tidy(name, view)
        found = ask(workspace, name, localised(view, language))
        by = view.group_by or ("csm" if name == "csm_coverage" else None)
        told = translation.rows(language, found, by)
        assert differences(expected, told) == [], view
        answers += len(expected)
    # Renewal processes of the sample begin later than its first day here.
    assert answers or name in MAY_BE_EMPTY or day < UNTIL


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_the_untidy_files_is_lost(untidy: Untidy, kind: str) -> None:
    """No file is refused, no row rejected, every column has its use, hidden sheets stay out."""
    _, reports = untidy(kind)
    assert [report.error for report in reports] == [None] * 8
    sheets = [sheet for report in reports for sheet in report.sheets]
    assert sum(sheet.rejected for sheet in sheets) == 0
    assert sum(sheet.dataset is None for sheet in sheets) == 2
    assert all(s.rows == s.accepted + s.rejected + s.skipped for s in sheets)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_same_seed_gives_the_same_untidy_bytes(tmp_path: Path, language: str) -> None:
    """Written twice, the files are the same."""
    first, again = (
        sample.write(
            tmp_path / name, until=UNTIL, customers=12, years=1, language=language, messy=True
        )
        for name in ("first", "again")
    )
    assert [path.name for path in first] == [path.name for path in again]
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in again]


def test_the_week_of_untidy_files_is_a_workbook(untidy: Untidy) -> None:
    """Each table is its query, in Chinese, from files as hurried people keep them."""
    workspace, _ = untidy("zh")
    book = opened(written(workspace, "zh"))
    hold_tables(workspace, book, "zh")
    assert None not in named(book).values()
