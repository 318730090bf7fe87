"""Imports, entries, undos, merges and settings in any order leave what a rebuild would make."""

import contextlib
import csv
import os
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from tend.acts import merges, notebooks
from tend.language.errors import TendError
from tend.notebook.cells import Notebook
from tend.schema import DATASETS
from tend.store import maintenance
from tend.store.derived.health import check
from tend.store.derived.health.daily import TABLES, HealthDays
from tend.store.facts import entries, imports
from tend.store.facts.imports import ImportOptions
from tend.store.facts.reports import ImportReport
from tend.store.workspace import Workspace, open_workspace
from tests.kit.companies import Companies
from tests.kit.derived import rebuilt

# TEND_DELTA_SEQUENCES=500: as many as say that it always holds.
SEQUENCES = int(os.environ.get("TEND_DELTA_SEQUENCES", "3"))
STEPS, LOOKS_EVERY = 8, 2
UNTIL = date.today()
COMPANY = {"customers": 40, "until": UNTIL}
REPLACED = ("tasks", "calls", "stages", "decisions", "surveys")
# Who is named where a company begins with nothing.
FEW = [("C1", "One"), ("C2", "Two"), ("C3", "Three")]
Cells = Mapping[str, object]


class Steps:
    """What may happen to a company, drawn when it does."""

    def __init__(self, workspace: Workspace, folder: Path, chance: random.Random) -> None:
        self.workspace, self.folder, self.chance = workspace, folder, chance
        self.files: list[tuple[Path, ImportOptions]] = []
        self.reports: list[ImportReport] = []
        with workspace.cursor() as cursor:
            asked = "select customer_id, customer_name from stg_customers order by all"
            self.customers = cursor.execute(asked).fetchall() or FEW
            asked = "select coalesce(max(import_id), 0) from imports"
            self.first = cursor.execute(asked).fetchall()[0][0]

    def happen(self) -> None:
        """Let one of them happen; what is refused changes nothing."""
        ways: Sequence[tuple[int, Callable[[], object]]] = (
            (9, self.imported),
            (4, self.entered),
            (4, self.undone),
            (1, self.written),
            (1, self.read_again),
            (1, self.merged),
            (1, self.set),
        )
        [way] = self.chance.choices([way for _, way in ways], [weight for weight, _ in ways])
        with contextlib.suppress(TendError):
            way()

    def imported(self) -> None:
        """Bring a file of a few rows in, of any data set."""
        dataset = self.chance.choice([name for name in DATASETS if name != "notebooks"])
        rows = [self.row(dataset) for _ in range(self.chance.randint(1, 5))]
        is_replacing = dataset in REPLACED and self.chance.random() < 0.3
        options = ImportOptions(
            mode="replace" if is_replacing else "merge",
            date_order=self.chance.choice(("dmy", "mdy")),
        )
        path = self.folder / f"{len(self.files)}-{dataset}.csv"
        heads = list(dict.fromkeys(name for row in rows for name in row))
        labels = [DATASETS[dataset].columns[name].label["en"] for name in heads]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([labels, *([row.get(h, "") for h in heads] for row in rows)])
        self.files.append((path, options))
        self.reports.append(imports.import_file(self.workspace, path, options=options))

    def read_again(self) -> None:
        """Read a file that is there with the other order of its dates: it takes its own place."""
        if self.files:
            path, before = self.chance.choice(self.files)
            order = "mdy" if before.date_order == "dmy" else "dmy"
            options = ImportOptions(mode=before.mode, date_order=order)
            imports.import_file(self.workspace, path, options=options)

    def entered(self) -> None:
        """Enter a fact, a month of a matrix among them."""
        who = {"customer_id": self.chance.choice(self.customers)[0]}
        day = self.day()
        fact: tuple[str, Cells] = self.chance.choice(
            (
                ("touches", {"touched_on": day, "kind": "call"}),
                ("surveys", {"answered_on": day, "nps": float(self.chance.randrange(11))}),
                ("tasks", {"task": "call them", "made_on": day}),
                ("tickets", {"ticket_id": "T1", "opened_on": day, "severity": "high"}),
                ("decisions", {"decision_id": "D1", "decision": "go on", "decided_on": day}),
                ("stages", {"contract_id": "K1", "stage": "plan", "entered_on": day}),
                ("calls", {"contract_id": "K1", "call": "lost", "called_on": day}),
                ("customers", {"csm": self.chance.choice(("Ann", "Bob")), "industry": "Retail"}),
                ("contracts", {"contract_id": "E1", "start_date": day, "amount": 900.0}),
                (
                    "contracts",
                    {
                        "start_date": day.replace(day=1),
                        "end_date": day.replace(day=28),
                        "amount": 50.0,
                        "amount_basis": "month",
                    },
                ),
            )
        )
        entries.enter(self.workspace, fact[0], [{**who, **fact[1]}])

    def written(self) -> None:
        """Keep a notebook: an entry that is of no customer."""
        notebooks.keep(self.workspace, Notebook(f"nb-{self.chance.randrange(2)}", "Draft"))

    def undone(self) -> None:
        """Take back an import that came in here."""
        with self.workspace.cursor() as cursor:
            last = cursor.execute("select coalesce(max(import_id), 0) from imports").fetchall()[0][
                0
            ]
        if last > self.first:
            imports.undo(self.workspace, self.chance.randint(self.first + 1, last))

    def merged(self) -> None:
        """Make one customer of two, or two again."""
        (one, _), (other, _) = self.chance.sample(self.customers, 2)
        standing = merges.standing(self.workspace)
        if standing and self.chance.random() < 0.4:
            merges.unmerge(self.workspace, standing[0].customer_id)
        else:
            merges.merge(self.workspace, one, other)

    def set(self) -> None:
        """Change what a number of health or of contracts follows from."""
        key, value = self.chance.choice(
            (
                ("health_indicators.engagement.weight", 1.0 + self.chance.random()),
                ("health_fewest_renewed", self.chance.randint(5, 40)),
                ("grace_days", self.chance.randint(10, 60)),
                ("health_indicators.nps.is_on", self.chance.random() < 0.5),
                ("early_days", self.chance.randint(0, 40)),
                ("forgotten_days", self.chance.randint(1, 60)),
            )
        )
        self.workspace.set(key, value)

    def day(self) -> date:
        """Give a day of late, or of long ago."""
        back = self.chance.choice((0, 1, 5, 20, 40, 100, 200, 400))
        return UNTIL - timedelta(days=back + self.chance.randrange(3))

    def who(self) -> dict[str, object]:
        """Name a customer: one that is known, by id or name or both; a new one; one renamed."""
        customer, name = self.chance.choice(self.customers)
        new = f"N{self.chance.randrange(4)}"
        ways: list[dict[str, object]] = [
            *[{"customer_id": customer}] * 3,
            {"customer_name": name},
            {"customer_id": customer, "customer_name": name},
            {"customer_id": customer, "customer_name": f"{name} {self.chance.choice('AB')}"},
            {"customer_id": new},
            {"customer_id": new, "customer_name": f"New {self.chance.randrange(3)}"},
            {"customer_name": f"New {self.chance.randrange(3)}"},
        ]
        return self.chance.choice(ways)

    def row(self, dataset: str) -> Cells:
        """Make a row of a data set."""
        chance, day = self.chance, self.day()
        moment = chance.choice((f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}", f"{day:%Y-%m-%d} 10:30"))
        of: Mapping[str, Callable[[], Cells]] = {
            "customers": lambda: {
                "industry": chance.choice(("Retail", "retail", "Software", "")),
                "csm": chance.choice(("Ann", "ann", "Bob")),
                "key_contact": chance.choice(("Kim", "")),
            },
            "contracts": self.contract,
            "usage": lambda: {
                "period": f"{day:%Y-%m}",
                "active_users": chance.randint(0, 90),
                "key_actions": chance.choice(("", chance.randint(0, 900))),
            },
            "surveys": lambda: {"answered_on": moment, "nps": chance.randrange(11)},
            "touches": lambda: {"touched_on": moment, "kind": "call", "note": "with Kim"},
            "stages": lambda: {"contract_id": self.number(), "stage": "plan", "entered_on": day},
            "calls": lambda: {"contract_id": self.number(), "call": "lost", "called_on": day},
            "tickets": lambda: {
                "ticket_id": chance.choice(("", "", f"T{chance.randrange(4)}")),
                "opened_on": moment,
                "severity": chance.choice(("high", "low")),
                "subject": "it stands still",
            },
            "tasks": lambda: {
                "task_id": chance.choice(("", f"A{chance.randrange(3)}")),
                "task": "call them",
                "made_on": day,
            },
            "decisions": lambda: {
                "decision_id": chance.choice(("", f"D{chance.randrange(3)}")),
                "decision": "go on",
                "decided_on": day,
            },
        }
        return {**self.who(), **of[dataset]()}

    def contract(self) -> Cells:
        """Make a contract: a new one, one that renews another, one that is lost, one corrected."""
        chance = self.chance
        with self.workspace.cursor() as cursor:
            known = cursor.execute(
                "select contract_no, customer_id, start_date, end_date, annual_amount"
                " from stg_contracts where end_date is not null and start_date is not null"
                " order by contract_id"
            ).fetchall()
        way = chance.randrange(4)
        if way == 0 or not known:  # of a number that others may have
            begun = self.day()
            number, start, end = f"K{chance.randrange(4)}", begun, begun + timedelta(days=364)
            return {"contract_id": number, "start_date": start, "end_date": end, "amount": 700}
        number, customer, start, end, amount = chance.choice(known)
        fresh = {"customer_id": customer, "customer_name": ""}
        if way == 1:
            start, end = end + timedelta(days=1), end + timedelta(days=365)
            fresh |= {"contract_id": f"R-{number}", "previous_contract_id": number}
        else:
            fresh |= {"contract_id": number, "status": "lost" if way == 2 else ""}
        given = {"start_date": start, "end_date": end, "amount": round((amount or 0) * 1.1 + 1)}
        return fresh | given

    def number(self) -> str:
        """Give the number of a contract that may be there."""
        return f"K{self.chance.randrange(4)}"


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_what_stands_is_what_a_rebuild_makes(
    companies: Companies, tmp_path: Path, seed: int
) -> None:
    """After any sequence facts, health, health of today and the model are as made from nothing."""
    of_nothing = seed % 3 > 0
    path = companies.empty(tmp_path / "w") if of_nothing else companies.sample(**COMPANY)
    with open_workspace(path) as workspace:
        steps = Steps(workspace, tmp_path, random.Random(seed))
        _day(workspace, workspace.health_days)
        rebuilt.unlike_made_anew(workspace, [UNTIL])
        for step in range(STEPS):
            steps.happen()
            if step % LOOKS_EVERY:
                with workspace.rehearsing() as cursor:
                    assert maintenance.unlike_rebuilt(cursor) == [], step
                assert not workspace.is_health_behind
                assert check.differs(workspace) == [], step
                day = _day(workspace, workspace.health_days)
                assert day == _day(workspace, HealthDays()), step
                assert rebuilt.unlike_made_anew(workspace, [UNTIL]) == [], step


def _day(workspace: Workspace, days: HealthDays) -> list[list[str]]:
    marks = workspace.snapshots.marks(workspace)
    with days.on_days(workspace, [UNTIL], marks) as name, workspace.whole_cursor() as cursor:
        return [rebuilt.rows(cursor, f"{name}.{table}") for table in TABLES]
