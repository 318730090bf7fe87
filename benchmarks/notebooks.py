"""Exported notebooks in environments made from their own requirements, and nothing else.

Run `python -m benchmarks.notebooks`. The sample company's pages and the notebooks that ship are
exported; each is run from top to bottom in a fresh environment of the packages that lie beside it,
and its answers are held against the app's. It prints one JSON and exits 1 where any differs.
"""

import json
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from tend import sample
from tend.store.facts import imports
from tend.store.workspace import open_workspace
from tests.kit.companies import UNTIL
from tests.notebook import exported
from tests.notebook.exported import Exported

# What runs a notebook from outside; what the notebook itself needs stands in its requirements.
_CLIENT = f"nbclient=={version('nbclient')}"
_RUN = """
import sys, nbformat
from nbclient import NotebookClient
told = nbformat.read(sys.argv[1], 4)
told.cells.append(nbformat.v4.new_code_cell(f"pd.to_pickle(answers, {sys.argv[2]!r})"))
NotebookClient(told, timeout=300, kernel_name="python3").execute()
"""


def environment(folder: Path, requirements: Path) -> Path:
    """Make an environment of these packages; give its Python."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*install, "-r", str(requirements), _CLIENT], check=True)
    return python


def run(python: Path, one: Exported, answers: Path) -> float:
    """Run a notebook where it lies; give the seconds."""
    began = time.monotonic()
    # no path of this repository: what is not installed there is not found
    command = [str(python), "-I", "-c", _RUN, one.file.name, str(answers)]
    subprocess.run(command, cwd=one.file.parent, check=True)
    return time.monotonic() - began


def main() -> int:
    """Export, run, compare, tell."""
    told, pythons = {}, dict[str, Path]()
    with tempfile.TemporaryDirectory() as name, open_workspace(Path(name) / "workspace") as opened:
        place = Path(name)
        for file in sample.write(place / "files", until=UNTIL):
            imports.import_file(opened, file)
        (place / "books").mkdir()
        for one in exported.export_all(opened, place / "books"):
            requirements = one.folder / "requirements.txt"
            pins = requirements.read_text(encoding="utf-8")
            if pins not in pythons:
                pythons[pins] = environment(place / f"environment{len(pythons)}", requirements)
            seconds = run(pythons[pins], one, place / one.name)
            found = dict(exported.compared(opened, one, pd.read_pickle(place / one.name)))
            differing = [cell for cell, is_same in found.items() if not is_same]
            told[one.name] = {
                "seconds": round(seconds, 1),
                "cells": len(found),
                "differing": differing,
            }
    print(json.dumps({"environments": len(pythons), "notebooks": told}, indent=1))
    return int(any(one["differing"] for one in told.values()))


if __name__ == "__main__":
    sys.exit(main())
