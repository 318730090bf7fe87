"""Fields of settings: each with its name, its value, and what it changes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from tend.language import format, text
from tend.settings import sections
from tend.settings.company import Settings
from tend.ui.parts import html, words
from tend.ui.settings.sections import tables, targets

_CHOICES = {"scale_by": ("size", "arr"), "language": ("auto", *text.LANGUAGES)}
IN_A_ROW = 2
_LONGEST = 20_000


def group(keys: Sequence[str], base: Settings, edition: int) -> dict[str, object]:
    """Draw the fields of a group, and give what stands in them; lists of words are folded away."""
    values: dict[str, object] = {}
    kinds = {key: _kind(key, getattr(base, key)) for key in keys}
    for kind in (_field, _large, _folded):
        of_kind = [key for key in keys if kinds[key] is kind]
        in_a_row = 1 if kind is _large else IN_A_ROW
        for row in (of_kind[n : n + in_a_row] for n in range(0, len(of_kind), in_a_row)):
            for place, key in zip(st.columns(in_a_row, gap="large"), row, strict=False):
                with place:
                    values[key] = kind(f"set_{key}_{edition}", key, getattr(base, key))
    return {key: values[key] for key in keys}


def _kind(key: str, value: object) -> Callable[[str, str, Any], object]:
    if key in _LARGE:
        return _large
    return _folded if key in tables.MEANINGS or isinstance(value, tuple) else _field


def _large(at: str, key: str, value: Any) -> object:
    """Draw a table, or numbers beside each other."""
    html.show(html.h3(words.say(f"company.fields.{key}")))
    _meaning(key)
    return _LARGE[key](at, value)


def _folded(at: str, key: str, value: Any) -> object:
    """Draw words of files, which are many, only when they are asked for."""
    label = words.say(f"company.fields.{key}")
    counted = words.say("company.words", name=label, words=format.count(len(value)))
    place = st.expander(counted, key=f"open_{at}", on_change="rerun")
    if not place.open:
        return value
    with place:
        _meaning(key)
        if key in tables.MEANINGS:
            return tables.meanings(at, key, value)
        return _words(at, label, value)


def _meaning(key: str) -> None:
    html.show(html.p(words.say(f"company.meanings.{key}"), css="tend-meaning"))


def _field(at: str, key: str, value: Any) -> object:
    """Draw a setting, and beneath it what it changes; give what stands in it."""
    label = words.say(f"company.fields.{key}")
    given = _choice(at, key, label, value) if key in _CHOICES else _typed(at, key, label, value)
    _meaning(key)
    return given


def _typed(at: str, key: str, label: str, value: Any) -> object:
    if key in sections.SHARES:
        shown = round(value * 100, 8)
        typed = st.number_input(label, 0.0, value=shown, step=1.0, key=at, format="%.10g")
        # what was not touched stays to the last digit
        return value if typed == shown else round(typed / 100, 10)
    if isinstance(value, int):
        return st.number_input(label, value=value, step=1, key=at)
    if isinstance(value, float):
        return st.number_input(label, value=value, key=at, format="%.10g")
    return st.text_input(label, str(value), key=at, max_chars=80).strip()


def _choice(at: str, key: str, label: str, value: str) -> object:
    said = {code: words.say(f"company.choices.{code}") for code in _CHOICES[key]}
    return st.segmented_control(
        label,
        _CHOICES[key],
        default=value,
        required=True,
        key=at,
        format_func=said.__getitem__,
    )


def _words(at: str, label: str, value: tuple[str, ...]) -> object:
    """Draw a list of words, one a line."""
    shown = "\n".join(value)
    typed = st.text_area(
        label, shown, key=at, height=220, max_chars=_LONGEST, label_visibility="collapsed"
    )
    if typed == shown:
        return value
    return tuple(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))


_LARGE: Mapping[str, Callable[[str, Any], object]] = {
    "task_rules": tables.rules,
    "stage_limits": tables.limits,
    "stage_chances": tables.chances,
    "currency_rates": tables.rates,
    "usual_load": tables.load,
    "solve_days": tables.solve_days,
    "targets": targets.fields,
}
