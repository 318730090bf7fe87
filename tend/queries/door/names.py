"""What a statement may name: tables of the model, those behind it, macros, and functions."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from tend.store.derived import sqlfiles
from tend.store.derived.sqlfiles import SqlFile

# What stands behind the model goes by the name of the workspace: tend.stg_contracts.
BEHIND = "tend"
_BEHIND = re.compile(rf"\b{BEHIND}\.(\w+)")
_MACRO = re.compile(r"create or replace macro (\w+)\(([^)]*)\)")
_LAYERS = ("model", "metrics")
# The tables of health as scored for a day between month ends, where a header asks for that (M34).
SCORED = ("health_months", "health_contracts")
_OF_FITS = ("sbg_fit", "sbg_projected", "kaplan_meier")


def folded(name: str) -> str:
    """Give a name as DuckDB compares it: of capitals only A to Z are the same as small letters."""
    return name.encode().lower().decode()


@cache
def model() -> Mapping[str, SqlFile]:
    """Give the files of the model that make a table."""
    return _of_model(is_macro=False)


@cache
def table_macros() -> Mapping[str, SqlFile]:
    """Give the files of the model that make a macro, most of them a table with parameters."""
    return _of_model(is_macro=True)


@cache
def behind() -> frozenset[str]:
    """Name the tables of the workspace that named queries read: facts, health, imports."""
    texts = [file.sql for layer in _LAYERS for file in sqlfiles.files(layer)]
    staged = {file.name for file in sqlfiles.files("staging") if file.name.startswith("stg_")}
    return frozenset(name for text in texts for name in _BEHIND.findall(text)) | staged


@cache
def macros() -> Mapping[str, str]:
    """Give the macros of the model by name, with their arguments as written."""
    texts = [sqlfiles.macros("model"), *(file.sql for file in table_macros().values())]
    return MappingProxyType(
        {name: " ".join(given.split()) for text in texts for name, given in _MACRO.findall(text)}
    )


@cache
def functions() -> Mapping[str, tuple[str, ...]]:
    """Give the functions by what they are about; `tables` are those that stand for a table."""
    text = Path(__file__).with_name("functions.toml").read_text(encoding="utf-8")
    found = {group: tuple(names) for group, names in tomllib.loads(text).items()}
    return MappingProxyType({**found, "curves": _OF_FITS})


@cache
def is_table(name: str) -> bool:
    """Tell whether a function stands for a table."""
    macro = table_macros().get(name)
    return name in functions()["tables"] or (macro is not None and "as table" in macro.sql)


@cache
def is_scalar(name: str) -> bool:
    """Tell whether a function gives a value."""
    known = any(name in of for group, of in functions().items() if group != "tables")
    return known or (name in macros() and not is_table(name))


def needed(tables: Iterable[str], called: Iterable[str]) -> tuple[frozenset[str], list[SqlFile]]:
    """Give the tables that are read, through macros too, and the files of macros in their order.

    A table of the workspace is given as `tend.name`.
    """
    read, files = set(tables), {one for one in called if one in table_macros()}
    waiting = list(files)
    while waiting:
        sql = table_macros()[waiting.pop()].sql
        words = sqlfiles.words(sql)
        read |= words & model().keys()
        read |= {f"{BEHIND}.{name}" for name in _BEHIND.findall(sql)}
        fresh = (words & table_macros().keys()) - files
        files |= fresh
        waiting += fresh
    return frozenset(read), [file for name, file in table_macros().items() if name in files]


def _of_model(*, is_macro: bool) -> Mapping[str, SqlFile]:
    files = sqlfiles.files("model")
    return MappingProxyType({file.name: file for file in files if file.is_macro is is_macro})
