"""The command audit: the log as a table for scripts, and what was found in it accepted."""

import argparse

from tend.acts import audit
from tend.cli import output, shared
from tend.language import text
from tend.store.audit.pages import Wanted


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
