"""Seeded companies of any size, made in whole columns: as many files as data sets, as CSV."""

from datetime import date
from pathlib import Path

import numpy as np
from pyarrow import csv

from benchmarks.companies import customers, process, signals, terms
from benchmarks.companies.columns import Draw, Table
from tend.sample import words

MOST = (
    1_100_000  # rows of a file: what is read of one has a limit of its own, and people send parts
)
MONTHS = 36  # of usage, surveys, touches and tickets; contracts reach back further


def write(folder: Path, *, customers: int, until: date, seed: int = 7) -> list[Path]:
    """Write a company's files into a folder; the same arguments, the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    headers = words.load("en").headers
    for name, table in company(customers, until, seed).items():
        table = table.rename_columns([headers[name][one] for one in table.column_names])
        for part, first in enumerate(range(0, table.num_rows, MOST), 1):
            path = folder / (f"{name}.csv" if part == 1 else f"{name}-{part}.csv")
            csv.write_csv(table.slice(first, MOST), path)
            written.append(path)
    return written


def dataset(path: Path) -> str:
    """Say of which data set a written file is."""
    return path.stem.partition("-")[0]


def company(count: int, until: date, seed: int = 7) -> dict[str, Table]:
    """Make the tables of every data set: ten contracts and 120 values of usage to a customer."""
    known = words.load("en")
    day = int(np.datetime64(until, "D").astype(int))

    def draw(part: str) -> Draw:
        return np.random.default_rng([seed, *part.encode()])

    people = customers.make(draw("customers"), known, count, day, MONTHS)
    book = terms.make(draw("contracts"), people, day)
    months = signals.in_force(people, book, day, MONTHS)
    return {
        "customers": customers.table(people, known),
        "contracts": terms.table(book, people, known),
        "usage": signals.usage(draw("usage"), people, months),
        "surveys": signals.surveys(draw("surveys"), people, months, known),
        "touches": signals.touches(draw("touches"), people, months, known),
        "stages": process.stages(draw("stages"), people, book, day, known),
        "calls": process.calls(draw("calls"), people, book, day, known),
        "tickets": signals.tickets(draw("tickets"), people, months, known),
    }
