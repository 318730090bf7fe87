"""Letters on slides: fonts for both scripts, inks of the palette, and how wide a text will be."""

import unicodedata
from dataclasses import dataclass

from pptx.dml.color import RGBColor
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation
from pptx.text.text import Font, TextFrame, _Paragraph
from pptx.util import Length, Pt

from tend.figures.palette import LIGHT
from tend.language import format

# What stands in for a font that a theme does not name.
LATIN, EAST_ASIAN = "Arial", "Microsoft YaHei"
LANGUAGES = {"en": "en-GB", "zh": "zh-CN"}
# How wide letters are, as parts of the size of their font; the others are as wide as most.
_WIDE, _MOST = 1.0, 0.55
_WIDTHS = {"iljtfI.,:;'|!()[] -": 0.31, "mwMW%@–…": 0.87, "ABCDEFGHKNOPQRSUVXYZ&": 0.71}
_OF_SIGN = {sign: width for signs, width in _WIDTHS.items() for sign in signs}
_PAGE = 'id="{00000000-0000-4000-8000-000000000001}" type="slidenum"><a:rPr/><a:t>‹#›</a:t></a:fld>'
_FONT_SCHEME = "//a:fontScheme/a:minorFont"


@dataclass(frozen=True)
class Fonts:
    """The fonts of a presentation for Latin and for East Asian letters, and its language."""

    latin: str
    east_asian: str
    language: str


def fonts(presentation: Presentation, language: str) -> Fonts:
    """Give the fonts of the theme; where it names none for Chinese, one that every Office has."""
    latin, east_asian = LATIN, EAST_ASIAN
    for part in presentation.slide_masters[0].part.rels.values():
        if part.reltype.endswith("/theme"):
            scheme = parse_xml(part.target_part.blob)
            latin = _first(scheme, "a:latin/@typeface") or latin
            named = _first(scheme, "a:ea/@typeface")
            east_asian = named or _first(scheme, 'a:font[@script="Hans"]/@typeface') or east_asian
    return Fonts(latin, east_asian, LANGUAGES[language])


def _first(scheme: object, path: str) -> str:
    found = scheme.xpath(f"{_FONT_SCHEME}/{path}")  # type: ignore[attr-defined]
    return str(found[0]) if found else ""


def ink(name: str) -> RGBColor:
    """Give a colour of the palette: `accent`, `at_risk`, or `kin_1` of several."""
    room, _, place = name.rpartition("_")
    several = getattr(LIGHT, room, None) if place.isdigit() else None
    colour = several[int(place)] if several else getattr(LIGHT, name)
    return RGBColor(*bytes.fromhex(colour.removeprefix("#")))


def set_font(font: Font, fonts: Fonts) -> None:
    """Give a font its typefaces; without an East Asian one Chinese falls back to anything."""
    font.name = fonts.latin
    properties = font._rPr
    for tag, typeface in (("a:ea", fonts.east_asian), ("a:cs", fonts.latin)):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
        properties.append(parse_xml(f'<{tag} {nsdecls("a")} typeface="{_quoted(typeface)}"/>'))


def _quoted(name: str) -> str:
    return name.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def write(
    paragraph: _Paragraph,
    text: str,
    fonts: Fonts,
    *,
    size: float | None = None,
    ink_name: str | None = None,
    is_bold: bool | None = None,
) -> None:
    """Write a text into a paragraph; what is not given follows the layout."""
    run = paragraph.add_run()
    run.text = format.printable(text)
    set_font(run.font, fonts)
    run.font._rPr.set("lang", fonts.language)
    if size is not None:
        run.font.size = Pt(size)
    if ink_name is not None:
        run.font.color.rgb = ink(ink_name)
    if is_bold is not None:
        run.font.bold = is_bold


def fill(frame: TextFrame, lines: tuple[str, ...], fonts: Fonts, size: float | None = None) -> None:
    """Write lines into a frame, one paragraph each; without a size as its layout has them."""
    frame.clear()
    for number, line in enumerate(lines):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        write(paragraph, line, fonts, size=size)


def number_page(frame: TextFrame) -> None:
    """Have the number of its slide stand in a frame, as presentations count."""
    if frame._txBody.findall(f".//{qn('a:fld')}"):
        return
    frame.clear()
    frame.paragraphs[0]._p.insert(0, parse_xml(f"<a:fld {nsdecls('a')} {_PAGE}"))


def width(text: str, size: float) -> float:
    """Tell how wide a text is in points at a size."""
    return size * sum(_width_of(sign) for sign in text)


def _width_of(sign: str) -> float:
    is_wide = unicodedata.east_asian_width(sign) in "WF"
    return _WIDE if is_wide else _OF_SIGN.get(sign, _MOST)


def fitted(text: str, room: Length, size: float, lines: int = 1) -> str:
    """Cut a text that is too wide for so many lines of a room; what is cut off shows as a mark."""
    text = format.printable(" ".join(text.split()))
    most = room.pt * lines * (1 if lines == 1 else 0.92)
    if width(text, size) <= most:
        return text
    while text and width(text + "…", size) > most:
        text = text[:-1]
    return f"{text.rstrip()}…"
