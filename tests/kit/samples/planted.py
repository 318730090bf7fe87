"""The sample company with a mark in every text of a customer: who finds one knows whose it is."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tend import sample
from tend.sample import words, workbook
from tests.kit.companies import UNTIL

Row = dict[str, Any]
Sheets = dict[str, list[Row]]
# Words that Tend has to understand, and whose customers they are.
_UNDERSTOOD = frozenset(
    {
        *("csm", "size", "tier", "status", "stage", "kind", "call", "severity", "sentiment"),
        *("period", "contract_type", "currency", "decision_kind", "loss_reason"),
    }
)
# What tells of persons, or may: texts, and a column that no data set has.
PERSONAL = (
    *("key_contact", "key_contact_role", "respondent"),
    *("note", "comment", "subject", "province"),
)
CUSTOMERS = 18
_BY_NAME = ("contracts", "surveys", "touches")


def mark(number: int) -> str:
    """Give the mark of a customer; 0 is that of what names nobody."""
    return f"zq{number:03}x"


def sheets(customers: int = CUSTOMERS, seed: int = 7) -> Sheets:
    """Make the company; one customer has no CSM, one a CSM in other letters."""
    company = sample.company(words.load("en"), customers, 3, seed, UNTIL)
    for row in company["customers"][::5]:
        row["csm"] = _other_letters(str(row["csm"]))
    company["customers"][3]["csm"] = None
    return {name: [_marked(row) for row in rows] for name, rows in company.items()}


def written(path: Path, company: Mapping[str, list[Row]]) -> Path:
    """Write it as a workbook."""
    return workbook.save(path, words.load("en"), company)


def untidy(company: Sheets) -> Sheets:
    """Give it as people keep it: of every third customer most sheets know the name alone."""
    return {
        name: [_by_name(row) if name in _BY_NAME else row for row in rows]
        for name, rows in company.items()
    }


def _by_name(row: Row) -> Row:
    if int(row["customer_id"][1:5]) % 3:
        return row
    return row | {"customer_id": None, "customer_name": f" {row['customer_name'].upper()} "}


def only(company: Sheets, customers: Collection[str]) -> Sheets:
    """Give what is told of these customers alone."""
    return {
        name: [row for row in rows if row.get("customer_id") in customers]
        for name, rows in company.items()
    }


def of_csm(company: Sheets, csm: str) -> list[str]:
    """Name the customers of a CSM, however files write the name."""
    rows = company["customers"]
    return [row["customer_id"] for row in rows if _plain(row["csm"] or "") == _plain(csm)]


def persons(company: Sheets) -> frozenset[str]:
    """Give all cells that name a person, or may."""
    rows = (row for of in company.values() for row in of)
    return frozenset(str(row[name]).lower() for row in rows for name in PERSONAL if row.get(name))


def texts(value: object) -> Iterator[str]:
    """Give all that a cell says, inside lists and maps, too."""
    if isinstance(value, Mapping):
        value = [*value, *value.values()]
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        for one in value:
            yield from texts(one)
    elif value is not None and not isinstance(value, int | float | date):
        yield str(value).lower()


def _marked(row: Row) -> Row:
    number = int(row["customer_id"][1:]) if row.get("customer_id") else 0
    return {
        name: f"{value} {mark(number)}"
        if isinstance(value, str) and name not in _UNDERSTOOD
        else value
        for name, value in row.items()
    }


def _other_letters(name: str) -> str:
    first, rest = name[0], name[1:].upper()
    return chr(ord(first) + 0xFEE0) + rest


def _plain(name: str) -> str:
    return "".join(chr(ord(one) - 0xFEE0) if "！" <= one <= "～" else one for one in name).lower()
