"""Charts that Excel draws itself from the cells beneath them, so that everybody can change them."""

from collections.abc import Mapping
from dataclasses import dataclass
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
    # A flag of rows that are not finished: no record, and joined to none.
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

    @property
    def cells(self) -> list[object]:
        """Give the cells as charts name them."""
        return [self.sheet, self.first, self.column, self.last, self.column]


def chart(
    book: Workbook, drawn: Native, ranges: Mapping[str, Range], open_rows: set[int], language: str
) -> Chart:
    """Give a chart of a table that lies in these ranges; rows that are open are drawn pale."""
    made: Chart = book.add_chart(
        {"type": drawn.kind, **({"subtype": "stacked"} if drawn.is_stacked else {})}
    )
    along = ranges[drawn.along]
    for one in drawn.series:
        values = ranges[one.column]
        ink = str(getattr(LIGHT, one.ink))
        made.add_series(
            {
                "name": [values.sheet, values.first - 1, values.column],
                "categories": along.cells,
                "values": values.cells,
                **_drawn(drawn, ink, along.last - along.first + 1, open_rows),
                **_labels(drawn, values, language),
            }
        )
    _dress(made, drawn, ranges[drawn.series[0].column], language)
    return made


def _drawn(drawn: Native, ink: str, rows: int, open_rows: set[int]) -> dict[str, Any]:
    """Give line or filling of a series; what is not finished is hollow."""
    if drawn.kind == "line":
        dot = {"fill": {"color": ink}, "border": {"color": ink}}
        hollow = {"fill": {"color": LIGHT.ground}, "border": {"color": ink}, "line": {"none": True}}
        points = [hollow if row in open_rows else None for row in range(rows)]
        return {
            "line": {"color": ink, "width": 2.25},
            "marker": {"type": "circle", "size": 6, **dot},
            **({"points": points} if open_rows else {}),
        }
    pale = {"fill": {"color": LIGHT.ground}, "border": {"color": ink, "dash_type": "dash"}}
    points = [pale if row in open_rows else None for row in range(rows)]
    return {
        "fill": {"color": ink},
        "border": {"none": True},
        "gap": 60,
        **({"overlap": 100} if drawn.is_stacked else {}),
        **({"points": points} if open_rows else {}),
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


def _dress(made: Chart, drawn: Native, values: Range, language: str) -> None:
    """Give axes, legend and room; the title stands in the cell above."""
    font = _font(language, LIGHT.muted)
    quiet = {"num_font": font, "line": {"none": True}, "major_tick_mark": "none"}
    across = {
        **quiet,
        "num_format": values.shown,
        "major_gridlines": {"visible": True, "line": {"color": LIGHT.grid}},
    }
    along: dict[str, Any] = {**quiet, "label_position": "low", "text_axis": True}
    if drawn.kind == "bar":
        along["reverse"] = True  # the first row on top, as in the table
        across["label_position"] = "high"
    made.set_x_axis(along)
    made.set_y_axis(across)
    made.set_title({"none": True})
    made.set_legend({"position": "top", "font": font} if len(drawn.series) > 1 else {"none": True})
    made.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    made.set_plotarea({"fill": {"none": True}})
    made.show_blanks_as("gap")


def _font(language: str, ink: str) -> dict[str, Any]:
    return {"name": FACES[language], "size": _LETTERS, "color": ink, "bold": False}
