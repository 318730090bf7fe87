"""The named queries: the files of `queries/metrics`, each with what its header says of it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import duckdb

from tend.language.errors import TendError
from tend.queries import kinds
from tend.queries.kinds import Kind
from tend.settings.company import Settings
from tend.store.derived import sqlfiles
from tend.store.derived.sqlfiles import SqlFile
from tend.view import PERIODS, YEAR

_DIMENSIONS = "dimensions"
_LINE = re.compile(r"-- (question|grain|key|grouped by|scored): (.+)")
_PART = re.compile(r"-- (parameters|columns):")
_ENTRY = re.compile(r"--   (\w+)(?: \(([^)]+)\))?: (.+)")
_OPTIONAL = ", optional"
_OR_NULL = " or null"
# The key of a query whose rows may be alike.
_NO_KEY = "none"
# How a grain begins where there may be several rows.
_MANY = "one row per"


@dataclass(frozen=True)
class Column:
    """One column of an answer, or one parameter: what it holds and what it means."""

    kind: Kind
    meaning: str
    # Of a parameter: null leaves the answer as it is. Of a part of the key: null is a value of it.
    is_optional: bool = False


@dataclass(frozen=True)
class Query:
    """One named query: what it answers, one row per what, and its SQL."""

    name: str
    question: str
    grain: str
    # The columns that tell rows apart, and whether one may be null; none: one row at most.
    key: Mapping[str, bool]
    grouped_by: tuple[str, ...]
    # Days of a view on which health is scored for it, month ends or between (M34).
    scored: tuple[str, ...]
    parameters: Mapping[str, Column]
    columns: Mapping[str, Column]
    sql: str

    @property
    def has_no_key(self) -> bool:
        """Tell whether rows may be alike: two touches of a day that say the same."""
        return not self.key and _MANY in self.grain

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """Give what each column holds."""
        return {name: column.kind for name, column in self.columns.items()}

    def is_grouped_by(self, dimension: str) -> bool:
        """Tell whether the query takes this dimension as group-by."""
        is_period = dimension in (*PERIODS, YEAR)
        is_any = _DIMENSIONS in self.grouped_by and not is_period
        return is_any or dimension in self.grouped_by


@dataclass(frozen=True)
class Header:
    """What stands in the comment that begins a query's file."""

    lines: Mapping[str, str]
    parameters: Mapping[str, tuple[str | None, str]]
    columns: Mapping[str, tuple[str | None, str]]

    @property
    def scored(self) -> tuple[str, ...]:
        """Give the days of a view on which health is scored for it."""
        return _listed(self.lines.get("scored", ""))

    @property
    def optional(self) -> tuple[str, ...]:
        """Name the parameters that may be left out."""
        return tuple(name for name, (kind, _) in self.parameters.items() if _is_optional(kind))


@cache
def queries() -> Mapping[str, Query]:
    """Give all named queries. Raises TendError where a header and its SQL disagree."""
    return MappingProxyType({file.name: parse(file) for file in sqlfiles.files("metrics")})


def find(name: str) -> Query:
    """Give the query of that name. Raises TendError for an unknown one."""
    try:
        return queries()[name]
    except KeyError:
        raise TendError("unknown_query", name=name, known=", ".join(queries())) from None


@cache
def shared() -> Mapping[str, Column]:
    """Give the parameters that a view gives to every query: they are said once."""
    text = (sqlfiles.FOLDER / "parameters.toml").read_text(encoding="utf-8")
    return {name: _column(**said) for name, said in tomllib.loads(text).items()}


def lineage(name: str) -> tuple[SqlFile, ...]:
    """Give the query's file and the model and staging files behind it, nearest first."""
    wanted = [file(name)]
    for layer in ("model", "kept", "staging"):
        wanted += reversed(sqlfiles.behind(layer, wanted))
    return tuple(wanted)


def file(name: str) -> SqlFile:
    """Give the file of a named query."""
    return SqlFile(name, find(name).sql)


def parse(file: SqlFile) -> Query:
    """Read a query file's header and hold it against the statement's own parameters."""
    told = header(file.sql)
    try:
        query = Query(
            file.name,
            told.lines["question"],
            told.lines["grain"],
            _key(told.lines.get("key", "")),
            _listed(told.lines.get("grouped by", "")),
            told.scored,
            _parameters(file, told),
            {name: _column(*said) for name, said in told.columns.items()},
            file.sql,
        )
    except KeyError as error:
        raise TendError("query_header", file=file.name, why=f"lacks {error}") from None
    if why := _untrue(query, told):
        raise TendError("query_header", file=file.name, why=why)
    return query


def header(sql: str) -> Header:
    """Read the lines of the header: it ends with the first that is none of them."""
    lines: dict[str, str] = {}
    parts: dict[str, dict[str, tuple[str | None, str]]] = {"parameters": {}, "columns": {}}
    part = ""
    for line in sql.splitlines():
        if found := _LINE.fullmatch(line):
            lines[found[1]] = found[2]
        elif found := _PART.fullmatch(line):
            part = found[1]
        elif part and (found := _ENTRY.fullmatch(line)):
            parts[part][found[1]] = (found[2], found[3])
        else:
            break
    return Header(lines, **parts)


def _listed(written: str) -> tuple[str, ...]:
    return tuple(written.split(", ")) if written else ()


def _key(written: str) -> Mapping[str, bool]:
    names = [] if written in ("", _NO_KEY) else written.split(", ")
    return {name.removesuffix(_OR_NULL): name.endswith(_OR_NULL) for name in names}


def _column(kind: str | None, meaning: str) -> Column:
    return Column(kinds.read((kind or "").removesuffix(_OPTIONAL)), meaning, _is_optional(kind))


def _is_optional(kind: str | None) -> bool:
    return kind is not None and kind.endswith(_OPTIONAL)


def _parameters(file: SqlFile, header: Header) -> Mapping[str, Column]:
    """Give what the statement takes: what the header does not say is said once for all queries."""
    found: dict[str, Column] = {}
    for name in sorted(duckdb.extract_statements(file.sql)[0].named_parameters, key=_order):
        kind, meaning = header.parameters.get(name, (None, ""))
        found[name] = _column(kind, meaning) if kind else _shared(name, meaning)
    return found


def _order(name: str) -> tuple[int, str]:
    """Order parameters: those of a view as they are listed, then those of settings and its own."""
    listed = list(shared())
    return (listed.index(name) if name in listed else len(listed), name)


def _shared(name: str, meaning: str) -> Column:
    """Give a parameter that a view or the settings give, with what it means in one query."""
    if name in shared():
        return Column(shared()[name].kind, meaning or shared()[name].meaning)
    field = Settings.model_fields.get(name)
    if field is None:
        raise KeyError(name)
    return Column(kinds.read("setting"), meaning or str(field.description))


def _untrue(query: Query, header: Header) -> str:
    """Say what in a header is not so, nothing where all of it is."""
    if len(duckdb.extract_statements(query.sql)) != 1:
        return "more than one statement"
    if surplus := header.parameters.keys() - query.parameters.keys():
        return f"parameters {sorted(surplus)} that the statement does not take"
    if ("group_by" in query.parameters) != bool(query.grouped_by):
        return "$group_by and what rows are grouped by"
    if surplus := query.key.keys() - query.columns.keys():
        return f"a key of {sorted(surplus)}, which are no columns"
    if (_MANY in query.grain and "key" not in header.lines) or not query.columns:
        return "columns, and a key where there may be several rows"
    return ""
