"""What the commands share: who runs them, in which language, days as words, and wrong use."""

import argparse
import getpass
from datetime import date

from tend.language.errors import TendError
from tend.store.workspace import Workspace
from tend.view import day as read_day

REFUSED, WRONG_USE = 1, 2


class WrongUseError(Exception):
    """The command's words are off."""


def day(value: str) -> date:
    """Read a day. Raises ArgumentTypeError."""
    if found := read_day(value):
        return found
    raise argparse.ArgumentTypeError(str(TendError("bad_date", value=value)))


def language(workspace: Workspace) -> str:
    """Give the language of what is printed."""
    return "zh" if workspace.settings.language == "zh" else "en"


def who() -> str:
    """Give the name of who runs the command, nothing where the machine knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
