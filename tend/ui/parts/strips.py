"""Small pictures of how values lie: bars from left to right, and the limits among them.

Made of HTML: a page shows a dozen of them, and each redraws with every click.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tend.ui.parts import html
from tend.ui.parts.html import Html

# Labels of two limits that are nearer to each other would overlap.
_NEAR = 14.0
_EDGE = 6.0
_STEP_WIDTHS = (1.2, 7.0)


@dataclass(frozen=True)
class Bar:
    """How many lie between two values, as a share of the fullest bar, and what that means."""

    start: float
    end: float
    height: float
    zone: str


@dataclass(frozen=True)
class Mark:
    """A limit, its label, and whether it is set by hand; without a label it is drawn faintly."""

    at: float
    label: str
    is_by_hand: bool = False


def strip(
    bars: Sequence[Bar],
    marks: Sequence[Mark],
    said: str,
    span: tuple[float, float] | None = None,
) -> Html:
    """Draw bars and marks on one scale; `said` is what a screen reader is told."""
    ends = [*(bar.start for bar in bars), *(bar.end for bar in bars), *(m.at for m in marks)]
    first, last = span or _padded(min(ends, default=0.0), max(ends, default=1.0), bars)

    def place(value: float) -> float:
        return max(0.0, min(100.0, 100 * (value - first) / (last - first)))

    drawn = [_bar(bar, place, _step_width(bars, place)) for bar in bars]
    rules = [_rule(mark, place(mark.at)) for mark in marks]
    labels = _labels([(place(m.at), m) for m in sorted(marks, key=lambda m: m.at) if m.label])
    return html.div(
        html.div(*drawn, *rules, css="tend-bars"),
        html.div(labels, css="tend-limits"),
        css="tend-strip",
        role="img",
        aria_label=said,
    )


def zone(value: float, low: float, high: float, *, is_more_better: bool) -> str:
    """Tell what a value gives by its limits: none of the points, part of them, or all."""
    if is_more_better:
        return "all" if value >= high else "none" if value <= low else "part"
    return "all" if value <= low else "none" if value >= high else "part"


def _bar(bar: Bar, place: Callable[[float], float], step: float) -> Html:
    left, right = place(bar.start), place(bar.end)
    if bar.start == bar.end:
        left, right = left - step / 2, left + step / 2
    size = f"left:{left:.2f}%;width:{right - left:.2f}%;height:{max(100 * bar.height, 2):.1f}%"
    return html.i(css=f"tend-{bar.zone}", style=size)


def _step_width(bars: Sequence[Bar], place: Callable[[float], float]) -> float:
    """Make bars of single values as wide as the nearest two of them allow."""
    at = [place(bar.start) for bar in bars]
    gap = min((b - a for a, b in pairwise(at)), default=_STEP_WIDTHS[1])
    return max(_STEP_WIDTHS[0], min(_STEP_WIDTHS[1], 0.7 * gap))


def _padded(first: float, last: float, bars: Sequence[Bar]) -> tuple[float, float]:
    """Leave room for the outermost bars of single values."""
    if first == last:
        return first - 1, last + 1
    room = 0.04 * (last - first) if any(bar.start == bar.end for bar in bars) else 0.0
    return first - room, last + room


def _rule(mark: Mark, at: float) -> Html:
    kind = "tend-by-hand" if mark.is_by_hand else "tend-learned" if mark.label else "tend-faint"
    return html.b(css=kind, style=f"left:{at:.2f}%")


def _labels(marks: Sequence[tuple[float, Mark]]) -> Html:
    """Write the limits under their marks, so that they neither overlap nor leave the picture."""
    if len(marks) == 2 and marks[0][1].label == marks[1][1].label:
        marks = marks[:1]
    if len(marks) == 2 and marks[1][0] - marks[0][0] < _NEAR and marks[0][0] < _EDGE:
        joined = f"{marks[0][1].label} – {marks[1][1].label}"
        return _label(marks[0][0], joined, "right")
    is_near = len(marks) == 2 and marks[1][0] - marks[0][0] < _NEAR
    told = []
    for number, (at, mark) in enumerate(marks):
        side = ("left", "right")[number] if is_near else "middle"
        if at < _EDGE and side != "right":
            side = "right"
        elif at > 100 - _EDGE and side != "left":
            side = "left"
        told.append(_label(at, mark.label, side))
    return html.join("", told)


def _label(at: float, label: str, side: str) -> Html:
    return html.span(label, css=f"tend-{side}", style=f"left:{at:.2f}%")
