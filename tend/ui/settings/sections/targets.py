"""The company's targets: one field each, empty where there is none, beside where we are now."""

from collections.abc import Mapping
from typing import get_args

import streamlit as st

from tend.language import format
from tend.settings.targets import TargetName
from tend.ui.parts import words
from tend.ui.state import address, data
from tend.view import View, window

_IN_A_ROW = 3
_POINTS = "nps"  # the only one that is no rate


def fields(at: str, value: Mapping[str, float]) -> object:
    """Draw a field for each target, and give those that are set."""
    names, now = get_args(TargetName), _now()
    found: dict[str, float] = {}
    for start in range(0, len(names), _IN_A_ROW):
        for place, name in zip(st.columns(_IN_A_ROW), names[start:][:_IN_A_ROW], strict=True):
            with place:
                target = _field(f"{at}_{name}", name, value.get(name), now.get(name))
            if target is not None:
                found[name] = target
    return found


def _field(key: str, name: str, value: float | None, now: float | None) -> float | None:
    factor = 1 if name == _POINTS else 100
    shown = None if value is None else round(value * factor, 8)
    unit = "points" if name == _POINTS else "rate"
    label = words.say(f"company.targets.{unit}", name=words.say(f"columns.{name}"))
    typed = st.number_input(
        format.plain(label),
        value=shown,
        step=1.0,
        key=key,
        format="%.10g",
        placeholder=_placeholder(name, now),
    )
    # what was not touched stays to the last digit
    return value if typed == shown else None if typed is None else round(typed / factor, 10)


def _placeholder(name: str, now: float | None) -> str:
    """Say in an empty field that there is no target, and what it is now."""
    if now is None:
        return words.say("company.targets.none")
    language = address.choice().language
    said = format.number(now, ".1f") if name == _POINTS else format.rate(now, language)
    return words.say("company.targets.now", now=said)


def _now() -> dict[str, float | None]:
    """Give what is reached now, in the last 12 months."""
    day = address.choice().day()
    rows = data.ask("renewal_headline", View(day, *window("last_12_months", day))).to_pylist()
    found: dict[str, float | None] = {row["measure"]: row["value"] for row in rows}
    for query, names in (("retention_12m", ("nrr", "grr")), ("nps", ("nps",))):
        for row in data.ask(query, View(day)).to_pylist():
            found |= {name: row[name] for name in names}
    return found
