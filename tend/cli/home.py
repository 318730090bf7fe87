"""The command home: where a workspace is at home, and moving it to a shared home and back."""

import argparse
import re
from pathlib import Path

from tend.cli import output, shared
from tend.language import text
from tend.store import moving

_PASSWORD = re.compile(r"(?<=://)([^:/@]*):[^@]*@")


def arguments(added: argparse.ArgumentParser) -> None:
    """Add the words of the command."""
    one = added.add_mutually_exclusive_group()
    one.add_argument(
        "--to",
        metavar="ADDRESS",
        help="move the workspace to a PostgreSQL database that several servers share, or join the"
        " one that is there",
    )
    one.add_argument("--back", action="store_true", help="move it back into its own folder")
    added.add_argument(
        "--files",
        type=Path,
        metavar="DIR",
        help="of a new home: where its files lie, under the same name for all servers",
    )


def run(given: argparse.Namespace) -> int:
    """Tell where the workspace is at home, or move it."""
    with shared.opened(given) as workspace:
        language = shared.language(workspace)
        if given.to:
            moving.to(workspace, given.to, given.files)
            print(text.say("cli.home_moved_to", language, address=_shown(given.to)))
        elif given.back:
            moving.back(workspace)
            print(text.say("cli.home_moved_back", language))
        elif (found := moving.standing(workspace)) is None:
            print(text.say("cli.home_own", language))
        else:
            where = {"address": _shown(found.address), "files": output.line(found.files)}
            print(text.say("cli.home_shared", language, server=found.server, **where))
            print(text.say("cli.home_known", language, here=found.here, there=found.there))
            for number, server, at in found.commits:
                print(f"{number}  {at:%Y-%m-%d %H:%M:%S}  {output.line(server)}")
    return 0


def _shown(address: str) -> str:
    """Give an address without its password."""
    return output.line(_PASSWORD.sub(r"\1@", address))
