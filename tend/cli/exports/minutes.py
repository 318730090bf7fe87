"""The minutes of This week as a file, plain or as Markdown."""

import argparse
from datetime import date

from tend.cli import shared
from tend.cli.asking import chosen_view
from tend.handouts import letter, links, told, weeks
from tend.handouts.links import Links
from tend.handouts.minutes import minutes
from tend.language import text
from tend.store.workspace import Workspace

MARKDOWN, PLAIN = "minutes.md", "minutes.txt"


def write(given: argparse.Namespace, workspace: Workspace) -> str:
    """Write them, and say where they are."""
    language = given.language or shared.language(workspace)
    reading, base = told.reading(workspace, language), links.base(given.link)
    filters = chosen_view(given, workspace).filters
    view = weeks.view(reading, date.today(), given.as_of, given.start, filters)
    written = minutes(reading, view, Links(base, view, language))
    way = letter.markdown if given.file.name.lower() == MARKDOWN else letter.plain
    given.file.write_text(f"{way(written)}\n", encoding="utf-8")
    return text.say("cli.exported", language, file=given.file.name, name=written.title)
