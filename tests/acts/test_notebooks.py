"""Notebooks as they are kept: versions, turns, pins, copies, and round a workbook."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tend.acts import entered_workbook, notebooks
from tend.language.errors import TendError
from tend.notebook.cells import Cell, Notebook
from tend.people.person import Person
from tend.store.facts import imports
from tend.store.workspace import Workspace, open_workspace
from tests.kit.companies import Companies

_SQL = Cell("by_size", "sql", "select size, count(*) as n\nfrom customers\ngroup by size")
_TEXT = Cell("intro", "markdown", "## Why\n\n`$as_of`, =1+1 and 中文\n  - two\n")
BOOK = Notebook("nb-1", "Sizes", (_TEXT, _SQL.saying(mark="bar", x="n", y="size")))


@pytest.fixture
def workspace(companies: Companies, tmp_path: Path) -> Iterator[Workspace]:
    """Give an empty workspace."""
    with open_workspace(companies.empty(tmp_path / "workspace")) as opened:
        yield opened


def own(workspace: Workspace) -> list[notebooks.Kept]:
    """Give what people keep."""
    return [kept for kept in notebooks.listed(workspace, "en") if not kept.is_shipped]


def test_each_time_one_is_kept_is_a_version(workspace: Workspace) -> None:
    """With who made it and when; the newest counts, and what is taken back gives the one before."""
    first = notebooks.keep(workspace.seen_by(Person("Ada")), BOOK)
    shorter = BOOK.without("intro")
    second = notebooks.keep(workspace.seen_by(Person("Ben")), shorter, seen=first)
    assert [(kept.notebook, kept.version) for kept in own(workspace)] == [(shorter, second)]
    found = notebooks.versions(workspace, "nb-1")
    assert [(one.number, one.who, one.notebook) for one in found] == [
        (second, "Ben", shorter),
        (first, "Ada", BOOK),
    ]
    assert found[0].at >= found[1].at
    imports.undo(workspace, second)
    assert notebooks.find(workspace, "nb-1", "en").notebook == BOOK
    imports.undo(workspace, first)
    assert own(workspace) == []
    with pytest.raises(TendError, match="no notebook nb-1"):
        notebooks.find(workspace, "nb-1", "en")


def test_one_who_is_late_is_refused(workspace: Workspace) -> None:
    """What somebody else has kept meanwhile is not lost; a copy of one's own can be kept."""
    first = notebooks.keep(workspace, BOOK)
    notebooks.keep(workspace, BOOK.without("intro"), seen=first)
    with pytest.raises(TendError, match="newer version of “Sizes”"):
        notebooks.keep(workspace, BOOK, seen=first)
    copy = notebooks.copy_of(BOOK, "Sizes (copy)")
    notebooks.keep(workspace, copy)
    assert [kept.notebook.name for kept in own(workspace)] == ["Sizes", "Sizes (copy)"]
    assert notebooks.find(workspace, "Sizes (copy)", "en").notebook == copy


def test_a_pin_outlives_other_versions(workspace: Workspace) -> None:
    """Pinned for everybody until somebody unpins it, whatever is kept meanwhile."""
    notebooks.keep(workspace, BOOK)
    [kept] = own(workspace)
    notebooks.pin(workspace, kept)
    [kept] = own(workspace)
    assert kept.is_pinned
    notebooks.keep(workspace, BOOK.without("intro"), seen=kept.version)
    [kept] = own(workspace)
    assert kept.is_pinned
    entry = notebooks.pin(workspace, kept)
    assert not own(workspace)[0].is_pinned
    imports.undo(workspace, entry)
    assert own(workspace)[0].is_pinned


def test_what_is_deleted_comes_back(workspace: Workspace) -> None:
    """Also a shipped one, which is there until somebody deletes it; a version may begin with it."""
    notebooks.keep(workspace, BOOK)
    entry = notebooks.delete(workspace, own(workspace)[0])
    assert own(workspace) == []
    imports.undo(workspace, entry)
    assert own(workspace)[0].notebook == BOOK
    shipped = [kept for kept in notebooks.listed(workspace, "zh") if kept.is_shipped]
    assert len(shipped) == 3
    gone = notebooks.delete(workspace, shipped[0])
    assert shipped[0].notebook.id not in [
        kept.notebook.id for kept in notebooks.listed(workspace, "zh")
    ]
    imports.undo(workspace, gone)
    changed = shipped[0].notebook.without(shipped[0].notebook.names()[0])
    notebooks.keep(workspace, changed)
    assert notebooks.find(workspace, changed.id, "en").notebook == changed


def test_what_cannot_be_kept_is_refused(workspace: Workspace) -> None:
    """No name, a cell longer than a cell of a spreadsheet, too many cells."""
    for book, why in (
        (Notebook("nb-2", " ", (_SQL,)), "name"),
        (Notebook("nb-2", "x", (Cell("c", "sql", "x" * 30_001),)), "at most"),
        (Notebook("nb-2", "x", tuple(Cell(f"c{n}", "sql") for n in range(201))), "at most"),
    ):
        with pytest.raises(TendError, match=why):
            notebooks.keep(workspace, book)
    assert own(workspace) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_notebooks_come_back_through_a_workbook(
    workspace: Workspace, companies: Companies, tmp_path: Path, language: str
) -> None:
    """What was entered, cell by cell, pinned or not, is the same after an import elsewhere."""
    notebooks.keep(workspace, BOOK)
    notebooks.keep(workspace, notebooks.copy_of(BOOK, "=Other"))
    notebooks.pin(workspace, notebooks.find(workspace, "nb-1", "en"))
    path = tmp_path / "entered.xlsx"
    path.write_bytes(entered_workbook.workbook(workspace, language))
    with open_workspace(companies.empty(tmp_path / "other")) as other:
        report = imports.import_file(other, path)
        assert report.error is None
        assert [(sheet.dataset, sheet.rejected) for sheet in report.sheets] == [("notebooks", 0)]
        there = [(kept.notebook, kept.is_pinned) for kept in own(other)]
    assert there == [(kept.notebook, kept.is_pinned) for kept in own(workspace)]
