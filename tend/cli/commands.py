"""One command, run: its exit code, and one line where it was refused."""

import sys
from collections.abc import Sequence

from tend.cli import output
from tend.cli.parser import parser
from tend.cli.shared import REFUSED, WRONG_USE, WrongUseError
from tend.language.errors import TendError
from tend.store.database import trouble
from tend.store.workspace import workspace_path


def main(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code: 0, 1 refused, 2 wrong use."""
    given = parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except (WrongUseError, TendError) as error:
        print(f"tend: {output.line(error)}", file=sys.stderr)
        return WRONG_USE if isinstance(error, WrongUseError) else REFUSED
    except trouble.ERRORS as error:
        if not isinstance(error, BrokenPipeError):
            said = trouble.said(error, workspace_path(given.workspace))
            print(f"tend: {output.line(said)}", file=sys.stderr)
        return REFUSED
