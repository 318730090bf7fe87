"""What columns of texts hold: people, what tells of them, words of the team, codes of our own."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def listed(what: str) -> frozenset[str]:
    """Name the columns that hold people, by, telling, words, codes or heads."""
    file = Path(__file__).with_suffix(".toml")
    return frozenset(tomllib.loads(file.read_text(encoding="utf-8"))[what])
