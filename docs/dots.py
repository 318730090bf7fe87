"""Pictures of costs: a row of dots for each, on a scale of tens."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

INK, LINE, MARK, QUIET = "#1f2933", "#e3e7eb", "#2f6fdb", "#7b8794"
_ROW, _LEFT, _PLOT = 18, 400, 420


@dataclass(frozen=True)
class Dot:
    """One value, and what is said where somebody points at it."""

    value: float
    title: str
    radius: int = 5
    opacity: float = 1
    color: str = MARK


@dataclass(frozen=True)
class Row:
    """What is told of one cost."""

    said: str
    dots: Sequence[Dot]


def drawn(rows: Sequence[Row], unit: str) -> str:
    """Draw rows; values of 0 and less have no place on such a scale."""
    rows = [Row(one.said, [dot for dot in one.dots if dot.value > 0]) for one in rows]
    rows = [one for one in rows if one.dots]
    values = [dot.value for one in rows for dot in one.dots] or [1]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    high = max(high, low + 1)
    bottom = 40 + _ROW * len(rows)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LEFT + _PLOT + 40}"'
            f' height="{bottom + 10}" font-family="sans-serif" font-size="11">',
            '<rect width="100%" height="100%" fill="#ffffff"/>',
            *_scale(low, high, bottom, unit),
            *(mark for place, one in enumerate(rows) for mark in _row(place, one, low, high)),
            "</svg>",
        ]
    )


def _scale(low: int, high: int, bottom: int, unit: str) -> Iterator[str]:
    for power in range(low, high + 1):
        x = _LEFT + _PLOT * (power - low) / (high - low)
        stroke = QUIET if power == 0 else LINE
        yield f'<path d="M{x:.1f} 30V{bottom}" stroke="{stroke}"/>'
        said = f'fill="{INK}" text-anchor="middle">{10.0**power:g} {unit}</text>'
        yield f'<text x="{x:.1f}" y="20" {said}'


def _row(place: int, row: Row, low: int, high: int) -> Iterator[str]:
    y = 44 + _ROW * place
    label = f'fill="{INK}" text-anchor="end">{escape(row.said)}</text>'
    yield f'<text x="{_LEFT - 10}" y="{y + 4}" {label}'
    for dot in row.dots:
        x = _LEFT + _PLOT * (math.log10(dot.value) - low) / (high - low)
        yield (
            f'<circle cx="{x:.1f}" cy="{y}" r="{dot.radius}" fill="{dot.color}"'
            f' fill-opacity="{dot.opacity:.2f}"><title>{escape(dot.title)}</title></circle>'
        )
