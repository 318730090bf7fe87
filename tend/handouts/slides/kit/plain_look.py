"""The look of slides where a team has none of its own: made as a template, and filled like one."""

from dataclasses import dataclass
from typing import Any

import pptx
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation
from pptx.util import Inches, Pt

from tend.figures.palette import LIGHT
from tend.handouts.slides.kit.lettering import EAST_ASIAN, LATIN

_WIDTH, _HEIGHT = 13.333, 7.5
_LEFT, _WIDE, _TOP, _BOTTOM = 0.6, 12.13, 1.95, 6.8
# Colours of the theme: text, ground, and what charts of people's own begin with.
_COLOURS = {
    "dk1": LIGHT.ink,
    "lt1": LIGHT.ground,
    "dk2": LIGHT.muted,
    "lt2": LIGHT.grid,
    **{f"accent{place}": colour for place, colour in enumerate(LIGHT.series[:6], start=1)},
    "hlink": LIGHT.accent,
    "folHlink": LIGHT.muted,
}

_AT = '<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
_PAGE = (
    '<a:fld id="{00000000-0000-4000-8000-000000000001}" type="slidenum">'
    "<a:rPr/><a:t>‹#›</a:t></a:fld>"
)
_SHAPE = (
    '<p:sp {names}><p:nvSpPr><p:cNvPr id="{id}" name="{name}"/>'
    '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
    '<p:nvPr><p:ph type="{kind}" sz="quarter" idx="{number}"/></p:nvPr></p:nvSpPr>'
    "<p:spPr>{place}</p:spPr><p:txBody>"
    '<a:bodyPr lIns="0" rIns="0" tIns="0" bIns="0" anchor="{anchor}"><a:normAutofit/></a:bodyPr>'
    '<a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="{align}">'
    '<a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
    '<a:spcBef><a:spcPts val="{before}"/></a:spcBef><a:buNone/>'
    '<a:defRPr sz="{size}" b="{bold}">'
    '<a:solidFill><a:srgbClr val="{ink}"/></a:solidFill></a:defRPr>'
    "</a:lvl1pPr></a:lstStyle><a:p>{run}</a:p></p:txBody></p:sp>"
)
# The one line of the cover.
_RULE = (
    '<p:sp {names}><p:nvSpPr><p:cNvPr id="40" name="Rule"/><p:cNvSpPr/>'
    '<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{place}'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
    "<p:txBody><a:bodyPr/><a:p/></p:txBody></p:sp>"
)


@dataclass(frozen=True)
class _Spot:
    """A placeholder of a layout: its part, its kind, where it lies, and its letters."""

    part: str
    kind: str
    number: int
    room: tuple[float, float, float, float]
    size: float = 16
    ink: str = LIGHT.ink
    is_bold: bool = False
    anchor: str = "t"
    align: str = "l"

    def xml(self, number: int) -> str:
        """Write it as a shape of a layout."""
        left, top, width, height = (Inches(one) for one in self.room)
        return _SHAPE.format(
            names=nsdecls("p", "a"),
            id=number,
            name=self.part,
            kind=self.kind,
            number=self.number,
            place=_AT.format(left=left, top=top, width=width, height=height),
            anchor=self.anchor,
            align=self.align,
            before=self._before,
            size=int(self.size * 100),
            bold=int(self.is_bold),
            ink=self.ink.removeprefix("#"),
            run=_PAGE if self.kind == "sldNum" else f"<a:r><a:rPr/><a:t>{self.part}</a:t></a:r>",
        )

    @property
    def _before(self) -> int:
        """Give the room above a paragraph, in hundredths of a point."""
        return 900 if self.part == "body" else 0


def _body(left: float, top: float, width: float, height: float, size: float = 16) -> _Spot:
    return _Spot("body", "body", 14, (left, top, width, height), size)


def _beside() -> _Spot:
    """Give the room for words at the side of a chart or a table."""
    return _body(9.25, _TOP + 0.2, 3.48, _BOTTOM - _TOP - 0.2, 15)


def _numbers(top: float = _TOP, height: float = 1.25) -> _Spot:
    return _Spot("numbers", "tbl", 15, (_LEFT, top, _WIDE, height))


def _chart(left: float, top: float, width: float) -> _Spot:
    return _Spot("chart", "chart", 16, (left, top, width, _BOTTOM - top))


def _table(left: float, top: float, width: float) -> _Spot:
    return _Spot("table", "tbl", 17, (left, top, width, _BOTTOM - top))


