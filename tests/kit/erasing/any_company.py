"""A company whose names are drawn: of all scripts, short, of signs that mean something, in others.

Each name stands wherever people put names: in cells, notes of others, heads, file names, questions.
"""

import random
import zipfile
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from tend.store.facts import entries, imports
from tend.store.workspace import Workspace
from tests.kit.erasing.company import AS_OF

WORDS = ("Retail", "unknown", "Active", "Renewed", "Yes", "customer_name", "Contracts", "2026")
_CHINESE = "华为东方云海科技中国重庆银行续约客户"
_LATIN = (
    "Ödegård",
    "müller",
    "Acme",
    "O'Neil",
    'The "West"',
    "Straße",
    "İzmir",
    "Ltd",
    "Ｗide",
    "Nørd",
)
_SIGNS = (
    *("🚀 {0}", "{0} & Co", "<b>{0}</b>", "{0}.*", "[{0}]", "100% {0} {{x}}", "=1+{0}", "{0}|x"),
    *("../{0}", "{0}\\n", "{0};--", "${0}", "ا{0}ب", "{0}\u200bx", "_{0}_", "{0}\u0301"),
)


@dataclass(frozen=True)
class Drawn:
    """The names of a company: of customers, and of people."""

    customers: tuple[str, ...]
    people: tuple[str, ...]


def draw(seed: int) -> Drawn:
    """Draw names of every kind, no two the same to whoever compares them."""
    dice = random.Random(seed)
    two = " ".join(dice.sample(_LATIN, 2))
    chinese = "".join(dice.sample(_CHINESE, dice.randint(2, 4)))
    signs = dice.choice(_SIGNS).format("".join(dice.sample(_CHINESE + "abcdefgh", 4)))
    short = "".join(dice.sample("ABXYZ李王赵", dice.randint(1, 2)))
    word = dice.choice(WORDS)
    around = dice.choice(("{0} Nord", "新{0}", "The {0}", "{0}云")).format(chinese)
    customers = (two, chinese, signs, short, word, around)
    people = (f"{dice.choice(_LATIN)} {dice.choice('QRST')}.", "张" + dice.choice("伟芳娜敏"), "吕")
    return Drawn(customers, people)


def fill(workspace: Workspace, drawn: Drawn, folder: Path) -> None:
    """Bring the company in: a workbook, a text file, what people entered and asked."""
    dice = random.Random(repr(drawn))
    for file in (_book(folder, drawn, dice), _visits(folder, drawn, dice)):
        report = imports.import_file(workspace, file)
        assert report.error is None, report.error
    decisions, cells = [], []
    for place, name in enumerate(drawn.customers):
        quoted = name.replace("'", "''")
        asked = f"select * from customers where customer_name = '{quoted}'"
        told = {"decision_id": f"D{place}", "decision": f"Call {name}", "decided_on": AS_OF}
        decisions.append({**told, "owner": drawn.people[-1]})
        head = {"notebook_id": f"N{place}", "notebook": f"On {name}", "cell_no": 1.0}
        cells.append({**head, "cell": asked})
        workspace.note("sql", text=asked, rows=1)
    entries.enter(workspace, "decisions", decisions)
    entries.enter(workspace, "notebooks", cells)


def _book(folder: Path, drawn: Drawn, dice: random.Random) -> Path:
    """Write customers and contracts; notes on one name another, as do a remark and a sheet."""
    made = openpyxl.Workbook()
    made.properties.title = f"For {drawn.customers[1]}"
    sheet = made.active
    sheet.title = "Customers"
    sheet.append(["Customer name", "Industry", "CSM", "Key contact", f"Like {drawn.customers[0]}"])
    for name in drawn.customers:
        note = f"as {dice.choice(drawn.customers)} does, says {dice.choice(drawn.people)}"
        cells = [name, "Retail", dice.choice(drawn.people), f"Boss of {name}", note]
        sheet.append(cells)
    sheet = made.create_sheet("Contracts")
    sheet.append(["Contract no", "Customer name", "Start date", "End date", "Annual amount"])
    for place, name in enumerate(drawn.customers, start=1):
        sheet.append([f"K{place}", name, "2025-01-01", "2026-12-31", 1200.0 * place])
    for cell in (one for each in made for row in each.iter_rows() for one in row):
        cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type  # no formula
    file = folder / f"of {drawn.customers[1]}.xlsx"
    made.save(file)
    return file


def _visits(folder: Path, drawn: Drawn, dice: random.Random) -> Path:
    """Write visits as a text, one of them without a date: it is rejected."""
    lines = ["Customer name\tDate\tCSM\tType\tNote"]
    for place, name in enumerate(drawn.customers):
        day = "" if place == 0 else f"2026-05-0{place}"
        note = f"with {dice.choice(drawn.people)} on {dice.choice(drawn.customers)}"
        cells = (name, day, dice.choice(drawn.people), "visit", note)
        lines.append("\t".join('"' + cell.replace('"', '""') + '"' for cell in cells))
    file = folder / "visits.tsv"
    file.write_text("\n".join(lines), dice.choice(("utf-8-sig", "utf-16")))
    return file


def locked(file: Path) -> None:
    """Add a part to an archive that says of itself that it is encrypted."""
    with zipfile.ZipFile(file, "a") as packed:
        packed.writestr("locked.bin", b"nobody knows")
        packed.getinfo("locked.bin").flag_bits |= 1
