"""Words that settings begin with, as data: lists, and words by what they mean."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def listed(name: str) -> tuple[str, ...]:
    """Give a list of words by the name of its setting."""
    return tuple(_all()[name])


@cache
def meanings(name: str) -> dict[str, Any]:
    """Give what each word of a setting means: word -> code."""
    return {word: code for code, words in _all()[name].items() for word in words}


@cache
def _all() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
