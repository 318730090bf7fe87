"""The page on SQL of one's own: tables, parameters, macros, functions, limits, what is refused."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tend.queries import library
from tend.queries.door import asking, exchange, names, vocabulary
from tend.queries.door.vocabulary import Table
from tend.settings.company import Settings
from tend.store.workspace import open_workspace

_LIMITS = ("door_seconds", "door_rows", "door_memory_mb")
_LONGEST_TYPE = 40
_OPERATORS = "operators"

_BEGINNING = """\
# SQL of your own

Written by `make docs` from `tend/queries/door` and `tend/language/en/notebook/vocabulary.toml`.

The notebook and `python -m tend sql "SELECT ..."` answer one SELECT in DuckDB's SQL over the
tables below, as they are on the as-of date. The statement runs in a process of its own, on a copy
that holds nothing but the tables it names, so that it can change nothing, reach no file, and hold
up nobody.

```sql
select source_channel, count(*) as contracts, avg(is_renewed::int) as renewal_rate
from renewals
join customers using (customer_id)
join contract_dimensions using (contract_id)
where is_decided and end_date between $first_day and $last_day and is_in_filters($filters, keys)
group by source_channel
order by contracts desc
```

```
python -m tend sql "SELECT ..." --as-of 2026-06-30 --filter industry=retail --format csv
python -m tend sql - < question.sql
```

Every named query (`python -m tend queries`) runs as it stands in `queries/metrics`. The rows of
an answer are those of the statement: `$filters`, `$first_day` and the others do nothing unless it
names them."""

_REFUSED = """\
## What is refused

- anything but one SELECT: no change, no `COPY`, `ATTACH`, `SET`, `PRAGMA`, `CALL`, `INSTALL`, no
  second statement;
- files, addresses and other databases, `read_csv` and its like;
- system tables and schemas, `SHOW`, `DESCRIBE`, `SUMMARIZE`, settings, environment, secrets;
- functions that are not listed above, and SQL hidden in texts (`query`, `query_table`,
  `json_execute_serialized_sql`);
- a `PIVOT` that has to look at the data first: write `FROM t PIVOT (sum(arr) FOR tier IN ('core',
  'basic'))`;
- what is nested over 1,000 deep, {characters} characters long, or gives over {columns} columns or
  {mb} MB.

Each is told in one sentence, with line and column where the parser knows them; the command then
exits with 1. Two questions are answered at a time, of one asker one; others wait. Who asked what,
when, and what came of it is a line of [the log](audit.md).

Whole numbers come back as numbers, fractions as doubles; intervals, times, bytes and enums as
text; of two columns of one name the second gets a number. What is infinite or not a number is
null in JSON and CSV."""


def page() -> str:
    """Describe the door."""
    return "\n\n".join(
        [_BEGINNING, _limits(), "## Tables", *_tables(), *_parameters(), *_macros(), _refused()]
    )


def _limits() -> str:
    fields = Settings.model_fields
    lines = [
        f"| `{key}` | `{fields[key].default}` | {fields[key].description} |" for key in _LIMITS
    ]
    return "\n".join(["## Limits", "", "| Setting | Default | Meaning |", "|---|---|---|", *lines])


def _tables() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, open_workspace(Path(folder)) as workspace:
        found = vocabulary.vocabulary(workspace)
    yield from map(_table, found)
    others = (f"`{name}`" for name in sorted({*names.model()} - {*vocabulary.OFFERED}))
    yield f"Named queries also read {', '.join(others)}, and tables of the workspace: `tend.NAME`."


def _table(table: Table) -> str:
    lines = [f"| `{name}` | {_type(kind)} | {meaning} |" for name, kind, meaning in table.columns]
    head = [f"### {table.name}", "", f"{table.grain}.", "", "| Column | Type | Meaning |"]
    return "\n".join([*head, "|---|---|---|", *lines])


def _type(kind: str) -> str:
    """Give a type in lower case; of a structure, its name alone."""
    written = kind if len(kind) <= _LONGEST_TYPE else kind.partition("(")[0]
    return written.lower()


def _parameters() -> Iterator[str]:
    lines = [f"| `${name}` | {one.meaning} |" for name, one in library.shared().items()]
    yield "\n".join(["## Parameters", "", "| Parameter | Meaning |", "|---|---|", *lines])
    yield "All settings are parameters, too, by their names: `$grace_days` (docs/settings.md)."


def _macros() -> Iterator[str]:
    tables, scalars = (
        [f"`{name}({given})`" for name, given in sorted(names.macros().items()) if kind(name)]
        for kind in (names.is_table, names.is_scalar)
    )
    yield "## Macros\n\nWhat the model computes with; what each does stands in `queries/model`."
    yield f"Tables with arguments: {', '.join(tables)}."
    yield f"Values: {', '.join(scalars)}."
    yield "## Functions\n\nOf DuckDB's functions these may be called, and all operators:"
    groups = {name: of for name, of in vocabulary.FUNCTIONS.items() if name != _OPERATORS}
    yield "\n".join(
        f"- {group}: {', '.join(f'`{one}`' for one in of)}" for group, of in groups.items()
    )


def _refused() -> str:
    return _REFUSED.format(
        characters=f"{asking.MOST_CHARACTERS:,}",
        columns=exchange.MOST_COLUMNS,
        mb=asking.ANSWER_BYTES // 1024**2,
    )
