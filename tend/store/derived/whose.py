"""Whose a table's rows are: which of them a scope sees, and which of its cells it does not.

It follows from the table's columns. A table of which nothing says whose its rows are is EMPTY for
who sees some customers only. For who sees no persons a cell that names one is a sign, a text that
may name anybody is left out, and so is a column that nobody knows.
"""

import re
from collections.abc import Collection, Mapping

from tend.people.person import Scope
from tend.schema import DATASETS, private_columns
from tend.settings.customer_lists import LOOKS
from tend.store.database.connection import CATALOGUE

EMPTY = "false"
HIDDEN = "***"
_SIGN = re.compile(r"\*\*\*( [0-9a-f]{8})?")
# Named here are the views of a scope's catalogue that say what is in it.
MINE, CONTRACTS, WAYS, OWN, SHEETS, SIGNS, NAMES = (
    f"{what}_in_scope"
    for what in ("customers", "contracts", "ways", "own", "sheets", "signs", "names")
)
# What holds no row of any customer: definitions, limits learned from all, days and versions.
COMMON = frozenset(
    {
        *("workspace_version", "migrations"),
        *("staging_fingerprint", "changed_in_place", "changed_on_days"),
        *("health_definition", "health_indicators", "health_inputs", "health_levels"),
        *("satisfaction_limits", "reach", "stg_month_ends"),
        *("erasures", "erased_marks", "erased_salt", "erased_uploads"),
    }
)
_MY = f"(select customer_id from {{facts}}.{MINE})"
_MY_CONTRACTS = f"(select contract_id from {{facts}}.{CONTRACTS})"
_MY_IMPORTS = f"(select import_id from {{facts}}.{OWN})"
_TOLD_IN = f"(select import_id from {{facts}}.{SHEETS})"
# What names no customer is of who wrote it.
_BY_AUTHOR = (
    "customer_id is null and list_has_any(list_transform(sources, lambda one: one.import_id),"
    f" (select coalesce(list(import_id), []) from {{facts}}.{OWN}))"
)
# Rows name a customer as their file does: who is meant is told by `stg_identities`.
_BY_NAME = (
    f"exists (from {{facts}}.{WAYS} as meant"
    " where meant.given_id is not distinct from told.customer_id"
    " and meant.name_key is not distinct from told.name_key)"
)
_BY_IMPORT = f"import_id in {_TOLD_IN} or import_id in {_MY_IMPORTS}"
# What one's own file said when it was read; what Tend holds beside it is of the whole workspace.
_OF_OWN_FILES = f"import_id in {_MY_IMPORTS}"
# How tables are held that their columns do not tell: each with the reason.
_BY_TABLE = {
    **dict.fromkeys(("sheets", "sheet_datasets", "stg_sheets"), _BY_IMPORT),
    # who has pinned a page says so to all who see it
    "imports": f"{_BY_IMPORT} or import_id in (select version from {{facts}}.stg_notebooks)",
    # how others look at customers, and at whom they begin
    **dict.fromkeys(("settings", "settings_history"), f"key not in {LOOKS}"),
    "rejected_rows": _OF_OWN_FILES,
    # a warning that has no column was found beside the file: it is told of one's own contracts
    "problems": f"({_OF_OWN_FILES} and header is not null) or (header is null and exists ("
    "from (select unnest(sources) as one from {facts}.stg_contracts) as of_mine where"
    " of_mine.one.import_id = told.import_id and of_mine.one.sheet_no = told.sheet_no"
    " and of_mine.one.row_no = told.row_no))",
    "customer_merges": f"into_id in {_MY}",
    "customers_apart": f"customer_id in {_MY} and other_id in {_MY}",
    "stg_mentions": _BY_NAME,
    # the calendar of meetings is everybody's: what was said in them is not
    "stg_decisions": f"customer_id in {_MY} or ({_BY_AUTHOR})"
    " or (customer_id is null and decision_kind = 'meeting'"
    " and decision_id = 'meeting-' || decided_on)",
    "meeting_notes": "decision_id in (select decision_id from {facts}.stg_decisions)",
    "stg_notebooks": "notebook_state = 'pinned' or notebook_id in (select notebook_id"
    f" from {CATALOGUE}.rows_notebooks where import_id in {_MY_IMPORTS})",
    "rows_notebooks": f"import_id in {_MY_IMPORTS}"
    " or import_id in (select version from {facts}.stg_notebooks)",
    # what is usual in an industry names it
    "health_limits": "industry is null or industry in (select industry from {facts}.stg_customers)",
}
# By the first of these columns that a table has.
_BY_COLUMN = {
    "customer_id": f"customer_id in {_MY}",
    "contract_id": f"contract_id in {_MY_CONTRACTS}",
    "predecessor_id": f"predecessor_id in {_MY_CONTRACTS}",
}
# Rows of these may name no customer, but a contract, or a fact that is there.
_BY_NUMBER = ("stages", "calls", "decisions", "tasks")
# Of these no column but a row says whether it may tell of persons: cells as a file has them.
_OF_NO_PERSON = {
    "problems": "header is null",
    "stg_spellings": "dimension in ("
    + ", ".join(f"'{one}'" for of in ("customers", "contracts") for one in DATASETS[of].columns)
    + ")",
}
_OF_PEOPLE = frozenset({"people", "people_domains"})
# What staging makes of personal cells.
_MADE_OF_PERSONAL = ("person",)
# A name of one letter stands in any text.
_SHORTEST = 2
# What names columns of a customer's that no data set knows: their cells may be of anybody.
_OF_UNKNOWN = {
    "extra": "map {}::map(varchar, varchar)",
    "labels": "struct_update(labels, extra := map {}::map(varchar, varchar))",
    "keys": "{'dimensions': keys.dimensions[: len(keys.dimensions) - cardinality(labels.extra)],"
    " 'labels': keys.labels[: len(keys.labels) - cardinality(labels.extra)]}",
}
# What a sheet says besides its rows: how somebody called it, and its headers.
_OF_SHEETS = {"name": "'***'", "headers": "[]", "unused": "[]", "mapping": "map {}"}


