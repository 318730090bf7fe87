"""A company with names that are hard to erase: quotes, scripts, signs, names inside other names."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl

from tend.store.facts import entries, imports
from tend.store.workspace import Workspace, open_workspace

AS_OF = date(2026, 6, 30)
QUOTED, CHINESE, PLAIN, SIGNS = 'O\'Brien & Söhne "West"', "华为", "Acme", "🚀 Ｒocket Co"
LONGER, WORD = "Acme Nord", "Retail"
PERSON, OTHER_PERSON = "Anna Ödegård", "Anna Ödegård-Li"
NAMES = (QUOTED, CHINESE, PLAIN, SIGNS, LONGER, WORD)
ARR = {name: 1200.0 * place for place, name in enumerate(NAMES, start=1)}


def fill(workspace: Workspace, folder: Path) -> None:
    """Bring the company in: a workbook, a text file, and what people entered."""
    for file in (book(folder), visits(folder)):
        report = imports.import_file(workspace, file)
        assert report.error is None, report.error
    _enter(workspace)


def book(folder: Path, names: Sequence[str] = NAMES) -> Path:
    """Write customers and contracts as a workbook; the name of the file names one, too."""
    made = openpyxl.Workbook()
    made.properties.title = f"For {QUOTED}"
    sheet = made.active
    sheet.title = "Customers"
    sheet.append(["Customer name", "Industry", "CSM", "Key contact", "Note for us"])
    for name in names:
        sheet.append([name, WORD, PERSON, f"Boss of {name}", f"{PLAIN} pays late"])
    sheet = made.create_sheet("Contracts")
    sheet.append(["Contract no", "Customer name", "Start date", "End date", "Annual amount"])
    for place, name in enumerate(names, start=1):
        sheet.append([f"K{place}", name, "2025-01-01", "2026-12-31", ARR[name]])
    file = folder / f"All but {CHINESE}.xlsx"
    made.save(file)
    return file


def visits(folder: Path) -> Path:
    """Write visits as a text file of another encoding."""
    lines = ["Customer name,Date,CSM,Type,Note"]
    lines += [f"{CHINESE},2026-05-0{day},{PERSON},visit,拜访{CHINESE}讨论续约" for day in (1, 2)]
    lines += [
        f"{LONGER},2026-05-03,Bo,call,heard of {PLAIN.upper()} and {LONGER}",
        f"{PLAIN.lower()},2026-05-04,{OTHER_PERSON},call,with {PERSON.upper()} on {PLAIN}ville",
    ]
    file = folder / "visits.csv"
    file.write_bytes("\n".join(lines).replace("Ö", "O").replace("å", "a").encode("gb18030"))
    return file


def _enter(workspace: Workspace) -> None:
    """Enter what people write: a decision, a task, a touch, a notebook, settings with names."""
    day = date(2026, 6, 1)
    decision = {"decision_id": "D1", "decision": f"Call {QUOTED} and {SIGNS}", "decided_on": day}
    entries.enter(workspace, "decisions", [{**decision, "owner": PERSON}])
    task = {"task_id": "T1", "customer_id": PLAIN, "task": f"Write to {PLAIN}", "made_on": day}
    entries.enter(workspace, "tasks", [{**task, "owner": PERSON}])
    told = QUOTED.replace("'", "''")
    cell = f"select * from customers where customer_name = '{told}' -- {CHINESE}"
    notebook = {"notebook_id": "N1", "notebook": f"On {SIGNS}", "cell_no": 1.0, "cell": cell}
    entries.enter(workspace, "notebooks", [notebook])
    survey = {"customer_id": CHINESE, "answered_on": day, "nps": 9.0, "comment": f"{CHINESE}好"}
    answers = [{**survey, "respondent": one} for one in ("Ms A", "Mr B")]
    entries.enter(workspace, "surveys", answers)


def rate(workspace: Workspace, asked: str) -> list[tuple[object, ...]]:
    """Give an answer of plain SQL over the facts."""
    return workspace.read(lambda cursor: cursor.execute(asked).fetchall())


def said(workspace: Workspace) -> str:
    """Give all settings as a text."""
    return json.dumps(workspace.settings.model_dump(mode="json"), ensure_ascii=False)


def made(folder: Path) -> None:
    """Make the workspace of the company in a folder."""
    with open_workspace(folder / "workspace") as workspace:
        fill(workspace, folder)
