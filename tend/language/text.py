"""The text catalogue: every sentence a user reads, in every language, by key."""

import string
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from tend.language.format import MISSING

LANGUAGES = ("en", "zh")
_FOLDER = Path(__file__).parent


def say(key: str, language: str, /, **params: object) -> str:
    """Give the text of `key` in `language`, its `{placeholders}` filled from `params`.

    Raises KeyError for an unknown key or a missing placeholder.
    """
    template = catalogue(language)[key]
    return fill(template, **params) if params else template


def fill(template: str, /, **params: object) -> str:
    """Fill the placeholders of a template, and choose the words that go with a count.

    `{tasks} {tasks:task is|tasks are} late` gives "1 task is late", "0 tasks are late".
    """
    return _Filling().vformat(template, (), params)


def retell(key: str, language: str, /, params: Mapping[str, str]) -> str:
    """Give the text of what was written down, maybe by an older Tend whose words needed less.

    What is not in `params` is shown as missing.
    """
    return _Filling().vformat(catalogue(language)[key], (), _Kept(params))


def has(key: str) -> bool:
    """Tell whether the catalogue knows `key`."""
    return key in catalogue(LANGUAGES[0])


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Give all texts of a language: `file.table.key` -> template."""
    texts: dict[str, str] = {}
    for path in sorted((_FOLDER / language).rglob("*.toml")):
        texts.update(_flatten(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))))
    return texts


class _Kept(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return MISSING


class _Filling(string.Formatter):
    def format_field(self, value: object, format_spec: str) -> str:
        if not format_spec:
            return str(value)
        one, many = format_spec.split("|")
        return one if str(value) == "1" else many


def _flatten(prefix: str, node: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        if isinstance(value, Mapping):
            yield from _flatten(f"{prefix}.{key}", value)
        else:
            yield f"{prefix}.{key}", str(value)
