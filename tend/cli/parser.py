"""The words of every command, and what each runs."""

import argparse
import contextlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tend.cli import asking, defining, digest, exporting, home, importing, keeping, output, sql
from tend.cli.exports import review
from tend.cli.shared import day
from tend.cli.trust import auditing, erasing, people
from tend.figures.pages import PAGES
from tend.ingest.cells.dates import ORDERS
from tend.language import text
from tend.language.errors import TendError
from tend.schema import DATASETS


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

    def command(name: str, run: object, said: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, parents=[common], help=said, description=said)
        added.set_defaults(run=run)
        return added

    _import_arguments(
        command("import", importing.import_files, "put spreadsheets into the workspace")
    )
    added = command("status", importing.status, "show imports and data sets")
    added.add_argument("--json", action="store_true", help="print one JSON object")
    added = command("queries", asking.list_queries, "list the named queries")
    added.add_argument("--format", choices=("text", "json", "markdown"), default="text")
    _query_arguments(command("query", asking.ask, "run a named query"))
    added = command("sql", sql.ask, "answer one SELECT over the tables of docs/sql.md")
    added.add_argument("statement", metavar="SELECT", help="the statement; - reads it from input")
    _view_arguments(added)
    _format_argument(added)
    added = command("trace", asking.trace, "show the file, sheet and row behind a fact")
    added.add_argument("dataset", choices=tuple(DATASETS), metavar="DATASET", help="a data set")
    added.add_argument("key", metavar="KEY", help="contract or ticket id, else customer id")
    added.add_argument("--format", choices=("table", "csv", "json"), default="table")
    added = command("undo", importing.undo, "take an import back as if it had never been")
    added.add_argument(
        "import_id", type=int, metavar="IMPORT_ID", help="its number, as `status` shows it"
    )
    _keeping_commands(command)
    added = command("tasks", defining.tasks, "make the tasks that rules ask for, once per cause")
    added.add_argument("--as-of", type=day, metavar="DATE", help="the day to look from")
    added.add_argument("--dry-run", action="store_true", help="only show what would be made")
    added.add_argument("--format", choices=("table", "csv", "json"), default="table")
    added = command("entered", keeping.entered, "write what was entered in the app as a workbook")
    added.add_argument("file", type=Path, metavar="FILE", help="the .xlsx file to write")
    added.add_argument("--language", choices=("en", "zh"), help="of the headers")
    _export_arguments(command("export", exporting.export, "write pages or a notebook as a file"))
    _digest_arguments(command("digest", digest.digest, "print the week, or send it with --to"))
    added = command("settings", defining.settings, "show the company's definitions")
    added.add_argument("--format", choices=("text", "json", "markdown"), default="text")
    added.add_argument(
        "--take", type=Path, metavar="FILE", help="take over a file that --format json wrote"
    )
    added = command("set", defining.set_one, "change one of the company's definitions")
    added.add_argument("key", metavar="KEY", help="its name, as `settings` shows it")
    added.add_argument("value", metavar="VALUE", help="a number, a word, or JSON")
    people.arguments(command("people", people.run, "say who may come in where people sign in"))
    added = command("sample", _sample, "write a believable company as a spreadsheet")
    added.add_argument("directory", type=Path, metavar="DIR", help="where to write it")
    added.add_argument("--customers", type=int, default=240)
    added.add_argument("--years", type=int, default=3)
    added.add_argument("--seed", type=int, default=7)
    added.add_argument("--until", type=day, metavar="DATE", help="last day of its data; today")
    added.add_argument("--language", choices=("en", "zh"), default="en")
    added.add_argument("--messy", action="store_true", help="as the untidy files teams keep")
    return top


def _keeping_commands(command: Callable[[str, object, str], argparse.ArgumentParser]) -> None:
    """Add the commands that keep a workspace safe, sound and rid of who is to go."""
    added = command("backup", keeping.backup, "write the whole workspace into one file")
    added.add_argument("file", type=Path, metavar="FILE", help="the zip file to write")
    added = command("copies", keeping.list_copies, "list the daily copies, or make one")
    added.add_argument("--make", action="store_true", help="make one now, by the rule of Settings")
    added = command("restore", keeping.restore, "put a backup in the place of the workspace")
    added.add_argument("file", type=Path, metavar="FILE", help="a file of `backup` or `copies`")
    erasing.arguments(
        command("erase", erasing.erase, "erase a customer or a person for good"),
        command("erased", erasing.erased_list, "list who was erased, by number"),
    )
    home.arguments(command("home", home.run, "share a workspace between servers, or show its home"))
    command("verify", keeping.verify, "check that the workspace is sound")
    auditing.arguments(command("audit", auditing.show, "print who did what, when and from where"))


