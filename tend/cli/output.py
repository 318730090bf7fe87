"""How commands print: tables for people, CSV and JSON for scripts, Markdown for the docs."""

import csv
import json
import math
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa

from tend.ingest.results import Problem, Question
from tend.language import format, text
from tend.queries.kinds import KINDS
from tend.queries.library import Column, Query
from tend.settings.company import Settings
from tend.store.facts.reports import ImportReport, SheetReport

_PROBLEMS_SHOWN = 5


def print_json(told: object) -> None:
    """Print one JSON value: dates in ISO, full precision, never NaN."""
    written = json.dumps(told, ensure_ascii=False, default=plain, allow_nan=False, indent=2)
    print(format.printable(written))


def print_rows(rows: pa.Table, how: str) -> None:
    """Print the rows of a query as table, csv or json."""
    found = [{name: plain(value) for name, value in row.items()} for row in rows.to_pylist()]
    if how == "json":
        print_json(found)
    elif how == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(map(_safe, rows.column_names))
        writer.writerows(map(_safe, row.values()) for row in found)
    else:
        print(table(found, rows.column_names))


def table(rows: Sequence[Mapping[str, object]], names: Sequence[str] | None = None) -> str:
    """Lay rows out in columns; wide characters count twice."""
    header = list(names or (rows[0] if rows else ()))
    lines = [list(map(line, header)), *([_shown(row.get(name)) for name in header] for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    )


def import_text(report: ImportReport, language: str) -> str:
    """Tell what an import did, or why it was refused: sheet by sheet, all that the JSON tells."""
    if report.error is not None:
        lines = [line(f"{report.file}: {report.error.message(language)}")]
    else:
        told = text.say("cli.unchanged" if report.unchanged else "cli.imported", language)
        lines = [line(f"{report.file}: {told} (#{report.import_id})")]
    for sheet in report.sheets:
        lines += _sheet_lines(sheet, language)
    return "\n".join(lines)


def _sheet_lines(sheet: SheetReport, language: str) -> list[str]:
    """Tell of one sheet: counts, columns, what is missing, what was noticed, decided, asked."""
    if sheet.dataset is None:
        why = text.say(f"problems.{sheet.reason}", language)
        told = text.say("cli.not_read", language, sheet=sheet.sheet, rows=sheet.rows, why=why)
        return ["  " + line(told), *_unused(sheet, language)]
    named = {**sheet.as_json(language), "dataset": text.say(f"datasets.{sheet.dataset}", language)}
    lines = ["  " + line(text.say("cli.sheet", language, **named))]
    used = ", ".join(f"{header} = {column}" for header, column in sheet.mapping.items())
    lines.append("    " + line(text.say("cli.columns", language, columns=used)))
    if lacking := sheet.missing(language):
        said = format.listed(list(lacking), language)
        lines.append("    " + line(text.say("cli.missing", language, columns=said)))
    lines += [*_unused(sheet, language), *_problem_lines(sheet.problems, language)]
    for one in sheet.decisions:
        where = f"{one.header}: " if one.header else ""
        said = where + one.message(language)
        lines.append("    " + line(text.say("cli.decision", language, said=said)))
    return lines + _question_lines(sheet, language)


def _unused(sheet: SheetReport, language: str) -> list[str]:
    said = ", ".join(sheet.unused)
    return ["    " + line(text.say("cli.unused", language, columns=said))] if said else []


def _question_lines(sheet: SheetReport, language: str) -> list[str]:
    """Ask what was left open, with its answers, and say how to give one."""
    lines = []
    for one in sheet.questions:
        lines.append("    " + line(text.say("cli.question", language, said=one.message(language))))
        for answer in one.answers:
            taken = "cli.answer_given" if one.is_answered else "cli.answer_taken"
            key = taken if answer == one.taken else "cli.answer"
            said = text.say(key, language, code=answer, said=one.answer(answer, language))
            lines.append("      " + line(said))
    if sheet.questions:
        answers = {one.key: _to_say(one) for one in sheet.questions}
        told = {sheet.sheet: {"dataset": sheet.dataset, "answers": answers}}
        written = json.dumps(told, ensure_ascii=False)
        lines.append("    " + line(text.say("cli.how_to_answer", language, mapping=written)))
    return lines


def _to_say(one: Question) -> str:
    """Give the answer that stands, or another one where nobody has answered."""
    if one.is_answered:
        return one.taken
    return next(answer for answer in one.answers if answer != one.taken)


def _problem_lines(problems: Sequence[Problem], language: str) -> list[str]:
    """Tell the problems by kind, what was rejected first, of each kind the first few."""
    kinds: dict[tuple[str, str], list[Problem]] = {}
    for problem in sorted(problems, key=lambda problem: problem.severity):
        kinds.setdefault((problem.severity, problem.code), []).append(problem)
    lines = []
    for (severity, _), found in kinds.items():
        word = text.say(f"cli.{severity}", language)
        lines += [f"    {word} {line(one.message(language))}" for one in found[:_PROBLEMS_SHOWN]]
        if (more := len(found) - _PROBLEMS_SHOWN) > 0:
            lines.append("    " + text.say("cli.more", language, count=more))
    return lines


def query_as_json(query: Query) -> dict[str, object]:
    """Give what a named query says of itself."""
    return {
        "name": query.name,
        "question": query.question,
        "grain": query.grain,
        "key": list(query.key),
        "grouped_by": list(query.grouped_by),
        "parameters": {name: one.meaning for name, one in query.parameters.items()},
        "columns": {name: one.meaning for name, one in query.columns.items()},
        "kinds": {name: str(kind) for name, kind in query.kinds.items()},
    }


def query_text(known: Sequence[Query]) -> str:
    """List the named queries for a terminal."""
    return "\n\n".join(
        f"{query.name}: {query.question}\n  {query.grain}\n"
        f"  parameters: {', '.join(query.parameters) or '-'}\n  columns: {', '.join(query.columns)}"
        for query in known
    )


def query_index(known: Sequence[Query]) -> str:
    """Give the query index in Markdown, as it stands in queries/README.md."""
    kinds = [f"| {kind.name} | {kind.meaning} |" for kind in KINDS.values()]
    parts = [text.say("cli.index", "en"), "\n".join(["| Kind | What it is |", "|---|---|", *kinds])]
    for query in sorted(known, key=lambda query: query.name):
        parts.append(
            f"## {query.name}\n\n{query.question} {query.grain[:1].upper()}{query.grain[1:]}."
        )
        for title, entries in (("Parameter", query.parameters), ("Column", query.columns)):
            if entries:
                lines = [f"| {title} | Kind | Meaning |", "|---|---|---|"]
                lines += [_entry(query, name, one) for name, one in entries.items()]
                parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _entry(query: Query, name: str, column: Column) -> str:
    """Give a line of the index; parts of the key in bold."""
    shown = (
        f"**`{name}`**" if column is query.columns.get(name) and name in query.key else f"`{name}`"
    )
    optional = ", optional" if column.is_optional else ""
    return f"| {shown} | {column.kind}{optional} | {column.meaning} |"


def settings_rows(settings: Settings) -> list[dict[str, object]]:
    """List the settings with value and meaning."""
    return [
        {"key": key, "value": value, "meaning": type(settings).model_fields[key].description}
        for key, value in settings.model_dump(mode="json").items()
    ]


def settings_reference(settings: Settings) -> str:
    """Give the settings in Markdown, as they stand in docs/settings.md."""
    lines = [
        text.say("cli.settings_reference", "en"),
        "",
        "| Key | Default | Meaning |",
        "|---|---|---|",
    ]
    for row in settings_rows(settings):
        value = json.dumps(row["value"], ensure_ascii=False)
        lines.append(f"| `{row['key']}` | `{value}` | {row['meaning']} |")
    return "\n".join(lines)


def plain(value: object) -> object:
    """Give a value as JSON can hold it, those inside of lists too: dates in ISO, never NaN."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _shown(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    return line(value)


def line(told: object) -> str:
    """Give what is told as one line that no terminal obeys."""
    return format.printable(" ".join(str(told).split()))


def _safe(value: object) -> object:
    """Give a value as a CSV file may hold it: no text is a formula, none moves a terminal."""
    return format.harmless(format.printable(value)) if isinstance(value, str) else value


def _width(cell: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in cell)
