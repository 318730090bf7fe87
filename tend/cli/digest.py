"""The command digest: what the week says, printed, or sent where --to says."""

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tend.cli import output, shared
from tend.cli.shared import REFUSED, WrongUseError
from tend.handouts import letter, links, told
from tend.handouts.digest.told import digest as write
from tend.handouts.letter import Letter
from tend.language import text
from tend.language.errors import TendError

_FROM_FILE, _REMARK = "@", "#"


def digest(given: argparse.Namespace) -> int:
    """Write the digest; print it, or send it to each address."""
    base, addresses = _base(given.link), list(_addresses(given.to))
    with shared.opened(given, read_only=True) as workspace:
        language = given.language or shared.language(workspace)
        reading = told.reading(workspace, language)
        written = write(reading, given.as_of, date.today(), base, given.csm)
        is_sent = bool(addresses) and not given.dry_run
        count, to = (len(addresses), _public(addresses)) if is_sent else (None, None)
        workspace.note("export", kind="digest", count=count, text=to)
    if not is_sent:
        print(letter.plain(written))
        _remark(addresses, base, language)
        return 0
    return _send(written, addresses, language)


def _public(addresses: list[str]) -> str:
    """Give to whom it goes, without secrets, as the log keeps it."""
    from tend.handouts.digest import sending  # slow to load, and a dry run needs it not

    return "\n".join(map(sending.public, addresses))


def _remark(addresses: list[str], base: str, language: str) -> None:
    """Say what is left open, beside what is printed."""
    for is_there, key in ((addresses, "nothing_sent"), (base, "no_links")):
        if not is_there:
            print(text.say(f"digest.{key}", language), file=sys.stderr)


def _send(written: Letter, addresses: list[str], language: str) -> int:
    """Send it, and say of each address what came of it."""
    from tend.handouts.digest import sending  # slow to load, and a dry run needs it not

    failed = 0
    for one in sending.send(written, addresses, language):
        if one.error is None:
            print(output.line(text.say("digest.sent", language, address=one.name)))
            continue
        failed += 1
        why = one.error.message(language)
        said = text.say("digest.failed", language, address=one.name, why=why)
        print(output.line(said), file=sys.stderr)
    return REFUSED if failed else 0


def _base(given: str | None) -> str:
    try:
        return links.base(given)
    except TendError as error:
        raise WrongUseError(error) from error


def _addresses(given: list[str]) -> Iterator[str]:
    """Give addresses; those of a file, one a line, are seen by nobody who lists processes."""
    for one in given:
        if not one.startswith(_FROM_FILE):
            yield one
            continue
        path = Path(one.removeprefix(_FROM_FILE))
        if not path.is_file():
            raise WrongUseError(TendError("no_such_file", path=path))
        lines = (line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines())
        yield from (line for line in lines if line and not line.startswith(_REMARK))
