"""Charts: specifications without data, in both languages and themes, with inks one can read."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tend.figures.collection import FIGURES
from tend.figures.figure import Figure
from tend.figures.palette import DARK, LIGHT, Palette
from tend.figures.renewals.renewal_charts import FAINT
from tend.figures.service import charts as service_charts
from tend.language import text
from tend.settings.sop import SATISFACTIONS, SCALES

pytestmark = pytest.mark.quick

CHARTS = [cell for cell in FIGURES.values() if cell.chart]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("cell", CHARTS, ids=lambda cell: cell.name)
def test_specification_holds_no_data(cell: Figure, language: str, dark: bool) -> None:
    """The page binds the data; the same specification is given again, not built again."""
    assert cell.chart is not None
    spec = cell.chart(language, dark)
    assert "data" not in set(_keys(spec))
    assert json.dumps(spec)
    assert cell.chart(language, dark) is spec


@pytest.mark.parametrize("cell", CHARTS, ids=lambda cell: cell.name)
def test_a_chart_is_called_as_its_figure(cell: Figure) -> None:
    """Whoever looks for the chart of a figure finds it by the figure's name."""
    assert getattr(cell.chart, "__name__", None) == cell.name


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "muted", "accent", "context", "healthy", "at_risk"])
def test_inks_of_text_have_contrast(palette: Palette, ink: str) -> None:
    """Text holds at least 4.5:1 on the theme's ground."""
    assert contrast(getattr(palette, ink), palette.ground) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_numbers_on_heat_have_contrast(palette: Palette) -> None:
    """On every cell between both ends of the scale the number can be read."""
    strong, pale = palette.heat
    for step in range(101):
        part = step / 100
        cell = _between(strong, pale, part)
        ink = palette.on_heat[0] if part < palette.heat_turn else palette.on_heat[1]
        assert contrast(ink, cell) >= 4.5, part
    for colour in palette.soft_heat:  # what lies between them is between them in brightness, too
        assert contrast(palette.ink, colour) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_numbers_on_faint_cells_have_contrast(palette: Palette) -> None:
    """Cells of few cases let the ground through, and their numbers can be read, too."""
    for step in range(101):
        cell = _between(palette.heat[0], palette.heat[1], step / 100)
        faint = _between(palette.ground, cell, FAINT)
        assert contrast(palette.on_heat[1], faint) >= 4.5


def _between(one: str, other: str, part: float) -> str:
    pairs = [[int(c[p : p + 2], 16) for p in (1, 3, 5)] for c in (one, other)]
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in zip(*pairs, strict=True))


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours as WCAG defines it."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _keys(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, part in node.items():
            yield key
            yield from _keys(part)
    elif isinstance(node, list):
        for part in node:
            yield from _keys(part)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_cell_of_the_matrix_says_which_it_is(language: str) -> None:
    """In its hint, and read aloud, numbers come after the scale and satisfaction they are of."""
    layers: Any = service_charts.sop_matrix(language, False)["layer"]
    cells = layers[0]
    hints = cells["encoding"]["tooltip"]
    names = [text.say(f"columns.{name}", language) for name in ("scale", "satisfaction")]
    assert [hint["title"] for hint in hints[:2]] == names
    said = {one["as"]: one["calculate"] for one in cells["transform"] if "as" in one}
    for name, room, codes in (
        ("scale", "values", SCALES),
        ("satisfaction", "satisfaction", SATISFACTIONS),
    ):
        for code in codes:
            word = text.say(f"{room}.{code}", language)
            assert f"'{code}': '{word}'" in said[f"{name}_word"]
