"""The words of the invented company, as data: one file per language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

Table = Mapping[str, str]


@dataclass(frozen=True)
class Words:
    """All words of one language: the codes of the generator are the same in every language."""

    file: str
    sheets: Table
    headers: Mapping[str, Table]
    tables: Mapping[str, Mapping[str, object]]

    def one(self, table: str, code: str) -> str:
        """Give the word for a code."""
        return str(self.tables[table][code])

    def many(self, table: str, code: str) -> list[str]:
        """Give all words that may stand for a code."""
        return cast(list[str], self.tables[table][code])


@cache
def load(language: str) -> Words:
    """Read the words of a language."""
    path = Path(__file__).with_name(f"{language}.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Words(data.pop("file"), data.pop("sheets"), data.pop("headers"), data)
