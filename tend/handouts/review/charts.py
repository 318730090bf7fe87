"""Charts of the file: one specification each, and what differs by language and by theme."""

import json
import re
from collections.abc import Collection, Sequence

from tend.figures import drawing
from tend.figures.health import grid_chart
from tend.handouts import told
from tend.handouts.review.packing import Json, applied, patch
from tend.handouts.told import Shown

# What a reader can select, by the names that charts give it.
_MARKS = (drawing.MARK, grid_chart.CELL, grid_chart.WAY)
# By language, first by day, then by night.
Specs = Sequence[tuple[Json, Json]]


def specifications(shown: Shown, languages: Sequence[str]) -> Specs:
    """Give how a figure is drawn in each language, in the light and the dark theme."""
    return [
        (
            told.spec(shown.figure, shown.codes, one),
            told.spec(shown.figure, shown.codes, one, is_dark=True),
        )
        for one in languages
    ]


def fields(specs: Specs | None, columns: Collection[str]) -> list[str]:
    """Name the columns that a chart reads."""
    if specs is None:
        return []
    spoken = {word for pair in specs for word in re.findall(r"\w+", json.dumps(pair[0]))}
    return [name for name in dict.fromkeys(columns) if name in spoken]


def packed(specs: Specs | None) -> Json:
    """Tell the chart in the first language by day, and what makes the others of it."""
    if specs is None:
        return {"spec": None, "patches": {}, "marks": []}
    day, night = specs[0]
    patches = {"dark": patch(day, night)}
    for other_day, other_night in specs[1:]:
        patches["language"] = patch(day, other_day)
        turned = applied(applied(day, patches["language"]), patches["dark"])
        patches["both"] = patch(turned, other_night)
    written = json.dumps(day)
    marks = [name for name in _MARKS if f'"name": "{name}"' in written]
    return {"spec": day, "patches": patches, "marks": marks}
