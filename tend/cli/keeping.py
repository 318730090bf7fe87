"""Commands that keep what is there: backup, copies, restore, verify, entered."""

import argparse
import sys

from tend.acts import entered_workbook
from tend.cli import output, shared
from tend.cli.shared import REFUSED
from tend.language import format, text
from tend.people.person import LOCAL
from tend.store import maintenance
from tend.store.upkeep import book, copies


def backup(given: argparse.Namespace) -> int:
    """Write the whole workspace into one file."""
    with shared.opened(given, read_only=True) as workspace:
        maintenance.backup(workspace, given.file)
    return 0


def list_copies(given: argparse.Namespace) -> int:
    """List the daily copies, the newest first, or make one more."""
    with shared.opened(given, read_only=True) as workspace:
        made = copies.make(workspace) if given.make else None
        found = [made] if made else book.listed(workspace.path)
        if not found:
            print(text.say("cli.no_copies", shared.language(workspace)))
        for copy in found:
            at = f"{copy.made_at.astimezone():%Y-%m-%d %H:%M}"
            print(f"{at}  {format.count(copy.size)} bytes  {output.line(copy.file)}")
    return 0


def restore(given: argparse.Namespace) -> int:
    """Put a backup in the place of the workspace."""
    maintenance.restore(given.workspace, given.file, LOCAL.named(shared.who()))
    return 0


def verify(given: argparse.Namespace) -> int:
    """Check that the workspace is sound."""
    with shared.opened(given, read_only=True) as workspace:
        problems, checked = maintenance.look(workspace)
        language = shared.language(workspace)
    faults = [error.message(language) for error in checked.faults]
    for told in (*problems, *faults):
        print(f"tend: {output.line(told)}", file=sys.stderr)
    for note in checked.notes:
        print(output.line(note.message(language)))
    return REFUSED if problems or faults else 0


def entered(given: argparse.Namespace) -> int:
    """Write what was entered in the app as a workbook."""
    with shared.opened(given, read_only=True) as workspace:
        workspace.note("export", kind="entered.xlsx")
        given.file.write_bytes(
            entered_workbook.workbook(workspace, given.language or shared.language(workspace))
        )
    return 0
