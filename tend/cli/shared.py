"""What the commands share: who runs them, in which language, days as words, and wrong use."""

import argparse
import contextlib
import getpass
from collections.abc import Iterator
from datetime import date

from tend.language.errors import TendError
from tend.people.person import LOCAL
from tend.store.workspace import Workspace, open_workspace
from tend.view import day as read_day

REFUSED, WRONG_USE = 1, 2


class WrongUseError(Exception):
    """The command's words are off."""


def day(value: str) -> date:
    """Read a day. Raises ArgumentTypeError."""
    if found := read_day(value):
        return found
    raise argparse.ArgumentTypeError(str(TendError("bad_date", value=value)))


@contextlib.contextmanager
def opened(given: argparse.Namespace, *, read_only: bool = False) -> Iterator[Workspace]:
    """Open the workspace for whoever runs the command: they sit at the machine."""
    with open_workspace(given.workspace, read_only=read_only) as workspace:
        yield workspace.seen_by(LOCAL.named(who()))


def language(workspace: Workspace) -> str:
    """Give the language of what is printed."""
    return "zh" if workspace.settings.language == "zh" else "en"


def who() -> str:
    """Give the name of who runs the command, nothing where the machine knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
