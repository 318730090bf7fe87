"""Native charts, calm ones: no frame, few lines, numbers at the marks, one accent."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any

from pptx.chart.chart import Chart as Drawn
from pptx.chart.data import CategoryChartData
from pptx.chart.plot import _BasePlot
from pptx.chart.series import LineSeries
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Length, Pt
from xlsxwriter import Workbook

from tend.handouts.slides.kit import lettering, values
from tend.handouts.slides.kit.lettering import Fonts
from tend.handouts.slides.kit.values import Chart, Series
from tend.language import format

_TYPES = {
    values.BAR: XL_CHART_TYPE.BAR_CLUSTERED,
    values.COLUMN: XL_CHART_TYPE.COLUMN_CLUSTERED,
    values.LINE: XL_CHART_TYPE.LINE_MARKERS,
    values.STACKED_BAR: XL_CHART_TYPE.BAR_STACKED,
    values.STACKED_COLUMN: XL_CHART_TYPE.COLUMN_STACKED,
}
_LYING = (values.BAR, values.STACKED_BAR)
_STACKED = (values.STACKED_BAR, values.STACKED_COLUMN)
_SIZE = 11
# How wide a name may be beside a lying bar, and beneath a standing one.
_NAME, _TICK = Pt(190), Pt(110)
# Parts of a stack that are smaller than this part of the longest have no room for one.
_LEAST = 0.05
_NO_LABEL = f'<c:dLbl {nsdecls("c")}><c:idx val="{{place}}"/><c:delete val="1"/></c:dLbl>'
# How amounts are written: by which format from which size on. A spreadsheet divides by a thousand
# for each comma at the end; the point before the last digits makes ten thousands of it.
_MONEY = {
    "en": ((1e9, '0.0,,,"B"'), (1e6, '0.0,,"M"'), (1e3, '#,##0,"K"')),
    "zh": ((1e8, '0\\.00,,"亿"'), (1e4, '0\\.0,"万"')),
}
_NO_NOUGHT = "#,##0;-#,##0;"
_FORMATS = {values.COUNT: "#,##0", values.RATE: "0.0%"}
_WRITTEN: Mapping[str, Callable[[float, str], str]] = {
    values.COUNT: lambda value, _: format.count(value),
    values.RATE: format.rate,
    values.MONEY: format.money,
}


class _PlainWorkbook(CategoryWorkbookWriter):
    """The workbook behind a chart: a name that begins with = is a name, one with :// no link."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: IO[bytes]) -> Iterator[tuple[Any, Any]]:
        plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        workbook = Workbook(xlsx_file, plain)
        yield workbook, workbook.add_worksheet()
        workbook.close()


class _Data(CategoryChartData):
    @property
    def _workbook_writer(self) -> Any:
        plain: Any = _PlainWorkbook
        return plain(self)


def add(shapes: Any, chart: Chart, room: tuple[Length, ...], fonts: Fonts, language: str) -> Any:
    """Draw a chart into a room of a slide, and give its frame."""
    make: Any = _Data
    data = make(number_format(chart, language))
    most = _NAME if chart.mark in _LYING else _TICK
    data.categories = [lettering.fitted(name, most, _SIZE) for name in chart.categories]
    for series in chart.series:
        data.add_series(format.printable(series.name), series.values)
    frame = shapes.add_chart(_TYPES[chart.mark], *room, data)
    _style(frame.chart, chart, fonts, _has_labels(chart, room, language))
    labels = frame.chart.value_axis.tick_labels
    labels.number_format, labels.number_format_is_linked = number_format(chart, language), False
    return frame


def number_format(chart: Chart, language: str) -> str:
    """Give how the numbers of a chart are written: amounts short, by the size of each."""
    if chart.kind != values.MONEY:
        return _FORMATS[chart.kind]
    known = [v for one in chart.series for v in one.values if v is not None]
    fitting = [one for one in _MONEY[language] if max(map(abs, known), default=0) >= one[0]][:2]
    if len(fitting) < 2 or min(known) < 0:  # a condition knows no sign
        return next((written for _, written in fitting), _FORMATS[values.COUNT])
    (large, in_large), (_, in_small) = fitting
    return f"[>={large:.0f}]{in_large};[>=1]{in_small};0"


