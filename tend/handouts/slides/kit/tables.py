"""Native tables: hairlines between rows, numbers to the right, every cell cut to its line."""

from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.table import _Cell
from pptx.util import Emu, Length, Pt

from tend.figures.palette import LIGHT
from tend.handouts.slides.kit import lettering
from tend.handouts.slides.kit.lettering import Fonts
from tend.handouts.slides.kit.values import Cell, Number, Table

# "No style, no grid": lines are drawn by ourselves, under each row.
_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_LINE = Pt(0.75)
_PADDING = Pt(5)
# Letters differ from font to font: so much is held free. Letters are made this small before cells
# are cut, and those with cut cells are this large.
_SURE, _CUT_FROM, _CUT_AT = 1.06, 11.0, 12.0
# Heights of rows for letters of a size, the roomiest first.
_SIZES = ((Pt(40), 16.0), (Pt(33), 14.0), (Pt(27), 12.0), (Pt(22), 11.0), (Pt(18), 9.0))
_NUMBER, _LABEL = 30.0, 12.0


def add(shapes: Any, table: Table, room: tuple[Length, ...], fonts: Fonts) -> Any:
    """Draw a table into a room of a slide, and give its frame; rows without room are left out."""
    _, _, width, height = room
    row_height, size = _size(table, width, height)
    rows = table.rows[: max(1, height // row_height - 1)]
    frame = shapes.add_table(len(rows) + 1, len(table.heads), *room)
    drawn = _plain(frame)
    for column, wide in zip(drawn.columns, _widths(table, size, width), strict=True):
        column.width = wide
    for row in drawn.rows:
        row.height = Emu(row_height)
    frame.height = Emu(row_height * (len(rows) + 1))
    for place, head in enumerate(table.heads):
        _cell(drawn, 0, place, Cell(head, "muted"), table, size, fonts)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            _cell(drawn, number, place, cell, table, size, fonts)
    return frame


def _size(table: Table, width: Length, height: Length) -> tuple[Length, float]:
    """Give height of rows and size of letters: the largest with which all of it has room."""
    high = [one for one in _SIZES if one[0] * (len(table.rows) + 1) <= height] or _SIZES[-1:]
    readable = [one for one in high if one[1] >= _CUT_FROM] or high
    wide = [one for one in readable if sum(_natural(table, one[1])) <= width.pt]
    # names may be as long as they like: they are cut before letters get too small to read
    cut = [one for one in readable if one[1] <= _CUT_AT] or readable
    return (wide or cut)[0]


def _natural(table: Table, size: float) -> list[float]:
    """Tell how wide each column would be, in points, with nothing cut."""
    texts = zip(table.heads, *([cell.text for cell in row] for row in table.rows), strict=True)
    return [
        max(lettering.width(text, size) for text in column) * _SURE + 2 * _PADDING.pt
        for column in texts
    ]


def _widths(table: Table, size: float, width: Length) -> list[Length]:
    """Share the width: to each what it needs; where that is too much, the widest give way."""
    needed = _natural(table, size)
    if (whole := sum(needed)) <= width.pt:
        return [Pt(one * width.pt / whole) for one in needed]
    most, left, open_ones = width.pt / len(needed), width.pt, len(needed)
    for one in sorted(needed):
        most = left / open_ones
        if one > most:
            break
        left, open_ones = left - one, open_ones - 1
    return [Pt(min(one, most)) for one in needed]


def _plain(frame: Any) -> Any:
    """Give the table of a frame, without the style that comes by itself."""
    properties = frame._element.graphic.graphicData.tbl.tblPr
    properties.find("{*}tableStyleId").text = _STYLE
    frame.table.horz_banding = False
    return frame.table


def _cell(
    drawn: Any, row: int, place: int, cell: Cell, table: Table, size: float, fonts: Fonts
) -> None:
    target = drawn.cell(row, place)
    _bare(target, place, len(table.heads), is_lined=True)
    room = Emu(drawn.columns[place].width - 2 * _PADDING)
    paragraph = target.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if table.is_number[place] else PP_ALIGN.LEFT
    text = lettering.fitted(cell.text, room, size)
    lettering.write(paragraph, text, fonts, size=size, ink_name=cell.ink)


def _bare(target: _Cell, place: int, of: int, *, is_lined: bool) -> None:
    """Take the fill from a cell; a hairline stands beneath it, its outer edges are the table's."""
    target.margin_left = _PADDING if place else Emu(0)
    target.margin_right = _PADDING if place < of - 1 else Emu(0)
    target.margin_top = target.margin_bottom = Pt(1)
    target.vertical_anchor = MSO_ANCHOR.MIDDLE
    target.text_frame.word_wrap = True
    target.fill.background()
    if is_lined:
        colour = LIGHT.grid.removeprefix("#")
        line = (
            f'<a:lnB {nsdecls("a")} w="{_LINE}"><a:solidFill><a:srgbClr val="{colour}"/>'
            "</a:solidFill></a:lnB>"
        )
        target._tc.get_or_add_tcPr().insert(0, parse_xml(line))


def add_numbers(
    shapes: Any, numbers: tuple[Number, ...], room: tuple[Length, ...], fonts: Fonts
) -> Any:
    """Draw headline numbers beside each other: the number large, what it is, what is beneath it."""
    frame = shapes.add_table(1, len(numbers), *room)
    drawn = _plain(frame)
    for place, number in enumerate(numbers):
        target = drawn.cell(0, place)
        _bare(target, place, len(numbers), is_lined=False)
        target.vertical_anchor = MSO_ANCHOR.TOP
        width = Emu(drawn.columns[place].width - 2 * _PADDING)
        fits = lettering.width(number.written, _NUMBER) <= width.pt
        lines = (
            (number.label, _LABEL, "muted", False),
            (number.written, _NUMBER if fits else _NUMBER * 0.7, number.ink, True),
            (number.line, _LABEL - 1, "muted", False),
        )
        paragraphs = [target.text_frame.paragraphs[0]]
        paragraphs += [target.text_frame.add_paragraph() for _ in lines[1:]]
        for paragraph, (text, size, ink, is_bold) in zip(paragraphs, lines, strict=True):
            cut = lettering.fitted(text, width, size, 1 if is_bold else 2)
            lettering.write(paragraph, cut, fonts, size=size, ink_name=ink, is_bold=is_bold)
    return frame