def which(table: str, columns: Collection[str], scope: Scope, facts: str) -> str:
    """Give the condition for the rows of a table (called `told`) that a scope sees."""
    if table in _OF_PEOPLE or (scope.is_masked and table == "rejected_rows"):
        return EMPTY  # who may come in; cells as a file has them
    if scope.csms is None:
        return _OF_NO_PERSON.get(table, "true") if scope.is_masked else "true"
    return "true" if table in COMMON else _whose(table, {*columns}).format(facts=facts)


def _whose(table: str, columns: Collection[str]) -> str:
    if table in _BY_TABLE:
        return _BY_TABLE[table]
    if _is_raw(table):
        return _of_rows(columns)
    told = next((how for column, how in _BY_COLUMN.items() if column in columns), EMPTY)
    return f"{told} or ({_BY_AUTHOR})" if {"customer_id", "sources"} <= {*columns} else told


def _of_rows(columns: Collection[str]) -> str:
    unnamed = [f"import_id in {_MY_IMPORTS}"]
    if "contract_id" in columns:
        unnamed.append(f"contract_id in {_MY_CONTRACTS}")
    nobody = "told.customer_id is null and told.name_key is null"
    return f"{_BY_NAME} or ({nobody} and ({' or '.join(unnamed)}))"


def cells(table: str, columns: Collection[str], scope: Scope, facts: str, secret: str) -> str:
    """Give what is selected of a table's columns: what a scope does not see is a sign."""
    hidden: dict[str, str] = {}
    if scope.is_masked:
        hidden |= _without_persons(table, columns, secret)
    if scope.csms is not None and table == "sheets":
        seen = (
            f"(import_id, sheet_no) in (select (import_id, sheet_no) from {facts}.{SHEETS})"
            f" or import_id in (select import_id from {facts}.{OWN})"
        )
        hidden |= {one: f"if({seen}, {one}, {other})" for one, other in _OF_SHEETS.items()}
    said = ", ".join(f"{how} as {one}" for one, how in hidden.items())
    return f"told.* replace ({said})" if said else "told.*"


