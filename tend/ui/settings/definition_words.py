"""Indicators, their values and changes of the definition, in the reader's words."""

from collections.abc import Mapping
from typing import Any

from tend.figures import moves
from tend.language import format
from tend.settings.definition import MEASURE
from tend.settings.draft import Change
from tend.ui.parts import html, words
from tend.ui.state import address

# Indicators whose values are fractions: written and typed as per cents.
_SHARES = frozenset(moves.WRITTEN)
_FLAGS = {"is_on": ("off", "on"), "is_more_better": ("less_better", "more_better")}
_AUC = ("outcome_auc", "experience_auc", "auc", "auc_low", "auc_high")
_PLAIN = ("health_fewest_renewed", "health_fewest_peers", "health_margin")


def name(indicator: str) -> str:
    """Give an indicator's name as a title; a measure of the usage files goes by its own."""
    said = within(indicator)
    return said if indicator.startswith(MEASURE) else said[:1].upper() + said[1:]


def within(indicator: str) -> str:
    """Give an indicator's name as it stands within a sentence."""
    key = f"indicators.{indicator}"
    return words.say(key) if words.known(key) else indicator.removeprefix(MEASURE)


def meaning(indicator: str) -> str:
    """Say how an indicator is computed."""
    key = f"settings.meanings.{indicator}"
    return words.say(key) if words.known(key) else words.say("settings.meanings.measure")


def score(code: str) -> str:
    """Give the name of a score."""
    return words.say(f"settings.scores.{code}")


def measure(code: str) -> str:
    """Give a usage measure's name; only the standard ones have words of ours."""
    key = f"settings.measures.{code}"
    return words.say(key) if words.known(key) else code


def scale(indicator: str) -> float:
    """Tell by how much a value is multiplied where it is written or typed."""
    return 100.0 if indicator in _SHARES else 1.0


def unit(indicator: str) -> str:
    """Give the sign behind a value."""
    if indicator not in _SHARES:
        return ""
    return "%" if address.choice().language == "zh" else " %"


def unit_named(indicator: str) -> str:
    """Give the unit as it stands behind the name of a field."""
    return words.say("settings.unit", unit=unit(indicator).strip()) if unit(indicator) else ""


def value(indicator: str, given: float | None) -> str:
    """Write a value of an indicator."""
    if given is None:
        return format.MISSING
    return f"{number(given * scale(indicator))}{unit(indicator)}"


def number(given: float) -> str:
    """Write a number as short as it can be: whole from a hundred on, else one or two decimals."""
    digits = 0 if abs(given) >= 100 else 1 if abs(given) >= 10 else 2
    said = format.number(given, f",.{digits}f")
    said = said.rstrip("0").rstrip(".") if "." in said else said
    return said if said.strip("\u22120") else "0"


def change(one: Change) -> str:
    """Tell one change: weight of NPS 1 → 2."""
    if one.what in ("added", "removed"):
        return words.say(f"settings.changes.{one.what}", name=name(one.name))
    if one.what in _FLAGS:
        key = _FLAGS[one.what][bool(one.after)]
        return words.say(f"settings.changes.{key}", name=name(one.name))
    said = {"before": _told(one, one.before), "after": _told(one, one.after)}
    if one.what in (*_PLAIN, "north_star"):
        return words.say(f"settings.changes.{one.what}", **said)
    named = score(one.name) if one.what.endswith("_from") else within(one.name)
    return words.say(f"settings.changes.{one.what}", name=named, **said)


def changes(found: list[Change]) -> str:
    """Tell all changes in one line."""
    return words.say("settings.between").join(change(one) for one in found)


def _told(one: Change, given: object) -> str:
    if one.what == "north_star":
        return measure(str(given))
    if not isinstance(given, int | float):
        return words.say("settings.learned" if one.what != "weight" else "settings.none")
    return value(one.name, given) if one.what in ("low", "high") else number(given)


def foretells(row: Mapping[str, Any]) -> html.Html:
    """Say how well a definition ranked what came, both scores together and each alone."""
    if row["auc"] is None:
        return html.text(words.say("settings.try.no_auc"))
    shares = {name: format.count(100 * row[name]) for name in _AUC if row[name] is not None}
    is_whole = len(shares) == len(_AUC)
    more = words.say("settings.try.auc_parts", **shares) if is_whole else ""
    gap = "" if address.choice().language == "zh" else " "  # no space between Chinese sentences
    return html.join(gap, (words.say("settings.try.auc", **shares), html.small(more)))


def steadiness(row: Mapping[str, Any]) -> str:
    """Say how many customers move in a month, and how many of the moves are undone in the next."""
    if not row["compared"]:
        return words.say("settings.try.no_steadiness")
    language = address.choice().language
    counts = {name: format.count(row[name]) for name in ("months", "moved", "compared")}
    rates = {name: format.rate(row[name], language) for name in ("moved_rate", "returned_rate")}
    key = "steadiness" if row["followed"] else "steadiness_new"
    return words.say(f"settings.try.{key}", **counts, **rates)
