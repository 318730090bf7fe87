"""Entries by hand: a touch, a task, a stage, until what everybody asks next is answered anew."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import count, cycle

from benchmarks.companies.kept import Company
from benchmarks.measures import floors
from benchmarks.measures.costs import Cost
from benchmarks.parts import Bench
from tend.acts import stages, tasks
from tend.acts.stages import Move
from tend.queries import asking
from tend.store.facts import entries
from tend.store.workspace import Workspace, open_workspace
from tend.view import View

# What a page that shows the entry asks, beside all others that look at the same customers.
NEXT = {"touch": "priorities", "task": "priorities", "stage": "renewals_due"}


def entries_of(company: Company, bench: Bench) -> Iterator[Cost]:
    """Enter each kind: the commit by itself, then with the answer that shows it."""
    floor = floors.bare_insert(bench.folder, 1, bench.runs)
    view = View(company.until)
    with open_workspace(company.workspace) as workspace:
        for name, enter in _kinds(workspace, view, 3 * (floors.WARM_UP + bench.runs)).items():
            asking.run(workspace, NEXT[name], view)
            committed, answered = [], []
            for _ in range(floors.WARM_UP + bench.runs):
                committed.append(floors.seconds(enter))
                asked = floors.seconds(lambda name=name: asking.run(workspace, NEXT[name], view))  # type: ignore[misc]
                answered.append(committed[-1] + asked)
            yield Cost(f"{name}_committed", committed[floors.WARM_UP :], floor)
            yield Cost(f"{name}_answered", answered[floors.WARM_UP :], floor)


def _kinds(workspace: Workspace, view: View, renewals: int) -> dict[str, Callable[[], object]]:
    rows = asking.run(workspace, "renewals_due", view).to_pylist()[:renewals]
    seen_of = {}
    for row in rows:
        [seen] = asking.run(workspace, "contract", view, contract_id=row["contract_id"]).to_pylist()
        seen_of[row["contract_id"]] = seen["stage_import_id"]
    due = cycle(rows)
    number, today = count(), date.today()

    def touch() -> None:
        fact = {"customer_id": next(due)["customer_id"], "touched_on": today, "kind": "call"}
        entries.enter(workspace, "touches", [{**fact, "note": f"call {next(number)}"}])

    def task() -> None:
        row, said = next(due), f"task {next(number)}"
        tasks.add(workspace, {row["customer_id"]: row["csm"]}, said, due_on=today, day=today)

    def stage() -> None:
        row = next(due)
        seen = seen_of[row["contract_id"]]
        moved = Move(row["contract_id"], row["customer_id"], "quote", today, seen)
        stages.move(workspace, moved, as_of=today)

    return {"touch": touch, "task": task, "stage": stage}