def _without_persons(table: str, columns: Collection[str], secret: str) -> dict[str, str]:
    """Give what is selected of columns that may tell of persons."""
    private = {**private_columns(), **dict.fromkeys(_MADE_OF_PERSONAL, "person")}
    hidden = {one: how for one, how in _OF_UNKNOWN.items() if one in columns}
    for one in columns:
        match private.get(one):
            case "person":
                hidden[one] = sign(one, secret)
            case "text":
                hidden[one] = "null::varchar"
            case "work":
                hidden[one] = _unless_named(one, table)
    return hidden


def _unless_named(column: str, table: str) -> str:
    """Give what the team has said where it names nobody who is known at its customer.

    A file's own row says its customer in any way: of it nothing is told.
    """
    is_named = f"len(list_filter(known_names, lambda one: contains(plain({column}), one))) > 0"
    is_hidden = f"{column} is not null" if _is_raw(table) else is_named
    return f"if({is_hidden}, '{HIDDEN}', {column})"


def beside(table: str, columns: Collection[str], scope: Scope, facts: str) -> str:
    """Give what a table is joined with: the persons known at its customer; of none, at any."""
    is_work = any(private_columns().get(one) == "work" for one in columns)
    if not scope.is_masked or not is_work or _is_raw(table):
        return ""
    return f" left join {facts}.{NAMES} as known on known.known_at is not distinct from customer_id"


def _is_raw(table: str) -> bool:
    return table.startswith("rows_")


def is_hidden(value: object, scope: Scope) -> bool:
    """Tell whether a value is what a scope sees instead of one: nothing to be kept, or compared."""
    return scope.is_masked and isinstance(value, str) and _SIGN.fullmatch(value) is not None


def sign(column: str, secret: str) -> str:
    """Give the sign of a person: always the same for one, so that counts of people stay."""
    return f"if({column} is null, null, '{HIDDEN} ' || left(md5('{secret}' || plain({column})), 8))"


def named(scope: Scope, facts: str, secret: str) -> Mapping[str, str]:
    """Give the views that say what is in a scope, each after those it reads."""
    csms = "true" if scope.csms is None else f"folded(csm) in ({_folded(scope.csms)})"
    mine = f"(select customer_id from {facts}.{MINE})"
    is_own = f"who = {_text(scope.author)}" if scope.author else EMPTY
    return {
        MINE: f"select customer_id from {CATALOGUE}.stg_customers where {csms}",
        CONTRACTS: f"select contract_id from {CATALOGUE}.stg_contracts where customer_id in {mine}",
        WAYS: f"select given_id, name_key from {CATALOGUE}.stg_identities"
        f" where customer_id in {mine}",
        OWN: f"select import_id from {CATALOGUE}.imports where {is_own}",
        SHEETS: f"select import_id, sheet_no from {CATALOGUE}.stg_mentions as told where "
        + _BY_NAME.format(facts=facts)
        + "".join(
            f" union select unnest(sources).import_id, unnest(sources).sheet_no"
            f" from {CATALOGUE}.stg_{dataset} where customer_id in {mine}"
            for dataset in _BY_NUMBER
        ),
        NAMES: "select customer_id as known_at, list(distinct plain(name)) as known_names from ("
        f"select customer_id, key_contact as name from {CATALOGUE}.stg_customers"
        f" union all select customer_id, respondent from {CATALOGUE}.stg_surveys)"
        f" where length(plain(name)) >= {_SHORTEST} group by grouping sets ((customer_id), ())",
        SIGNS: f"select {sign('respondent', secret)} as shown, any_value(plain(respondent)) as name"
        f" from {CATALOGUE}.stg_surveys where respondent is not null group by shown",
    }


def _folded(words: Collection[str]) -> str:
    return ", ".join(f"folded({_text(word)})" for word in words) or "null"


def _text(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"
