"""Where the parts of a slide go: the layout that has most of their placeholders, and the rest."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.presentation import Presentation
from pptx.slide import SlideLayout
from pptx.util import Emu, Length

from tend.handouts.slides.kit.values import Slide

Room = tuple[Length, Length, Length, Length]
# What takes a part where nothing bears its name, the fitting ones first.
_KINDS: Mapping[str, tuple[KIND, ...]] = {
    "title": (KIND.TITLE, KIND.CENTER_TITLE, KIND.VERTICAL_TITLE),
    "subtitle": (KIND.SUBTITLE,),
    "numbers": (),
    "chart": (KIND.CHART, KIND.OBJECT, KIND.VERTICAL_OBJECT),
    "table": (KIND.TABLE, KIND.OBJECT, KIND.VERTICAL_OBJECT),
    "body": (KIND.BODY, KIND.OBJECT, KIND.VERTICAL_BODY, KIND.VERTICAL_OBJECT),
    "footer": (KIND.FOOTER,),
    "page": (KIND.SLIDE_NUMBER,),
}
_ALWAYS = ("footer", "page")
# What needs most room: others share it where they have none of their own.
_LARGE = ("chart", "table", "body", "numbers")
# How much of a shared room each takes, and in which order from the top.
_SHARES = {"subtitle": 1, "numbers": 3, "body": 3, "chart": 7, "table": 7}
_GAP = Emu(110000)
_NOISE = re.compile(r"placeholder|占位符|\d+", re.IGNORECASE)
# Kinds that presentations fill by themselves.
_OWN = (KIND.DATE, KIND.HEADER)


@dataclass(frozen=True)
class Places:
    """A layout, the placeholder of each part by its number, and the rooms that parts share."""

    layout: SlideLayout
    by_part: Mapping[str, int]
    # Of parts without a placeholder, and of the one that shares its own with them.
    rooms: Mapping[str, Room]
    unknown: tuple[str, ...] = field(default=())

    @property
    def missing(self) -> tuple[str, ...]:
        """Name the parts that have no placeholder."""
        return tuple(part for part in self.rooms if part not in self.by_part)


@cache
def _names() -> Mapping[str, str]:
    """Give the part that each name of a placeholder means."""
    text = Path(__file__).with_name("placeholders.toml").read_text(encoding="utf-8")
    return {name: part for part, names in tomllib.loads(text).items() for name in names}


def part_called(name: str) -> str | None:
    """Give the part that a placeholder's name means, if any."""
    bare = " ".join(_NOISE.sub(" ", name).replace("_", " ").split()).lower()
    return _names().get(bare)


def of(presentation: Presentation, slide: Slide) -> Places:
    """Choose the layout for a slide, and say where each of its parts goes."""
    layouts = [one for master in presentation.slide_masters for one in master.slide_layouts]
    taken = [(layout, taking(layout, slide.parts)) for layout in layouts]
    layout, by_part = max(taken, key=lambda one: _fits(one[0], one[1], slide))
    filled = set(by_part.values())
    free = [one for one in held(layout) if one.placeholder_format.idx not in filled]
    unknown = tuple(one.name for one in free if _is_unknown(one))
    lacking = [part for part in slide.parts if part not in by_part]
    return Places(layout, by_part, _shared(presentation, layout, by_part, lacking), unknown)


def held(layout: SlideLayout) -> list[Any]:
    """Give the placeholders of a layout."""
    placeholders: Any = layout.placeholders
    return list(placeholders)


def taking(layout: SlideLayout, parts: Sequence[str]) -> dict[str, int]:
    """Give the placeholder that takes each part: by its name first, then by its kind."""
    free = {one.placeholder_format.idx: one for one in held(layout)}
    found: dict[str, int] = {}
    # what is drawn comes before words, which fit anywhere
    wanted = (*sorted(parts, key=list(_KINDS).index), *_ALWAYS)
    for candidates in (_named, _of_kind):
        for part in wanted:
            if part not in found and (idx := next(candidates(part, free), None)) is not None:
                found[part] = idx
                del free[idx]
    return found


def _named(part: str, free: Mapping[int, Any]) -> Iterator[int]:
    return (idx for idx, one in free.items() if part_called(one.name) == part)


def _of_kind(part: str, free: Mapping[int, Any]) -> Iterator[int]:
    """Give placeholders of a fitting kind, unless their name says another part."""
    for kind in _KINDS[part]:
        for idx, one in free.items():
            called = part_called(one.name)
            is_general = called in (None, "body", "chart", "table")
            if one.placeholder_format.type == kind and (is_general or called == part):
                yield idx


def _fits(
    layout: SlideLayout, by_part: Mapping[str, int], slide: Slide
) -> tuple[int, int, int, int]:
    """Tell how well a layout fits: parts it takes, a cover for a cover, most room, least empty."""
    covered = sum(part in by_part for part in slide.parts)
    kinds = {one.placeholder_format.type for one in held(layout)}
    is_cover = KIND.CENTER_TITLE in kinds or KIND.SUBTITLE in kinds
    rooms = [_room(layout, by_part[part]) for part in _LARGE if part in by_part]
    area = sum(width * height for _, _, width, height in rooms)
    return covered, int(is_cover == slide.is_cover), area, len(by_part) - len(held(layout))


def _is_unknown(placeholder: Any) -> bool:
    """Tell whether nothing of ours would ever go there."""
    kind = placeholder.placeholder_format.type
    known = {one for kinds in _KINDS.values() for one in kinds}
    return part_called(placeholder.name) is None and kind not in (*known, *_OWN)


def _shared(
    presentation: Presentation,
    layout: SlideLayout,
    by_part: Mapping[str, int],
    lacking: Sequence[str],
) -> dict[str, Room]:
    """Share the largest room among the parts that have none of their own, and who has it."""
    if not lacking:
        return {}
    owner = next((part for part in _LARGE if part in by_part), None)
    room = _room(layout, by_part[owner]) if owner else _below_title(presentation, layout, by_part)
    sharing = sorted([*lacking, *([owner] if owner else [])], key=list(_SHARES).index)
    whole = sum(_SHARES[part] for part in sharing)
    left, top, width, height = room
    rooms: dict[str, Room] = {}
    for part in sharing:
        own = int((height - _GAP * (len(sharing) - 1)) * _SHARES[part] / whole)
        rooms[part] = (left, Emu(top), width, Emu(own))
        top = Emu(top + own + _GAP)
    return rooms


def _room(layout: SlideLayout, idx: int) -> Room:
    [one] = [one for one in held(layout) if one.placeholder_format.idx == idx]
    return one.left, one.top, one.width, one.height


def _below_title(
    presentation: Presentation, layout: SlideLayout, by_part: Mapping[str, int]
) -> Room:
    """Give what is free beneath the title, within margins of a twentieth."""
    width, height = presentation.slide_width or Emu(0), presentation.slide_height or Emu(0)
    left, top = Emu(width // 20), Emu(height // 5)
    if "title" in by_part:
        _, title_top, _, title_height = _room(layout, by_part["title"])
        below = Emu(title_top + title_height + _GAP)
        top = below if below < height // 2 else top
    return left, top, Emu(width - 2 * left), Emu(height * 9 // 10 - top)