_COVER = (
    _Spot("title", "ctrTitle", 0, (_LEFT, 2.1, 11.2, 1.9), 40, is_bold=True, anchor="b"),
    _Spot("subtitle", "subTitle", 1, (_LEFT, 4.3, 11.2, 1.5), 18, LIGHT.muted),
)
_HEAD = (
    _Spot("title", "title", 0, (_LEFT, 0.42, _WIDE, 0.95), 24, is_bold=True, anchor="b"),
    _Spot("subtitle", "body", 13, (_LEFT, 1.42, _WIDE, 0.36), 13, LIGHT.muted),
)
_FOOT = (
    _Spot("footer", "ftr", 11, (_LEFT, 7.02, 11.0, 0.26), 10, LIGHT.muted, anchor="ctr"),
    _Spot("page", "sldNum", 12, (12.0, 7.02, 0.73, 0.26), 10, LIGHT.muted, anchor="ctr", align="r"),
)
_UNDER = 3.35  # where what stands under the numbers begins
_SIDE = 8.3  # how wide a chart is that has words at its side
_LAYOUTS = {
    "Cover": _COVER,
    "Words": (*_HEAD, _body(_LEFT, _TOP, 11.2, _BOTTOM - _TOP, 20)),
    "Table": (*_HEAD, _table(_LEFT, _TOP, _WIDE)),
    "Chart": (*_HEAD, _chart(_LEFT, _TOP, _WIDE)),
    "Chart and words": (*_HEAD, _chart(_LEFT, _TOP, _SIDE), _beside()),
    "Numbers and words": (*_HEAD, _numbers(), _body(_LEFT, _UNDER, 11.2, _BOTTOM - _UNDER, 18)),
    "Numbers and chart": (*_HEAD, _numbers(), _chart(_LEFT, _UNDER, _WIDE)),
    "Numbers and table": (*_HEAD, _numbers(), _table(_LEFT, _UNDER, _WIDE)),
    "Table and words": (*_HEAD, _table(_LEFT, _TOP, _SIDE), _beside()),
    "Chart and table": (*_HEAD, _chart(_LEFT, _TOP, 6.2), _table(7.05, _TOP, 5.68)),
}


def presentation() -> Presentation:
    """Give an empty presentation in the plain look, with a layout for each way to fill a slide."""
    made = pptx.Presentation()
    made.slide_width, made.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
    master = made.slide_masters[0]
    body = _body(_LEFT, _TOP, _WIDE, _BOTTOM - _TOP)
    _lay_out(master, "", (*_HEAD[:1], body, *_FOOT), keeps=True)
    for layout, (name, spots) in zip(list(made.slide_layouts), _LAYOUTS.items(), strict=False):
        _lay_out(layout, name, (*spots, *_FOOT))
        layout._element.attrib.pop("type", None)
    for layout in list(made.slide_layouts)[len(_LAYOUTS) :]:
        made.slide_layouts.remove(layout)
    _rule(made.slide_layouts[0])
    _theme(made)
    return made


def _lay_out(target: Any, name: str, spots: tuple[_Spot, ...], *, keeps: bool = False) -> None:
    """Put placeholders in the place of those there; a master keeps its own numbers for them."""
    tree = target.shapes._spTree
    for shape in list(target.shapes):
        tree.remove(shape._element)
    for number, spot in enumerate(spots, start=2):
        shape = parse_xml(spot.xml(number))
        if keeps:
            mark = shape.find(f".//{qn('p:ph')}")
            mark.set("idx", str(number - 2))
        tree.append(shape)
    if name:
        target._element.cSld.set("name", name)


def _rule(cover: Any) -> None:
    """Draw the one line of the cover, in the accent."""
    place = {"left": Inches(_LEFT), "top": Inches(4.13), "width": Inches(1.2), "height": Pt(3)}
    shape = _RULE.format(names=nsdecls("p", "a"), place=_AT.format(**place))
    cover.shapes._spTree.append(parse_xml(shape))


def _theme(made: Presentation) -> None:
    """Give the theme our inks and fonts: what people add to the slides looks like the rest."""
    [part] = [
        one.target_part
        for one in made.slide_masters[0].part.rels.values()
        if one.reltype.endswith("/theme")
    ]
    theme = parse_xml(part.blob)
    for name, colour in _COLOURS.items():
        [place] = theme.xpath(f"//a:clrScheme/a:{name}")
        for old in list(place):
            place.remove(old)
        code = colour.removeprefix("#").upper()
        place.append(parse_xml(f'<a:srgbClr {nsdecls("a")} val="{code}"/>'))
    for scheme in theme.xpath("//a:majorFont | //a:minorFont"):
        scheme.find(qn("a:latin")).set("typeface", LATIN)
        scheme.find(qn("a:ea")).set("typeface", EAST_ASIAN)
    part._blob = serialize_part_xml(theme)
