"""What is started or noted for several customers at once is one entry, and goes as one."""

from collections import Counter

import pytest

from tend.acts import tasks as kept
from tend.language.errors import TendError
from tend.settings import sops
from tend.store.facts import imports
from tend.store.workspace import Workspace
from tests.acts.test_tasks import CELL, DAY, critical, listed
from tests.acts.test_tasks import company as company  # the sample in a workspace of its own


def test_sops_of_several_cells_are_one_entry(company: Workspace) -> None:
    """Each customer gets the steps of its own cell; those that run go on; undone, all are gone."""
    first, second = critical(company)
    other = "small/neutral"
    cells = {cell: sops.of(company.settings, cell, "en") for cell in (CELL, other)}
    kept.start(company, CELL, cells[CELL], [first], DAY)
    running = len(listed(company))
    runs = [(CELL, cells[CELL], [first, second]), (other, cells[other], [first])]
    entry = kept.start_each(company, runs, DAY)
    steps = Counter((row["customer_id"], row["about"]) for row in listed(company))
    own = len(cells[CELL].steps)
    assert steps[first["customer_id"], CELL] == steps[second["customer_id"], CELL] == own
    assert steps[first["customer_id"], other] == len(cells[other].steps)
    with pytest.raises(TendError, match="already runs"):
        kept.start_each(company, runs, DAY)
    imports.undo(company, entry)
    assert len(listed(company)) == running


def test_a_task_for_several_is_one_entry(company: Workspace) -> None:
    """Each has its owner and a number of its own; taken back, none is left."""
    owners = {str(row["customer_id"]): row["csm"] for row in critical(company)}
    before = len(listed(company))
    entry = kept.add(company, owners, "Call", due_on=DAY, day=DAY)  # type: ignore[arg-type]
    noted = [row for row in listed(company) if row["task"] == "Call"]
    assert {row["customer_id"]: row["owner"] for row in noted} == owners
    assert len({row["task_id"] for row in noted}) == len(owners)
    imports.undo(company, entry)
    assert len(listed(company)) == before