def _style(drawn: Drawn, chart: Chart, fonts: Fonts, has_labels: bool) -> None:
    drawn.font.size = Pt(_SIZE)
    drawn.font.color.rgb = lettering.ink("muted")
    lettering.set_font(drawn.font, fonts)
    drawn.has_title = False
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position = XL_LEGEND_POSITION.TOP
        drawn.legend.include_in_layout = False
    _axes(drawn, chart, has_labels)
    [plot] = drawn.plots
    if chart.mark != values.LINE:
        plot.gap_width = 55
        plot.overlap = 100 if chart.mark in _STACKED else -10
    for series, told in zip(plot.series, chart.series, strict=True):
        _ink(series, told, chart.mark)
    _labels(plot, chart, fonts, has_labels)


def _axes(drawn: Drawn, chart: Chart, has_labels: bool) -> None:
    """Name what stands along it; a scale is shown only where marks have no numbers."""
    along, up = drawn.category_axis, drawn.value_axis
    along.format.line.color.rgb = lettering.ink("grid")
    along.major_tick_mark = XL_TICK_MARK.NONE
    along.has_major_gridlines = False
    along.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    along.reverse_order = chart.mark in _LYING  # the first stands on top
    up.has_major_gridlines = not has_labels
    up.visible = up.has_major_gridlines
    if up.visible:
        up.major_gridlines.format.line.color.rgb = lettering.ink("grid")
        up.format.line.fill.background()
        up.major_tick_mark = XL_TICK_MARK.NONE
    known = [v for one in chart.series for v in one.values if v is not None]
    if not any(v < 0 for v in known):
        up.minimum_scale = 0


def _has_labels(chart: Chart, room: tuple[Length, ...], language: str) -> bool:
    """Tell whether there is room for a number at each mark; a line has them at its end alone."""
    if chart.mark == values.LINE:
        return False
    _, _, width, height = room
    beside = 1 if chart.mark in _STACKED else len(chart.series)
    if chart.mark in _LYING:
        return len(chart.categories) * beside * _SIZE * 1.3 <= height.pt
    known = [abs(v) for one in chart.series for v in one.values if v is not None]
    longest = _WRITTEN[chart.kind](max(known, default=0), language)
    needed = len(chart.categories) * beside * lettering.width(f"{longest} ", _SIZE - 1)
    return needed <= width.pt


def _ink(series: Any, told: Series, mark: str) -> None:
    colour = lettering.ink(told.ink)
    if mark != values.LINE:
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
        series.invert_if_negative = False
        return
    series.smooth = False
    series.format.line.color.rgb = colour
    series.format.line.width = Pt(2.25)
    series.marker.style = XL_MARKER_STYLE.CIRCLE
    series.marker.size = 5
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour
    series.marker.format.line.color.rgb = colour


def _labels(plot: _BasePlot, chart: Chart, fonts: Fonts, has_labels: bool) -> None:
    """Write the number at each mark with room for it; on a line at the last one alone."""
    for series in plot.series:
        if isinstance(series, LineSeries):
            _last(series, fonts)
        elif has_labels:
            _label(series, chart, fonts)


def _label(series: Any, chart: Chart, fonts: Fonts) -> None:
    labels = series.data_labels
    labels.show_value = True
    labels.font.size = Pt(_SIZE - 1)
    lettering.set_font(labels.font, fonts)
    if chart.kind == values.COUNT:  # a nought has no mark, and needs no number
        labels.number_format, labels.number_format_is_linked = _NO_NOUGHT, False
    if chart.mark not in _STACKED:
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        labels.font.color.rgb = lettering.ink("ink")
        return
    labels.position = XL_LABEL_POSITION.CENTER
    labels.font.color.rgb = lettering.ink("ground")
    least = _LEAST * max(_stacks(chart), default=0)
    small = [place for place, v in enumerate(series.values) if v is None or abs(v) < least]
    for place in reversed(small):
        labels._element.insert(0, parse_xml(_NO_LABEL.format(place=place)))


def _stacks(chart: Chart) -> list[float]:
    """Tell how long each stack is, on both sides of nought together."""
    return [
        sum(abs(v) for v in column if v is not None)
        for column in zip(*(one.values for one in chart.series), strict=True)
    ]


def _last(series: LineSeries, fonts: Fonts) -> None:
    """Write the number at the last point that has one."""
    known = [place for place, value in enumerate(series.values) if value is not None]
    if known:
        label = series.points[known[-1]].data_label
        label.position = XL_LABEL_POSITION.ABOVE
        label.font.size = Pt(_SIZE)
        label.font.bold = True
        lettering.set_font(label.font, fonts)
