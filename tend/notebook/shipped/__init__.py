"""The notebooks that Tend ships: `NAME.sql`, with Markdown in each language.

What the notebook, its parameters and its answers are called is in the catalogue: `shipped.NAME`.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

from tend.language import text as language_text
from tend.notebook import text
from tend.notebook.cells import Cell, Notebook

_FOLDER = Path(__file__).parent


@cache
def all_of(language: str) -> tuple[Notebook, ...]:
    """Give the shipped notebooks in a language; one keeps its number in all of them."""
    return tuple(_read(path, language) for path in sorted(_FOLDER.glob("*.sql")))


def _read(path: Path, language: str) -> Notebook:
    found = text.read(path.read_text(encoding="utf-8"), f"shipped-{path.stem}")
    name = language_text.say(f"shipped.{path.stem}.name", language)
    cells = tuple(_said(cell, f"shipped.{path.stem}.{cell.name}", language) for cell in found.cells)
    return replace(found, name=name, cells=cells)


def _said(cell: Cell, key: str, language: str) -> Cell:
    return cell.saying(label=language_text.say(key, language)) if language_text.has(key) else cell
