"""A sheet is drawn from its blocks: values, looks, bars, paths, charts, and how it prints."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Any

import pyarrow as pa
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from tend.figures.palette import LIGHT
from tend.handouts.workbook import cells, layout, native
from tend.handouts.workbook.blocks import Graph, Line, Numbers, Sheet, Table
from tend.handouts.workbook.looks import Looks
from tend.handouts.workbook.native import Range
from tend.queries.kinds import KINDS

_A4 = 9
_LONGEST_FOOT = 200  # Excel takes 255 signs with their marks
# Points to the pixels in which charts are measured.
_PIXELS = 4 / 3
_LETTER_PIXELS = 7.2
_WIDEST_GRAPH = 1300.0


@dataclass
class Book:
    """The workbook that is written, and where the columns of its tables have come to stand."""

    book: Workbook
    looks: Looks
    language: str
    currency: str
    ranges: dict[str, Mapping[str, Range]] = field(default_factory=dict)
    # Sparklines wait until all tables stand: they may follow rows of a later sheet.
    paths: list[tuple[Worksheet, int, int, tuple[str, str]]] = field(default_factory=list)

    def place(self, sheet: Sheet) -> None:
        """Note where the tables of a sheet will stand."""
        for block, top in zip(sheet.blocks, layout.tops(sheet), strict=False):
            if isinstance(block, Table):
                self.ranges[block.name] = dict(self._ranges(sheet, block, top))

    def _ranges(self, sheet: Sheet, table: Table, top: int) -> Iterator[tuple[str, Range]]:
        last = top + table.rows.num_rows
        for place, name in enumerate(table.rows.column_names):
            look = cells.look(table.kinds.get(name), table.rows.schema.field(name).type)
            shown = str(look.get("num_format", "General"))
            yield name, Range(sheet.name, place, top + 1, last, table.heads[name], shown)


def sheet(book: Book, drawn: Sheet, head: str, foot: str) -> None:
    """Draw a sheet."""
    made = book.book.add_worksheet(drawn.name)
    wide, tops = layout.widths(drawn.blocks), layout.tops(drawn)
    for place, one in enumerate(wide):
        made.set_column(place, place, one)
    made.hide_gridlines(2)
    for block, top in zip(drawn.blocks, tops, strict=False):
        _DRAW[type(block)](book, made, top, block, wide)
    frozen = tops[drawn.frozen] + drawn.keeps_heads
    made.freeze_panes(frozen, 0)
    _print(made, frozen, head, foot)
    made.set_h_pagebreaks(list(layout.breaks(drawn, wide)))


def _print(made: Worksheet, frozen: int, head: str, foot: str) -> None:
    """Print landscape, as wide as the page, what stays in sight again on each."""
    made.set_landscape()
    made.set_paper(_A4)
    made.fit_to_pages(1, 0)
    made.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    made.repeat_rows(0, frozen - 1)
    # a number right after a size would be read as part of it, and & begins a word of Excel's
    made.set_header("&L&9 " + head.replace("&", "&&"))
    made.set_footer(f"&L&8 {foot.replace('&', '&&')[:_LONGEST_FOOT]}&R&8 &P / &N")


def _line(book: Book, made: Worksheet, top: int, line: Line, wide: tuple[float, ...]) -> None:
    made.set_row(top, layout.height(line, wide))
    look = book.looks(line.look)
    made.merge_range(top, 0, top, len(wide) - 1, "", look)
    made.write_string(top, 0, cells.text(line.text), look)


def _table(book: Book, made: Worksheet, top: int, table: Table, wide: tuple[float, ...]) -> None:
    made.set_row(top, 2 * layout.ROW)
    for row, lines in layout.lines(table, wide):
        made.set_row(top + 1 + row, lines * layout.ROW)
    heads = [*(table.heads[name] for name in table.rows.column_names)]
    heads += [table.path_head] * bool(table.path)
    for place, one in enumerate(table.rows.schema):
        _column(book, made, top, place, table, one.name)
    last = top + table.rows.num_rows
    columns = [
        {"header": one, "header_format": book.looks(_head_look(table, place))}
        for place, one in enumerate(_apart(heads))
    ]
    made.add_table(
        *(top, 0, last, len(heads) - 1),
        {"name": table.name, "style": None, "columns": columns},
    )
    ranges = book.ranges[table.name]
    _heat(made, ranges, table.heat)
    for name in table.bars:
        _bars(made, ranges[name], is_rate="%" in ranges[name].shown)
    for row in range(top + 1, last + 1) if table.path else ():
        across = xl_range_abs(row, ranges[table.path[0]].column, row, ranges[table.path[-1]].column)
        made.write_blank(row, len(heads) - 1, None, book.looks("cell"))
        made.add_sparkline(row, len(heads) - 1, _spark(f"{_quoted(made.name)}!{across}"))


def _head_look(table: Table, place: int) -> str:
    """Give the look of a head: it stands over its numbers, in the first column over its names."""
    if not 0 < place < table.rows.num_columns:
        return "head"
    holds = table.rows.schema.field(place).type
    is_number = pa.types.is_floating(holds) or pa.types.is_integer(holds)
    return "number head" if is_number else "inner head"


def _column(book: Book, made: Worksheet, top: int, place: int, table: Table, name: str) -> None:
    """Write the cells of a column, states in their ink."""
    column = table.rows.column(name)
    look = cells.look(table.kinds.get(name), column.type, book.currency)
    if name in table.formats:
        look = {"num_format": table.formats[name]}
    is_number = "num_format" in look and not pa.types.is_temporal(column.type)
    plain = book.looks("first" if not place else "cell" if is_number else "text", look)
    states = table.states.get(name)
    for number, value in enumerate(column.to_pylist()):
        state = states[number] if states else None
        drawn = book.looks.state(state) if state else plain
        cells.put(made, top + 1 + number, place, value, drawn)


def _bars(made: Worksheet, of: Range, *, is_rate: bool) -> None:
    made.conditional_format(
        *(of.first, of.column, of.last, of.column),
        {
            "type": "data_bar",
            "bar_solid": True,
            "bar_color": LIGHT.kin[1],
            "min_type": "num",
            "min_value": 0,
            **({"max_type": "num", "max_value": 1} if is_rate else {}),
        },
    )


def _heat(made: Worksheet, ranges: Mapping[str, Range], names: tuple[str, ...]) -> None:
    """Shade cells of rates, the darker the lower, all on one scale."""
    if names:
        first, last = ranges[names[0]], ranges[names[-1]]
        low, high = LIGHT.soft_heat
        made.conditional_format(
            *(first.first, first.column, last.last, last.column),
            {"type": "2_color_scale", "min_color": low, "max_color": high},
        )


def _graph(book: Book, made: Worksheet, top: int, graph: Graph, wide: tuple[float, ...]) -> None:
    drawn = native.chart(
        book.book,
        graph.drawn,
        {name: one.first_rows(graph.rows) for name, one in book.ranges[graph.of].items()},
        graph.hollow,
        book.language,
    )
    drawn.set_size(
        {
            "width": min(_WIDEST_GRAPH, sum(wide) * _LETTER_PIXELS),
            "height": (layout.GRAPH_ROWS - 0.5) * layout.ROW * _PIXELS,
        }
    )
    made.insert_chart(top, 0, drawn, {"object_position": 1, "description": graph.of})


def _numbers(
    book: Book, made: Worksheet, top: int, block: Numbers, wide: tuple[float, ...]
) -> None:
    """Write each headline number into a cell of its own, and give the cell its name."""
    put = partial(cells.put, made)
    last = len(wide) - 1
    for place, one in enumerate(block.heads):
        put(top, place, one, book.looks("head"))
    made.merge_range(top, 3, top, last, block.heads[-1], book.looks("head"))
    for row, number in enumerate(block.numbers, start=top + 1):
        made.set_row(row, 1.6 * layout.ROW)
        put(row, 0, number.label, book.looks("label"))
        look = {"num_format": cells.number(KINDS[number.kind], book.currency)}
        put(row, 1, number.value, book.looks("number", look))
        put(row, 2, None, book.looks("label"))
        if number.name in block.paths:
            book.paths.append((made, row, 2, block.paths[number.name]))
        beside = book.looks("beside")
        made.merge_range(row, 3, row, last, "", beside)
        put(row, 3, " · ".join(line for line in number.lines if line), beside)
        where = xl_rowcol_to_cell(row, 1, row_abs=True, col_abs=True)
        book.book.define_name(number.name, f"={_quoted(made.name)}!{where}")


def paths(book: Book) -> None:
    """Draw the lines beside headline numbers, now that all tables stand."""
    for made, row, column, (table, name) in book.paths:
        if of := book.ranges.get(table, {}).get(name):
            rows = xl_range_abs(of.first, of.column, of.last, of.column)
            made.add_sparkline(row, column, _spark(f"{_quoted(of.sheet)}!{rows}"))


def _spark(along: str) -> dict[str, object]:
    """Draw bars from nought: a line is lost where other programs print the sheet."""
    return {
        "range": along,
        "type": "column",
        "min": 0,
        "series_color": LIGHT.kin[1],
        "last_point": True,
        "last_color": LIGHT.accent,
    }


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _apart(heads: list[str]) -> Iterator[str]:
    """Give each head a name of its own: Excel wants no two alike in a table."""
    known: set[str] = set()
    for head in heads:
        wanted, number = cells.text(head).strip() or "–", 2
        named = wanted
        while named.lower() in known:
            named, number = f"{wanted} ({number})", number + 1
        known.add(named.lower())
        yield named


_DRAW: Mapping[type, Callable[[Book, Worksheet, int, Any, tuple[float, ...]], None]] = (
    MappingProxyType({Line: _line, Table: _table, Graph: _graph, Numbers: _numbers})
)
