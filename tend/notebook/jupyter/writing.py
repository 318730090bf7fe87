"""A notebook -> .ipynb: what its cells need first, then each cell, after those it reads."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
from nbformat import v4

from tend.language import text as language_text
from tend.notebook import parameters, text
from tend.notebook.cells import Cell, Notebook
from tend.notebook.jupyter import cells_as_code

# What Tend says of a cell or of the whole, so that it can be taken back.
SAID, HEAD, FIRST, FRAME = "tend", "head", "first", "frame"
_FIRST = Path(__file__).with_name("first_cell.txt").read_text(encoding="utf-8")
_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


@dataclass(frozen=True)
class Along:
    """What an exported notebook is written with: its order, and what each cell is asked with."""

    order: tuple[str, ...]
    frame: Mapping[str, object]
    own: Mapping[str, Mapping[str, object]]
    drawn: frozenset[str]
    chosen: Mapping[str, str]


def write(notebook: Notebook, along: Along, folder: str, day: date, language: str) -> str:
    """Write a notebook whose data lie in a folder beside it."""
    cells = {cell.name: cell for cell in notebook.cells}
    shown = [cells[name] for name in along.order if _is_for(cells[name], language)]
    told = {"folder": folder, "name": notebook.name, "day": day.isoformat()}
    written = v4.new_notebook(
        cells=[
            _cell("markdown", language_text.say("jupyter.head", language, **told), {"kind": HEAD}),
            _cell("code", _FIRST.replace("{folder}", json.dumps(folder)), {"kind": FIRST}),
            _cell("code", _frame(along, language), {"kind": FRAME}),
            *(_written(cell, along, language) for cell in shown),
        ],
        metadata={"kernelspec": _KERNEL, SAID: _said(notebook, language)},
    )
    for number, cell in enumerate(written.cells):
        cell["id"] = f"cell-{number}"  # the same notebook is the same file
    written.cells[1].metadata["jupyter"] = {"source_hidden": True}
    nbformat.validate(written)
    text_of_it: str = nbformat.writes(written)
    return text_of_it + "\n"


def _is_for(cell: Cell, language: str) -> bool:
    return cell.get("language") in ("", language)


def _said(notebook: Notebook, language: str) -> dict[str, object]:
    """Say what the notebook is called, and keep the cells for readers of other languages."""
    left_out: dict[str, str] = {}
    before = ""
    for cell in notebook.cells:
        if _is_for(cell, language):
            before = cell.name
        else:
            left_out[before] = left_out.get(before, "") + text.write_cell(cell)
    return {"name": notebook.name, "left_out": left_out}


def _cell(kind: str, source: str, said: Mapping[str, object]) -> Any:
    if kind == "markdown":
        return v4.new_markdown_cell(source, metadata={SAID: dict(said)})
    return v4.new_code_cell(source, metadata={SAID: dict(said)})


def _written(cell: Cell, along: Along, language: str) -> Any:
    said = {"kind": cell.kind, "name": cell.name, "options": dict(cell.options)}
    if cell.kind in ("chart", "parameter") and cell.text:
        said["text"] = cell.text  # what Python has no place for
    match cell.kind:
        case "markdown":
            return _cell("markdown", cell.text, said)
        case "chart":
            drawn = cells_as_code.draw(cell.name)
            # what is not drawn yet, as it names no columns, stays as a remark
            return _cell("code", drawn if cell.name in along.drawn else f"# {drawn}", said)
        case "parameter":
            value = along.chosen.get(cell.name, cell.get("default"))
            given = parameters.value(cell, value)
            said_of = _told(cell, language)
            return _cell("code", cells_as_code.parameter(cell.name, given, said_of), said)
    if not cell.text:
        return _cell("code", f"# {cell.name}", said)
    own = along.own.get(cell.name, {})
    return _cell(
        "code", cells_as_code.ask(cell.name, cell.text, own, cell.name in along.drawn), said
    )


def _told(cell: Cell, language: str) -> Sequence[str]:
    """Say of a parameter what it is called, and what there is to choose from."""
    said = [cell.get("label")] if cell.get("label") else []
    if cell.choices:
        choices = " | ".join(cell.choices)
        said.append(language_text.say("jupyter.one_of", language, choices=choices))
    return said


def _frame(along: Along, language: str) -> str:
    said = language_text.say("jupyter.frame", language)
    given = "".join(
        f"    {name}={cells_as_code.value(one)},\n" for name, one in along.frame.items()
    )
    return f"# {said}\nparameters.update(\n{given})"
