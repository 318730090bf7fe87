"""The timeline of one customer: contracts as bars, events as marks, scores and use beneath."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import altair as alt
import pyarrow as pa

from tend.figures.drawing import Spec, finished, of_state, selectable
from tend.figures.figure import code_of
from tend.figures.palette import Palette, palette
from tend.language import text

Row = Mapping[str, Any]
OPENS = "contract_id"  # a click on a bar opens the contract
_EVENTS = ("stage", "touch", "answer", "ticket")
_SCORES = ("outcome", "experience")
# Pixels: a contract, a lane of events, the bands of scores and of use, and between them.
_BAR, _LANE, _SCORE, _USE, _GAP = 20, 24, 96, 40, 16
_MOST_BARS = 6
_APART = 15.0  # that two names need between them
_FIELDS = ("day", "until", "lane", "said", "state", "is_change", "is_open", "label", code_of(OPENS))


@dataclass(frozen=True)
class Shape:
    """Which lanes a timeline has, and how many rows its contracts take."""

    bars: int
    lanes: tuple[str, ...]
    has_scores: bool
    has_use: bool

    @property
    def score_top(self) -> int:
        """Give where the band of scores begins."""
        return _BAR * self.bars + _LANE * len(self.lanes) + _GAP

    @property
    def use_top(self) -> int:
        """Give where the band of use begins."""
        return self.score_top + (_SCORE + _GAP) * self.has_scores

    @property
    def height(self) -> int:
        """Give the height of all of it."""
        return self.use_top + (_USE + _GAP) * self.has_use


def laid_out(rows: Sequence[Row], say: Callable[[Row], str]) -> tuple[pa.Table, Shape]:
    """Give each row its height in the picture and its words, and the shape of the whole."""
    places = _places([row for row in rows if row["lane"] == "contract"])
    there = {row["lane"] for row in rows}
    lanes = tuple(lane for lane in _EVENTS if lane in there)
    bars = max(places.values(), default=-1) + 1
    shape = Shape(bars, lanes, bool(there & set(_SCORES)), "usage" in there)
    drawn = [_drawn(row, places, shape, say(row)) for row in rows]
    _name_the_ends(drawn)
    return pa.Table.from_pylist(drawn, _SCHEMA), shape


_SCHEMA = pa.schema(
    [
        *((name, pa.date32()) for name in _FIELDS[:2]),
        *((name, pa.string()) for name in _FIELDS[2:5]),
        *((name, pa.bool_()) for name in _FIELDS[5:7]),
        *((name, pa.string()) for name in _FIELDS[7:]),
        ("at", pa.float64()),
        ("foot", pa.float64()),
    ]
)


def _places(contracts: Sequence[Row]) -> dict[str, int]:
    """Give each contract the first row that is free on its first day: a chain stays on one."""
    ends: list[date] = []
    places: dict[str, int] = {}
    for row in sorted(contracts, key=lambda one: (one["day"], one["until"])):
        free = next((n for n, last in enumerate(ends) if last < row["day"]), len(ends))
        free = min(free, _MOST_BARS - 1)
        ends[free : free + 1] = [row["until"]]
        places[row["what"]] = free
    return places


def _drawn(row: Row, places: Mapping[str, int], shape: Shape, said: str) -> dict[str, object]:
    lane, value = row["lane"], row["value"]
    foot = None
    if lane == "contract":
        at = _BAR * places[row["what"]] + _BAR / 2
    elif lane in shape.lanes:
        at = _BAR * shape.bars + _LANE * shape.lanes.index(lane) + _LANE / 2
    elif lane == "usage":
        foot = float(shape.use_top + _USE)
        at = foot - _USE * row["of_most"]
    else:
        at = shape.score_top + _SCORE * (1 - value / 100)
    own = {name: row[name] for name in ("day", "until", "lane", "state", "is_change", "is_open")}
    contract = row["what"] if lane == "contract" else None
    return {**own, "said": said, "label": contract, code_of(OPENS): contract} | {
        "at": float(at),
        "foot": foot,
    }


def _name_the_ends(drawn: list[dict[str, Any]]) -> None:
    """Name both scores at their last point, apart from each other where these are near."""
    lasts = {
        axis: max((one for one in drawn if one["lane"] == axis), key=lambda one: one["day"])
        for axis in _SCORES
        if any(one["lane"] == axis for one in drawn)
    }
    for one in lasts.values():
        one |= {"label": one["lane"], "foot": one["at"]}
    if len(lasts) == len(_SCORES):
        upper, lower = sorted(lasts.values(), key=lambda one: float(one["at"]))
        apart = max(0.0, _APART - (lower["at"] - upper["at"])) / 2
        upper["foot"] -= apart
        lower["foot"] += apart


@cache
def timeline(language: str, dark: bool, shape: Shape) -> Spec:
    """Draw all of it over one axis of time; a mark tells in words what it is."""
    ink = palette(dark)
    rows = alt.Chart(alt.NamedData("rows"))
    y = alt.Y(
        "at:Q",
        scale=alt.Scale(domain=[0, shape.height], reverse=True, nice=False),
        axis=_names(language, shape),
        title=None,
    )
    x = alt.X("day:T", title=None, axis=alt.Axis(format="%Y-%m", tickCount=8, grid=True))
    hint = [alt.Tooltip("day:T", title=text.say("columns.day", language), format="%Y-%m-%d")]
    hint.append(alt.Tooltip("said:N", title=text.say("columns.said", language)))
    marks = {"x": x, "y": y, "tooltip": hint}
    layers = [
        _contracts(rows, marks, ink),
        _events(rows, marks, ink),
        *([layer for axis in _SCORES for layer in _score(rows, marks, axis, language, ink)]),
        _use(rows, marks, ink),
        selectable(_contracts(rows, marks, ink), OPENS),
    ]
    return finished(alt.layer(*layers).properties(height=shape.height), ink)


def _names(language: str, shape: Shape) -> alt.Axis:
    """Name the lanes at their middle."""
    at: dict[float, str] = {}
    if shape.bars:
        at[_BAR * shape.bars / 2] = "contract"
    for place, lane in enumerate(shape.lanes):
        at[_BAR * shape.bars + _LANE * place + _LANE / 2] = lane
    if shape.has_scores:
        at[shape.score_top + _SCORE / 2] = "scores"
    if shape.has_use:
        at[shape.use_top + _USE / 2] = "usage"
    said = {
        f"{place:g}": text.say(f"customers.lanes.{lane}", language) for place, lane in at.items()
    }
    return alt.Axis(
        values=list(at),
        labelExpr=f"({said})[format(datum.value, '~g')]",
        grid=False,
        domain=False,
        ticks=False,
        labelPadding=10,
        labelLimit=110,
    )


def _contracts(rows: alt.Chart, marks: Mapping[str, Any], ink: Palette) -> alt.Chart:
    """Draw contracts as bars, those still to be renewed in the accent."""
    drawn: alt.Chart = (
        rows.transform_filter("datum.lane == 'contract'")
        .mark_rule(strokeWidth=12, aria=True)
        .encode(
            **marks,
            x2="until:T",
            color=alt.condition("datum.is_open", alt.value(ink.accent), alt.value(ink.context)),
            opacity=alt.condition("datum.is_open", alt.value(1), alt.value(0.5)),
        )
    )
    return drawn


def _events(rows: alt.Chart, marks: Mapping[str, Any], ink: Palette) -> alt.Chart:
    """Draw touches, answers, tickets and stages as ticks, each in its lane."""
    lanes = " || ".join(f"datum.lane == '{lane}'" for lane in _EVENTS)
    drawn: alt.Chart = (
        rows.transform_filter(lanes)
        .mark_point(filled=True, shape="circle", size=70, opacity=0.75, color=ink.context)
        .encode(**marks)
    )
    return drawn


def _score(
    rows: alt.Chart, marks: Mapping[str, Any], axis: str, language: str, ink: Palette
) -> list[alt.Chart]:
    """Draw a score as a line; where its state is a new one, in that state's shape and ink."""
    own = rows.transform_filter(f"datum.lane == '{axis}'")
    colour, dash = {"outcome": (ink.accent, [1, 0]), "experience": (ink.context, [5, 3])}[axis]
    line = own.mark_line(color=colour, strokeWidth=1.5, strokeDash=dash)
    points = own.transform_filter("datum.is_change").mark_point(filled=True, size=75, opacity=1)
    name = own.transform_filter("isValid(datum.label)").mark_text(
        align="left", dx=8, fontSize=12, fontWeight=600, color=colour
    )
    said = text.say(f"customers.lanes.{axis}", language)
    return [
        line.encode(x=marks["x"], y=marks["y"]),
        name.encode(x=marks["x"], y=alt.Y("foot:Q"), text=alt.value(said)),
        points.encode(**marks, **of_state("state", ink)),
    ]


def _use(rows: alt.Chart, marks: Mapping[str, Any], ink: Palette) -> alt.Chart:
    """Draw use month by month, as a share of the greatest month."""
    drawn: alt.Chart = (
        rows.transform_filter("datum.lane == 'usage'")
        .mark_bar(width=5, color=ink.context, opacity=0.6)
        .encode(**marks, y2="foot:Q")
    )
    return drawn
