"""Export weekly.xlsx: the week as a workbook."""

import argparse
from dataclasses import replace

from tend.cli.asking import chosen_view
from tend.handouts import files, told, unnamed
from tend.handouts.workbook import weekly
from tend.language import text
from tend.store.workspace import Workspace


def write(given: argparse.Namespace, workspace: Workspace, language: str) -> str:
    """Write the file, with names or with numbers in their place."""
    view, reading = chosen_view(given, workspace), told.reading(workspace, language)
    seen = view
    if given.no_names:
        numbers = unnamed.numbered(reading.ask, view)
        seen = unnamed.told_of(view, numbers, language)
        reading = replace(reading, ask=unnamed.asking(reading.ask, numbers, language))
    signed = told.signed(workspace, seen, language)
    files.put(given.file, weekly.write(workspace, reading, view, signed))
    return text.say("workbook.exported", language, file=given.file.name, sheets=8)
