"""Erasing a customer or a person: shown first, by the code that does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pyarrow as pa

from tend.language.errors import TendError
from tend.queries import asking, library, rehearsal
from tend.queries.rehearsal import Effect, Number
from tend.store.erased import marks
from tend.store.erased.marks import Erased
from tend.store.erasure import making
from tend.store.erasure.making import Found
from tend.store.erasure.searching import Proof
from tend.store.erasure.subject import Kind, Subject, Wanted
from tend.store.workspace import Workspace
from tend.view import View, year_before

Progress = Callable[[str, float], None]
# What is looked at of the past: it stays where a number stands for the name.
_EFFECTS = (
    Effect("concentration", numbers=("arr", "customers")),
    Effect("renewal_headline", numbers=("value",)),
    Effect("retention_12m", numbers=("nrr", "grr")),
)


@dataclass(frozen=True)
class Change:
    """A number that would be another: as of the day looked at, or a year before."""

    is_a_year_before: bool
    number: Number


@dataclass(frozen=True)
class Preview:
    """What would go, and which numbers would be others."""

    subject: Subject
    found: Found
    changes: tuple[Change, ...]


def preview(
    workspace: Workspace,
    wanted: Wanted,
    view: View,
    language: str,
    progress: Progress = lambda *_: None,
) -> Preview:
    """Erase somebody in a copy, look at it, and throw it away. Raises TendError."""
    with making.prepared(workspace, wanted, language, progress) as made:
        progress("erasing_compare", 0.8)
        whole = workspace.seen_by(made.workspace.person)
        changes = tuple(
            Change(bool(at), number)
            for at, day in enumerate((view, _year_before(view)))
            for number in _changed(_answers(whole, day), _answers(made.workspace, day))
        )
        return Preview(made.subject, made.found, changes)


def erase(
    workspace: Workspace,
    wanted: Wanted,
    confirmed: str,
    language: str,
    progress: Progress = lambda *_: None,
) -> tuple[Subject, Proof]:
    """Erase somebody whose name was typed once more; give the proof that nothing is left.

    Raises TendError: then nothing has changed.
    """
    with workspace.turn(progress):
        found = meant(workspace, wanted, language)
        if confirmed.strip() != found.name.strip():
            raise TendError("erase_not_confirmed", name=found.name)
        with making.prepared(workspace, wanted, language, progress) as made:
            return made.subject, making.put(workspace, made, progress)


def meant(workspace: Workspace, wanted: Wanted, language: str) -> Subject:
    """Find who is meant. Raises TendError where nobody is, or not one alone."""
    return making.meant(workspace, wanted, language)


def allow(workspace: Workspace, number: int) -> None:
    """Let imports bring somebody again who was erased."""
    making.allow(workspace, number)


def listed(workspace: Workspace) -> list[Erased]:
    """List who was erased, by their numbers, the last first."""
    return workspace.read(marks.listed)


def offered(workspace: Workspace, kind: Kind) -> list[tuple[str, str]]:
    """List who can be erased: id and name of customers, names of people."""
    return making.offered(workspace, kind)


def _year_before(view: View) -> View:
    """Look from a year before, at the window of then."""
    start, end = year_before(view.start or view.as_of, view.end or view.as_of)
    return replace(view, as_of=year_before(view.as_of, view.as_of)[1], start=start, end=end)


def _answers(workspace: Workspace, view: View) -> Mapping[str, pa.Table]:
    return {one.query: _answer(workspace, one.query, view) for one in _EFFECTS}


def _answer(workspace: Workspace, query: str, view: View) -> pa.Table:
    parameters = library.find(query).parameters
    given = {name: value for name, value in rehearsal.GIVEN.items() if name in parameters}
    return asking.run(workspace, query, view, **given)


def _changed(now: Mapping[str, pa.Table], then: Mapping[str, pa.Table]) -> list[Number]:
    found = (number for one in _EFFECTS for number in rehearsal.numbers(one, now, then))
    return list(filter(rehearsal.differs, found))
