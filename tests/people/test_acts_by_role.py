"""Whatever is done, by whichever role, for whichever customers: nobody changes another's row."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from tend.acts import (
    decisions,
    notebooks,
)
from tend.language.errors import TendError
from tend.notebook.cells import Notebook
from tend.store.erased import uploads
from tend.store.facts import entries, imports, rejected
from tend.store.workspace import Workspace
from tests.kit.people import checksums, everybody
from tests.kit.people.ways import CSM, DAY, FOREIGN, OTHER, REFUSED, WAYS, task, touch
from tests.kit.tools.elsewhere import copied, reads_only, told


@pytest.fixture
def company(workspace: Workspace) -> Iterator[Workspace]:
    """Give two customers of one CSM and two of another, with contracts, tasks and decisions."""
    admin = workspace.seen_by(everybody(CSM)["admin"])
    names = {"C1": CSM, "C2": CSM, FOREIGN: OTHER, "C4": OTHER}
    with workspace.together():
        listed = [
            {"customer_id": one, "customer_name": f"Firm {one}", "csm": csm}
            for one, csm in names.items()
        ]
        entries.enter(admin, "customers", listed)
        term = {"start_date": date(2025, 11, 1), "end_date": date(2026, 10, 31), "amount": 1000.0}
        held = [{"contract_id": f"K-{one}", "customer_id": one, **term} for one in names]
        entries.enter(admin, "contracts", held)
        for one in names:
            task(admin, one)
            touch(admin, one)
        for one in (*names, ""):
            said = f"first of {one or 'the team'}"
            decisions.write(admin, said, day=DAY, customer_id=one or None)
        notebooks.keep(admin, Notebook(notebooks.new_id("x"), "Ada's"))
        yield workspace


def refusal(act: Callable[[], object]) -> str:
    """Do something, and give why it was refused; nothing where it is done, or there is nothing."""
    try:
        act()
    except TendError as error:
        return "" if error.code in ("nothing_entered", "no_entries") else error.code
    return ""


def test_nobody_writes_outside_their_rights_and_scope(company: Workspace) -> None:
    """Each way of each role on own and foreign customers: done where it may be, else nothing is."""
    told = {True: 0, False: 0}
    every = ((name, whose, way) for name, ways in WAYS.items() for whose, way in ways.items())
    for name, whose, way in every:
        before = checksums(company)
        for may in (False, True):
            for who, person in everybody(CSM).items():
                if way.may(person) is may:
                    code = refusal(partial(way.act, company.seen_by(person), whose))
                    is_known = code in REFUSED or code.startswith("not_allowed_")
                    assert (not code) is may, (name, who, whose, code)
                    assert may or is_known, (name, who, code)
                    told[may] += 1
            # what is to be taken back is first entered, or brought in
            if not may and "undo" not in name:
                assert checksums(company) == before, (name, whose)
    assert sum(told.values()) == len(everybody(CSM)) * sum(map(len, WAYS.values()))
    assert told[False] > told[True]


def test_at_a_server_that_only_reads_nothing_is_done(company: Workspace, tmp_path: Path) -> None:
    """Each way of each role, also of who may do all: refused, with the way to the writer."""
    read = copied(company, tmp_path)
    before, held = told(company.path), 0
    with reads_only(tmp_path):
        for name, ways in WAYS.items():
            for whose, way in ways.items():
                for who, person in everybody(CSM).items():
                    seen = read.seen_by(person)
                    code = refusal(partial(way.act, seen, whose))
                    if name == "take entries along":
                        assert not code, (who, code)
                    elif way.may(person):
                        assert code == "goes_to_writer", (name, who, whose, code)
                        held += 1
                    else:
                        assert code, (name, who, whose)
    assert held > 50
    assert told(company.path) == before


def test_an_undo_that_is_refused_takes_nothing_back(company: Workspace) -> None:
    """Neither a file, nor what others entered of customers that are not one's own."""
    people = everybody(CSM)
    number = touch(company.seen_by(people["admin"]), FOREIGN)
    before = checksums(company)
    for who in ("csm", "csm of own", "reviewer", "nobody"):
        with pytest.raises(TendError):
            imports.undo(company.seen_by(people[who]), number)
    assert checksums(company) == before
    imports.undo(company.seen_by(people["leader"]), number)
    assert checksums(company) != before


def test_what_cannot_be_parted_is_not_read_in_part(company: Workspace) -> None:
    """Rejected rows and kept files hold rows of anybody."""
    people = everybody(CSM)
    for who in ("csm of own", "reviewer of some", "nobody"):
        seen = company.seen_by(people[who])
        with pytest.raises(TendError) as refused:
            rejected.table(seen, 1, 1, "en")
        assert refused.value.code == "not_whole"
        (company.uploads / "abc.xlsx").write_bytes(b"rows of all")
        assert uploads.own_file(seen, "f.xlsx", "abc") is None
    assert uploads.own_file(company.seen_by(people["reviewer"]), "f.xlsx", "abc") is not None
