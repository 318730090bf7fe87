"""Export minutes.md and minutes.txt: the minutes of This week, as Markdown or plain."""

import argparse
from dataclasses import replace
from datetime import date

from tend.cli.asking import chosen_view
from tend.handouts import files, letter, links, parts, told, unnamed, weeks
from tend.handouts.links import Links
from tend.handouts.minutes import minutes
from tend.language import text
from tend.store.workspace import Workspace

MARKDOWN, PLAIN = "minutes.md", "minutes.txt"


def write(given: argparse.Namespace, workspace: Workspace, language: str) -> str:
    """Write them, with names or with numbers in their place, and say where they are."""
    reading, base = told.reading(workspace, language), links.base(given.link)
    filters = chosen_view(given, workspace).filters
    view = weeks.view(reading, date.today(), given.as_of, given.start, filters)
    if given.no_names:
        numbers = unnamed.numbered(reading.ask, view)
        reading = replace(reading, ask=unnamed.asking(reading.ask, numbers, language))
        # an address says whom it is about, and so do filters
        foot = parts.foot(reading, unnamed.told_of(view, numbers, language))
        written = replace(minutes(reading, view, Links("", view, language)), foot=foot)
    else:
        written = minutes(reading, view, Links(base, view, language))
    way = letter.markdown if given.file.suffix.lower() == ".md" else letter.plain
    files.put(given.file, f"{way(written)}\n".encode())
    return text.say("cli.exported", language, file=given.file.name, name=written.title)
