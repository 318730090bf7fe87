"""Settings as they are read by who may not change them: each with its name, value and meaning."""

from collections.abc import Mapping, Sequence

import streamlit as st
from pydantic import BaseModel

from tend.language import format
from tend.settings.company import Settings
from tend.ui.parts import html, pieces, words
from tend.ui.settings.sections import fields, told
from tend.ui.state import address

_FEW = 12  # more of one setting are folded away


def group(keys: Sequence[str], kept: Settings) -> None:
    """Show the settings of a group, those of one value beside each other."""
    plain = [key for key in keys if not _parts(getattr(kept, key))]
    for row in (plain[n : n + fields.IN_A_ROW] for n in range(0, len(plain), fields.IN_A_ROW)):
        for place, key in zip(st.columns(fields.IN_A_ROW, gap="large"), row, strict=False):
            with place:
                value = html.p(html.b(told.value(key, getattr(kept, key))))
                html.show(html.join("", (html.h3(told.name(key)), value, _meaning(key))))
    for key in keys:
        if key not in plain:
            _several(key, _parts(getattr(kept, key)))


def _several(key: str, parts: Sequence[tuple[str, object]]) -> None:
    """Show a setting of several values, a line each; where these have parts, as a table."""
    if any(_parts(value) for _, value in parts):
        html.show(html.join("", (html.h3(told.name(key)), _meaning(key), _table(key, parts))))
        return
    lines = html.ul(*(html.li(_line(key, name, value)) for name, value in parts), css="tend-log")
    if not any(name for name, _ in parts):  # words alone are read in a line
        said = [told.value(key, value) for _, value in parts]
        lines = html.p(format.listed(said, address.choice().language))
    if len(parts) > _FEW:
        count = words.say("company.words", name=told.name(key), words=format.count(len(parts)))
        lines = html.details(html.summary(count), lines)
        html.show(html.join("", (_meaning(key), lines)))
    else:
        html.show(html.join("", (html.h3(told.name(key)), _meaning(key), lines)))


def _table(key: str, parts: Sequence[tuple[str, object]]) -> html.Html:
    """Write values that have parts of their own: a row each, a column for each part."""
    inner = {name: dict(_parts(value)) for name, value in parts}
    columns = list(dict.fromkeys(part for given in inner.values() for part in given))
    rows = (
        (html.b(told.word(key, name)), *(_value(key, given.get(one)) for one in columns))
        for name, given in inner.items()
    )
    return pieces.rows(["", *(told.word(key, one) for one in columns)], rows)


def _value(key: str, given: object) -> str:
    return format.MISSING if given is None else told.value(key, given)


def _line(key: str, name: str, value: object) -> html.Html:
    """Name a part and its value."""
    said = html.b(told.word(key, name)) if name else html.NOTHING
    return html.join(" ", filter(None, (said, told.value(key, value))))


def _parts(value: object) -> Sequence[tuple[str, object]]:
    """Give the parts of a value by their names; words of a list have none, one value no parts."""
    if isinstance(value, BaseModel):
        return tuple((name, getattr(value, name)) for name in type(value).model_fields)
    if isinstance(value, Mapping):
        return tuple((str(name), one) for name, one in value.items())
    if isinstance(value, tuple) and any(isinstance(one, str) for one in value):
        return tuple(("", one) for one in value)
    return ()


def _meaning(key: str) -> html.Html:
    return html.p(words.say(f"company.meanings.{key}"), css="tend-meaning")