def _import_arguments(added: argparse.ArgumentParser) -> None:
    added.add_argument("files", nargs="*", type=Path, metavar="FILE", help="Excel, CSV, notebooks")
    added.add_argument(
        "--watch",
        type=Path,
        metavar="FOLDER",
        help="put in whatever spreadsheet comes into a folder or below it, until told to end; what"
        " is unclear waits on the Data page",
    )
    added.add_argument(
        "--settle",
        type=_seconds,
        default=10.0,
        metavar="SECONDS",
        help="how long a watched file has to stand still",
    )
    added.add_argument(
        "--rejected",
        type=_percent,
        default=5.0,
        metavar="PERCENT",
        help="with more rows rejected, a watched file waits; with --strict it waits with any",
    )
    added.add_argument(
        "--names",
        action="store_true",
        help="name watched files also where the output is no terminal, as in a log",
    )
    added.add_argument("--mode", choices=("merge", "replace"), default="merge")
    added.add_argument(
        "--dataset",
        action="append",
        default=[],
        metavar="SHEET=NAME",
        help="the data set of a sheet (of a CSV: its file name); repeatable",
    )
    added.add_argument("--date-order", choices=ORDERS, help="where dates do not decide it")
    added.add_argument(
        "--mapping",
        type=Path,
        metavar="FILE",
        help='JSON: {"SHEET": {"dataset": NAME, "columns": {HEADER: COLUMN},'
        ' "answers": {KEY: ANSWER}}}; remembered',
    )
    added.add_argument("--strict", action="store_true", help="import nothing if a row is rejected")
    added.add_argument("--json", action="store_true", help="print one JSON object")


def _seconds(value: str) -> float:
    return _between(value, 0.1, 3600)


def _percent(value: str) -> float:
    return _between(value, 0, 100)


def _between(value: str, least: float, most: float) -> float:
    """Read a number. Raises ArgumentTypeError."""
    with contextlib.suppress(ValueError):
        if least <= (number := float(value)) <= most:
            return number
    error = TendError("bad_number", value=value, least=f"{least:g}", most=f"{most:g}")
    raise argparse.ArgumentTypeError(str(error))


def _query_arguments(added: argparse.ArgumentParser) -> None:
    added.add_argument("name", metavar="NAME", help="its name, as `queries` shows it")
    _view_arguments(added)
    _format_argument(added)
    added.add_argument(
        "--exact", action="store_true", help="health of the very days, not of the month ends before"
    )
    added.add_argument(
        "--customer", dest="customer_id", metavar="ID", help="of the queries about one customer"
    )
    added.add_argument(
        "--contract", dest="contract_id", metavar="ID", help="of the queries about one contract"
    )


def _view_arguments(added: argparse.ArgumentParser) -> None:
    """Add what a view holds."""
    added.add_argument("--as-of", type=day, metavar="DATE", help="facts after it are unknown")
    added.add_argument("--from", dest="start", type=day, metavar="DATE", help="first day")
    added.add_argument("--to", dest="end", type=day, metavar="DATE", help="last day")
    added.add_argument("--group-by", metavar="DIM")
    added.add_argument("--split-by", metavar="DIM", help="the second dimension of a matrix")
    added.add_argument("--filter", action="append", default=[], metavar="DIM=VALUE")


def _format_argument(added: argparse.ArgumentParser) -> None:
    added.add_argument("--format", choices=("table", "csv", "json"), default="table")


def _export_arguments(added: argparse.ArgumentParser) -> None:
    ends = ", ".join(exporting.KINDS)
    added.add_argument("file", type=Path, metavar="FILE", help=f"its name says what: {ends}")
    of = added.add_mutually_exclusive_group()
    of.add_argument(
        "--notebook", metavar="NAME", help=".ipynb, .sql: a notebook, by its name or number"
    )
    of.add_argument("--page", choices=tuple(PAGES), help=".ipynb, .sql: all figures of a page")
    added.add_argument(
        "--pages",
        nargs="+",
        choices=tuple(PAGES),
        metavar="PAGE",
        help=f"review.html: which of {', '.join(PAGES)}; all, if left out",
    )
    _view_arguments(added)
    added.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="a notebook's parameter"
    )
    added.add_argument(
        "--language",
        choices=(*text.LANGUAGES, review.BOTH, *review.ORDERS),
        help="of texts and charts; review.html: both, if left out, or both in an order",
    )
    added.add_argument(
        "--no-names",
        action="store_true",
        help="review.html, weekly.*, minutes: customers and CSMs by numbers, no free text",
    )
    added.add_argument(
        "--template", type=Path, metavar="FILE", help=".pptx: your own, filled by its placeholders"
    )
    added.add_argument("--customer", metavar="ID", help="customer.pptx: whose review it is")
    added.add_argument(
        "--seen-by",
        metavar="ADDRESS",
        help="as one of the people sees it, not as whoever has the machine",
    )
    added.add_argument(
        "--internal",
        action="store_true",
        help="customer.pptx: with what stays in the house: health, ARR, chance, tasks",
    )
    added.add_argument("--link", metavar="BASE", help="minutes: where readers reach the app")


def _digest_arguments(added: argparse.ArgumentParser) -> None:
    added.add_argument(
        "--to",
        action="append",
        default=[],
        metavar="URL",
        help="a group robot or mail, as in docs/handouts.md; @FILE: one a line; repeatable",
    )
    added.add_argument("--as-of", type=day, metavar="DATE", help="the day to look from")
    added.add_argument("--csm", metavar="NAME", help="their own customers, and today's tasks")
    added.add_argument("--link", metavar="BASE", help="where readers reach the app, for links")
    added.add_argument("--language", choices=("en", "zh"))
    added.add_argument("--dry-run", action="store_true", help="print it, and send nothing")


def _sample(given: argparse.Namespace) -> int:
    from tend import sample  # slow to load, and no other command needs it

    written = sample.write(
        given.directory,
        until=given.until or date.today(),
        customers=given.customers,
        years=given.years,
        seed=given.seed,
        language=given.language,
        messy=given.messy,
    )
    print("\n".join(map(output.line, written)))
    return 0
