"""The commands: same code as the app, made for schedules, scripts and tests."""

import argparse
import getpass
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tend import queries
from tend.acts import entered
from tend.acts import rules as tasks
from tend.cli import output
from tend.ingest.model import Remembered
from tend.language.errors import TendError
from tend.schema import DATASETS
from tend.settings.company import from_file
from tend.store.copies import maintenance
from tend.store.database import trouble
from tend.store.facts import imports
from tend.store.facts.imports import ImportOptions
from tend.store.facts.reports import ImportReport
from tend.store.workspace import Workspace, open_workspace, workspace_path
from tend.view import PERIODS, YEAR, View
from tend.view import day as read_day

REFUSED, WRONG_USE = 1, 2
# What a query is about, and the flag that names it.
_ABOUT = {"customer_id": "--customer", "contract_id": "--contract"}


class WrongUseError(Exception):
    """The command's words are off."""


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


def parser() -> argparse.ArgumentParser:
    """Give the parser of all commands."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--workspace",
        type=Path,
        metavar="DIR",
        help="the workspace folder (else TEND_WORKSPACE, else workspace/)",
    )
    top = argparse.ArgumentParser(prog="python -m tend", description="Tend's commands.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, parents=[common], help=text, description=text)
        added.set_defaults(run=run)
        return added

    _import_arguments(command("import", _import, "put spreadsheets into the workspace"))
    added = command("status", _status, "show imports and data sets")
    added.add_argument("--json", action="store_true", help="print one JSON object")
    added = command("queries", _queries, "list the named queries")
    added.add_argument("--format", choices=("text", "json", "markdown"), default="text")
    _query_arguments(command("query", _query, "run a named query"))
    added = command("trace", _trace, "show the file, sheet and row behind a fact")
    added.add_argument("dataset", choices=tuple(DATASETS), metavar="DATASET", help="a data set")
    added.add_argument("key", metavar="KEY", help="contract or ticket id, else customer id")
    added.add_argument("--format", choices=("table", "csv", "json"), default="table")
    added = command("undo", _undo, "take an import back as if it had never been")
    added.add_argument(
        "import_id", type=int, metavar="IMPORT_ID", help="its number, as `status` shows it"
    )
    added = command("backup", _backup, "write the whole workspace into one file")
    added.add_argument("file", type=Path, metavar="FILE", help="the zip file to write")
    added = command("restore", _restore, "put a backup in the place of the workspace")
    added.add_argument("file", type=Path, metavar="FILE", help="a file that `backup` wrote")
    command("verify", _verify, "check that the workspace is sound")
    added = command("tasks", _tasks, "make the tasks that rules ask for, once per cause")
    added.add_argument("--as-of", type=_day, metavar="DATE", help="the day to look from")
    added.add_argument("--dry-run", action="store_true", help="only show what would be made")
    added.add_argument("--format", choices=("table", "csv", "json"), default="table")
    added = command("entered", _entered, "write what was entered in the app as a workbook")
    added.add_argument("file", type=Path, metavar="FILE", help="the .xlsx file to write")
    added.add_argument("--language", choices=("en", "zh"), help="of the headers")
    added = command("settings", _settings, "show the company's definitions")
    added.add_argument("--format", choices=("text", "json", "markdown"), default="text")
    added.add_argument(
        "--take", type=Path, metavar="FILE", help="take over a file that --format json wrote"
    )
    added = command("set", _set, "change one of the company's definitions")
    added.add_argument("key", metavar="KEY", help="its name, as `settings` shows it")
    added.add_argument("value", metavar="VALUE", help="a number, a word, or JSON")
    added = command("sample", _sample, "write a believable company as a spreadsheet")
    added.add_argument("directory", type=Path, metavar="DIR", help="where to write it")
    added.add_argument("--customers", type=int, default=240)
    added.add_argument("--years", type=int, default=3)
    added.add_argument("--seed", type=int, default=7)
    added.add_argument("--language", choices=("en", "zh"), default="en")
    added.add_argument("--messy", action="store_true", help="as the untidy files teams keep")
    return top


def _import_arguments(added: argparse.ArgumentParser) -> None:
    added.add_argument("files", nargs="+", type=Path, metavar="FILE", help="Excel or CSV files")
    added.add_argument("--mode", choices=("merge", "replace"), default="merge")
    added.add_argument(
        "--dataset",
        action="append",
        default=[],
        metavar="SHEET=NAME",
        help="the data set of a sheet (of a CSV: its file name); repeatable",
    )
    added.add_argument("--date-order", choices=("dmy", "mdy"), help="where dates do not decide it")
    added.add_argument(
        "--mapping",
        type=Path,
        metavar="FILE",
        help='JSON: {"SHEET": {"dataset": NAME, "columns": {HEADER: COLUMN}}}; remembered',
    )
    added.add_argument("--strict", action="store_true", help="import nothing if a row is rejected")
    added.add_argument("--json", action="store_true", help="print one JSON object")


def _query_arguments(added: argparse.ArgumentParser) -> None:
    added.add_argument("name", metavar="NAME", help="its name, as `queries` shows it")
    added.add_argument("--as-of", type=_day, metavar="DATE", help="facts after it are unknown")
    added.add_argument("--from", dest="start", type=_day, metavar="DATE", help="first day")
    added.add_argument("--to", dest="end", type=_day, metavar="DATE", help="last day")
    added.add_argument("--group-by", metavar="DIM")
    added.add_argument("--split-by", metavar="DIM", help="the second dimension of a matrix")
    added.add_argument(
        "--customer", dest="customer_id", metavar="ID", help="of the queries about one customer"
    )
    added.add_argument(
        "--contract", dest="contract_id", metavar="ID", help="of the queries about one contract"
    )
    added.add_argument("--filter", action="append", default=[], metavar="DIM=VALUE")
    added.add_argument("--format", choices=("table", "csv", "json"), default="table")


def _import(given: argparse.Namespace) -> int:
    options = ImportOptions(
        given.mode,
        given.strict,
        given.date_order,
        datasets=dict(map(_sheet_choice, given.dataset)),
        mappings=_mappings(given.mapping),
    )
    with open_workspace(given.workspace) as workspace:
        with workspace.together():
            told = [_import_one(workspace, path, options) for path in given.files]
        language = _language(workspace)
        if given.json:
            output.print_json({"imports": [report.as_json(language) for report in told]})
        else:
            for report in told:
                print(output.import_text(report, language))
        return REFUSED if any(report.error for report in told) else 0


def _import_one(workspace: Workspace, path: Path, options: ImportOptions) -> ImportReport:
    if not path.is_file():
        return ImportReport(path.name, error=TendError("no_such_file", path=path))
    return imports.import_file(workspace, path, who=_who(), options=options)


def _status(given: argparse.Namespace) -> int:
    with open_workspace(given.workspace, read_only=True) as workspace:
        told = imports.status(workspace)
        if given.json:
            output.print_json(told)
        else:
            print(output.table(told["datasets"]) + "\n\n" + output.table(told["imports"]))
        return 0


def _queries(given: argparse.Namespace) -> int:
    known = list(queries.library().values())
    if given.format == "json":
        output.print_json([output.query_as_json(query) for query in known])
    else:
        write = output.query_index if given.format == "markdown" else output.query_text
        print(write(known))
    return 0


def _query(given: argparse.Namespace) -> int:
    try:
        query = queries.find(given.name)
    except TendError as error:
        raise WrongUseError(error) from error
    with open_workspace(given.workspace, read_only=True) as workspace:
        view = _view(given, workspace, query)
        own = _own_parameters(given, workspace, query)
        output.print_rows(queries.run(workspace, query.name, view, **own), given.format)
        return 0


def _view(given: argparse.Namespace, workspace: Workspace, query: queries.Query) -> View:
    dimensions = (*queries.dimensions(workspace), *PERIODS)
    filters: dict[str, list[str]] = {}
    for choice in given.filter:
        name, equals, value = choice.partition("=")
        if not equals:
            raise WrongUseError(TendError("bad_filter", value=choice))
        filters.setdefault(_dimension(name, dimensions), []).append(value.strip())
    group_by = given.group_by and _dimension(given.group_by, (*dimensions, YEAR))
    if group_by and not query.is_grouped_by(group_by):
        raise WrongUseError(TendError("group_by_not_possible", query=query.name, name=group_by))
    window = {"--from": given.start, "--to": given.end}
    for flag, day in window.items():
        if day is not None and "first_day" not in query.parameters:
            raise WrongUseError(TendError("parameter_not_used", query=query.name, parameter=flag))
    split_by = given.split_by and _dimension(given.split_by, dimensions)
    if split_by and "split_by" not in query.parameters:
        told = {"query": query.name, "parameter": "--split-by"}
        raise WrongUseError(TendError("parameter_not_used", **told))
    chosen = tuple((name, tuple(values)) for name, values in filters.items())
    return View(given.as_of or date.today(), given.start, given.end, group_by, chosen, split_by)


def _own_parameters(
    given: argparse.Namespace, workspace: Workspace, query: queries.Query
) -> dict[str, object]:
    """Give the parameters that a view does not hold."""
    own: dict[str, object] = {}
    if "dimensions" in query.parameters:
        own["dimensions"] = list(queries.dimensions(workspace))
    for parameter, flag in _ABOUT.items():
        about = getattr(given, parameter)
        if about is None:
            continue
        if parameter not in query.parameters:
            told = {"query": query.name, "parameter": flag}
            raise WrongUseError(TendError("parameter_not_used", **told))
        own[parameter] = about
    if "key" in query.parameters:
        raise WrongUseError(TendError("ask_trace", query=query.name))
    if lacking := queries.missing(query, own):
        flags = ", ".join(_ABOUT.get(name, name) for name in lacking)
        raise WrongUseError(TendError("parameter_missing", query=query.name, parameter=flags))
    return own


def _trace(given: argparse.Namespace) -> int:
    with open_workspace(given.workspace, read_only=True) as workspace:
        rows = queries.run(
            workspace, "sources", View(date.today()), dataset=given.dataset, key=given.key
        )
        output.print_rows(rows, given.format)
        return 0


def _undo(given: argparse.Namespace) -> int:
    with open_workspace(given.workspace) as workspace:
        imports.undo(workspace, given.import_id, who=_who())
        return 0


def _backup(given: argparse.Namespace) -> int:
    with open_workspace(given.workspace, read_only=True) as workspace:
        maintenance.backup(workspace, given.file)
    return 0


def _restore(given: argparse.Namespace) -> int:
    maintenance.restore(given.workspace, given.file)
    return 0


def _verify(given: argparse.Namespace) -> int:
    with open_workspace(given.workspace, read_only=True) as workspace:
        found = maintenance.verify(workspace)
    for problem in found:
        print(f"tend: {output.line(problem)}", file=sys.stderr)
    return REFUSED if found else 0


def _tasks(given: argparse.Namespace) -> int:
    with open_workspace(given.workspace, read_only=given.dry_run) as workspace:
        found = tasks.pending(workspace, day := given.as_of or date.today())
        if not given.dry_run:
            tasks.make(workspace, day, _language(workspace), _who())
        output.print_rows(found, given.format)
        return 0


def _settings(given: argparse.Namespace) -> int:
    if given.take is not None:
        return _take_settings(given)
    with open_workspace(given.workspace, read_only=True) as workspace:
        settings = workspace.settings
    if given.format == "json":
        output.print_json(settings.model_dump(mode="json"))
    elif given.format == "markdown":
        print(output.settings_reference(settings))
    else:
        print(output.table(output.settings_rows(settings)))
    return 0


def _entered(given: argparse.Namespace) -> int:
    with open_workspace(given.workspace, read_only=True) as workspace:
        given.file.write_bytes(entered.workbook(workspace, given.language or _language(workspace)))
    return 0


def _take_settings(given: argparse.Namespace) -> int:
    with open_workspace(given.workspace) as workspace:
        try:
            told = from_file(given.take.read_bytes())
            workspace.define(workspace.settings.with_all(told), _who())
        except (OSError, TendError) as error:
            raise WrongUseError(error) from error
    return 0


def _set(given: argparse.Namespace) -> int:
    with open_workspace(given.workspace) as workspace:
        try:
            value = json.loads(given.value)
        except ValueError:
            value = given.value
        try:
            workspace.set(given.key, value, _who())
        except TendError as error:
            if error.code in ("unknown_setting", "bad_setting"):
                raise WrongUseError(error) from error
            raise
        return 0


def _sample(given: argparse.Namespace) -> int:
    from tend import sample  # slow to load, and no other command needs it

    written = sample.write(
        given.directory,
        customers=given.customers,
        years=given.years,
        seed=given.seed,
        language=given.language,
        messy=given.messy,
    )
    print("\n".join(map(output.line, written)))
    return 0


def _day(value: str) -> date:
    if found := read_day(value):
        return found
    raise argparse.ArgumentTypeError(str(TendError("bad_date", value=value)))


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
                one["dataset"], {str(k): str(v) for k, v in one["columns"].items()}
            )
            for sheet, one in told.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WrongUseError(TendError("bad_mapping", file=path, why=error)) from error
    if unknown := {one.dataset for one in chosen.values()} - DATASETS.keys():
        raise WrongUseError(TendError("bad_mapping", file=path, why=", ".join(unknown)))
    return chosen


def _dimension(name: str, known: Sequence[str]) -> str:
    for dimension in known:
        if dimension.lower() == name.strip().lower():
            return dimension
    raise WrongUseError(TendError("unknown_dimension", name=name, known=", ".join(known)))


def _language(workspace: Workspace) -> str:
    return "zh" if workspace.settings.language == "zh" else "en"


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
