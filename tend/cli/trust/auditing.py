"""The command audit: the log as a table for scripts, and what was found in it accepted."""

import argparse

from tend.acts import audit
from tend.cli import output, shared
from tend.cli.shared import day
from tend.language import text
from tend.store.audit.lines import WHATS
from tend.store.audit.pages import Wanted


def arguments(added: argparse.ArgumentParser) -> None:
    """Add the words of the command."""
    added.add_argument("--from", dest="start", type=day, metavar="DAY", help="first day (UTC)")
    added.add_argument("--to", dest="end", type=day, metavar="DAY", help="last day (UTC)")
    added.add_argument("--who", metavar="KEY", help="of one person, by their key such as p1")
    added.add_argument("--what", choices=WHATS, metavar="WHAT", help=", ".join(WHATS))
    added.add_argument("--format", choices=("csv", "json"), default="csv")
    added.add_argument(
        "--accept",
        action="store_true",
        help="note that what verify finds in the log was seen: it is told then, and no fault",
    )


def show(given: argparse.Namespace) -> int:
    """Print the lines that are wanted, the oldest first; or accept what verify found."""
    with shared.opened(given, read_only=True) as workspace:
        if given.accept:
            line = audit.accept(workspace)
            print(text.say("cli.accepted", shared.language(workspace), line=line))
            return 0
        wanted = Wanted(who=given.who, what=given.what, start=given.start, end=given.end)
        output.print_rows(audit.table(workspace, wanted), given.format)
    return 0
