"""The SOP of each cell: as shipped, or as the team has edited it in the settings."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from tend.language import text
from tend.language.errors import TendError
from tend.settings.company import Settings
from tend.settings.sop import CELLS, Sop, Step

_FOLDER = Path(__file__).parent / "shipped_sops"


@cache
def standard(language: str) -> Mapping[str, Sop]:
    """Give the SOPs as shipped, by cell."""
    told = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    made = {
        cell: Sop(
            goal=one["goal"],
            role=one["role"],
            steps=tuple(Step(days=days, text=said) for days, said in one["steps"]),
            avoid=tuple(one["avoid"]),
        )
        for cell, one in told.items()
    }
    return MappingProxyType({cell: made[cell] for cell in CELLS})


def of(settings: Settings, cell: str, language: str) -> Sop:
    """Give the SOP of a cell in a language: the team's own, else the one shipped."""
    own: Mapping[str, Sop] = dict(settings.sop).get(language, {})  # type: ignore[call-overload]
    return own.get(cell) or standard(language)[cell]


def step_said(cell: str, step: str, written: str, language: str) -> str:
    """Say a step of an SOP: in the reader's language where it is as shipped, else as written."""
    for shipped in text.LANGUAGES:
        sop = standard(shipped).get(cell)
        for place, one in enumerate(sop.steps if sop else (), 1):
            if str(place) == step and one.text == written:
                return standard(language)[cell].steps[place - 1].text
    return written


def edited(settings: Settings, cell: str, language: str, sop: Sop | None, seen: Sop) -> Settings:
    """Give the settings with another SOP for a cell; None goes back to the one shipped.

    Raises TendError where somebody else has changed it since it was `seen`.
    """
    if of(settings, cell, language) != seen:
        raise TendError("sop_moved")
    whole = {lang: dict(cells) for lang, cells in settings.sop.items()}
    cells = whole.setdefault(language, {})  # type: ignore[arg-type]
    cells.pop(cell, None)
    if sop is not None and sop != standard(language)[cell]:
        cells[cell] = sop
    kept = {
        lang: {c: one.model_dump(mode="json") for c, one in found.items()}
        for lang, found in whole.items()
        if found
    }
    return settings.changed("sop", kept)
