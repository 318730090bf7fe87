"""A deck, written: each slide in the layout that fits it, with its notes, as one .pptx."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.util import Emu

from tend.handouts.slides.kit import charts, lettering, places, tables, template
from tend.handouts.slides.kit.lettering import Fonts
from tend.handouts.slides.kit.places import Places
from tend.handouts.slides.kit.values import Deck, Fit, Slide
from tend.language import format
from tend.language.errors import TendError

# Sizes of letters that a placeholder is taken to have, where we cannot know it; and how far text
# may be made smaller before it is cut.
_SIZES = {"title": 24.0, "subtitle": 13.0, "body": 18.0}
_SMALLER = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
_LINE = 1.2
# A line ends with a word, and points stand apart: so much of a line is used.
_FULL = {"title": 0.95, "subtitle": 0.95, "body": 0.85}
# Words beside a chart are no headline, whatever a master thinks of them.
_MOST = {"title": 44.0, "subtitle": 24.0, "body": 20.0}
Check = Callable[[str], None]


def unchecked(_text: str) -> None:
    """Let a template say what it will."""


def written(deck: Deck, own: Path | None, check: Check = unchecked) -> tuple[bytes, Fit]:
    """Give a deck as the bytes of a .pptx, in a team's own template, and how that took it.

    Raises TendError where the template is none, or `check` where it says what it must not.
    """
    presentation, left_out = template.opened(own)
    for said in template.texts(presentation):
        check(said)
    try:
        packed, found = _filled(presentation, deck)
    except template.DAMAGED as error:  # seen only where the part is used
        if own is None:
            raise
        raise TendError("template_no_pptx", file=own.name) from error
    missing = dict.fromkeys(part for one in found for part in one.missing)
    unknown = dict.fromkeys(name for one in found for name in one.unknown)
    return packed, Fit(tuple(missing), tuple(unknown), left_out)


def _filled(presentation: Presentation, deck: Deck) -> tuple[bytes, list[Places]]:
    """Give the file with all slides, and where the parts of each went."""
    fonts = lettering.fonts(presentation, deck.language)
    found = [_added(presentation, slide, deck, fonts) for slide in deck.slides]
    _described(presentation, deck)
    kept = BytesIO()
    presentation.save(kept)
    return kept.getvalue(), found


def _added(presentation: Presentation, slide: Slide, deck: Deck, fonts: Fonts) -> Places:
    """Add a slide, and give where its parts went."""
    found = places.of(presentation, slide)
    drawn = presentation.slides.add_slide(found.layout)
    for part in ("title", "subtitle", "body"):
        if part in slide.parts:
            _say(drawn, found, part, slide, fonts)
    for part in ("numbers", "chart", "table"):
        if part in slide.parts:
            _draw(drawn, found, part, slide, fonts, deck.language)
    _foot(drawn, found, deck.footer, fonts)
    for left in [one for one in drawn.placeholders if _is_empty(one)]:
        left._element.getparent().remove(left._element)
    notes: Any = drawn.notes_slide.notes_text_frame
    lettering.fill(notes, slide.notes, fonts)
    return found


def _say(drawn: Any, found: Places, part: str, slide: Slide, fonts: Fonts) -> None:
    """Write words into their placeholder, or into a box where they have none."""
    said = getattr(slide, part)
    lines = said if isinstance(said, tuple) else tuple(said.split("\n"))
    size = None
    if part in found.by_part:
        place = _placeholder(drawn, found.by_part[part])
        if part in found.rooms:
            place.left, place.top, place.width, place.height = found.rooms[part]
    else:
        place = drawn.shapes.add_textbox(*found.rooms[part])
        place.text_frame.word_wrap = True
        size = _SIZES[part]
    own = size or _size(place, part, found) or _SIZES[part]
    fitting, letters = _fitted(place, part, lines, min(own, _MOST[part]))
    lettering.fill(place.text_frame, fitting, fonts, size if letters == own else letters)


def _fitted(
    place: Any, part: str, lines: Sequence[str], size: float
) -> tuple[tuple[str, ...], float]:
    """Give lines and the size at which they have room: smaller letters first, then cut lines."""
    frame, height = place.text_frame, place.height
    width = Emu(int((place.width - frame.margin_left - frame.margin_right) * _FULL[part]))
    for smaller in _SMALLER:
        letters = size * smaller
        most = max(1, int(height.pt // (letters * _LINE)))
        long = (lettering.width(one, letters) // width.pt for one in lines)
        if sum(1 + one for one in long) <= most:
            return tuple(lines), letters
    each = max(1, most // max(1, len(lines)))
    cut = (lettering.fitted(one, width, letters, each) for one in lines)
    return tuple(cut)[:most], letters


def _size(place: Any, part: str, found: Places) -> float | None:
    """Give the size of letters that the layout says of a placeholder, else the master."""
    base = place
    while base is not None:
        said = base._element.xpath(".//a:lstStyle/a:lvl1pPr/a:defRPr/@sz")
        if said:
            return int(said[0]) / 100
        base = getattr(base, "_base_placeholder", None)
    style = "titleStyle" if part == "title" else "bodyStyle"
    said = found.layout.slide_master._element.xpath(f".//p:{style}/a:lvl1pPr/a:defRPr/@sz")
    return int(said[0]) / 100 if said else None


def _draw(drawn: Any, found: Places, part: str, slide: Slide, fonts: Fonts, language: str) -> None:
    """Draw a chart or a table into the room of its placeholder, which it takes the place of."""
    mark = None
    room = found.rooms.get(part)
    if part in found.by_part:
        place = _placeholder(drawn, found.by_part[part])
        room = room or (place.left, place.top, place.width, place.height)
        mark = deepcopy(place._element.find(f".//{qn('p:ph')}"))
        place._element.getparent().remove(place._element)
    assert room is not None
    if part == "chart":
        assert slide.chart
        frame = charts.add(drawn.shapes, slide.chart, room, fonts, language)
    elif part == "table":
        assert slide.table
        frame = tables.add(drawn.shapes, slide.table, room, fonts)
    else:
        frame = tables.add_numbers(drawn.shapes, slide.numbers, room, fonts)
    frame.name = part
    frame._element.nvGraphicFramePr.cNvPr.set("descr", format.printable(slide.title))
    if mark is not None:
        frame._element.nvGraphicFramePr.nvPr.append(mark)


def _foot(drawn: Any, found: Places, footer: str, fonts: Fonts) -> None:
    """Bring footer and page number along, which no slide has by itself."""
    for part in ("footer", "page"):
        if part not in found.by_part:
            continue
        [base] = [
            one
            for one in places.held(found.layout)
            if one.placeholder_format.idx == found.by_part[part]
        ]
        shape = deepcopy(base._element)
        drawn.shapes._spTree.append(shape)
        if part == "page":
            lettering.number_page(_placeholder(drawn, found.by_part[part]).text_frame)
        else:
            place = _placeholder(drawn, found.by_part[part])
            text = lettering.fitted(footer, base.width, _size(base, part, found) or 12)
            lettering.fill(place.text_frame, (text,), fonts)


def _placeholder(drawn: Any, idx: int) -> Any:
    [place] = [one for one in drawn.placeholders if one.placeholder_format.idx == idx]
    return place


def _is_empty(place: Any) -> bool:
    """Tell whether a placeholder would say "Click to add text"."""
    return place.has_text_frame and not place.text_frame.text.strip()


def _described(presentation: Presentation, deck: Deck) -> None:
    """Say what the file is; what a template said of itself is gone."""
    about = presentation.core_properties
    for name in ("author", "category", "comments", "content_status", "identifier", "keywords"):
        setattr(about, name, "")
    about.last_modified_by, about.version = "", ""
    about.title, about.subject = deck.title[:200], deck.subject[:200]
    about.language, about.revision = lettering.LANGUAGES[deck.language], 1
