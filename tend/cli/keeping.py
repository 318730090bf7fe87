"""Commands that keep what is there: backup, restore, verify, entered."""

import argparse
import sys

from tend.acts import entered_workbook
from tend.cli import output, shared
from tend.cli.shared import REFUSED
from tend.people.person import LOCAL
from tend.store import maintenance


def backup(given: argparse.Namespace) -> int:
    """Write the whole workspace into one file."""
    with shared.opened(given, read_only=True) as workspace:
        maintenance.backup(workspace, given.file)
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
    for told in (*problems, *faults, *(error.message(language) for error in checked.notes)):
        print(f"tend: {output.line(told)}", file=sys.stderr)
    return REFUSED if problems or faults else 0


def entered(given: argparse.Namespace) -> int:
    """Write what was entered in the app as a workbook."""
    with shared.opened(given, read_only=True) as workspace:
        workspace.note("export", kind="entered.xlsx")
        given.file.write_bytes(
            entered_workbook.workbook(workspace, given.language or shared.language(workspace))
        )
    return 0
