"""Notebooks among the files that are imported: what came of one."""

from dataclasses import dataclass
from pathlib import Path

from tend.acts import notebook_files
from tend.acts.notebook_files import TakenIn
from tend.cli import output, shared
from tend.language import text
from tend.language.errors import TendError
from tend.store.workspace import Workspace


@dataclass(frozen=True)
class NotebookReport:
    """One file: the notebook it holds, or the error for which it was not taken in."""

    file: str
    found: TakenIn | None = None
    error: TendError | None = None

    def as_json(self, language: str) -> dict[str, object]:
        """Give the object of `import --json`: a notebook has no sheets."""
        told: dict[str, object] = {"file": self.file, "import_id": None, "sheets": []}
        if self.found:
            notebook = self.found.taken.notebook
            told["import_id"] = self.found.entry
            told["notebook"] = {
                "id": notebook.id,
                "name": notebook.name,
                "cells": len(notebook.cells),
                "left_as_text": list(self.found.taken.left_as_text),
            }
        error = self.error and {"code": self.error.code, "message": self.error.message(language)}
        return {**told, "error": error}

    def told(self, language: str) -> str:
        """Tell what came of it."""
        if self.found is None:
            assert self.error is not None
            return output.line(f"{self.file}: {self.error.message(language)}")
        taken = self.found.taken
        said = {"name": taken.notebook.name, "cells": len(taken.notebook.cells)}
        key = "cli.notebook_unchanged" if self.found.entry is None else "cli.notebook_kept"
        lines = [f"{self.file}: {text.say(key, language, **said, entry=self.found.entry)}"]
        if taken.left_as_text:
            names = ", ".join(taken.left_as_text)
            lines.append(text.say("cli.left_as_text", language, cells=names))
        return "\n  ".join(map(output.line, lines))


def take(workspace: Workspace, path: Path) -> NotebookReport:
    """Take in one file."""
    if not path.is_file():
        return NotebookReport(path.name, error=TendError("no_such_file", path=path))
    spoken = shared.language(workspace)
    try:
        found = notebook_files.take(workspace, path.name, path.read_bytes(), spoken)
    except TendError as error:
        return NotebookReport(path.name, error=error)
    return NotebookReport(path.name, found)
