"""Charts that Excel draws itself from the cells beneath them, so that everybody can change them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart

from tend.figures.palette import LIGHT
from tend.handouts.workbook.looks import FACES

_LETTERS = 9


@dataclass(frozen=True)
class Series:
    """One column of a table as it is drawn."""

    column: str
    ink: str = "accent"


@dataclass(frozen=True)
class Native:
    """A chart of a table: which column it goes along, and what it draws."""

    kind: str  # column, bar or line, as Excel names them
    along: str
    series: tuple[Series, ...]
    is_stacked: bool = False
    # A flag of rows that are not finished: no record, so bars are hollow, and a line ends before.
    unfinished: str = ""


@dataclass(frozen=True)
class Range:
    """Where a column of a table lies: its head, and its first and last row."""

    sheet: str
    column: int
    first: int
    last: int
    head: str
    shown: str

    def first_rows(self, rows: int) -> "Range":
        """Give so many of its rows."""
        return replace(self, last=min(self.last, self.first + rows - 1))

    @property
    def cells(self) -> list[object]:
        """Give the cells as charts name them."""
        return [self.sheet, self.first, self.column, self.last, self.column]


def chart(
    book: Workbook,
    drawn: Native,
    ranges: Mapping[str, Range],
    hollow: frozenset[int],
    language: str,
) -> Chart:
    """Give a chart of a table that lies in these ranges; some of its rows are drawn hollow."""
    made: Chart = book.add_chart(
        {"type": drawn.kind, **({"subtype": "stacked"} if drawn.is_stacked else {})}
    )
    along = ranges[drawn.along]
    for one in drawn.series:
        values = ranges[one.column]
        ink = _ink(one.ink)
        made.add_series(
            {
                "name": [values.sheet, values.first - 1, values.column],
                "categories": along.cells,
                "values": values.cells,
                **_drawn(drawn, ink, along.last - along.first + 1, hollow),
                **_labels(drawn, values, language),
            }
        )
    _dress(made, drawn, along.shown, ranges[drawn.series[0].column].shown, language)
    return made


def _drawn(drawn: Native, ink: str, rows: int, hollow_rows: frozenset[int]) -> dict[str, Any]:
    """Give line or filling of a series; what is not finished is hollow."""
    if drawn.kind == "line":
        dot = {"fill": {"color": ink}, "border": {"color": ink}}
        return {
            "line": {"color": ink, "width": 2.25},
            "marker": {"type": "circle", "size": 6, **dot},
        }
    pale = {"fill": {"color": LIGHT.ground}, "border": {"color": ink, "dash_type": "dash"}}
    points = [pale if row in hollow_rows else None for row in range(rows)]
    return {
        "fill": {"color": ink},
        "border": {"none": True},
        "gap": 60,
        **({"overlap": 100} if drawn.is_stacked else {}),
        **({"points": points} if hollow_rows else {}),
    }


def _labels(drawn: Native, values: Range, language: str) -> dict[str, Any]:
    """Write the numbers at the marks, where there is room for them."""
    if drawn.is_stacked or len(drawn.series) > 1:
        return {}
    return {
        "data_labels": {
            "value": True,
            "num_format": values.shown,
            "font": _font(language, LIGHT.ink),
            **({"position": "above"} if drawn.kind == "line" else {}),
        }
    }


def _dress(made: Chart, drawn: Native, along: str, across: str, language: str) -> None:
    """Give axes, legend and room; the title stands in the cell above."""
    font = _font(language, LIGHT.muted)
    quiet = {"num_font": font, "line": {"none": True}, "major_tick_mark": "none"}
    categories: dict[str, Any] = {
        **quiet,
        "num_format": along,
        "text_axis": True,
        "label_position": "low",
        "major_gridlines": {"visible": False},
    }
    values: dict[str, Any] = {
        **quiet,
        "num_format": across,
        "major_gridlines": {"visible": True, "line": {"color": LIGHT.grid}},
    }
    if drawn.kind == "bar":  # the first row on top, as in the table
        made.set_y_axis({**categories, "reverse": True})
        made.set_x_axis({**values, "visible": False, "major_gridlines": {"visible": False}})
    else:
        made.set_x_axis(categories)
        made.set_y_axis(values)
    made.set_title({"none": True})
    made.set_legend({"position": "top", "font": font} if len(drawn.series) > 1 else {"none": True})
    made.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    made.set_plotarea({"fill": {"none": True}})
    made.show_blanks_as("gap")


def _ink(name: str) -> str:
    """Give an ink of the palette by its name; of the kin of the accent by its number."""
    name, _, place = name.partition(" ")
    found = getattr(LIGHT, name)
    return str(found[int(place)] if place else found)


def _font(language: str, ink: str) -> dict[str, Any]:
    return {"name": FACES[language], "size": _LETTERS, "color": ink, "bold": False}
