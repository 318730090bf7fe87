"""Commands of the company's definitions, and of the tasks its rules ask for."""

import argparse
import json
from datetime import date

from tend.acts import tasks_by_rule
from tend.cli import output, shared
from tend.cli.shared import WrongUseError
from tend.language.errors import TendError
from tend.settings.settings_file import from_file


def settings(given: argparse.Namespace) -> int:
    """Show the company's definitions, or take over a file of them."""
    if given.take is not None:
        return _take_settings(given)
    with shared.opened(given, read_only=True) as workspace:
        defined = workspace.settings
    if given.format == "json":
        output.print_json(defined.model_dump(mode="json"))
    elif given.format == "markdown":
        print(output.settings_reference(defined))
    else:
        print(output.table(output.settings_rows(defined)))
    return 0


def _take_settings(given: argparse.Namespace) -> int:
    with shared.opened(given) as workspace:
        try:
            told = from_file(given.take.read_bytes())
            said = {"currency"} & told.keys()
            before = workspace.settings
            workspace.define(before.with_all(told), base=before, said=said)
        except (OSError, TendError) as error:
            raise WrongUseError(error) from error
    return 0


def set_one(given: argparse.Namespace) -> int:
    """Change one of the company's definitions."""
    with shared.opened(given) as workspace:
        try:
            value = json.loads(given.value)
        except ValueError:
            value = given.value
        try:
            workspace.set(given.key, value)
        except TendError as error:
            if error.code in ("unknown_setting", "bad_setting"):
                raise WrongUseError(error) from error
            raise
        return 0


def tasks(given: argparse.Namespace) -> int:
    """Make the tasks that rules ask for."""
    with shared.opened(given, read_only=given.dry_run) as workspace:
        found = tasks_by_rule.pending(workspace, day := given.as_of or date.today())
        if given.dry_run:
            workspace.note("export", kind="tasks", rows=found.num_rows)
        else:
            tasks_by_rule.make(workspace, day, shared.language(workspace))
        output.print_rows(found, given.format)
        return 0
