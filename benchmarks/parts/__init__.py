"""The parts of the one command: each measures one kind of cost on a company of one size."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.companies.kept import Company
from benchmarks.measures.costs import Cost


@dataclass(frozen=True)
class Bench:
    """Where parts work, how often they do each thing, and in which browser."""

    folder: Path
    runs: int
    chromium: Browser
    minutes: float  # of people working together


# The company is the part's own copy, for it to write to.
Part = Callable[[Company, Bench], Iterator[Cost]]
