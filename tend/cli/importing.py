"""Commands that bring spreadsheets in: import, status, undo."""

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tend.acts import notebook_files
from tend.cli import notebook_files as taking
from tend.cli import output, shared
from tend.cli.shared import REFUSED, WrongUseError
from tend.cli.watching import command as watching
from tend.ingest.results import Remembered
from tend.language import text
from tend.language.errors import TendError, retold
from tend.queries import asking
from tend.schema import DATASETS
from tend.store.facts import imports, reports
from tend.store.facts.imports import ImportOptions
from tend.store.facts.reports import ImportReport
from tend.store.workspace import Workspace
from tend.view import View


def import_files(given: argparse.Namespace) -> int:
    """Put spreadsheets and notebooks in; several are one step for those who read."""
    if given.watch is not None:
        return watching.watch(given)
    if not given.files:
        raise WrongUseError(TendError("nothing_named"))
    options = ImportOptions(
        given.mode,
        given.strict,
        given.date_order,
        datasets=dict(map(_sheet_choice, given.dataset)),
        mappings=_mappings(given.mapping),
        is_alone=len(given.files) == 1,
    )
    with shared.opened(given) as workspace:
        books = [path for path in given.files if notebook_files.is_one(path)]
        sheets = [path for path in given.files if path not in books]
        with workspace.together():
            told = [_import_one(workspace, path, options) for path in sheets]
        told = [reports.again(workspace, report) for report in told]
        kept = [taking.take(workspace, path) for path in books]
        every: list[ImportReport | taking.NotebookReport] = [*told, *kept]
        language = shared.language(workspace)
        if given.json:
            output.print_json({"imports": [one.as_json(language) for one in every]})
        else:
            for report in told:
                print(output.import_text(report, language))
            for book in kept:
                print(book.told(language))
        if len(told) > 1:
            _check_choices(options, told)
        return REFUSED if any(one.error for one in every) else 0


def _check_choices(options: ImportOptions, told: Sequence[ImportReport]) -> None:
    """Refuse a choice for a sheet that is in none of the files; what they hold is in."""
    sheets = [sheet.sheet for report in told for sheet in report.sheets]
    if lost := reports.without_sheet(options.named, sheets):
        raise lost


def status(given: argparse.Namespace) -> int:
    """Show imports and data sets."""
    with shared.opened(given, read_only=True) as workspace:
        told = imports.status(workspace)
        came = asking.run(workspace, "watched_files", View(date.today())).to_pylist()
        if given.json:
            output.print_json({**told, "watched": came})
        else:
            print(output.table(told["datasets"]) + "\n\n" + output.table(told["imports"]))
            print(_watched(came, shared.language(workspace)), end="")
        return 0


def _watched(came: Sequence[Mapping[str, Any]], language: str) -> str:
    """Tell what came by the watched folder, and what of it waits or was refused, and why."""
    if not came:
        return ""
    counts = Counter(str(one["state"]) for one in came)
    told = {"taken_in": counts["in"], "waits": counts["waits"], "refused": counts["refused"]}
    said = [output.line(text.say("watched.status", language, **told))]
    for one in came:
        if one["state"] in ("waits", "refused"):
            why = retold(one["why"], json.loads(one["why_of"]), language)
            key = f"watched.became.{one['state']}"
            line = text.say(key, language, file=one["file"], why=why)
            said.append("  " + output.line(line))
    return "\n" + "\n".join(said) + "\n"


def undo(given: argparse.Namespace) -> int:
    """Take an import back."""
    with shared.opened(given) as workspace:
        imports.undo(workspace, given.import_id)
        return 0


def _import_one(workspace: Workspace, path: Path, options: ImportOptions) -> ImportReport:
    if not path.is_file():
        return ImportReport(path.name, error=TendError("no_such_file", path=path))
    return imports.import_file(workspace, path, options=options)


def _sheet_choice(choice: str) -> tuple[str, str]:
    sheet, equals, dataset = choice.rpartition("=")
    if not equals or dataset not in DATASETS:
        known = ", ".join(DATASETS)
        raise WrongUseError(TendError("bad_sheet_choice", value=choice, known=known))
    return sheet, dataset


def _mappings(path: Path | None) -> dict[str, Remembered]:
    if path is None:
        return {}
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        chosen = {
            str(sheet): Remembered(
                one["dataset"], _texts(one.get("columns", {})), _texts(one.get("answers", {}))
            )
            for sheet, one in told.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WrongUseError(TendError("bad_mapping", file=path, why=error)) from error
    if unknown := {one.dataset for one in chosen.values()} - DATASETS.keys():
        raise WrongUseError(TendError("bad_mapping", file=path, why=", ".join(unknown)))
    return chosen


def _texts(said: dict[object, object]) -> dict[str, str]:
    return {str(key): str(value) for key, value in said.items()}
