"""What stands after a commit: answers are those of a workspace that keeps nothing."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import pyarrow as pa
import pytest

from tend.acts import merges
from tend.queries import asking, library
from tend.queries.answers import Answers
from tend.store.facts import entries, imports
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.companies import UNTIL, Companies

AS_OF = UNTIL
VIEW = View(AS_OF, date(2025, 10, 1), AS_OF)


@pytest.fixture(scope="module")
def company(companies: Companies) -> Iterator[Workspace]:
    """Give a small sample company."""
    with open_workspace(companies.sample(customers=40)) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def kept(company: Workspace) -> Answers:
    """Give what is kept from one change to the next: at first, all answers."""
    answers = Answers(1 << 30)
    _all(company, answers)
    return answers


def _touch(workspace: Workspace) -> int:
    fact = {"customer_id": "C0001", "touched_on": AS_OF, "kind": "call", "note": "again"}
    return entries.enter(workspace, "touches", [fact])


def _answer(workspace: Workspace) -> None:
    fact = {"customer_id": "C0002", "answered_on": AS_OF, "nps": 1.0, "respondent": "Ann"}
    entries.enter(workspace, "surveys", [fact])


def _contract(workspace: Workspace) -> None:
    days = {"start_date": date(2026, 1, 1), "end_date": date(2026, 12, 31)}
    fact = {"contract_id": "NEW-1", "customer_id": "C0003", "amount": 12_000.0, **days}
    entries.enter(workspace, "contracts", [fact])


def _setting(workspace: Workspace) -> None:
    workspace.set("grace_days", 5)


def _merge(workspace: Workspace) -> None:
    merges.merge(workspace, "C0004", "C0005")


def _undo(workspace: Workspace) -> None:
    imports.undo(workspace, _touch(workspace))


ASKED = [name for name in library.queries() if not asking.missing(library.find(name), ())]


@pytest.mark.parametrize("change", [_touch, _answer, _contract, _setting, _merge, _undo])
def test_what_is_kept_is_what_would_be_made(
    company: Workspace, kept: Answers, change: Callable[[Workspace], object]
) -> None:
    """After any change each query answers as it does where nothing was kept before it."""
    change(company)
    later = _all(company, kept)
    company.snapshots.clear()
    for name, table in _all(company, Answers(1 << 30)).items():
        assert later[name].equals(table), name


def test_a_touch_leaves_what_reads_contracts(company: Workspace, kept: Answers) -> None:
    """A touch makes no table of contracts anew, and keeps the answers that read only those."""
    _touch(company)
    before = _all(company, kept)
    _touch(company)
    after = _all(company, kept)
    same = {name for name in ASKED if before[name] is after[name]}
    assert {"renewal_rates", "arr_movements", "lifetime_value"} <= same
    assert not {"touch_rate", "untouched", "tasks", "sources", "customer_values"} & same


def test_answers_hold_no_more_than_their_values(company: Workspace) -> None:
    """All buffers of an answer lie side by side: there is no room for rows that are not there."""
    table = asking.run(company, "renewal_headline", VIEW)
    chunks = [chunk for column in table.columns for chunk in column.chunks]
    buffers = [one for chunk in chunks for one in chunk.buffers() if one is not None]
    first = min(one.address for one in buffers)
    last = max(one.address + one.size for one in buffers)
    assert len(buffers) > 15
    assert last - first < 20_000


def _all(workspace: Workspace, kept: Answers) -> dict[str, pa.Table]:
    marks = workspace.snapshots.marks(workspace)
    return {
        name: kept.get(
            (name, VIEW),
            asking.words(name),
            marks,
            partial(asking.run, workspace, name, VIEW),
        )
        for name in ASKED
    }
