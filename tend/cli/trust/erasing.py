"""The command erase: what would go is printed first, and done where the name is typed once more."""

import argparse
import sys
from datetime import date
from pathlib import Path

from tend.acts import erasing
from tend.acts import erasure_words as words
from tend.acts.erasing import Preview
from tend.cli import output, shared
from tend.language import text
from tend.store.erasure.subject import Wanted
from tend.view import View, window


def arguments(added: argparse.ArgumentParser, listing: argparse.ArgumentParser) -> None:
    """Add the words of both commands."""
    listing.add_argument("--allow", type=int, metavar="NUMBER", help="let imports bring it again")
    added.add_argument("kind", choices=("customer", "person"), help="what is erased")
    added.add_argument("name", metavar="NAME", help="the whole name; of a customer also the ID")
    added.add_argument(
        "--way",
        choices=("name", "rows"),
        default="name",
        help="of a customer: the name, facts staying under a number; or all its rows",
    )
    added.add_argument("--ids", action="store_true", help="the customer's IDs go as well")
    added.add_argument("--dry-run", action="store_true", help="only show what would go")
    added.add_argument("--confirm", metavar="NAME", help="the name once more; else it is asked for")
    added.add_argument("--report", type=Path, metavar="FILE", help="where to write the proof")
    added.add_argument("--format", choices=("text", "json"), default="text")


def erase(given: argparse.Namespace) -> int:
    """Erase a customer or a person; without --yes or a typed name nothing changes."""
    wanted = Wanted(given.kind, given.name, given.way, given.ids)
    with shared.opened(given) as workspace:
        language = shared.language(workspace)
        today = date.today()
        looked = View(today, *window("last_12_months", today))
        found = erasing.preview(workspace, wanted, looked, language)
        _print(found, given.format, language, workspace.settings.currency)
        if given.dry_run:
            return 0
        typed = given.confirm if given.confirm is not None else _typed(found, language)
        subject, proof = erasing.erase(workspace, wanted, typed, language)
        if given.report is not None:
            given.report.write_text(words.proof_file(subject, proof), encoding="utf-8")
        print("\n".join(map(output.line, words.proved(subject, proof, language))))
    return 0


def erased_list(given: argparse.Namespace) -> int:
    """List who was erased by their numbers, or let imports bring one of them again."""
    with shared.opened(given, read_only=given.allow is None) as workspace:
        if given.allow is not None:
            erasing.allow(workspace, given.allow)
        language = shared.language(workspace)
        told = [words.told(one, language) for one in erasing.listed(workspace)]
    print("\n".join(map(output.line, told or [text.say("erasure.nobody", language)])))
    return 0


def _print(found: Preview, how: str, language: str, unit: str) -> None:
    if how == "json":
        output.print_json(words.as_json(found))
    else:
        print("\n".join(map(output.line, words.preview(found, language, unit))))


def _typed(found: Preview, language: str) -> str:
    """Ask for the name; where nobody can type, nothing is confirmed."""
    print(output.line(text.say("erasure.type", language, name=found.subject.name)), file=sys.stderr)
    return sys.stdin.readline()
