"""What the commands share: who runs them, in which language, days as words, and wrong use."""

import argparse
import contextlib
import getpass
import sys
from collections.abc import Iterator
from datetime import date

from tend.language.errors import TendError
from tend.people.person import LOCAL, Person
from tend.store.people import people
from tend.store.workspace import Workspace, open_workspace
from tend.view import day as read_day

REFUSED, WRONG_USE = 1, 2
TOLD = "-"  # the person is told by the input


class WrongUseError(Exception):
    """The command's words are off."""


def day(value: str) -> date:
    """Read a day. Raises ArgumentTypeError."""
    if found := read_day(value):
        return found
    raise argparse.ArgumentTypeError(str(TendError("bad_date", value=value)))


@contextlib.contextmanager
def opened(given: argparse.Namespace, *, read_only: bool = False) -> Iterator[Workspace]:
    """Open the workspace for whoever runs the command, who sits at the machine, or for another."""
    with open_workspace(given.workspace, read_only=read_only) as workspace:
        yield workspace.seen_by(_seen_by(workspace, getattr(given, "seen_by", None)))


def _seen_by(workspace: Workspace, said: str | None) -> Person:
    """Give for whom a command works: a person by their address, or who the server tells of.

    The server has commands write files for who asked it; it tells them whom by their input.
    """
    if said is None:
        return LOCAL.named(who())
    found = Person.heard(sys.stdin.read()) if said == TOLD else people.known(workspace, said)
    if found is None:
        raise TendError("unknown_person", person=said)
    return found


def language(workspace: Workspace) -> str:
    """Give the language of what is printed."""
    return "zh" if workspace.settings.language == "zh" else "en"


def who() -> str:
    """Give the name of who runs the command, nothing where the machine knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
