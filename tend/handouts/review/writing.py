"""The review file is written: what is asked, in which languages, with names or with numbers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tend.figures.pages import PAGES
from tend.figures.reading import Reading
from tend.handouts import files, told, unnamed
from tend.handouts.review import asked, document, sources
from tend.handouts.review.packing import Json, by_language
from tend.language import text
from tend.language.format import MISSING
from tend.store.workspace import Workspace
from tend.view import View

# What the file itself says, beside what the pages say.
_WORDS = (
    *("search", "find", "found", "found_none", "of_rows", "more", "all", "yes", "no", "computed"),
    *("as_table", "about", "definitions", "sources", "pages", "left_out", "together"),
    *("not_together", "lacking"),
)
# What it says as the app does.
_OF_THE_APP = ("any", "clear", "other_language")


@dataclass(frozen=True)
class Wish:
    """What is to be in the file."""

    view: View
    languages: tuple[str, ...] = text.LANGUAGES
    pages: tuple[str, ...] = tuple(PAGES)
    is_named: bool = True
    filtered_by: tuple[str, ...] = asked.FILTERED


def write(workspace: Workspace, file: Path, wish: Wish) -> None:
    """Write the file."""
    said = _told(workspace, wish)
    first = wish.languages[0]
    whole = document.document(
        said,
        language=first,
        title=text.say("review.title", first),
        noscript=text.say("review.no_script", first),
    )
    files.put(file, whole.encode("utf-8"))


def _told(workspace: Workspace, wish: Wish) -> Json:
    readings, views = _readings(workspace, wish)
    there = asked.offered(readings[0], wish.view, wish.filtered_by)
    under = [wish.view, *(one.of(wish.view) for one in asked.filters(there))]
    return {
        "languages": wish.languages,
        "missing": MISSING,
        "title": _by_language("review.title", wish),
        "words": {
            **{name: _by_language(f"review.{name}", wish) for name in _WORDS},
            **{name: _by_language(f"ui.{name}", wish) for name in _OF_THE_APP},
        },
        "signed": _signed(workspace, views, readings),
        "dimensions": list(asked.dimensions(there, readings)),
        **_once([part for name in wish.pages for part in asked.page(name, under, readings)]),
        "sources": sources.told(readings, wish.view),
    }


def _once(pages: list[Json]) -> Json:
    """Tell each figure once: some stand on two pages, and pages name them by their numbers."""
    numbers: dict[str, int] = {}
    for page in pages:
        written = [json.dumps(figure) for figure in page["figures"]]
        page["figures"] = [numbers.setdefault(figure, len(numbers)) for figure in written]
    return {"pages": pages, "figures": [json.loads(figure) for figure in numbers]}


def _by_language(key: str, wish: Wish) -> Json:
    return by_language([text.say(key, language) for language in wish.languages])


def _readings(workspace: Workspace, wish: Wish) -> tuple[list[Reading], list[View]]:
    """Give who reads in each language, and the view as it can be told; all share the answers."""
    ask = told.reading(workspace, wish.languages[0]).ask
    readings = [replace(told.reading(workspace, one), ask=ask) for one in wish.languages]
    if wish.is_named:
        return readings, [wish.view] * len(readings)
    numbers = unnamed.numbered(ask, wish.view)
    turned = [replace(r, ask=unnamed.asking(ask, numbers, r.language)) for r in readings]
    return turned, [unnamed.told_of(wish.view, numbers, r.language) for r in readings]


def _signed(workspace: Workspace, views: Sequence[View], readings: Sequence[Reading]) -> list[Json]:
    """Say of which day the file is, for whom, and what it was made from."""
    lines = []
    for reading, view in zip(readings, views, strict=True):
        one = told.signed(workspace, view, reading.language)
        amounts = reading.say("ui.amounts_in", currency=reading.currency)
        day = reading.say("ui.as_of", day=one.day)
        made = reading.say("review.made", version=one.version, made_at=one.made_at)
        first = " · ".join(part for part in (day, one.days, one.filters, amounts) if part)
        lines.append((first, made))
    return [by_language(said) for said in zip(*lines, strict=True)]
