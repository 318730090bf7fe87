"""Write the references that the code itself knows: `make docs`. A test holds them to be true."""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

from docs import licences, performance, roles, rooms, sql
from tend import schema
from tend.cli import output
from tend.cli.parser import parser as all_commands
from tend.queries import library
from tend.schema import Column, DataSet
from tend.settings.company import Settings

ROOT = Path(__file__).parents[1]
SYNONYMS_SHOWN = 6
MADE = "Written by `make docs` from"


def pages() -> Mapping[str, str]:
    """Give every generated page: path from the root -> text."""
    return {
        "queries/README.md": output.query_index(list(library.queries().values())) + "\n",
        "docs/settings.md": output.settings_reference(Settings()) + "\n",
        "docs/commands.md": commands() + "\n",
        "docs/data-sets.md": data_sets() + "\n",
        "docs/sql.md": sql.page() + "\n",
        "docs/roles.md": roles.page(),
        "docs/licences.md": licences.page(),
        "docs/rooms.md": rooms.page(),
        "docs/rooms.svg": rooms.picture() + "\n",
        **performance.pages(),
    }


def commands() -> str:
    """Describe every command with its arguments."""
    parts = [
        "# Commands",
        f"{MADE} `tend/cli/parser.py`. All take `--workspace DIR`; without it the environment's "
        "`TEND_WORKSPACE` counts, then the folder `workspace/`. `TEND_THREADS` says how many "
        "processors the database may use; left out, all of them. `TEND_MEMORY_MB` says how much "
        "memory; left out, the setting `database_memory_mb` counts.",
        "Exit codes: 0 all in, 1 refused or unknown, 2 wrong use.",
    ]
    for name, parser in subcommands(all_commands()).items():
        parts.append(f"## `python -m tend {name}`\n\n{sentence(parser.description or '')}")
        rows = [_argument(action) for action in own_arguments(parser)]
        if rows:
            parts.append("\n".join(["| Argument | Meaning |", "|---|---|", *rows]))
    return "\n\n".join(parts)


def subcommands(parser: argparse.ArgumentParser) -> Mapping[str, argparse.ArgumentParser]:
    """Give the commands of the parser by name."""
    found: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, one in action.choices.items():
                found |= {f"{name} {of}": inner for of, inner in subcommands(one).items()} or {
                    name: one
                }
    return found


def own_arguments(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Give a command's arguments, without those that all commands take."""
    for action in parser._actions:
        if action.dest not in ("help", "workspace"):
            yield action


def sentence(text: str) -> str:
    """Begin with a capital and end with a full stop."""
    return text[:1].upper() + text[1:].rstrip(".") + "."


def _argument(action: argparse.Action) -> str:
    shown = str(action.metavar or action.dest.upper())
    if action.choices:
        shown = "|".join(map(str, action.choices))
    flag = action.option_strings[0] if action.option_strings else ""
    name = flag if flag and action.nargs == 0 else f"{flag} {shown}".strip()
    meaning = [sentence(action.help)] if action.help else []
    if action.default not in (None, False, [], argparse.SUPPRESS) and action.option_strings:
        meaning.append(f"Default: {action.default}.")
    cell = name.replace("|", "\\|")
    return f"| `{cell}` | {' '.join(meaning)} |"


def data_sets() -> str:
    """Describe the eight data sets, with the first of the headers that are understood."""
    parts = [
        "# Data sets",
        f"{MADE} `tend/schema/datasets.toml`, which holds every header that is understood, in "
        "English and Chinese. Width, case, spaces, punctuation and units in brackets do not "
        "matter; nor does the order of columns or the name of a sheet. `*` marks what a row "
        "needs: its customer by id or by name, and the columns so marked.",
    ]
    return "\n\n".join([*parts, *map(_data_set, schema.DATASETS.values())])


def _data_set(data_set: DataSet) -> str:
    key = " + ".join(data_set.key)
    own = f"{data_set.id}, else " if data_set.id else ""
    labels = [f"`{name}`" for name in data_set.one_of]
    one_of = f" A row also needs {', '.join(labels[:-1])} or {labels[-1]}." if labels else ""
    return "\n".join(
        [
            f"## {data_set.name} {data_set.label['zh']}",
            "",
            f"Same fact: same {own}{key}.{one_of}",
            "",
            "| Column | Type | Headers, for instance |",
            "|---|---|---|",
            *(_column(c, data_set) for c in data_set.columns.values()),
        ]
    )


def _column(column: Column, data_set: DataSet) -> str:
    words = [
        word.replace("|", "\\|")
        for language in ("en", "zh")
        for word in column.headers.get(language, ())[:SYNONYMS_SHOWN]
    ]
    star = "*" if column.needed or column.name in data_set.named_by else ""
    return f"| `{column.name}`{star} | {column.kind.name} | {', '.join(words)} |"


def main() -> None:
    """Write every generated page."""
    for name, text in pages().items():
        (ROOT / name).write_text(text, encoding="utf-8")
        print(name)


if __name__ == "__main__":
    main()
