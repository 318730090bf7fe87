"""A customer that has everything a review tells of, in a small book; its numbers are by hand."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

Sheet = Sequence[Sequence[object]]
OWN, OTHER = "Alder & Sons", "Birch Logistics"
# One that reads like code, one that goes on and on, one of both scripts.
HOSTILE = ("=HYPERLINK(1)", "<script>alert(1)</script>", "[x](http://evil.example)")
LONG = "Consolidated " * 30 + "Holdings"
SHEETS: Mapping[str, Sheet] = {
    "Customers": (
        ("Customer ID", "Customer name", "CSM", "Account manager", "Key contact", "Go-live date",
         "Goals", "Province"),
        ("C1", OWN, "Mara", "Jon", "Ada Alder", "2025-01-15", "Half the time for month ends", "X"),
        ("C2", OTHER, "Mara", "Jon", "Bo", "2025-02-01", "Nothing", "Y"),
    ),
    "Contracts": (
        ("Contract no", "Customer ID", "Product", "Start date", "End date", "Amount", "Licences"),
        ("K1", "C1", "Suite", "2025-01-01", "2026-08-31", 12000, 50),
        ("K2", "C2", "Suite", "2025-01-01", "2026-12-31", 8000, 20),
    ),
    # no licences here: those of the contract in force count
    "Usage": (
        ("Customer ID", "Month", "Active users", "Key actions"),
        ("C1", "2026-01", 20, 100), ("C1", "2026-02", 22, 110), ("C1", "2026-03", 24, 120),
        ("C1", "2026-04", 28, 150), ("C1", "2026-05", 30, 160), ("C1", "2026-06", 35, 170),
    ),
    "Surveys": (
        ("Customer ID", "Answered on", "NPS", "Respondent", "Comment"),
        ("C1", "2025-11-10", 6, "Ada", "We wait for reports"),
        ("C1", "2026-05-20", 9, "Ada", "Month ends take half the time"),
        ("C1", "2026-06-01", 5, "Ben", f"Slower than at {OTHER}"),
        ("C1", "2026-06-02", 4, "Cem", "They call it churn risk"),
    ),
    "Tickets": (
        ("Ticket ID", "Customer ID", "Opened on", "Resolved on", "Severity", "CSAT"),
        ("T1", "C1", "2026-01-10", "2026-01-20", "low", 3),
        ("T2", "C1", "2026-04-01", "2026-04-03", "high", 5),
        ("T3", "C1", "2026-05-01", "2026-05-07", "low", 4),
        ("T4", "C1", "2026-06-20", None, "low", None),
    ),
}  # fmt: skip


def book(folder: Path, sheets: Mapping[str, Sheet] = SHEETS, name: str = "reviewed") -> Path:
    """Write the sheets as a book."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
            for cell in sheet[sheet.max_row]:  # a name that begins with = is a name
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    path = folder / f"{name}.xlsx"
    made.save(path)
    return path
